"""YAML text → plain data that knows its lines. Refuses whatever is hostile or ambiguous.

The file is read as a stream of parser events, so an alias, a merge key or a tag is refused
before it can expand or build anything.
"""

import datetime
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from problem import Problem
from yaml.resolver import Resolver

LARGEST_FILE = 256 * 1024  # bytes; the longest real file, the list of sources, is about 70 KB
DEEPEST_NESTING = 12  # levels; real content needs 6

Location = tuple[str | int, ...]  # the way to a value: ("claims", 2, "sources", 0)
Mark = tuple[int, int]  # line and column, from 1

Parser = yaml.CSafeLoader  # libyaml, ten times as fast; every wheel of PyYAML has it
_resolver = Resolver()

# What YAML 1.1 silently makes of an unquoted word, by its tag.
_READ_AS = {"bool": "true or false", "null": "nothing", "int": "a number", "float": "a number"}
_WHOLE_NUMBER = re.compile(r"0|[1-9][0-9]{0,8}")
_NUMBER_IN_YAML_1_2 = re.compile(r"[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?")  # editors read 1e3 so


@dataclass(frozen=True)
class Bare:
    """An unquoted word that YAML would not read as text, such as `no`, `1e3` or `999`."""

    word: str
    read_as: str


@dataclass
class Document:
    """One content file: its data, and where each key and each value stands in it."""

    path: str
    data: Any = None
    text: str = ""
    keys: dict[Location, Mark] = field(default_factory=dict)
    values: dict[Location, Mark] = field(default_factory=dict)

    def mark(self, location: Location, at_key: bool = False) -> Mark:
        """Return the nearest known place for `location`, climbing up to the file's first line."""
        if at_key and location in self.keys:
            return self.keys[location]
        while location and location not in self.values:
            location = location[:-1]
        return self.values.get(location, (1, 1))

    def find(self, words: str, start: Mark) -> Mark:
        """Return where `words` stand at or after `start`, even folded over lines; else `start`."""
        before = self.text.splitlines(keepends=True)[: start[0] - 1]
        found = re.compile(r"\s+".join(map(re.escape, words.split()))).search(self.text, sum(map(len, before)) + start[1] - 1)
        return _end_of(self.text[: found.start()]) if found else start

    def problem(self, location: Location, found: str, expected: str, repair: str, at_key: bool = False) -> Problem:
        """Make a problem that points at `location` in this file."""
        return Problem(self.path, *self.mark(location, at_key), found, expected, repair)


def load(file: Path, shown_as: str) -> tuple[Document, list[Problem]]:
    """Read one YAML file of at most 256 KiB into a Document, with every problem its text has."""
    document = Document(shown_as)
    raw, problems = read_bytes(file, shown_as)
    return document, problems or load_text(raw, document)


def read_bytes(file: Path, shown_as: str) -> tuple[bytes, list[Problem]]:
    """Return what stands in an ordinary file, up to a little more than the largest; a pipe or a device would never end."""
    try:
        if not file.is_file():
            raise OSError("no ordinary file")
        with file.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1), []
    except OSError as error:
        return b"", [Problem(shown_as, 1, 1, f"what cannot be read ({error.strerror or error})", "an ordinary file", "Save it again, or delete it.")]


