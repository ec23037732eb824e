"""A content file as it was read: plain data that knows its lines."""

import re
from dataclasses import dataclass, field
from typing import Any

from guide.problem import Problem

Location = tuple[str | int, ...]  # the way to a value: ("claims", 2, "sources", 0)
Mark = tuple[int, int]  # line and column, from 1


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
        before = self.text.split("\n")[: start[0] - 1]
        found = re.compile(r"\s+".join(map(re.escape, words.split()))).search(self.text, sum(map(len, before)) + len(before) + start[1] - 1)
        return end_of(self.text[: found.start()]) if found else start

    def problem(self, location: Location, found: str, expected: str, repair: str, at_key: bool = False) -> Problem:
        """Make a problem that points at `location` in this file."""
        return Problem(self.path, *self.mark(location, at_key), found, expected, repair)


def end_of(text: str) -> Mark:
    """Return the place right after a text that begins in line 1, column 1."""
    return text.count("\n") + 1, len(text) - text.rfind("\n")
