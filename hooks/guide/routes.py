"""Every page that each guide has: its address, its template, the file behind it, and where the menu and the header show it.

Menu, header, links, and the names that no hand-written page may take follow from this one table.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from guide.care_levels import CARE_LEVELS
from guide.model.entries import Entry, PageText, RedFlag
from guide.model.guide import Guide
from guide.model.guide_file import GuideFile
from guide.model.kinds import FOLDERS

HOME, GET_HELP, ALL_PAGES, CHECKED = "index.md", "get-help.md", "all-pages.md", "checked.md"
BEFORE_WRITTEN = "sources.md"  # the pages written by hand come after it in the menu
SECTIONS = tuple(kind for kind, model in FOLDERS.items() if model is not RedFlag)  # the signs stand together on one page


@dataclass(frozen=True)
class Route:
    """A page, before any of its words."""

    uri: str  # its address as a Markdown file: `triggers/index.md`
    template: str  # a file of overrides/pages/, without .md
    source: str  # the content file that a contributor edits
    opening: Callable[[Guide], PageText | GuideFile] | str  # where its first words stand; a text is a key of the engine's own words
    menu: Literal["top", "section", "more"] = "top"
    door: bool = False  # stands in the header, too


def _section(kind: str) -> Route:
    return Route(f"{kind}/index.md", "section", "guide.yml", lambda guide: guide.about.pages.index(kind), "section", door=kind != "medicines")


ROUTES = (
    Route(HOME, "home", "guide.yml", lambda guide: guide.about),
    Route(GET_HELP, "get-help", "care-levels.yml", lambda guide: guide.about.pages.get_help, door=True),
    Route("symptom.md", "symptom", "guide.yml", lambda guide: guide.about.pages.about_the_symptom),
    *map(_section, SECTIONS),
    Route("handout.md", "handout", "guide.yml", lambda guide: guide.about.pages.handout),
    Route("visit.md", "visit", "appointment.yml", lambda guide: guide.appointment, door=True),
    Route(ALL_PAGES, "all-pages", "guide.yml", "all_pages", "more"),
    Route("glossary.md", "glossary", "glossary.yml", lambda guide: guide.about.pages.glossary, "more"),
    Route("sources.md", "sources", "sources.yml", lambda guide: guide.about.pages.sources, "more"),
    Route("changes.md", "changes", "changes.yml", "changes", "more"),
    Route(CHECKED, "checked", "guide.yml", "proof", "more"),  # only once the checklist's own test has shown it
)
DOORS = tuple(route.uri for route in ROUTES if route.door)
# What a hand-written page may not be called: its address is taken.
RESERVED = frozenset({route.uri.removesuffix(".md").removesuffix("/index") for route in ROUTES} | {"404", "assets", "handout", "images", "look-book", "search"})
# Ids that the templates give to parts of their own. A sign or a source, whose id stands on the same page, may not take one, nor may a heading on any page.
ON_EVERY_PAGE = frozenset({"main"})
_PARTS = ON_EVERY_PAGE | {*CARE_LEVELS, "none-of-these", "not-found", "numbers", "print", "sources"}
_NUMBERED = re.compile(r"(?:source-\d+|copy-[0-9a-f]{8}|(?:signs|hint|word)-.+)")

_GATHERED = {"guide": HOME, "appointment": "visit.md", "care-levels": GET_HELP, "emergency-numbers": GET_HELP, "red-flags": GET_HELP}


def is_taken(id_: str) -> bool:
    """Tell whether a part of the engine's own has this id on some page."""
    return id_ in _PARTS or bool(_NUMBERED.fullmatch(id_))


def heading_id(words: str) -> str:
    """Return the id that a heading of these words is given on its page."""
    return "-".join(re.sub(r"[^\w\s-]", "", words).lower().split())


def uri_of(entry: Entry) -> str:
    """Return the page on which an entry's own words stand: its own, or the one it is gathered on."""
    if entry.kind == "pages":
        return f"{entry.id}.md"
    return _GATHERED.get(entry.kind, f"{entry.kind}/{entry.id}.md")