def load_text(raw: bytes, document: Document) -> list[Problem]:
    """Fill `document` from the bytes of a YAML file; return every problem the text has."""
    if len(raw) > LARGEST_FILE:
        return [Problem(document.path, 1, 1, f"a file over {LARGEST_FILE // 1024} KiB",
                        "a smaller one", "Split it into several entries.")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        return [Problem(document.path, *_end_of(before), f"the byte 0x{raw[error.start]:02x}",
                        "text saved as UTF-8", "Save the file again with the encoding UTF-8.")]
    document.text = text
    builder = _Builder(document)
    try:
        builder.build(yaml.parse(text, Loader=Parser))
    except yaml.reader.ReaderError as error:
        builder.problems.append(
            Problem(document.path, *_end_of(text[: error.position]), f"a control character (code {_code(error)})",
                    "text that can be printed", "Delete it, and type the words again."))
    except yaml.MarkedYAMLError as error:
        builder.problems.append(_syntax_problem(document.path, text, error, builder.long_quote))
    except _TooDeep as error:
        builder.problems.append(
            Problem(document.path, *error.mark, f"more than {DEEPEST_NESTING} levels of nesting",
                    "a flat list or a few keys", "Look for a bracket or an indent too many."))
    return builder.problems


class _TooDeep(Exception):
    def __init__(self, mark: Mark):
        self.mark = mark


class _Builder:
    """Turns parser events into data, noting places and problems on the way."""

    def __init__(self, document: Document):
        self.document = document
        self.problems: list[Problem] = []
        self.rows = document.text.split("\n")
        self.long_quote: tuple[Mark, int] | None = None  # where the last quote over several lines begins, and its last line

    def build(self, events) -> None:
        self.events = events
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._refuse(event, 'a second document after "---"', "one document in a file",
                                 "Move it into a file of its own.")
                    return
                self.document.data = self._value(next(events), ())
        if documents == 0 or isinstance(self.document.data, Bare) and self.document.data.word == "":
            self.document.data = None
            self.problems.append(Problem(self.document.path, 1, 1, "an empty file", "keys and values",
                                         "Fill it, or delete the file."))

    def _value(self, event, location: Location) -> Any:
        mark = _mark(event)
        self.document.values.setdefault(location, mark)
        if len(location) > DEEPEST_NESTING:
            raise _TooDeep(mark)
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event, f'the alias "*{event.anchor}"', "the words themselves",
                         "Write them out; a guide uses no aliases.")
            return None
        if event.anchor:
            self._refuse(event, f'the anchor "&{event.anchor}"', "a plain value", "Delete the anchor.")
        if event.tag:
            self._refuse(event, f'the tag "{event.tag}"', "a plain value", "Delete the tag.")
        if isinstance(event, yaml.ScalarEvent):
            if event.style in ("'", '"') and event.end_mark.line > event.start_mark.line:
                self.long_quote = mark, event.end_mark.line + 1
            self._refuse_hash(event)
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(location)
        return self._mapping(location)

    def _sequence(self, location: Location) -> list:
        items = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self._value(event, (*location, len(items))))
        return items

    def _mapping(self, location: Location) -> dict:
        mapping: dict = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            key = self._key(event, location)
            place = (*location, key)
            if key in mapping:
                first = self.document.keys[place][0]
                self._refuse(event, f'the key "{key}" a second time (first in line {first})', "each key once",
                             "Join the two, or delete one.")
            self.document.keys.setdefault(place, _mark(event))
            mapping[key] = self._value(next(self.events), place)
        return mapping

    def _key(self, event, location: Location) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._value(event, (*location, "?"))
            self._refuse(event, "a list, a mapping or an alias as a key", "a word as a key", "Look for a stray bracket.")
            return "?"
        if event.value == "<<" and event.implicit[0]:
            self._refuse(event, 'the merge key "<<"', "the keys themselves", "Write them out; a guide uses no merge keys.")
        elif event.anchor or event.tag:
            self._refuse(event, "an anchor or a tag on a key", "a plain key", "Delete it.")
        return event.value

    def _refuse_hash(self, event) -> None:
        """Refuse unquoted text that goes on with " #", from where YAML takes the rest for a comment and drops it."""
        row = self.rows[event.end_mark.line] if event.end_mark.line < len(self.rows) else ""
        if event.style in (None, "") and event.value and re.match(r"[ \t]+#", row[event.end_mark.column:]):
            self._refuse(event, 'a "#" after unquoted text, which YAML drops with all that follows', "quotes round text that holds a #",
                         'Put the whole text between double quotes: "like this #".')

    @staticmethod
    def _scalar(event) -> Any:
        """Return text, a date, a whole number, true, false, or a Bare word for the model to judge; never a guess."""
        if not event.implicit[0]:
            return event.value
        kind = _resolver.resolve(yaml.ScalarNode, event.value, (True, False)).rpartition(":")[2]
        if kind == "timestamp":
            try:
                return datetime.date.fromisoformat(event.value)
            except ValueError:
                return Bare(event.value, "a date and time")
        if kind == "bool" and event.value in ("true", "false"):
            return event.value == "true"
        if _WHOLE_NUMBER.fullmatch(event.value):
            return int(event.value)
        if kind in _READ_AS:
            return Bare(event.value, _READ_AS[kind])
        if _NUMBER_IN_YAML_1_2.fullmatch(event.value):
            return Bare(event.value, "a number")
        return event.value

    def _refuse(self, event, found: str, expected: str, repair: str) -> None:
        self.problems.append(Problem(self.document.path, *_mark(event), found, expected, repair))


def _mark(event) -> Mark:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _end_of(text: str) -> Mark:
    return text.count("\n") + 1, len(text) - text.rfind("\n")


