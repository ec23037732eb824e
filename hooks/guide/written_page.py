"""Pages written by hand: YAML between two lines of `---`, then Markdown."""

import re

from guide.document import Document
from guide.hidden import hidden
from guide.model.files import WrittenPage
from guide.problem import Problem
from guide.source_text import text_of
from guide.validation import validate
from guide.yaml_reader import fill

FRONT_MATTER = re.compile(r"---\n(.*?\n)---\n(.*)", re.DOTALL)


def read_written_page(document: Document, raw: bytes) -> tuple[WrittenPage | None, list[Problem]]:
    """Return the page that the bytes of a hand-written one describe, and what is wrong with them."""
    document.text, problems = text_of(raw, document.path)
    if problems:
        return None, problems
    parts = FRONT_MATTER.fullmatch(document.text)
    if not parts:
        return None, [Problem(document.path, 1, 1, "no front matter", 'YAML between two lines of "---" at the top', "Copy the head of about.md.")]
    problems = fill(document, "\n" + parts[1])  # the line of "---" counts as line 1
    page, found = (None, []) if problems else validate(WrittenPage, document)
    if page is not None:
        page.holds(parts[2])
    return page, problems + found + markup_problems(document.path, parts[2], document.text.count("\n", 0, parts.start(2)))


# What hand-written Markdown may not hold: what is found, what was expected, what to do.
_DANGERS = [
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
    found += [(at, f"a hidden character (U+{ord(body[at]):04X})", "text that can be seen", "Delete it, and type the words again.") for at in hidden(body)]
    for link in _LINK.finditer(body):
        address = link[1] or link[2] or ""
        if not _ADDRESS.match(address):
            found.append((link.start(), f'a link to "{address[:60]}"', "https, mailto, or a page of this guide",
                          "Use the https address, or take the link out."))
    return [Problem(path, lines_before + body.count("\n", 0, at) + 1, at - body.rfind("\n", 0, at), *sentence) for at, *sentence in found]
