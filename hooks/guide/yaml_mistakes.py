"""What the YAML parser complains of → what a contributor reads."""

import re
from dataclasses import dataclass

import yaml

from guide.document import Mark
from guide.problem import Problem

_NO_SPACE = re.compile(r"(\s*(?:- +)?)(?:(-)(?=[^\s-])|([a-z_-]+:)(?=[^\s:/]))")
_AFTER_QUOTE = re.compile(r"""(\s*(?:- +)?(?:[\w-]+: +)?)(["'])(?:(?!\2).)*\2\s*[^\s#,:\]}]""")
_OWN_COLON = re.compile(r"\s*(?:- +)?[\w-]+")


@dataclass(frozen=True)
class LongQuote:
    """A quoted text over several lines: where it begins, and its last line."""

    start: Mark
    last_line: int


class Mistake:
    """What the parser says of a text, and where it stumbled."""

    def __init__(self, path: str, text: str, error: yaml.MarkedYAMLError):
        self.path, self.lines = path, text.split("\n")
        self.complaint = error.problem or "text that is not YAML"
        self.context = str(error.context)
        stumbled = error.problem_mark or error.context_mark
        self.line, self.column = _place(stumbled)
        self.start = _place(error.context_mark or stumbled)  # of the quote, bracket or mapping that it was reading
        self.row = self.line_at(self.line)
        self.colon = "mapping values are not allowed" in self.complaint
        self.own_colon = self.colon and bool(_OWN_COLON.fullmatch(self.row[: self.column - 1]))  # right after a key

    def line_at(self, number: int) -> str:
        """Return a line of the text; nothing where it has no such line."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def problem(self, found: str, expected: str, repair: str, at: Mark | None = None) -> Problem:
        """Make a problem at `at`, or where the parser stumbled."""
        return Problem(self.path, *(at or (self.line, self.column)), found, expected, repair)


def _place(mark: yaml.Mark | None) -> Mark:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def explain(mistake: Mistake, long_quote: LongQuote | None) -> Problem:
    """Say in a contributor's words what the parser complains of in its own; `long_quote` is the last one it read."""
    return _tab(mistake) or _colon(mistake) or _quote(mistake, long_quote) or _sign(mistake) or _slip(mistake) or _layout(mistake)


def _tab(mistake: Mistake) -> Problem | None:
    row, column = mistake.row, mistake.column
    if "\t" not in row[: len(row) - len(row.lstrip())] and row[column - 1 : column] != "\t":
        return None
    return mistake.problem("a tab", "spaces before the words", "Replace the tab by two spaces.", at=(mistake.line, row.index("\t") + 1))


def _colon(mistake: Mistake) -> Problem | None:
    if not mistake.colon or mistake.own_colon:
        return None
    return mistake.problem("a colon inside unquoted text", "quotes round text that holds a colon",
                           'Put the whole text between double quotes: "like: this".')


def _quote(mistake: Mistake, long_quote: LongQuote | None) -> Problem | None:
    if long_quote and long_quote.last_line == mistake.line:  # the quote ran on to the next one in the file
        start = long_quote.start
    elif "scanning a quoted" in mistake.context:
        start = mistake.start
    else:
        return None
    return mistake.problem("a quote that is not closed", "a second quote at the end of the text", "Close it, or take it away.", at=start)


def _sign(mistake: Mistake) -> Problem | None:
    if "found character" not in mistake.complaint:
        return None
    sign = mistake.row[mistake.column - 1 : mistake.column]
    return mistake.problem(f'a word that starts with "{sign}", which YAML keeps for itself',
                           "text between double quotes", "Put the whole text between double quotes.")


def _slip(mistake: Mistake) -> Problem | None:
    """Find a slip of the pen, at which the parser stumbles at once or one line further on."""
    for number in (mistake.line, mistake.line - 1):
        row = mistake.line_at(number)
        if found := _NO_SPACE.match(row):
            return mistake.problem(f'"{found[2] or found[3]}" without a space after it', f"a space after the {'dash' if found[2] else 'colon'}",
                                   "Put one there.", at=(number, len(found[1]) + 1))
        if found := _AFTER_QUOTE.match(row):
            return mistake.problem("words after a closing quote", "quotes round the whole text, or none",
                                   "Take these quotes away, or use the other kind inside.", at=(number, len(found[1]) + 1))
    return None


def _layout(mistake: Mistake) -> Problem:
    """Say what is wrong with the spaces, the brackets or the lines themselves."""
    complaint = mistake.complaint
    indent = len(mistake.row) - len(mistake.row.lstrip())
    if "',' or '" in complaint:
        return mistake.problem("a bracket that is not closed", f'a "{complaint[-2]}" at the end',
                               "Close it, or look for a comma that is missing.", at=mistake.start)
    if "could not find expected ':'" in complaint:
        return mistake.problem("a line that is neither a key nor an item", "a key, a colon, a space and a value",
                               "If it goes on from the line above, begin it with more spaces than that line.", at=mistake.start)
    if mistake.own_colon or indent == mistake.column - 1 and "did not find expected" in complaint:
        return mistake.problem("a line that begins with too many spaces, or too few",
                               "keys that belong together in one column, and so with dashes", "Give it as many spaces as its neighbours have.",
                               at=(mistake.line, indent + 1))
    return mistake.problem(f"text that cannot be read as YAML ({complaint})",
                           "a key, a colon, a space and a value, indented like its neighbours",
                           "Compare this line and the one above with another file of the same folder.")