def _code(error: yaml.reader.ReaderError) -> str:
    character = error.character
    return f"U+{character if isinstance(character, int) else ord(character):04X}"


_NO_SPACE = re.compile(r"(\s*(?:- +)?)(?:(-)(?=[^\s-])|([a-z_-]+:)(?=[^\s:/]))")
_AFTER_QUOTE = re.compile(r"""(\s*(?:- +)?(?:[\w-]+: +)?)(["'])(?:(?!\2).)*\2\s*[^\s#,:\]}]""")


def _slip(row: str) -> tuple[int, str, str, str] | None:
    """Return the column of a slip of the pen that the parser notices only later, and what to say of it."""
    if found := _NO_SPACE.match(row):
        sign = "dash" if found[2] else "colon"
        return len(found[1]) + 1, f'"{found[2] or found[3]}" without a space after it', f"a space after the {sign}", "Put one there."
    if found := _AFTER_QUOTE.match(row):
        return len(found[1]) + 1, "words after a closing quote", "quotes round the whole text, or none", "Take these quotes away, or use the other kind inside."
    return None


_OPEN_QUOTE = "a quote that is not closed", "a second quote at the end of the text", "Close it, or take it away."


def _syntax_problem(path: str, text: str, error: yaml.MarkedYAMLError, long_quote: tuple[Mark, int] | None) -> Problem:
    """Say in a contributor's words what the parser complains of in its own."""
    place = error.problem_mark or error.context_mark
    line, column = place.line + 1, place.column + 1
    lines = text.splitlines()
    row = lines[line - 1] if line <= len(lines) else ""
    complaint = error.problem or "text that is not YAML"
    if "\t" in row[: len(row) - len(row.lstrip())] or row[column - 1 : column] == "\t":
        column = row.index("\t") + 1
        return Problem(path, line, column, "a tab", "spaces before the words", "Replace the tab by two spaces.")
    own_colon = "mapping values are not allowed" in complaint and re.fullmatch(r"\s*(?:- +)?[\w-]+", row[: column - 1])
    if "mapping values are not allowed" in complaint and not own_colon:
        return Problem(path, line, column, "a colon inside unquoted text", "quotes round text that holds a colon",
                       'Put the whole text between double quotes: "like: this".')
    if long_quote and long_quote[1] == line:  # the quote ran on to the next one in the file
        return Problem(path, *long_quote[0], *_OPEN_QUOTE)
    if "scanning a quoted" in str(error.context):
        return Problem(path, error.context_mark.line + 1, error.context_mark.column + 1, *_OPEN_QUOTE)
    if "found character" in complaint:
        return Problem(path, line, column, f'a word that starts with "{row[column - 1 : column]}", which YAML keeps for itself',
                       "text between double quotes", "Put the whole text between double quotes.")
    return _layout_problem(path, lines, error, place, bool(own_colon))


def _layout_problem(path: str, lines: list[str], error: yaml.MarkedYAMLError, place: yaml.Mark, own_colon: bool) -> Problem:
    """Say what is wrong with the spaces, the brackets or the lines themselves."""
    line, column, complaint = place.line + 1, place.column + 1, error.problem or "text that is not YAML"
    start = error.context_mark or place
    indent = len(lines[line - 1]) - len(lines[line - 1].lstrip()) if line <= len(lines) else 0
    for number in (line, line - 1):  # the parser stumbles here or one line further on
        if slip := _slip(lines[number - 1] if 0 < number <= len(lines) else ""):
            return Problem(path, number, *slip)
    if "',' or '" in complaint:
        return Problem(path, start.line + 1, start.column + 1, "a bracket that is not closed", f'a "{complaint[-2]}" at the end',
                       "Close it, or look for a comma that is missing.")
    if "could not find expected ':'" in complaint:
        return Problem(path, start.line + 1, start.column + 1, "a line that is neither a key nor an item", "a key, a colon, a space and a value",
                       "If it goes on from the line above, begin it with more spaces than that line.")
    if own_colon or indent == column - 1 and "did not find expected" in complaint:
        return Problem(path, line, indent + 1, "a line that begins with too many spaces, or too few",
                       "keys that belong together in one column, and so with dashes", "Give it as many spaces as its neighbours have.")
    return Problem(path, line, column, f"text that cannot be read as YAML ({complaint})",
                   "a key, a colon, a space and a value, indented like its neighbours",
                   "Compare this line and the one above with another file of the same folder.")
