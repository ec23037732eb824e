"""What the search knows of a page or a red flag besides its text."""

from guide.model.entries import PageText, RedFlag
from guide.model.guide_file import GuideFile

Searched = PageText | RedFlag | GuideFile  # whatever the search can find
SEARCH_KEYS = ("also_called", "examples", "search_words", "shared_words")  # a medicine is a name of the page of its class


def search_words(part: Searched) -> list[str]:
    """Return the words by which the search knows a page or a red flag, apart from those that stand on it."""
    return [word for key in SEARCH_KEYS for word in getattr(part, key, [])]
