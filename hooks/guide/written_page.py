"""Pages written by hand: YAML between two lines of `---`, then Markdown."""

import re

from guide.document import Document
from guide.model.field_types import HIDDEN
from guide.model.files import WrittenPage
from guide.problem import Problem
from guide.validation import validate
from guide.yaml_reader import LARGEST_FILE, load_text

FRONT_MATTER = re.compile(rb"\A---\r?\n(.*?\n)---\r?\n(.*)\Z", re.DOTALL)


def read_written_page(document: Document, raw: bytes) -> tuple[WrittenPage | None, list[Problem]]:
    """Return the page that the bytes of a hand-written one describe, and what is wrong with them."""
    parts = FRONT_MATTER.match(raw)
    if not parts or len(raw) > LARGEST_FILE:
        return None, [Problem(document.path, 1, 1, "no front matter", 'YAML between two lines of "---" at the top', "Copy the head of about.md.")]
    problems = load_text(b"\n" + parts[1], document)  # the line of "---" counts as line 1
    page, found = (None, []) if problems else validate(WrittenPage, document)
    problems += found
    try:
        document.text = raw.decode("utf-8")
        body = parts[2].decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        body = ""
        problems.append(Problem(document.path, 1, 1, "bytes that are no UTF-8", "text saved as UTF-8", "Save the file again with the encoding UTF-8."))
    if page is not None:
        page.holds(body)
    return page, problems + markup_problems(document.path, body, raw[: parts.start(2)].count(b"\n"))


# What hand-written Markdown may not hold: what is found, what was expected, what to do.
_DANGERS = [
    (HIDDEN, "a hidden character", "text that can be seen", "Delete it, and type the words again."),
    (re.compile(r"<[A-Za-z/!?](?!ttps?:|ailto:)|[{}]|&#|&\w+;"),
     "HTML or a template", "plain Markdown", "Write it without tags; the page adds the form."),
    (re.compile(r"^ {0,3}\[[^\]]*\]:", re.MULTILINE),
     "a link by reference", "the address beside its words", "Write it like this: [words](address)."),
    (re.compile(r"!\[(?![^\[\]]*\]\(\s*<?(?!//)[\w./-]*[)>\s])"),
     "a picture from elsewhere", "a drawing of this guide", "Write it like this: ![what it shows](images/name.svg)."),
]
_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)|<((?:[a-z][a-z0-9+.-]*:|www\.)[^>]*)>", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https:|mailto:)|(?![a-z][a-z0-9+.-]*:|[/\\])", re.IGNORECASE)


def markup_problems(path: str, body: str, lines_before: int) -> list[Problem]:
    """Refuse links that lead elsewhere than https, mailto or the guide, foreign pictures and HTML, in hand-written Markdown."""
    found = [(danger.start(), f'{what} ("{body[danger.start():danger.start() + 12]}")', expected, repair)
             for pattern, what, expected, repair in _DANGERS for danger in pattern.finditer(body)]
    for link in _LINK.finditer(body):
        address = link[1] or link[2] or ""
        if not _ADDRESS.match(address):
            found.append((link.start(), f'a link to "{address[:60]}"', "https, mailto, or a page of this guide",
                          "Use the https address, or take the link out."))
    return [Problem(path, lines_before + body.count("\n", 0, at) + 1, at - body.rfind("\n", 0, at), *sentence) for at, *sentence in found]
