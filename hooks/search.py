"""Guide → what the search knows beyond the text of the pages. Knows nothing of MkDocs."""

import re

from model import Guide, search_words

# How much more a red flag weighs than any other section, so that a danger sign leads to it and not to a page that mentions it.
WEIGHT = {"emergency": 3, "same-day": 3, "appointment": 1, "pharmacist": 1}


def sharpen(index: dict, guide: Guide, words: dict) -> dict:
    """Give each red flag its own words and weight, keep a page's words to its opening, and leave out the numbers of sources."""
    flags = guide.entries["red-flags"]
    certainty = "|".join(map(re.escape, words["certainty"].values()))
    cited = re.compile(rf"(?:(?:{certainty})\. )?{re.escape(words['sources'])}: [\d ]+")
    for place in index["docs"]:
        page, _, anchor = place["location"].partition("#")
        place["text"] = cited.sub("", place["text"])
        if anchor:
            place.pop("tags", None)
        if page == "get-help/" and anchor in flags:
            place |= {"tags": search_words(flags[anchor]), "boost": WEIGHT[flags[anchor].care]}
    index["config"] |= words["search_language"] | {"subject": guide.about.name}
    return index
