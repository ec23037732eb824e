"""What MkDocs makes of a page, made once, and by all processors. It is handed MkDocs' objects and imports none of MkDocs."""

import logging
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib.metadata import version
from typing import Any

from aside import Aside, processors
from memory import Memory, fingerprint

FEWEST = 8  # pages worth a process of their own


class Reuse:
    """One build's way to what earlier builds made of the same pages."""

    def __init__(self, memory: Memory, config: Any, files: Any, get_toc: Callable):
        """Note what all that is made of a page depends on besides its own text; `get_toc` is MkDocs' own."""
        maker = type(files).__module__.partition(".")[0]  # mkdocs, or its maintained fork, whose logger bears its own name
        self._log = logging.getLogger(maker)
        libraries = [(name, version(name)) for name in (maker, "mkdocs-material", "markdown")]
        heeded = self._log.level, config.validation  # a quiet build hears of no fault, and a talkative one notes no links to headings
        self._world = fingerprint(libraries, heeded, sorted(files.src_uris), config.use_directory_urls, config.markdown_extensions, config.mdx_configs)
        self._memory, self._get_toc = memory, get_toc
        self._aside: dict[str, Aside] = {}  # a page's uri → the work that its share is made in

    def of_index(self, index: Any) -> None:
        """Have the search make its entries for a page only if it did not before."""
        index.add_entry_from_context = partial(self._enter, index, index.add_entry_from_context)

    def share_out(self, pages: list[Any], config: Any, files: Any, index: Any) -> None:
        """Have the other processors make the last of the pages that are new, while this one makes the first.

        `pages` come in the order in which MkDocs will ask for them, as far as it matters: any other costs waiting, and nothing else.
        """
        for page in pages:
            page.read_source(config)
        new = [page for page in pages if not self._memory.recall(self._key(page))]
        for share in filter(None, _shares(new, processors())[1:]):
            with suppress(OSError):  # no room for another process: this one makes the share
                self._aside |= dict.fromkeys((page.file.src_uri for page in share), Aside(partial(self._make, share, config, files, index)))

    def _make(self, pages: list[Any], config: Any, files: Any, index: Any) -> dict[str, Any]:
        """Make these pages and their entries in the search; return all that is new, by fingerprint."""
        self._log.handlers.clear()  # a page with a fault is made again, and the fault told, where all pages come together
        self._memory.new.clear()
        for page in pages:
            self._render(page, page.render, config, files)
            index.add_entry_from_context(page)
        return self._memory.new

    def of_page(self, page: Any) -> None:
        """Have a page's Markdown turned into HTML only if it was not before."""
        page.render = partial(self._render, page, page.render)

    def _enter(self, index: Any, anew: Callable, page: Any) -> None:
        key = fingerprint("search", self._world, index.config, page.url, page.title, page.meta, page.content)
        entries = self._memory.recall(key)
        if entries is None:
            before = len(index.entries)
            anew(page)
            self._memory.keep(key, [dict(entry) for entry in index.entries[before:]])
        else:
            index.entries += [dict(entry) for entry in entries]

    def _render(self, page: Any, anew: Callable, config: Any, files: Any) -> None:
        """Give a page its HTML; faults in links are told every time, so a page that has any is not kept."""
        key = self._key(page)
        if work := self._aside.get(page.file.src_uri):
            self._aside = {uri: other for uri, other in self._aside.items() if other is not work}
            for other, answer in (work.answer() or {}).items():
                self._memory.keep(other, answer)
        if not (made := self._memory.recall(key)):
            with _Warnings(self._log) as warnings:
                anew(config, files)
            if not warnings.any:
                links = {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()}
                ids, title = sorted(page.present_anchor_ids), page._title_from_render
                self._memory.keep(key, {"content": page.content, "toc": _tokens(page.toc), "ids": ids, "title": title, "links": links})
            return
        page.content, page.toc, page._title_from_render, page.present_anchor_ids = made["content"], self._get_toc(made["toc"]), made["title"], set(made["ids"])
        page.links_to_anchors = {files.get_file_from_path(target): anchors for target, anchors in made["links"].items()}

    def _key(self, page: Any) -> str:
        return fingerprint(self._world, page.file.src_uri, page.markdown)


def _shares(pages: list[Any], count: int) -> list[list[Any]]:
    """Split pages, in their order, into up to `count` lists of about the same work, each worth a process.

    The first is longer by a quarter of another, since its entries in the search are made later, and need no waiting for.
    """
    count = min(count, len(pages) // FEWEST)
    if count < 2:
        return [pages]
    shares, total, before = [[] for _ in range(count)], sum(len(page.markdown) for page in pages), 0
    for page in pages:
        shares[max(0, int((count + 0.25) * before / total - 0.25))].append(page)
        before += len(page.markdown)
    return shares


def _tokens(links: Any) -> list[dict]:
    return [{"name": link.title, "id": link.id, "level": link.level, "children": _tokens(link.children)} for link in links]


class _Warnings(logging.Handler):
    """Notes whether a logger is told of anything."""

    def __init__(self, log: logging.Logger):
        super().__init__()
        self.any, self._log = False, log

    def emit(self, record: logging.LogRecord) -> None:
        self.any = True

    def __enter__(self) -> "_Warnings":
        self._log.addHandler(self)
        return self

    def __exit__(self, *_) -> None:
        self._log.removeHandler(self)
