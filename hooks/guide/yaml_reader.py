"""YAML text → plain data that knows its lines. Refuses whatever is hostile or ambiguous.

The file is read as a stream of parser events, so an alias, a merge key or a tag is refused
before it can expand or build anything.
"""

import datetime
import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from yaml.resolver import Resolver

from guide.document import Bare, Document, Location, Mark, end_of
from guide.problem import Problem
from guide.source_text import read_bytes, text_of
from guide.yaml_mistakes import LongQuote, Mistake, explain

DEEPEST_NESTING = 12  # levels; real content needs 6

Parser = yaml.CSafeLoader  # libyaml, ten times as fast; every wheel of PyYAML has it
_resolver = Resolver()

# What YAML 1.1 silently makes of an unquoted word, by its tag.
_READ_AS = {"bool": "true or false", "null": "nothing", "int": "a number", "float": "a number"}
_WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_NUMBER_IN_YAML_1_2 = re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?")  # editors read 1e3 so


def load(file: Path, shown_as: str) -> tuple[Document, list[Problem]]:
    """Read one YAML file of at most 256 KiB into a Document, with every problem its text has."""
    document = Document(shown_as)
    raw, problems = read_bytes(file, shown_as)
    return document, problems or load_text(raw, document)


def load_text(raw: bytes, document: Document) -> list[Problem]:
    """Fill `document` from the bytes of a YAML file; return every problem the text has."""
    document.text, problems = text_of(raw, document.path)
    return problems or fill(document, document.text)


def fill(document: Document, text: str) -> list[Problem]:
    """Parse a text of YAML into the data of `document`; return every problem found on the way."""
    path, builder = document.path, _Builder(document, text, yaml.parse(text, Loader=Parser))
    try:
        builder.build()
    except yaml.reader.ReaderError as error:
        before = text.encode()[: error.position].decode(errors="ignore")  # the parser counts bytes
        builder.problems.append(
            Problem(path, *end_of(before), f"a control character (code {_code(error)})", "text that can be printed", "Delete it, and type the words again."))
    except yaml.MarkedYAMLError as error:
        if not builder.cut_off:  # where a "#" cut a text off, its next line makes the parser stumble: one slip
            builder.problems.append(explain(Mistake(path, text, error), builder.long_quote))
    except _TooDeep as error:
        builder.problems.append(
            Problem(path, *error.mark, f"more than {DEEPEST_NESTING} levels of nesting",
                    "a flat list or a few keys", "Look for a bracket or an indent too many."))
    return builder.problems


class _TooDeep(Exception):
    def __init__(self, mark: Mark):
        self.mark = mark


