"""What a reader sees, and how hard it is to read: texts, words, syllables and two reading grades.

A formula is a gate against getting worse, not a proof: read it aloud too.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import sqrt
from pathlib import Path
from typing import Any

from load import Document, Location, Mark, load
from model import Guide, shown
from problem import Problem

WORDS = Path(__file__).parent / "words"


@dataclass(frozen=True)
class Passage:
    """One text that a reader sees: a paragraph, one item of a list, or a label of a few words."""

    document: Document
    location: Location
    text: str
    start: Mark
    is_label: bool = False

    @cached_property
    def sentences(self) -> list[str]:
        return [sentence for sentence in _SENTENCE_END.split(self.text) if _WORD.search(sentence)]

    def problem(self, words: str, found: str, expected: str, repair: str) -> Problem:
        """Make a problem that points at `words` in this text."""
        return Problem(self.document.path, *self.document.find(words, self.start), found, expected, repair)


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

    def __init__(self, guide: Guide):
        self.guide = guide
        language = guide.about.language if guide.about else "en"
        self.known = load(WORDS / f"{language}-rules.yml", f"hooks/words/{language}-rules.yml")[0].data
        self.plain = {word.casefold() for word in self.known["plain"]}
        self.pages: dict[str, list[Passage]] = defaultdict(list)
        self.labels: list[Passage] = []  # no sentences, so no part of a grade
        for passage in sorted((*_content(guide), *_interface(language)), key=lambda passage: passage.start):  # as the file is read
            if passage.is_label:
                self.labels.append(passage)
            else:
                self.pages[passage.document.path].append(passage)
        self._exempt: dict[str, list[list[str]]] = defaultdict(list)
        for first, *others in filter(None, (words(name.casefold()) for name in names(guide))):
            self._exempt[first].append(others)

    @property
    def passages(self) -> Iterator[Passage]:
        for passages in self.pages.values():
            yield from passages

    def measure(self, passages: Iterable[Passage]) -> Measure:
        return sum((self.measure_sentence(sentence) for passage in passages for sentence in passage.sentences), Measure())

    @lru_cache(maxsize=20_000)  # noqa: B019 one reading lives as long as the check
    def measure_sentence(self, sentence: str) -> Measure:
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
        def part(document: Document, *places: Location) -> list[Passage]:
            return [passage for passage in self.pages[document.path] if any(passage.location[: len(place)] == place for place in places)]

        for entry in self.guide.all_entries():
            document = entry._document
            if entry.kind == "red-flags" and entry.care in _URGENT:
                yield entry.care, document, ("question",), part(document, ("question",), ("looks_like",), ("how_soon",), ("action",), ("why",))
            for number, card in enumerate(getattr(entry, "care_cards", [])):
                if card.care in _URGENT:
                    yield card.care, document, ("care_cards", number), part(document, ("care_cards", number))
        if self.guide.care_levels:
            for care in _URGENT:
                document = self.guide.care_levels._document
                yield care, document, (care,), part(document, (care,))


_URGENT = ("emergency", "same-day")
_SENTENCE_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"')]))\s+(?=[\"'(]*[A-Z0-9])")
NUMERAL = re.compile(r"\d|^[ivx]+$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[.,'’/:–-][^\W_]+)*")


def words(text: str) -> list[str]:
    """Return the words of a text; "same-day", "3.5" and "don't" are one word each."""
    return _WORD.findall(text)


# Hyphenation misses some syllables ("an-y" is never divided) and spelling shows some that are not heard ("moved"):
# count the vowels that are heard, and take the larger of the two.
_SILENT = [
    (re.compile(r"(?<=[^aeiou])e(?=(?:ly|ful|fully|less|ness|ment|ments|ty|times|thing|one|body|where|head)$)"), ""),
    (re.compile(r"(?<![td])ed$"), ""),
    (re.compile(r"(?<=[^aeiouylscxzg])es$|(?<=[aeiouy]l)es$|(?<=ach)es$"), "s"),
    (re.compile(r"(?<=..)(?<![^aeiouy]l)e$"), ""),
]
_VOWELS = re.compile(r"[aeiouy]+")
_TWO_VOWELS = re.compile(r"(?<![ct])i[ao](?!us|n)|(?<=.)yo|eo(?!u|p)|[aeiou]ing$|(?<![qg])ua|iu|ie[tn]|eate|ea$|io(?=u)")
_LETTERS = re.compile(r"[a-z]+")


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """Return how many syllables a word has; about 97 of 100 common words come out right."""
    return sum(map(_syllables, _LETTERS.findall(re.sub("['’]", "", word.lower())))) or 1


def _syllables(letters: str) -> int:
    heard = letters
    for ending, left in _SILENT:
        heard = ending.sub(left, heard)
    return max(1, len(_VOWELS.findall(heard)) + len(_TWO_VOWELS.findall(heard)), len(_hyphens().positions(letters)) + 1)


@lru_cache
def _hyphens() -> Any:
    from pyphen import Pyphen  # here, so that a build, which counts no syllables, does not wait for it

    return Pyphen(lang="en_US")


def _content(guide: Guide) -> Iterator[Passage]:
    """Yield every text and label of the guide's own files, but not the titles of its sources."""
    for entry in guide.all_entries():
        document = entry._document
        for location, sentences, text in shown(entry):
            yield Passage(document, location, text, document.mark(location), not sentences)
        if hasattr(entry, "body"):
            yield from _written(document, entry.body)
    for id_, term in guide.glossary.items():
        document = guide.documents["glossary.yml"]
        for location, sentences, text in shown(term):
            yield Passage(document, (id_, *location), text, document.mark((id_, *location)), not sentences)


def _written(document: Document, body: str) -> Iterator[Passage]:
    """Yield the paragraphs and list items of a hand-written page, without headings and marks."""
    first = document.text.count("\n") - body.count("\n") + 1
    for block in re.finditer(r"^(?:[-*+]|\d+\.) .*(?:\n  +\S.*)*|^[^#\s|<].*(?:\n(?![-*+#] |\d+\. )\S.*)*", body, re.MULTILINE):
        text = re.sub(r"^[-*+] |\*\*|[`_]|\[([^\]]*)\]\([^)]*\)", r"\1", block[0])
        yield Passage(document, ("body",), " ".join(text.split()), (first + body[: block.start()].count("\n"), 1))


def _interface(language: str) -> Iterator[Passage]:
    """Yield the sentences among the engine's own words."""
    document, _ = load(WORDS / f"{language}.yml", f"hooks/words/{language}.yml")

    def walk(value: Any, location: Location) -> Iterator[Passage]:
        if isinstance(value, str) and value.endswith((".", "?", "!")):
            yield Passage(document, location, re.sub(r"\{\w+\}", "1", value), document.mark(location))
        elif isinstance(value, dict | list):
            for key, item in value.items() if isinstance(value, dict) else enumerate(value):
                yield from walk(item, (*location, key))

    yield from walk(document.data, ())


def names(guide: Guide) -> set[str]:
    """Return what the grade leaves out: words the glossary explains, and names of medicines."""
    names = {form for term in guide.glossary.values() for form in (term.term, *term.forms)}
    return names | {name for medicine in guide.entries.get("medicines", {}).values() for name in medicine.examples}
