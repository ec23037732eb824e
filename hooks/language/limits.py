"""The limits on words: one function a rule, one visible list of rules, over the texts of a guide."""

import re
from collections.abc import Callable, Iterator

from guide.document import Document
from guide.model.guide import Draft
from guide.model.marks import EasyList, Instructions, Signs, mark
from guide.problem import Problem
from guide.terms import TermMatcher

from language.passages import Passage
from language.readability import Reading, names
from language.tokens import NUMERAL, words

LONGEST_SENTENCE = 20  # words
LONGEST_PARAGRAPH = 3  # sentences
LONGEST_TERM = 3  # words
HARDEST_CARD = 5  # Flesch-Kincaid grade, which is years at school in the United States; emergency and same-day cards
HARDEST_PAGE = 7
HARDEST_GUIDE = 6
HARDEST_SMOG = 9


Rule = Callable[[Reading], Iterator[Problem]]


def sentences_are_short(reading: Reading) -> Iterator[Problem]:
    """Ensure no sentence has more than 20 words."""
    for passage in reading.passages:
        for sentence in passage.sentences:
            if (count := len(words(sentence))) > LONGEST_SENTENCE:
                yield passage.problem(sentence, f'{count} words in "{sentence}"', f"{LONGEST_SENTENCE} or fewer in a sentence",
                                      _cut(sentence, reading.known["joints"]))


def paragraphs_are_short(reading: Reading) -> Iterator[Problem]:
    """Ensure no paragraph has more than 3 sentences."""
    for passage in reading.passages:
        if (count := len(passage.sentences)) > LONGEST_PARAGRAPH:
            fourth = passage.sentences[LONGEST_PARAGRAPH]
            yield passage.problem(fourth, f'{count} sentences in one paragraph ("{passage.sentences[0]} …")', f"{LONGEST_PARAGRAPH} or fewer",
                                  f'Begin a new one at "{_opening(fourth)}".')


def lists_are_short(reading: Reading) -> Iterator[Problem]:
    """Ensure no list has more than 6 items; a list of warning signs may, since a lost sign is worse than a long list."""
    for passages in reading.pages.values():
        for passage in passages:
            *parent, number = passage.location or ("",)
            if number == (most := _most_items(passage)):
                count = sum(other.location[:-1] == tuple(parent) for other in passages)
                yield passage.problem(passage.text, f"{count} items in a list", f"{most} or fewer",
                                      f'Join or drop some, from "{_opening(passage.text)}" on.')


def _most_items(passage: Passage) -> int | None:
    """Return how many items the list may have in which a text stands; None where there is no limit."""
    if passage.field is None:
        return EasyList().most
    return None if mark(passage.field, Signs) else (mark(passage.field, EasyList) or EasyList()).most


def steps_begin_with_a_verb(reading: Reading) -> Iterator[Problem]:
    """Ensure every step of what to do begins with what to do."""
    for passage in reading.passages:
        if passage.field and mark(passage.field, Instructions) and passage.sentences:
            first = words(passage.text)[0]
            if first.casefold() not in reading.known["step_verbs"]:
                yield passage.problem(first, f'"{first}" at the start of a step ("{passage.text}")', "a verb, such as Breathe or Write",
                                      "Turn the sentence round. If it is a verb, add it to step_verbs in hooks/words/en-rules.yml.")


def numbers_are_numerals(reading: Reading) -> Iterator[Problem]:
    """Ensure numbers are written as numerals, and shares as "1 in 7"."""
    spelt = re.compile(rf"\b(?:{'|'.join(reading.known['number_words'])})\b|\bone (?:in|out of) (?:every )?\w+")
    share = re.compile(r"\d[\d.,]*\s*(?:%|per ?cent\b)|%|\bper ?cent\b")
    for passage in (*reading.passages, *reading.labels):
        for found in spelt.finditer(passage.text.lower()):
            said = passage.text[found.start():found.end()]
            yield passage.problem(said, f'"{said}" in "{passage.text}"', "a numeral", "Write it in digits: 2, 15, 1 in 7.")
        for found in share.finditer(passage.text):
            yield passage.problem(found[0], f'"{found[0]}" in "{passage.text}"', "a natural number",
                                  "Write how many of how many: 1 in 7, or 14 in 100.")


def not_is_written_out(reading: Reading) -> Iterator[Problem]:
    """Ensure "not" stands as a word of its own, since "don't" can be heard as its reverse."""
    for passage in (*reading.passages, *reading.labels):
        for found in re.finditer(r"\b(\w+)n['’]t\b", passage.text):
            full = {"ca": "cannot", "wo": "will not", "sha": "shall not"}.get(found[1].casefold(), f"{found[1].casefold()} not")
            yield passage.problem(found[0], f'"{found[0]}" in "{passage.text}"', f'"{full}"', "Write it out.")


def brackets_hold_words_of_the_glossary(reading: Reading) -> Iterator[Problem]:
    """Ensure a medical word that stands in brackets after the plain one is in the glossary."""
    publishers = _publishers(reading.draft)
    for passage in reading.passages:
        known = reading.plain | {word.casefold() for word in _own_names(passage.document)}
        for found in re.finditer(r"\(([^()]+)\)", passage.text):
            inside = words(re.sub(r"^(?:an?|the) ", "", found[1].casefold()))
            unknown = [word for word in reading.not_exempt(inside) if word not in known and not NUMERAL.search(word)]
            if unknown and len(inside) <= LONGEST_TERM and found[1] not in publishers and not any(map(str.isdigit, found[1])):
                yield passage.problem(found[0], f'"{found[0]}", which the glossary does not explain', "a word of glossary.yml in brackets",
                                      "Add it there if it is a medical word. If it is plain, write it without brackets.")