class _Builder:
    """Turns parser events into data, noting places and problems on the way."""

    def __init__(self, document: Document, text: str, events: Iterator[yaml.Event]):
        self.document, self.events = document, events
        self.problems: list[Problem] = []
        self.rows = text.split("\n")
        self.columns = [0]  # of each list and mapping that is open, the column of its items; 0 in brackets, where columns mean nothing
        self.long_quote: LongQuote | None = None  # the last one read
        self.cut_off = False  # whether a "#" cut the last text off

    def build(self) -> None:
        """Read the one document that the file may hold."""
        documents = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, 'a second document after "---"', "one document in a file",
                                 "Move it into a file of its own.")
                    return
                self.document.data = self._value(next(self.events), ())
        if documents == 0 or isinstance(self.document.data, Bare) and self.document.data.word == "":
            self.document.data = None
            self.problems.append(Problem(self.document.path, 1, 1, "an empty file", "keys and values",
                                         "Fill it, or delete the file."))

    def _value(self, event: yaml.Event, location: Location) -> Any:
        mark = _start(event)
        self.document.values.setdefault(location, mark)
        if len(location) > DEEPEST_NESTING:
            raise _TooDeep(mark)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f'the alias "*{event.anchor}"', "the words themselves",
                         "Write them out; a guide uses no aliases.")
            return None
        self._refuse_anchor_and_tag(event)
        if isinstance(event, yaml.ScalarEvent):
            self._note_long_quote(event)
            self._refuse_hash(event)
            return _scalar(event)
        self.columns.append(0 if getattr(event, "flow_style", False) else mark[1])
        held = self._sequence(location) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(location)
        self.columns.pop()
        return held

    def _sequence(self, location: Location) -> list[Any]:
        items: list[Any] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*location, len(items))))
        return items

    def _mapping(self, location: Location) -> dict[str, Any]:
        mapping: dict[str, Any] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, location)
            place = (*location, key)
            if key in mapping:
                first = self.document.keys[place][0]
                self._refuse(event, f'the key "{key}" a second time (first in line {first})', "each key once",
                             "Join the two, or delete one.")
            self.document.keys.setdefault(place, _start(event))
            mapping[key] = self._value(next(self.events), place)
        return mapping

    def _key(self, event: yaml.Event, location: Location) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._value(event, (*location, "?"))
            self._refuse(event, "a list, a mapping or an alias as a key", "a word as a key", "Look for a stray bracket.")
            return "?"
        if event.value == "<<" and event.implicit[0]:
            self._refuse(event, 'the merge key "<<"', "the keys themselves", "Write them out; a guide uses no merge keys.")
        elif event.anchor or event.tag:
            self._refuse(event, "an anchor or a tag on a key", "a plain key", "Delete it.")
        return event.value

    def _refuse_anchor_and_tag(self, event: yaml.Event) -> None:
        if anchor := getattr(event, "anchor", None):
            self._refuse(event, f'the anchor "&{anchor}"', "a plain value", "Delete the anchor.")
        if tag := getattr(event, "tag", None):
            self._refuse(event, f'the tag "{tag}"', "a plain value", "Delete the tag.")

    def _note_long_quote(self, event: yaml.ScalarEvent) -> None:
        start, (last_line, _) = _start(event), _end(event)
        if event.style in ("'", '"') and last_line > start[0]:
            self.long_quote = LongQuote(start, last_line)

    def _refuse_hash(self, event: yaml.ScalarEvent) -> None:
        """Refuse unquoted text that goes on with "#", from where YAML takes the rest for a comment and drops it."""
        self.cut_off = event.style not in ("'", '"') and bool(event.value) and self._goes_on_with_hash(event)
        if self.cut_off:
            self._refuse(event, 'a "#" after unquoted text, which YAML drops with all that follows', "quotes round text that holds a #",
                         'Put the whole text between double quotes: "like this #".')

    def _goes_on_with_hash(self, event: yaml.ScalarEvent) -> bool:
        """Tell whether the next words are a "#" in the same line, or in a later one where its column makes it look like more of the text."""
        line, column = _end(event)
        row = " " * (column - 1) + "".join(self.rows[line - 1 : line])[column - 1:]
        same_line = event.style in (None, "") and bool(row.strip())
        if same_line:
            return re.match(r"[ \t]+#", row[column - 1:]) is not None
        row = next((row for row in (row, *islice(self.rows, line, None)) if row.strip()), "")
        words = row.lstrip()
        return words.startswith("#") and len(row) - len(words) + 1 > self.columns[-1]

    def _refuse(self, event: yaml.Event, found: str, expected: str, repair: str) -> None:
        self.problems.append(Problem(self.document.path, *_start(event), found, expected, repair))


def _scalar(event: yaml.ScalarEvent) -> Any:
    """Return text, a date, a whole number, true, false, or a Bare word for the model to judge; never a guess."""
    word: str = event.value
    if not event.implicit[0]:
        return word
    kind = _tag(word)
    if kind == "timestamp":
        try:
            return datetime.date.fromisoformat(word)
        except ValueError:
            return Bare(word, "a date and time")
    if kind == "bool" and word in ("true", "false"):
        return word == "true"
    if _WHOLE_NUMBER.fullmatch(word):
        return int(word)
    if kind in _READ_AS:
        return Bare(word, _READ_AS[kind])
    return Bare(word, "a number") if _NUMBER_IN_YAML_1_2.fullmatch(word) else word


def _tag(word: str) -> str:
    """Return what YAML 1.1 takes an unquoted word for, such as: bool, int, str."""
    tag: str = _resolver.resolve(yaml.ScalarNode, word, (True, False))  # type: ignore[no-untyped-call]  # its stubs leave this one out
    return tag.rpartition(":")[2]


def _start(event: yaml.Event) -> Mark:
    return (event.start_mark.line + 1, event.start_mark.column + 1) if event.start_mark else (1, 1)


def _end(event: yaml.Event) -> Mark:
    return (event.end_mark.line + 1, event.end_mark.column + 1) if event.end_mark else (1, 1)


def _code(error: yaml.reader.ReaderError) -> str:
    character = error.character
    return f"U+{character if isinstance(character, int) else ord(character):04X}"
