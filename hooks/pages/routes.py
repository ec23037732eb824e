"""The pages of one guide, in order, and its menu."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from guide.model.entries import EntryPage, PageText
from guide.model.guide import Guide
from guide.model.guide_file import GuideFile
from guide.routes import ALL_PAGES, BEFORE_WRITTEN, CHECKED, HOME, ROUTES, SECTIONS, Route, uri_of
from markupsafe import Markup
from words.catalogue import read_words

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
    """Return the menu as nested lists: a uri, a {title: uri}, or a {title: [uris]}."""
    words = read_words(guide.about.language)
    top: Menu = []
    for route in _routes(proof):
        kind = route.uri.partition("/")[0]
        if route.menu == "section":
            top.append({_opening(route, guide, words).name: [route.uri, *(uri_of(entry) for entry in guide.entries[kind].values())]})
        elif route.menu == "top":
            top.append({words["home"]: route.uri} if route.uri == HOME else route.uri)
    more = [route.uri for route in _routes(proof) if route.menu == "more"]
    by_hand = more.index(BEFORE_WRITTEN) + 1
    more[by_hand:by_hand] = [f"{name}.md" for name in guide.pages]
    return [*top, {words["more"]: more}]


def plans(guide: Guide, proof: Proof | None) -> Iterator[Plan]:
    """Yield a plan for every page."""
    words = read_words(guide.about.language)
    for route in _routes(proof):
        yield Plan(route.uri, _opening(route, guide, words, proof), route.template, route.source, _variables(route, guide, proof))
        if (kind := route.uri.removesuffix("/index.md")) in SECTIONS:
            yield from (Plan(uri_of(entry), entry, type(entry).__name__.lower(), f"{kind}/{entry.id}.yml")
                        for entry in guide.entries[kind].values() if isinstance(entry, EntryPage))
    for name, page in guide.pages.items():
        yield Plan(f"{name}.md", page, "written", f"{name}.md", {"body": Markup(page.body)})


def _routes(proof: Proof | None) -> list[Route]:
    return [route for route in ROUTES if proof or route.uri != CHECKED]


def _variables(route: Route, guide: Guide, proof: Proof | None) -> dict[str, Any]:
    """Return what a template is told beside the guide."""
    if route.uri == ALL_PAGES:
        return {"parts": menu(guide, proof), "here": ALL_PAGES}
    if route.uri == CHECKED and proof:
        return {"proof": _numbers(proof)}
    return {"kind": route.uri.partition("/")[0]} if route.menu == "section" else {}


def _opening(route: Route, guide: Guide, words: dict[str, Any], proof: Proof | None = None) -> PageText | GuideFile:
    """Return the first words of a page: the guide's, or of a page that the engine itself writes its own."""
    if callable(route.opening):
        return route.opening(guide)
    own = words[route.opening]
    answer = own["answer"].format(**_numbers(proof)) if proof else own["answer"]
    return PageText(name=own["name"], answer=answer, key_points=own["key_points"])


def _numbers(proof: Proof) -> dict[str, Any]:
    return {name: f"{value:,}" if isinstance(value, int) else value for name, value in proof.items()}
