"""Text → its words and its sentences."""

import re

NUMERAL = re.compile(r"\d|^[ivx]+$", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[.,'’/:–-][^\W_]+)*")
_SENTENCE_END = re.compile(r"(?:(?<=[.!?])|(?<=[.!?][\"')]))\s+(?=[\"'(]*[A-Z0-9])")


def words(text: str) -> list[str]:
    """Return the words of a text; "same-day", "3.5" and "don't" are one word each."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; what holds no word is none."""
    return [sentence for sentence in _SENTENCE_END.split(text) if _WORD.search(sentence)]
