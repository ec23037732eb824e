"""What changed between two versions of a guide: a clinical change is told apart from one of wording.

Ids, care levels, sources, certainty and anything added or taken away are clinical. So is a text in which a numeral, a
medical word, or a word of the list `weighty` comes or goes. All other changes of text are wording. What bears the mark
Record is neither. It is a first sorting, and a reader may overrule it.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from guide.document import Location
from guide.model.guide import Draft
from guide.model.marks import Record, Shown, mark, shown
from language.readability import Reading
from language.tokens import words
from pydantic import BaseModel

CLINICAL, WORDING, RECORD = "Clinical", "Wording only", "Dates, order, pictures and addresses"
WRITTEN = ", text"  # of a page written by hand
ALIKE = 0.5  # of 1: two texts as like as this are one text that was changed


@dataclass(frozen=True, order=True)
class Change:
    """One thing that is not as it was: of which sort, in which file, where in it, and how."""

    sort: str
    path: str
    place: str
    what: str

    def __str__(self) -> str:
        return f"- {self.path}{', ' if self.place else ''}{self.place}: {self.what}"


class Comparison:
    """Two versions of a guide, and the words that weigh."""

    def __init__(self, before: Draft, after: Draft):
        self.reading = Reading(after)
        self.old, self.new = _parts(Reading(before)), _parts(self.reading)
        self.weighty, self.numerals = set(self.reading.known["weighty"]), self.reading.known["number_words"]

    def changes(self) -> list[Change]:
        """List every change, sorted."""
        found = []
        for path in {*self.old, *self.new}:
            sort = RECORD if path.startswith("sources.yml") else WORDING if path.endswith(WRITTEN) else CLINICAL
            found += [Change(sort, path, _shown(place), what) for place, sort, what in self._changed(self.old.get(path), self.new.get(path), (), sort)]
        return sorted(found)

    def _changed(self, old: Any, new: Any, place: Location, sort: str) -> Iterator[tuple[Location, str, str]]:
        """Yield (place, sort, what) for every difference of two values; `sort` is that of the field they stand in."""
        if isinstance(old, BaseModel) and isinstance(new, BaseModel):
            for name, info in type(new).model_fields.items():
                deeper = RECORD if sort == RECORD or mark(info, Record) is not None else WORDING if mark(info, Shown) else CLINICAL
                yield from self._changed(getattr(old, name), getattr(new, name), (*place, info.alias or name), deeper)
        elif isinstance(old, list) and isinstance(new, list) and sort == CLINICAL and old != new and _in_order(old) == _in_order(new):
            yield place, RECORD, "another order"  # of ids, cards or claims; the order of plain texts may carry meaning
        elif isinstance(old, list) and isinstance(new, list):
            for number, was, now in _pairs(old, new):
                yield from self._changed(was, now, (*place, number), sort)
        elif old is None and new is not None:
            yield place, sort if sort == RECORD else CLINICAL, f"added {_said(new)}"
        elif new is None and old is not None:
            yield place, sort if sort == RECORD else CLINICAL, f"took out {_said(old)}"
        elif old != new:
            weight = self._weight(old, new) if sort == WORDING else ""
            yield place, CLINICAL if weight else sort, f"{_said(old)} → {_said(new)}{weight}"

    def _weight(self, old: str, new: str) -> str:
        """Name the numerals, medical words and weighty words that went and came, if any did."""
        was, now = self._weighty_words(old), self._weighty_words(new)
        signs = [*(f"− {word}" for word in sorted((was - now).elements())), *(f"+ {word}" for word in sorted((now - was).elements()))]
        if not signs and _likeness(old, new) < ALIKE:
            signs = ["rewritten"]
        return f" ({', '.join(signs)})" if signs else ""

    def _weighty_words(self, text: str) -> Counter[str]:
        found = [str(self.numerals.get(word, word)) for word in words(text.casefold())]
        medical = Counter(found) - Counter(self.reading.not_exempt(found))
        return medical | Counter(word for word in found if word in self.weighty or any(map(str.isdigit, word)))


def report(changes: list[Change]) -> str:
    """Write the changes in Markdown, clinical ones first, each sort counted."""
    if not changes:
        return "Nothing in the guide changed."
    parts = []
    for sort in (CLINICAL, WORDING, RECORD):
        lines = [str(change) for change in changes if change.sort == sort]
        parts += [f"### {sort}: {len(lines)}", "", *lines, ""] if lines else []
    return "\n".join([*parts, "Sorted by a program, by rule. A reader may overrule it."])


def _parts(reading: Reading) -> dict[str, Any]:
    """Return what can change on its own, by its path in the guide's folder: each file, term, source and written text."""
    guide = reading.draft
    parts: dict[str, Any] = {entry.path.partition("/")[2]: entry for entry in guide.all_entries()}
    for page in guide.pages.values():
        texts = (passage for passage in reading.pages[page.path] if passage.location == ("body",))
        parts[page.path.partition("/")[2] + WRITTEN] = [sentence for passage in texts for sentence in passage.sentences]
    parts |= {f"glossary.yml, {id_}": term for id_, term in guide.glossary.items()}
    return parts | {f"sources.yml, {id_}": source for id_, source in guide.sources.items()}


def _pairs(old: list[Any], new: list[Any]) -> Iterator[tuple[int, Any, Any]]:
    """Yield (number, was, now) for the items that differ: changed, taken out (now is None) or added (was is None)."""
    keys = [_key(item) for item in old], [_key(item) for item in new]
    for tag, first, last, start, end in SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        left = list(range(start, end))
        for number in range(first, last):
            likeness, best = max(((_likeness(old[number], new[other]), -other) for other in left), default=(0, 0))
            if likeness >= ALIKE:
                left.remove(-best)
                yield -best, old[number], new[-best]
            else:
                yield number, old[number], None
        for number in left:
            yield number, None, new[number]


def _in_order(ids: list[Any]) -> list[str]:
    return sorted(map(_key, ids))


def _key(item: Any) -> str:
    return item.model_dump_json() if isinstance(item, BaseModel) else str(item)


def _likeness(old: Any, new: Any) -> float:
    return SequenceMatcher(None, words(_text(old).casefold()), words(_text(new).casefold()), autojunk=False).ratio()


def _text(item: Any) -> str:
    return " ".join(text for *_, text in shown(item)) if isinstance(item, BaseModel) else str(item)


def _said(value: Any) -> str:
    """Show a value so that Markdown leaves it as it is."""
    text = (_text(value) or type(value).__name__) if isinstance(value, BaseModel) else ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return f"`{text.replace('`', chr(39))[:300]}`"


def _shown(place: Location) -> str:
    return " ".join(str(step + 1) if isinstance(step, int) else step for step in place)
