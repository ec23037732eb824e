"""The sources that a page cites, numbered in the order in which they are first cited."""

from collections.abc import Iterable

from guide.model.files import Source
from guide.model.guide import Guide
from guide.model.marks import references
from markupsafe import Markup
from pydantic import BaseModel


class Citations:
    """Numbers the sources of one page in the order in which they are first cited."""

    def __init__(self, guide: Guide):
        self._sources = guide.sources
        self._numbers: dict[str, int] = {}

    def cite(self, ids: Iterable[str]) -> Markup:
        """Return the numbers of these sources as links into the page's own list."""
        numbers = [self._numbers.setdefault(id_, len(self._numbers) + 1) for id_ in ids]
        return Markup(" ").join(Markup(f"[{number}](#source-{number})") for number in sorted(set(numbers)))

    def listed(self) -> list[tuple[int, Source]]:
        """Return the sources cited so far, by number."""
        return [(number, self._sources[id_]) for id_, number in self._numbers.items()]


def sources_in(*parts: BaseModel) -> list[str]:
    """Return the ids of every source that these parts cite, once each, in order."""
    return list(dict.fromkeys(id_ for part in parts for _, kind, id_ in references(part) if kind == "sources"))
