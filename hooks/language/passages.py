"""What a reader sees: every text of a guide and of the engine, with its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from guide.document import Document, Location, Mark
from guide.model.files import WrittenPage
from guide.model.guide import Draft
from guide.model.marks import shown
from guide.problem import Problem
from guide.yaml_reader import load
from pydantic.fields import FieldInfo
from words.catalogue import FOLDER

from language.tokens import sentences


@dataclass(frozen=True)
class Passage:
    """One text that a reader sees: a paragraph, one item of a list, or a label of a few words."""

    document: Document
    location: Location
    text: str
    start: Mark
    is_label: bool = False
    field: FieldInfo | None = None  # of the model; None on a page written by hand and in the engine's own words

    @cached_property
    def sentences(self) -> list[str]:
        """The sentences of the text."""
        return sentences(self.text)

    def problem(self, words: str, found: str, expected: str, repair: str) -> Problem:
        """Make a problem that points at `words` in this text."""
        return Problem(self.document.path, *self.document.find(words, self.start), found, expected, repair)


def passages_of(draft: Draft) -> Iterator[Passage]:
    """Yield every text and label of the guide's own files, but not the titles of its sources."""
    for entry in draft.all_entries():
        document = entry.document
        for location, field, is_sentences, text in shown(entry):
            yield Passage(document, location, text, document.mark(location), not is_sentences, field)
        if isinstance(entry, WrittenPage):
            yield from _written(document, entry.body)
    for id_, term in draft.glossary.items():
        document = draft.documents["glossary.yml"]
        for location, field, is_sentences, text in shown(term):
            yield Passage(document, (id_, *location), text, document.mark((id_, *location)), not is_sentences, field)


def _written(document: Document, body: str) -> Iterator[Passage]:
    """Yield the paragraphs and list items of a hand-written page, without headings and marks."""
    first = document.text.count("\n") - body.count("\n") + 1
    for block in re.finditer(r"^(?:[-*+]|\d+\.) .*(?:\n  +\S.*)*|^[^#\s|<].*(?:\n(?![-*+#] |\d+\. )\S.*)*", body, re.MULTILINE):
        text = re.sub(r"^[-*+] |\*\*|[`_]|\[([^\[\]]*)\]\([^)]*\)", r"\1", block[0])
        yield Passage(document, ("body",), " ".join(text.split()), (first + body[: block.start()].count("\n"), 1))


def passages_of_the_engine(language: str) -> Iterator[Passage]:
    """Yield the sentences among the engine's own words."""
    document, _ = load(FOLDER / f"{language}.yml", f"hooks/words/{language}.yml")

    def walk(value: Any, location: Location) -> Iterator[Passage]:
        if isinstance(value, str) and value.endswith((".", "?", "!")):
            yield Passage(document, location, re.sub(r"\{\w+\}", "1", value), document.mark(location))
        elif isinstance(value, dict | list):
            for key, item in value.items() if isinstance(value, dict) else enumerate(value):
                yield from walk(item, (*location, key))

    yield from walk(document.data, ())
