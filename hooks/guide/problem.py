"""One problem in the content: where it is, what was found, what was expected, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Problem:
    """One sentence a contributor can act on. Lines and columns count from 1; what it quotes of a file stands on one line and acts on nothing."""

    path: str
    line: int
    column: int
    found: str
    expected: str
    repair: str

    def __post_init__(self) -> None:
        for part in ("path", "found", "expected", "repair"):
            object.__setattr__(self, part, visible(getattr(self, part)))

    def __str__(self) -> str:
        return (
            f"{self.path}:{self.line}:{self.column}: "
            f"Found {self.found}. Expected {self.expected}. {self.repair}"
        )


def visible(text: str) -> str:
    """Return a text with a code for each sign that a terminal would obey or not show, and without the marks of a command to GitHub's runner."""
    shown = text if text.isprintable() else "".join(sign if sign.isprintable() else f"(U+{ord(sign):04X})" for sign in text)
    return shown.replace("##[", "# #[")


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Name the known word closest to `word`, or say `otherwise` when none is close."""
    close = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f'Did you mean "{close[0]}"?' if close else otherwise


def one_of(words: Iterable[str]) -> str:
    """List the allowed words for a sentence: `one of "a", "b"`, shortened when there are many."""
    words = list(words)
    shown = ", ".join(f'"{word}"' for word in words[:12])
    return f"one of {shown}" + (f" and {len(words) - 12} more" if len(words) > 12 else "")
