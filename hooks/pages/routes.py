"""Which pages a guide has: their addresses, their order in the menu, and where an entry's words stand."""

import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from guide.model.entries import Entry, PageText, RedFlag
from guide.model.guide import Guide
from guide.model.guide_file import GuideFile
from guide.model.kinds import FOLDERS
from markupsafe import Markup
from words.catalogue import read_words

ALL_PAGES = "all-pages.md"
Menu = list[Any]  # a uri, a {title: uri}, or a {title: [uris]}
Proof = dict[str, Any]  # what the checklist's own test found for this very version


@dataclass(frozen=True)
class Plan:
    """A page that is still to be rendered."""

    uri: str
    opening: PageText | GuideFile
    template: str
    source: str  # the content file it comes from
    variables: dict[str, Any] = field(default_factory=dict)


def menu(guide: Guide, proof: Proof | None = None) -> Menu:
    """Return the menu as nested lists: a uri, a {title: uri}, or a {title: [uris]}. Titles are ready for HTML."""
    def section(kind: str) -> dict[str, list[str]]:
        name = html.escape(guide.about.pages.index(kind).name)
        return {name: [f"{kind}/index.md", *(f"{kind}/{id_}.md" for id_ in guide.entries[kind])]}

    words = read_words(guide.about.language)
    return [
        {words["home"]: "index.md"},
        "get-help.md",
        "symptom.md",
        *(section(kind) for kind in ("triggers", "conditions", "medicines", "management")),
        "handout.md",
        "visit.md",
        {words["more"]: [ALL_PAGES, "glossary.md", "sources.md", *(f"{name}.md" for name in guide.pages), "changes.md",
                         *(["checked.md"] if proof else [])]},
    ]


def plans(guide: Guide, proof: Proof | None) -> Iterator[Plan]:
    """Yield a plan for every page."""
    about, words = guide.about, read_words(guide.about.language)
    yield Plan("index.md", about, "home", "guide.yml")
    yield Plan("get-help.md", about.pages.get_help, "get-help", "care-levels.yml")
    yield Plan("symptom.md", about.pages.about_the_symptom, "symptom", "guide.yml")
    yield from _sections(guide)
    yield Plan("visit.md", guide.appointment, "visit", "appointment.yml")
    yield Plan("handout.md", about.pages.handout, "handout", "guide.yml")
    yield Plan("changes.md", _opening(words["changes"]), "changes", "changes.yml")
    yield Plan(ALL_PAGES, _opening(words["all_pages"]), "all-pages", "guide.yml", {"parts": menu(guide, proof), "here": ALL_PAGES})
    yield Plan("glossary.md", about.pages.glossary, "glossary", "glossary.yml")
    yield Plan("sources.md", about.pages.sources, "sources", "sources.yml")
    for name, page in guide.pages.items():
        yield Plan(f"{name}.md", page, "written", f"{name}.md", {"body": Markup(page.body)})
    if proof:
        numbers = {name: f"{value:,}" if isinstance(value, int) else value for name, value in proof.items()}
        opening = _opening(words["proof"] | {"answer": words["proof"]["answer"].format(**numbers)})
        yield Plan("checked.md", opening, "checked", "guide.yml", {"proof": numbers})


def _sections(guide: Guide) -> Iterator[Plan]:
    for kind, model in FOLDERS.items():
        if model is not RedFlag:  # they stand on one page, get-help
            yield Plan(f"{kind}/index.md", guide.about.pages.index(kind), "section", "guide.yml", {"kind": kind})
        for entry in guide.entries[kind].values():
            if not isinstance(entry, RedFlag):
                yield Plan(f"{kind}/{entry.id}.md", entry, model.__name__.lower(), f"{kind}/{entry.id}.yml")


def _opening(words: dict[str, Any]) -> PageText:
    """Return the opening of a page that the engine itself writes."""
    return PageText(name=words["name"], answer=words["answer"], key_points=words["key_points"])


def uri_of(entry: Entry) -> str:
    """Return where an entry's own words stand: its page, or the page it is gathered on."""
    gathered = {"guide": "index.md", "appointment": "visit.md", "care-levels": "get-help.md", "emergency-numbers": "get-help.md"}
    if entry.kind == "pages":
        return f"{entry.id}.md"
    return gathered.get(entry.kind, f"{entry.kind}/{entry.id}.md")
