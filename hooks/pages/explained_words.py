"""Medical words are explained where they stand: a tap on the first use of one opens its note, which the template lists at the page's end."""

from xml.etree.ElementTree import Element

from guide.model.files import Term
from guide.terms import TermMatcher
from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor

_TILE = "tile"  # as a whole a link
_CLOSED = {"a", "button", "code", "form", "label", "pre", "summary", "h1", "h2", "h3", "h4", "h5", "h6"}  # what is pressed or named already takes no button
_NOTES = "word-notes"


class ExplainedWords(Extension):
    """Tells Markdown of a guide's glossary: `terms` by their ids. The note of a term has the id `word-…`."""

    def __init__(self, terms: dict[str, Term]):
        super().__init__()
        self._terms = terms

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802, as Markdown calls it
        md.treeprocessors.register(_ExplainedWords(self._terms), "explained-words", 6)  # when the tree is whole, classes too


def makeExtension(terms: dict[str, Term]) -> Extension:  # noqa: N802, as Markdown calls it
    """Return the extension, as Markdown asks a module for it."""
    return ExplainedWords(terms)


class _ExplainedWords(Treeprocessor):
    def __init__(self, terms: dict[str, Term]):
        super().__init__()
        self._terms = terms

    def run(self, root: Element) -> None:
        """Make a button of the first use of each word that has a note on the page; drop a note that no button opens."""
        for notes in [part for part in root.iter("div") if part.get("class") == _NOTES]:
            named = {note.get("id", "").removeprefix("word-"): note for note in notes}
            self._waiting = {id_: TermMatcher(self._terms[id_]) for id_ in named if id_ in self._terms}
            self._walk(root)
            for id_ in self._waiting:
                notes.remove(named[id_])

    def _walk(self, element: Element) -> bool:
        """Look through an element in reading order; tell whether the notes were reached, where the page's own text ends."""
        self._mark(element, None)
        for child in list(element):
            if child.get("class") == _NOTES or (child.tag not in _CLOSED and child.get("class") != _TILE and self._walk(child)):
                return True
            self._mark(element, child)
        return False

    def _mark(self, parent: Element, before: Element | None) -> None:
        """Make buttons in the text that opens `parent`, or in the one behind its child `before`."""
        text = parent.text if before is None else before.tail
        while text and (found := self._first_in(text)):
            id_, start, end = found
            del self._waiting[id_]
            button = Element("button", {"type": "button", "class": "word", "popovertarget": f"word-{id_}"})
            button.text, button.tail = text[start:end], text[end:]
            if before is None:
                parent.text = text[:start]
            else:
                before.tail = text[:start]
            parent.insert(0 if before is None else list(parent).index(before) + 1, button)
            before, text = button, button.tail

    def _first_in(self, text: str) -> tuple[str, int, int] | None:
        """Return the word that comes first in a text, by its id, and where it stands."""
        folded = text.casefold()
        found = [(match.start(), -match.end(), id_) for id_, matcher in self._waiting.items() if (match := matcher.first_in(text, folded))]
        if not found:
            return None
        start, end, id_ = min(found)
        return id_, start, -end
