"""Guide → what the search knows beyond the text of the pages. Knows nothing of MkDocs."""

import re
from html import escape

from guide.model.guide import Guide
from guide.model.searched import search_words

# How much more than any other section a red flag weighs, so that a danger sign leads to it and not to a page that mentions it.
WEIGHT = {"emergency": 3, "same-day": 3, "appointment": 1, "pharmacist": 1}


def sharpen(index: dict, guide: Guide, words: dict) -> dict:
    """Give each red flag its own words and weight, keep a page's words to its opening, and leave out what only refers to sources."""
    flags = guide.entries["red-flags"]
    certainty = "|".join(map(re.escape, words["certainty"].values()))
    cited = re.compile(rf"(?:(?:{certainty})\. )?{re.escape(words['sources'])}: [\d ]+")
    for place in index["docs"]:
        page, _, anchor = place["location"].partition("#")
        place["text"] = cited.sub("", place["text"])
        if anchor:
            place.pop("tags", None)
        elif not page:  # the menu calls it Home, and its answer stands in a box of its own
            place |= {"title": escape(guide.about.name, quote=False), "text": f"<p>{escape(guide.about.answer, quote=False)}</p>"}
        if page == "get-help/" and anchor in flags:
            place |= {"tags": [escape(word, quote=False) for word in search_words(flags[anchor])], "boost": WEIGHT[flags[anchor].care],
                      "care": flags[anchor].care}
    index["config"] |= words["search_language"] | {"subject": guide.about.name}
    return index
