"""The theme's search index + guide → what our own search asks, in plain text. Knows nothing of MkDocs."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from guide.model.entries import RedFlag
from guide.model.guide import Guide
from guide.model.searched import search_words


def sharpen(index: dict[str, Any], guide: Guide, words: dict[str, Any]) -> dict[str, Any]:
    """Return every place of the site, and what the search must know of the guide's language and subject."""
    return {"language": words["search_language"], "subject": guide.about.name, "docs": list(_places(index["docs"], guide, words))}


def _places(docs: list[dict[str, Any]], guide: Guide, words: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Give a page's words to its opening and each red flag its own; leave out what only refers to sources."""
    flags = {flag.id: flag for flag in guide.every(RedFlag)}
    certainty = "|".join(map(re.escape, words["certainty"].values()))
    cited = re.compile(rf"(?:(?:{certainty})\. )?{re.escape(words['sources'])}: [\d ]+")
    for doc in docs:
        page, _, anchor = doc["location"].partition("#")
        place = {"location": doc["location"], "title": _plain(doc["title"]), "text": _plain(cited.sub("", doc["text"]))}
        if not anchor:
            place["tags"] = doc.get("tags", [])
        elif page == "get-help/" and anchor in flags:
            place |= {"tags": search_words(flags[anchor]), "care": flags[anchor].care}
        elif not page and place["title"] == guide.about.name:
            continue  # the opening of the home page once more, with all its buttons
        if not doc["location"]:  # the menu calls it Home, and its answer stands in a box of its own
            place |= {"title": guide.about.name, "text": guide.about.answer}
        yield {name: value for name, value in place.items() if value or name == "location"}


def _plain(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())