def capitals_are_explained(reading: Reading) -> Iterator[Problem]:
    """Ensure every abbreviation is in the glossary, names a publisher, or has its plain words beside it."""
    known = {word for name in (*names(reading.draft), *_publishers(reading.draft), *reading.known["plain"]) for word in words(name)}
    for passages in reading.pages.values():
        seen = known | set(_own_names(passages[0].document))
        for passage in passages:
            for found in re.finditer(r"\b([A-Z]{2,})s?\b", passage.text):
                if found[1] not in seen and not NUMERAL.search(found[1]) and not _beside_brackets(found):
                    yield passage.problem(found[0], f'"{found[0]}" in "{passage.text}"', "plain words first, and it in brackets",
                                          "Say what it is, or add it to glossary.yml.")
                seen.add(found[1])


def hard_words_come_second(reading: Reading) -> Iterator[Problem]:
    """Ensure a hard word of the glossary stands in brackets, after plain ones, where a page first uses it."""
    matchers = [TermMatcher(term) for term in reading.draft.glossary.values()]
    for path, passages in reading.pages.items():
        own = " ".join(_own_names(passages[0].document))
        own_folded = own.casefold()
        text = "\n".join(passage.text for passage in passages)
        folded = text.casefold()
        for matcher in matchers if not path.endswith("glossary.yml") else ():
            found = matcher.first_in(text, folded)
            if found and not matcher.stands_in(own, own_folded) and reading.is_hard(found[0]) and not _beside_brackets(found):
                passage = passages[text.count("\n", 0, found.start())]
                yield passage.problem(found[0], f'"{found[0]}" where the page first uses it ("{passage.text}")', "plain words first, and it in brackets",
                                      "Write it like this: an illness of the gut (coeliac disease).")


def cards_are_easy(reading: Reading) -> Iterator[Problem]:
    """Ensure every emergency and same-day card can be read at grade 5."""
    for care, document, location, passages in reading.cards():
        if (grade := reading.measure(passages).grade) > HARDEST_CARD:
            yield document.problem(location, f"reading grade {grade} on a card for {care}", f"{HARDEST_CARD} or less", _hardest(reading, passages))


def pages_are_easy(reading: Reading) -> Iterator[Problem]:
    """Ensure every page can be read at grade 7."""
    for passages in reading.pages.values():
        if (grade := reading.measure(passages).grade) > HARDEST_PAGE:
            yield passages[0].document.problem((), f"reading grade {grade} for the whole file", f"{HARDEST_PAGE} or less", _hardest(reading, passages))


def the_guide_is_easy(reading: Reading) -> Iterator[Problem]:
    """Ensure the guide as a whole can be read at grade 6, and at SMOG grade 9."""
    whole, about = reading.measure(reading.passages), reading.draft.about
    if about and whole.grade > HARDEST_GUIDE:
        yield about.problem((), f"reading grade {whole.grade} for the whole guide", f"{HARDEST_GUIDE} or less", "Begin with the hardest pages.")
    if about and whole.smog > HARDEST_SMOG:
        yield about.problem((), f"SMOG grade {whole.smog} for the whole guide", f"{HARDEST_SMOG} or less", "Use fewer words of 3 syllables or more.")


RULES: list[Rule] = [
    sentences_are_short,
    paragraphs_are_short,
    lists_are_short,
    steps_begin_with_a_verb,
    numbers_are_numerals,
    not_is_written_out,
    brackets_hold_words_of_the_glossary,
    capitals_are_explained,
    hard_words_come_second,
    cards_are_easy,
    pages_are_easy,
    the_guide_is_easy,
]


def check_language(reading: Reading) -> list[Problem]:
    """Apply every rule to the words of a guide."""
    return sorted({problem for rule in RULES for problem in rule(reading)})


def _cut(sentence: str, joints: list[str]) -> str:
    """Say where to cut a long sentence: at the joint nearest its middle."""
    found = words(sentence)
    places = [number for number, word in enumerate(found) if word.casefold() in joints and 3 < number < len(found) - 3]
    if not places:
        return "Make two sentences of it."
    return f'Try two sentences at "{found[min(places, key=lambda number: abs(number - len(found) / 2))]}".'


def _opening(text: str) -> str:
    return " ".join(text.split()[:4])


def _hardest(reading: Reading, passages: list[Passage]) -> str:
    sentences = [sentence for passage in passages for sentence in passage.sentences]
    hardest = max(sentences, key=lambda sentence: reading.measure_sentence(sentence).grade)
    return f'Use shorter words and sentences; begin with "{hardest}"'


def _publishers(draft: Draft) -> set[str]:
    return {word for source in draft.sources.values() for word in words(source.publisher)}


def _own_names(document: Document) -> list[str]:
    """List the words of a page's name and of its other names, which the page itself explains."""
    names = [document.data.get("name"), *(document.data.get("also_called") or [])] if isinstance(document.data, dict) else []
    return [word for name in names for word in words(str(name))]


def _beside_brackets(found: re.Match[str]) -> bool:
    """Tell whether a word stands in brackets, or right before some."""
    before, after = found.string[: found.start()], found.string[found.end():]
    return before.rfind("(") > before.rfind(")") or after.startswith(" (")
