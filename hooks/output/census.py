"""What of a guide is missing in a finished site, counted on its files alone: no generator is believed."""

from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path

from guide.care_levels import CARE_LEVELS
from guide.model.entries import EntryPage, RedFlag
from guide.model.guide import Guide
from guide.routes import CHECKED, GET_HELP, ROUTES, uri_of

VOID = ("img", "input", "br", "hr", "link", "meta")  # elements that have no end


def missing(site: Path, guide: Guide, sheets: Iterable[str]) -> list[str]:
    """Name every page, red flag, care level and PDF of a guide that a site lacks; `sheets` are the addresses of its PDFs."""
    return [*_missing_pages(site, guide), *_missing_signs(site, guide), *(f"the PDF {uri}" for uri in sheets if not _begins(site / uri, b"%PDF-"))]


def _missing_pages(site: Path, guide: Guide) -> Iterator[str]:
    uris = [route.uri for route in ROUTES if route.uri != CHECKED]
    uris += [uri_of(entry) for entry in guide.all_entries() if isinstance(entry, EntryPage)] + [f"{name}.md" for name in guide.pages]
    for uri in uris:
        if not _read(site / _file(uri)).headings:
            yield f"the page {uri.removesuffix('.md')}"


def _missing_signs(site: Path, guide: Guide) -> Iterator[str]:
    """Name what "check your signs" lacks: a red flag at its level, the card of a level."""
    page = _read(site / _file(GET_HELP))
    for flag in guide.every(RedFlag):
        if page.signs.get(flag.id) != {flag.care}:
            yield f'the sign "{flag.id}" at the level {flag.care}'
    for care in CARE_LEVELS:
        if care not in page.cards:
            yield f"the card of the level {care}"


def _file(uri: str) -> str:
    return uri.removesuffix("index.md") + "index.html" if uri.endswith("index.md") else uri.replace(".md", "/index.html")


def _begins(file: Path, sign: bytes) -> bool:
    return file.is_file() and file.read_bytes().startswith(sign)


def _read(file: Path) -> "_Page":
    page = _Page()
    if file.is_file():
        page.feed(file.read_text(encoding="utf-8"))
    return page


class _Page(HTMLParser):
    """A finished page: its first heading, its boxes to tick with the care levels around each, and its care cards."""

    def __init__(self) -> None:
        super().__init__()
        self.headings = 0
        self.signs: dict[str, set[str]] = {}
        self.cards: set[str] = set()
        self._around: list[set[str]] = []  # the care levels that each open element names

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        classes = attributes.get("class", "").split()
        levels: set[str] = {care for care in CARE_LEVELS if f"care-card--{care}" in classes or attributes.get("data-care") == care}
        self.headings += tag == "h1"
        if "care-card" in classes:
            self.cards |= levels
        if tag == "input" and attributes.get("name") == "sign":
            self.signs[attributes.get("value", "")] = set().union(*self._around)
        if tag not in VOID:
            self._around.append(levels)

    def handle_endtag(self, tag: str) -> None:
        if self._around:
            self._around.pop()
