"""Components: the macros, the style sheet and the scripts of everything in overrides/components/."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from pages.templates import TEMPLATES, environment

_FOLDER = TEMPLATES / "components"


def macros(shared: dict[str, Any]) -> dict[str, Any]:
    """Return the macros of every component by name, each of which sees what the page sees."""
    found: dict[str, Any] = {}
    for name in _component_names():
        module = environment().get_template(name).make_module(shared)
        found |= {macro: value for macro, value in vars(module).items() if not macro.startswith("_")}
    return found


@lru_cache
def _component_names() -> list[str]:
    return [file.relative_to(TEMPLATES).as_posix() for file in sorted(_FOLDER.glob("*/*.md")) if file.stem != "examples"]


def names_with_examples() -> list[str]:
    """Return the names of the components that the look-book shows."""
    names = sorted(file.parent.name for file in _FOLDER.glob("*/examples.md"))
    return sorted(names, key=lambda name: name == "source-list")  # it holds what the others cite, so it comes last


_REMARK = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)  # a line of a script that is for its next author, not for a reader's connection


def assets() -> dict[str, str]:
    """Return the one style sheet and the one script of all components, by file name; the page's own tokens come first.

    A script that does not bear the name of its component is a file of its own, which the component fetches when it needs it.
    """
    def files(suffix: str) -> list[Path]:
        return sorted(_FOLDER.glob(f"*/*.{suffix}"), key=lambda file: (file.stem != "page", file.stem))

    texts = {file: _REMARK.sub("", file.read_text(encoding="utf-8")) for file in [*files("css"), *files("js")]}
    shared = [text for file, text in texts.items() if file.suffix == ".js" and file.stem == file.parent.name]
    return {
        "guide.css": "\n".join(text for file, text in texts.items() if file.suffix == ".css"),
        "guide.js": "\n".join(f"{{\n{script}}}\n" for script in shared),
        **{file.name: text for file, text in texts.items() if file.suffix == ".js" and file.stem != file.parent.name}}
