"""The HTML of pages, kept on the disk until the page changes, so that no build makes it twice. It is handed MkDocs' objects and imports none of MkDocs."""

import hashlib
import logging
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from typing_extensions import TypedDict

ROOM = 500  # how many pages are kept of other guides and of how this one was before


class Made(TypedDict):
    """What MkDocs made of one page."""

    html: str
    ids: list[str]  # what a link may lead to
    links: dict[str, dict[str, str]]  # the file a link leads to → its anchors, each with the link as it was written
    search: list[dict[str, Any]]  # its entries in the search


_FILE = TypeAdapter(dict[str, Made])


class PageCache:
    """Pages by the fingerprint of all that they were made from. A file that is missing, spoilt or cannot be written costs time and nothing else."""

    def __init__(self, file: Path):
        self._file, self._kept, self._changed = file, _read(file), False
        self._warnings = _Warnings()

    def begin(self, log: logging.Logger, *world: Any) -> None:
        """Begin a build. `world` is all that a page's HTML depends on besides its own text; `log` is where MkDocs tells of faults."""
        self._warnings.any = False
        log.addHandler(self._warnings)  # the same one every time, so it is added once
        self._world = fingerprint(Path(__file__).read_bytes(), log.getEffectiveLevel(), *world)  # a quiet build hears of no fault
        self._keys: dict[str, str] = {}  # a page's address → its fingerprint, in the order of the build
        self._new: dict[str, Made] = {}

    def markdown(self, page: Any, markdown: str) -> str:
        """Return the Markdown that MkDocs shall turn into HTML: none for a page that is kept."""
        key = self._keys[page.url] = fingerprint(self._world, page.file.src_uri, page.meta, markdown)
        if key not in self._kept:
            return markdown
        page.meta["search"] = {"exclude": True}  # its entries are kept, too
        return ""

    def html(self, page: Any, html: str, files: Any) -> str:
        """Return the HTML of a page, kept or made just now."""
        made = self._kept.get(self._keys[page.url])
        if made is None:
            links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
            self._new[page.url] = {"html": html, "ids": sorted(page.present_anchor_ids), "links": links, "search": []}
            return html
        page.present_anchor_ids = set(made["ids"])
        page.links_to_anchors = {files.get_file_from_path(target): anchors for target, anchors in made["links"].items()}
        return made["html"]

    def finish(self, entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        """End a build: take the search entries of the new pages, and return those of all pages in their order.

        A build that told of any fault keeps nothing, so that the next one tells of it again.
        """
        for entry in entries:
            self._new[entry["location"].partition("#")[0]]["search"].append(entry)
        all_pages = {url: self._new.get(url) or self._kept[key] for url, key in self._keys.items()}
        if not self._warnings.any:
            used = {key: all_pages[url] for url, key in self._keys.items()}
            older = {key: made for key, made in self._kept.items() if key not in used}
            self._kept, self._changed = dict([*older.items()][-ROOM:]) | used, self._changed or bool(self._new)
        return [dict(entry) for made in all_pages.values() for entry in made["search"]]

    def save(self) -> None:
        """Write what is new, in one step."""
        if not self._changed:
            return
        beside = self._file.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(_FILE.dump_json(self._kept))
            beside.replace(self._file)
        with suppress(OSError):
            beside.unlink()  # still there if the disk was full
        self._changed = False


def fingerprint(*parts: Any) -> str:
    return hashlib.sha256("\0".join(map(repr, parts)).encode()).hexdigest()


def _read(file: Path) -> dict[str, Made]:
    try:
        return _FILE.validate_json(file.read_bytes())
    except (OSError, ValidationError):
        return {}


class _Warnings(logging.Handler):
    """Notes whether any fault was told of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.any = False

    def emit(self, record: logging.LogRecord) -> None:
        self.any = True
