"""Pages written by hand: YAML between two lines of `---`, then Markdown."""

import re
from bisect import bisect
from collections.abc import Callable, Iterator
from itertools import islice

from guide.document import Document, Mark
from guide.hidden import hidden
from guide.model.files import WrittenPage
from guide.problem import Problem
from guide.source_text import text_of
from guide.validation import validate
from guide.yaml_reader import fill

LARGEST_PAGE = 40 * 1024  # bytes; the longest real one is about 5 KB
LONGEST_BLOCK = 3000  # characters; the time that Markdown takes grows with their square
MOST_HEADINGS = 100
DEEPEST = 6  # levels of lists and quotations; Markdown calls itself for each
FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n(.*)", re.DOTALL)


def read_written_page(document: Document, raw: bytes) -> tuple[WrittenPage | None, list[Problem]]:
    """Return the page that the bytes of a hand-written one describe, and what is wrong with them."""
    if len(raw) > LARGEST_PAGE:
        return None, [Problem(document.path, 1, 1, f"a page of {len(raw) // 1024} KB", f"{LARGEST_PAGE // 1024} KB or less", "Make several pages of it.")]
    document.text, problems = text_of(raw, document.path)
    if problems:
        return None, problems
    parts = FRONT_MATTER.fullmatch(document.text)
    if not parts:
        return None, [Problem(document.path, 1, 1, "no front matter", 'YAML between two lines of "---" at the top', "Copy the head of about.md.")]
    lines_before = document.text.count("\n", 0, parts.start(2))
    if too_much := list(_too_much(document.path, parts[2], lines_before)):
        return None, too_much
    problems = fill(document, "\n" + parts[1])  # the line of "---" counts as line 1
    page, found = (None, []) if problems else validate(WrittenPage, document)
    if page is not None:
        page.holds(parts[2])
    return page, problems + found + markup_problems(document.path, parts[2], lines_before)


_BLOCK = re.compile(r"(?:.*\S.*\n?)+")
_HEADING = re.compile(r"^(?:#|[=-]+ *$)", re.MULTILINE)
_OPENING = re.compile(r"(?:[ \t]*(?:[-*+>]|\d+\.)(?=[\s>]))*[ \t]*")
_LEVEL = re.compile(r"[-*+>.]|\t| {4}")


def _too_much(path: str, body: str, lines_before: int) -> Iterator[Problem]:
    """Refuse what would cost Markdown minutes or all of its stack: the first of each kind."""
    place = _places(body, lines_before)
    for block in _BLOCK.finditer(body):
        if len(block[0]) > LONGEST_BLOCK:
            yield Problem(path, *place(block.start()), f"{len(block[0])} characters without an empty line", f"{LONGEST_BLOCK} or fewer",
                          "Put an empty line between the paragraphs.")
            break
    if len(headings := list(islice(_HEADING.finditer(body), MOST_HEADINGS + 1))) > MOST_HEADINGS:
        yield Problem(path, *place(headings[-1].start()), f"more than {MOST_HEADINGS} headings", "fewer", "Make several pages of it.")
    for number, line in enumerate(body.split("\n"), lines_before + 1):
        if (depth := _depth(line)) > DEEPEST:
            yield Problem(path, number, 1, f"a line {depth} levels deep", f"{DEEPEST} or fewer", "Make the list or the quotation flatter.")
            break


def _depth(line: str) -> int:
    """Count the marks of lists and quotations that open a line, and the steps by which it is indented."""
    opening = _OPENING.match(line)
    return len(_LEVEL.findall(opening[0])) if opening else 0


def _places(body: str, lines_before: int) -> Callable[[int], Mark]:
    """Return what gives line and column in the file for a place in its body, without a walk through the body each time."""
    starts = [0, *(end.end() for end in re.finditer("\n", body))]

    def place(at: int) -> Mark:
        line = bisect(starts, at)
        return lines_before + line, at - starts[line - 1] + 1

    return place


# What hand-written Markdown may not hold: what is found, what was expected, what to do.
_DANGERS = [
    (re.compile(r"<[A-Za-z/!?](?!ttps?:|ailto:)|[{}]+|&#|&\w+;"),
     "HTML or a template", "plain Markdown", "Write it without tags; the page adds the form."),
    (re.compile(r"^ {0,3}\[[^\[\]]*\]:", re.MULTILINE),
     "a link by reference", "the address beside its words", "Write it like this: [words](address)."),
    (re.compile(r"!\[(?![^\[\]]*\]\(\s*<?(?!//)[\w./-]*[)>\s])"),
     "a picture from elsewhere", "a drawing of this guide", "Write it like this: ![what it shows](images/name.svg)."),
]
_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)|<((?:[a-z][a-z0-9+.-]*:|www\.)[^<>]*)>", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https:|mailto:)|(?![a-z][a-z0-9+.-]*:|[/\\])", re.IGNORECASE)


def markup_problems(path: str, body: str, lines_before: int) -> list[Problem]:
    """Refuse links that lead elsewhere than https, mailto or the guide, foreign pictures and HTML, in hand-written Markdown."""
    found = [(danger.start(), f'{what} ("{body[danger.start():danger.start() + 12]}")', expected, repair)
             for pattern, what, expected, repair in _DANGERS for danger in pattern.finditer(body)]
    found += [(at, f"a hidden character (U+{ord(body[at]):04X})", "text that can be seen", "Delete it, and type the words again.") for at in hidden(body)]
    for link in _LINK.finditer(body):
        address = link[1] or link[2] or ""
        if not _ADDRESS.match(address):
            found.append((link.start(), f'a link to "{address[:60]}"', "https, mailto, or a page of this guide",
                          "Use the https address, or take the link out."))
    place = _places(body, lines_before)
    return [Problem(path, *place(at), *sentence) for at, *sentence in found]
