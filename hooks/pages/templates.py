"""The Jinja environment, and the place where compiled templates are kept."""

import hashlib
import os
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

from pages.escape import address, attribute, escape

_ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = _ROOT / "overrides"
CACHE = Path(os.environ.get("GUIDE_CACHE") or _ROOT / ".cache")


class _TemplateCache(jinja2.FileSystemBytecodeCache):
    def dump_bytecode(self, bucket: Any) -> None:
        """Keep a compiled template, or go on without on a full or read-only disk."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def template_cache(name: str, made_by: bytes = b"") -> jinja2.BytecodeCache | None:
    """Return a place for compiled templates that is left when `made_by` changes; None where none can be made."""
    folder = CACHE / "templates" / f"{name}-{hashlib.sha256(made_by).hexdigest()[:12]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return _TemplateCache(str(folder))


@lru_cache
def environment() -> jinja2.Environment:
    """Return the environment in which every Markdown template of ours is read."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, autoescape=True,
        finalize=escape, trim_blocks=True, lstrip_blocks=True, bytecode_cache=template_cache("pages", _this_room()))
    made.filters.update(address=address, attribute=attribute, fill=_fill)
    return made


def _fill(text: str, **values: Any) -> str:
    return text.format(**values)


def _this_room() -> bytes:
    """Return the program that has a part in a compiled template: what it escapes is escaped once and for all."""
    return b"".join(file.read_bytes() for file in sorted(Path(__file__).parent.glob("*.py")))
