"""How hard a guide is to read: two reading grades of its texts, and what the formulas leave out.

A formula is a gate against getting worse, not a proof: read it aloud too.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import sqrt

from guide.care_levels import URGENT
from guide.document import Document, Location
from guide.model.entries import EntryPage, Medicine, RedFlag
from guide.model.files import Appointment
from guide.model.guide import Draft
from guide.model.marks import OnCard, mark
from guide.yaml_reader import load
from words.catalogue import FOLDER

from language.passages import Passage, passages_of, passages_of_the_engine
from language.syllables import syllables
from language.tokens import words


@dataclass(frozen=True)
class Measure:
    """What the two formulas count. An exempt word lengthens its sentence, but its syllables are not counted."""

    sentences: int = 0
    words: int = 0
    exempt: int = 0
    syllables: int = 0
    long_words: int = 0  # three syllables or more

    def __add__(self, other: "Measure") -> "Measure":
        return Measure(self.sentences + other.sentences, self.words + other.words, self.exempt + other.exempt,
                       self.syllables + other.syllables, self.long_words + other.long_words)

    @property
    def grade(self) -> float:
        """The Flesch-Kincaid grade (Kincaid and others, 1975), to one decimal."""
        counted = self.words - self.exempt
        return round(0.39 * self.words / self.sentences + 11.8 * self.syllables / counted - 15.59, 1) if self.sentences and counted else 0.0

    @property
    def smog(self) -> float:
        """The SMOG grade (McLaughlin, 1969), to one decimal; it needs some 30 sentences."""
        return round(1.0430 * sqrt(self.long_words * 30 / self.sentences) + 3.1291, 1) if self.sentences else 0.0


class Reading:
    """A guide as a reader meets it: its texts by file, and what the check knows of its words."""

    def __init__(self, draft: Draft):
        self.draft = draft
        language = draft.about.language if draft.about else "en"
        self.known = load(FOLDER / f"{language}-rules.yml", f"hooks/words/{language}-rules.yml")[0].data
        self.plain = {word.casefold() for word in self.known["plain"]}
        self.pages: dict[str, list[Passage]] = defaultdict(list)
        self.labels: list[Passage] = []  # no sentences, so no part of a grade
        for passage in sorted((*passages_of(draft), *passages_of_the_engine(language)), key=lambda passage: passage.start):  # as the file is read
            if passage.is_label:
                self.labels.append(passage)
            else:
                self.pages[passage.document.path].append(passage)
        self._exempt: dict[str, list[list[str]]] = defaultdict(list)
        for first, *others in filter(None, (words(name.casefold()) for name in names(draft))):
            self._exempt[first].append(others)

    @property
    def passages(self) -> Iterator[Passage]:
        """Every text but labels, file by file."""
        for passages in self.pages.values():
            yield from passages

    def measure(self, passages: Iterable[Passage]) -> Measure:
        """Measure several texts together."""
        return sum((self.measure_sentence(sentence) for passage in passages for sentence in passage.sentences), Measure())

    @lru_cache(maxsize=20_000)  # noqa: B019 one reading lives as long as the check
    def measure_sentence(self, sentence: str) -> Measure:
        """Measure one sentence."""
        found = words(sentence.casefold())
        counted = list(self.not_exempt(found))
        spoken = [syllables(word) for word in counted]
        return Measure(1, len(found), len(found) - len(counted), sum(spoken), sum(count > 2 for count in spoken))

    def not_exempt(self, found: list[str]) -> Iterator[str]:
        """Yield the words that belong to no term of the glossary and to no name of a medicine."""
        number = 0
        while number < len(found):
            length = max((len(others) + 1 for others in self._exempt.get(found[number], ()) if found[number + 1:number + 1 + len(others)] == others), default=0)
            if not length:
                yield found[number]
            number += length or 1

    def is_hard(self, name: str) -> bool:
        """Tell whether a word of the glossary needs plain words before it."""
        return any((syllables(word) > 2 or word.isupper()) and word.casefold() not in self.plain for word in words(name))

    def cards(self) -> Iterator[tuple[str, Document, Location, list[Passage]]]:
        """Yield (care level, file, place, texts) of every emergency and same-day card."""
        def part(document: Document, place: Location) -> list[Passage]:
            return [passage for passage in self.pages[document.path] if passage.location[: len(place)] == place]

        levels = {flag.id: flag.care for flag in self.draft.every(RedFlag)}
        for entry in self.draft.all_entries():
            document = entry.document
            if isinstance(entry, RedFlag) and entry.care in URGENT:
                yield entry.care, document, ("statement",), [passage for passage in self.pages[document.path] if passage.field and mark(passage.field, OnCard)]
            if isinstance(entry, EntryPage | Appointment):
                for care in URGENT:
                    places = [("when_to_get_help", "signs", number) for number, case in enumerate(entry.when_to_get_help.signs)
                              if case.says and levels.get(case.sign) == care]
                    if places:
                        yield care, document, places[0], [passage for place in places for passage in part(document, place)]
        if self.draft.care_levels:
            for care in URGENT:
                document = self.draft.care_levels.document
                yield care, document, (care,), part(document, (care,))


def names(draft: Draft) -> set[str]:
    """Return what the grade leaves out: words the glossary explains, and names of medicines."""
    explained = {form for term in draft.glossary.values() for form in (term.term, *term.forms)}
    return explained | {name for medicine in draft.every(Medicine) for name in medicine.examples}
