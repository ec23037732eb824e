"""The sources that a page cites, numbered in the order in which they are first cited, and which part of the page rests on which."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from guide.model.files import Source
from guide.model.guide import Guide
from markupsafe import Markup


@dataclass
class PagePart:
    """What stands behind a part of a page whose own text bears no numbers."""

    heading: str
    sources: list[str] = field(default_factory=list)  # ids
    notes: list[str] = field(default_factory=list)  # how sure it is, or that it is our own choice


class Citations:
    """Numbers the sources of one page in the order in which they are first cited."""

    def __init__(self, guide: Guide):
        self._sources = guide.sources
        self._numbers: dict[str, int] = {}
        self._parts: dict[str, PagePart] = {}
        self._heading = ""

    def cite(self, ids: Iterable[str]) -> Markup:
        """Return the numbers of these sources as links into the page's own list."""
        numbers = [self._numbers.setdefault(id_, len(self._numbers) + 1) for id_ in ids]
        return Markup(" ").join(Markup(f"[{number}](#source-{number})") for number in sorted(set(numbers)))

    def begin(self, heading: str) -> None:
        """Begin a part of the page; what rests on sources from now on is listed under this heading."""
        self._heading = heading

    def rest_on(self, ids: Iterable[str], note: str | None = None, heading: str | None = None) -> None:
        """Note the sources of a text that bears no numbers itself, under the heading of its part."""
        ids, heading = list(ids), heading or self._heading
        if ids or note:
            part = self._parts.setdefault(heading, PagePart(heading))
            part.sources += [id_ for id_ in ids if id_ not in part.sources]
            part.notes += [note] if note and note not in part.notes else []
            self.cite(ids)

    def parts(self) -> list[PagePart]:
        """Return the parts that rest on sources without a number in their text, in the order of the page."""
        return list(self._parts.values())

    def listed(self) -> list[tuple[int, Source]]:
        """Return the sources cited so far, by number."""
        return [(number, self._sources[id_]) for id_, number in self._numbers.items()]
