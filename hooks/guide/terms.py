"""Whether a text uses a word of the glossary. Pages, rules and language limits all ask here."""

import re
from functools import cached_property

from guide.model.files import Term


class TermMatcher:
    """Finds a word of the glossary in any of its forms, as a whole word: an abbreviation as it stands, any other in small letters or large."""

    def __init__(self, term: Term):
        self.term = term
        self._forms = (term.term, *term.forms)
        self._as_written = [form for form in self._forms if form.isupper()]
        self._folded = [form.casefold() for form in self._forms if not form.isupper()]

    def stands_in(self, text: str, folded: str) -> bool:
        """Tell whether a text uses the word; `folded` is the text in folded case, which a caller with many words folds once."""
        return any(_has(text, form) for form in self._as_written) or any(_has(folded, form) for form in self._folded)

    def first_in(self, text: str, folded: str) -> re.Match[str] | None:
        """Return where a text first uses the word."""
        return self._pattern.search(text) if self.stands_in(text, folded) else None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        forms = "|".join(re.escape(form) if form.isupper() else f"(?i:{re.escape(form)})" for form in self._forms)
        return re.compile(rf"(?<!\w)(?:{forms})(?!\w)")


def _has(text: str, word: str) -> bool:
    """Tell whether a text has a word as a whole; a plain look is far faster than a pattern."""
    at = text.find(word)
    while at >= 0:
        around = text[max(at - 1, 0):at] + text[at + len(word):at + len(word) + 1]
        if not any(sign.isalnum() or sign == "_" for sign in around):
            return True
        at = text.find(word, at + 1)
    return False
