"""Guide + templates → Markdown pages. Knows nothing of MkDocs."""

import html
import posixpath
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from guide.care_levels import CARE_LEVELS
from guide.model.entries import Entry, FolderEntry, RedFlag
from guide.model.files import Term
from guide.model.guide import Guide
from guide.model.parts import WhenToGetHelp
from guide.model.searched import search_words
from guide.routes import uri_of
from guide.terms import TermMatcher
from markupsafe import Markup
from words.catalogue import day, read_words

from pages.citations import Citations
from pages.components import macros, names_with_examples
from pages.escape import escape
from pages.routes import Plan, Proof, plans
from pages.templates import environment

Sheets = Callable[[], Sequence[Any]]  # what was printed from the guide; waits, if need be, until it is


@dataclass(frozen=True)
class Page:
    """One page: its address in the site as a Markdown file, its text, and the content file it comes from."""

    uri: str
    title: str
    markdown: str
    source: str


def render(guide: Guide, sheets: Sheets = list, proof: Proof | None = None) -> list[Page]:
    """Render every page of a guide. A page that tells of the printed sheets waits for `sheets`; with `proof` there is a page of its own."""
    site = _Site(guide, sheets, proof)
    return [site.page(plan) for plan in site.plans]


def look_book(guide: Guide, sheets: Sheets = list, proof: Proof | None = None) -> Page:
    """Render the page that shows every component in every state, with this guide's words where they need some."""
    plan = Plan("look-book.md", guide.about, "look-book", "guide.yml", {"components_with_examples": names_with_examples()})
    return _Site(guide, sheets, proof).page(plan)


class _Site:
    """What all pages of one guide share: titles, words, glossary, components. It renders one page at a time."""

    def __init__(self, guide: Guide, sheets: Sheets, proof: Proof | None):
        self.guide = guide
        self.words = read_words(guide.about.language)
        self.plans = list(plans(guide, proof))
        self.titles = {plan.uri: plan.opening.name for plan in self.plans}
        self.matchers = {id_: TermMatcher(term) for id_, term in guide.glossary.items()}
        self._here, self._citations = "", Citations(guide)  # of the page in hand
        self._shared: dict[str, Any] = {
            "guide": guide, "sheets": sheets, "words": self.words, "symptom": guide.about.symptom, "care_levels": CARE_LEVELS,
            "cite": lambda ids: self._citations.cite(ids), "link": self._link, "entries": self._entries, "file": self._file,
            "image": lambda name: self._file(f"images/{name}.svg"), "size": self._size,
            "day": lambda date: day(date, self.words), "explained": self._explained, "cases_at": self._cases_at,
            "section": self._section, "section_begins": self._section_begins, "rests_on": self._rests_on}
        self._shared |= macros(self._shared)  # once, since they know the page in hand by these functions alone

    def page(self, plan: Plan) -> Page:
        """Render one page."""
        self._here, self._citations = plan.uri, Citations(self.guide)
        opening = plan.opening
        text = environment().get_template(f"pages/{plan.template}.md").render(self._shared | {
            "page": opening, "review": getattr(opening, "review", self.guide.about.review), "citations": self._citations, **plan.variables})
        head: dict[str, Any] = {"description": opening.answer}
        if plan.uri not in ("index.md", "look-book.md"):  # the home page bears the guide's own name
            head["title"] = opening.name
        if words := search_words(opening):
            head["tags"] = words
        front_matter = yaml.dump(head, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000)
        return Page(plan.uri, opening.name, f"---\n{front_matter}---\n\n{_tidy(text)}\n", plan.source)

    def _file(self, file: str) -> Markup:
        """Return the way from the page in hand to a file of the site."""
        return Markup(_path(file, posixpath.dirname(self._here)))

    def _size(self, image: str) -> Markup:
        """Return the width and height of a drawing as attributes, so that nothing moves when it comes."""
        return Markup("width={} height={}").format(*self.guide.images[image])

    def _section(self, heading: str, searched: bool = True) -> Markup:
        """Return the heading of a part of the page; the sources of what follows are listed under it."""
        self._citations.begin(heading)
        return Markup("## ") + escape(heading) + Markup("" if searched else " {: data-search-exclude=yes }")

    def _section_begins(self, heading: str) -> Markup:
        """Begin a part of the page whose heading stands already."""
        self._citations.begin(heading)
        return Markup("")

    def _rests_on(self, sources: Iterable[str], note: str | None = None, part: str | None = None) -> Markup:
        """Note the sources of a text for the page's list, and put nothing beside the text."""
        self._citations.rest_on(sources, note, part)
        return Markup("")

    def _cases_at(self, help_: WhenToGetHelp, care: str) -> list[str]:
        """Return what a page says of the signs at one care level, which is that of the red flag."""
        flags = {flag.id: flag for flag in self.guide.flags_at(care)}
        return [case.says or f"{flags[case.sign].statement}." for case in help_.signs if case.sign in flags]

    def _entries(self, kind: str, ids: Iterable[str]) -> list[FolderEntry]:
        return [self.guide.entries[kind][id_] for id_ in ids]

    def _link(self, target: str | Entry, anchor: str = "", text: str | None = None, **attributes: str) -> Markup:
        """Return a link to an entry, or to the page at a uri; `class` is the one attribute it takes."""
        if isinstance(target, RedFlag):
            uri, name, anchor = "get-help.md", target.name, target.id
        else:
            uri = target if isinstance(target, str) else uri_of(target)
            name = self.titles[uri]
        classes = "".join(f" .{name}" for name in attributes.get("class", "").split())
        address = self._file(uri) + (f"#{anchor}" if anchor else "")
        return Markup(f"[{escape(text or name)}]({address})" + (f"{{{classes} }}" if classes else ""))

    def _explained(self, markdown: str, name: str) -> dict[str, Term]:
        """Return the glossary terms that a page uses where a word can be pressed, and is not itself about, by id, in the order of the glossary."""
        text = html.unescape(_NO_PLACE_FOR_A_WORD.sub(" ", markdown))
        folded = text.casefold()
        return {id_: matcher.term for id_, matcher in self.matchers.items()
                if matcher.stands_in(text, folded) and not matcher.stands_in(name, name.casefold())}


@lru_cache(maxsize=20_000)
def _path(uri: str, folder: str) -> str:
    return posixpath.relpath(uri, folder or ".")


# Headings, tiles, forms, tags and links: what explained_words.py passes over, as it stands before it is HTML.
_NO_PLACE_FOR_A_WORD = re.compile(r"^#+ .*$|^- .*\n\{: \.tile \}$|(?s:<form\b.*?</form>)|<[^>]*>|\[[^\]]*\]\([^)]*\)", re.MULTILINE)


def _tidy(text: str) -> str:
    """Leave one blank line where a template left several."""
    return re.sub(r"\n[ \t]*(?:\n[ \t]*)+", "\n\n", text).strip()
