"""What of a text nobody sees: it would let two names differ that look alike, and a page have no title."""

import re
from collections.abc import Iterator

# Blank in every font, though Unicode counts them among letters, marks and signs.
_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U0001d159\U000e0100-\U000e01ef]")
_JOINING_SCRIPTS = "[\u0600-\u18aa\ua840-\uabff\ufb50-\ufdff\ufe70-\ufefc]"  # Arabic to Mongolian, and their later blocks
_EMOJI = "[\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff]"
_NEEDED = re.compile(
    f"(?<={_JOINING_SCRIPTS})[\u200c\u200d](?={_JOINING_SCRIPTS})"  # letters that join, or shall not
    f"|(?<=[{_EMOJI[1:-1]}\ufe0f])\u200d(?={_EMOJI})"  # several pictures that make one
    f"|(?<={_EMOJI})\ufe0f|(?<=[0-9#*])\ufe0f(?=\u20e3)")  # a sign as a picture; a key


def hidden(text: str) -> Iterator[int]:
    """Yield the place of each sign that nobody sees, but not of joiners where a script or an emoji needs them."""
    if _spaced(text).isprintable() and not _BLANK.search(text):
        return
    needed = {joiner.start() for joiner in _NEEDED.finditer(text)}
    yield from (at for at, sign in enumerate(text) if at not in needed and (_BLANK.match(sign) or not _spaced(sign).isprintable()))


def _spaced(text: str) -> str:
    """Return a text with a plain space for every space that takes up room, and for tabs and line feeds."""
    return re.sub("[\t\n\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]", " ", text)
