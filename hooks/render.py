"""Guide + templates → Markdown pages. Knows nothing of MkDocs.

Every value a template prints is escaped for Markdown and HTML unless it is Markup already, so
content can never become markup, a link or a template.
"""

import datetime
import hashlib
import html
import os
import posixpath
import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
import yaml
from markupsafe import Markup
from model import CARE_LEVELS, FOLDERS, Guide, PageText, Source, references, search_words

TEMPLATES = Path(__file__).parent.parent / "overrides"
WORDS = Path(__file__).parent / "words"
ALL_PAGES = "all-pages.md"
CACHE = Path(os.environ.get("GUIDE_CACHE") or Path(__file__).parent.parent / ".cache")


@dataclass(frozen=True)
class Page:
    """One page: its address in the site as a Markdown file, its text, and the content file it comes from."""

    uri: str
    title: str
    markdown: str
    source: str


def render(guide: Guide) -> list[Page]:
    """Render every page of a guide that has no problems."""
    site = _Site(guide)
    return [site.page(*plan) for plan in _plans(guide)]


def look_book(guide: Guide) -> Page:
    """Render the page that shows every component in every state, with this guide's words where they need some."""
    names = sorted(file.parent.name for file in (TEMPLATES / "components").glob("*/examples.md"))
    names.sort(key=lambda name: name == "source-list")  # it holds what the others cite, so it comes last
    return _Site(guide).page("look-book.md", guide.about, "look-book", "guide.yml", {"components_with_examples": names})


def menu(guide: Guide) -> list:
    """Return the menu as nested lists: a uri, a {title: uri}, or a {title: [uris]}. Titles are ready for HTML."""
    def section(kind: str) -> dict:
        name = html.escape(getattr(guide.about.pages, kind).name)
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
                         *(["checked.md"] if guide.proof else [])]},
    ]


@lru_cache
def read_words(language: str) -> dict[str, Any]:
    """Return the engine's own words in `language`."""
    return yaml.safe_load((WORDS / f"{language}.yml").read_text(encoding="utf-8"))


def day(date: datetime.date, words: dict[str, Any]) -> str:
    """Write a date as a reader says it."""
    return f"{date.day} {words['months'][date.month - 1]} {date.year}"


_INLINE = re.compile(r"[\\`*_\[\]{}<>&|~^$#]|!(?=\[)|(?<=:)//")
_BLOCK = re.compile(r"^(?:[#+\-=:!?>~]|\d+(?=[.)]))")


def escape(value: Any) -> Markup:
    """Return one line of text that Markdown and HTML show exactly as it stands."""
    return value if isinstance(value, Markup) else _escape(str(value))


@lru_cache(maxsize=20_000)
def _escape(value: str) -> Markup:
    text = " ".join(value.split())
    text = _INLINE.sub(lambda found: "".join(f"&#{ord(sign)};" for sign in found[0]), text)
    return Markup(_BLOCK.sub(lambda found: f"{found[0][:-1]}&#{ord(found[0][-1])};", text))


def address(url: str) -> Markup:
    """Return an address that Markdown reads as one, whole: a bracket or a star in it ends nothing and begins nothing."""
    return Markup(quote(url, safe=":/?#@!$&+,;=%~").replace("&", "&amp;"))


def _plans(guide: Guide) -> Iterable[tuple[str, Any, str, str, dict]]:
    """Yield (uri, opening, template, content file, variables) for every page."""
    about = guide.about
    yield "index.md", about, "home", "guide.yml", {}
    yield "get-help.md", about.pages.get_help, "get-help", "care-levels.yml", {}
    yield "symptom.md", about.pages.about_the_symptom, "symptom", "guide.yml", {}
    for kind, model in FOLDERS.items():
        if kind == "red-flags":
            continue  # they stand on one page, get-help
        yield f"{kind}/index.md", getattr(about.pages, kind), "section", "guide.yml", {"kind": kind}
        for entry in guide.entries[kind].values():
            yield f"{kind}/{entry.id}.md", entry, model.__name__.lower(), f"{kind}/{entry.id}.yml", {}
    yield "visit.md", guide.appointment, "visit", "appointment.yml", {}
    yield "handout.md", about.pages.handout, "handout", "guide.yml", {}
    words = read_words(about.language)
    yield "changes.md", _page_text(words["changes"]), "changes", "changes.yml", {}
    yield ALL_PAGES, _page_text(words["all_pages"]), "all-pages", "guide.yml", {"parts": menu(guide), "here": ALL_PAGES}
    yield "glossary.md", about.pages.glossary, "glossary", "glossary.yml", {}
    yield "sources.md", about.pages.sources, "sources", "sources.yml", {}
    for name, page in guide.pages.items():
        yield f"{name}.md", page, "written", f"{name}.md", {"body": Markup(page.body)}
    if guide.proof:
        words = words["proof"]
        numbers = {name: f"{value:,}" if isinstance(value, int) else value for name, value in guide.proof.items()}
        opening = PageText(name=words["name"], answer=words["answer"].format(**numbers), key_points=words["key_points"])
        yield "checked.md", opening, "checked", "guide.yml", {"proof": numbers}


def _page_text(words: dict[str, Any]) -> PageText:
    """Return the opening of a page that the engine itself writes."""
    return PageText(name=words["name"], answer=words["answer"], key_points=words["key_points"])


class _Site:
    """What all pages of one guide share: titles, words, glossary patterns, components. It renders one page at a time."""

    def __init__(self, guide: Guide):
        self.guide = guide
        self.words = read_words(guide.about.language)
        self.titles = {uri: opening.name for uri, opening, *_ in _plans(guide)}
        self.terms = [(term, [_folded(form, term) for form in (term.term, *term.forms)]) for term in guide.glossary.values()]
        self._here, self._citations = "", Citations(guide)  # of the page in hand
        self._shared = {
            "guide": guide, "words": self.words, "symptom": guide.about.symptom, "care_levels": CARE_LEVELS,
            "cite": lambda ids: self._citations.cite(ids), "link": self._link, "entries": self._entries, "file": self._file,
            "image": lambda name: self._file(f"images/{name}.svg"), "size": self._size,
            "day": lambda date: day(date, self.words), "explained": self._explained, "sources_in": _sources_in}
        self._shared |= _components(self._shared)  # once, since they know the page in hand by these functions alone

    def page(self, uri: str, opening: Any, template: str, source: str, variables: dict) -> Page:
        self._here, self._citations = uri, Citations(self.guide)
        text = _environment().get_template(f"pages/{template}.md").render(
            self._shared | {"page": opening, "review": getattr(opening, "review", self.guide.about.review), "citations": self._citations, **variables})
        head = {"description": html.escape(opening.answer)}
        if uri not in ("index.md", "look-book.md"):  # the home page bears the guide's own name
            head["title"] = html.escape(opening.name)
        if words := search_words(opening):
            head["tags"] = [html.escape(word, quote=False) for word in words]  # the theme puts them into its results as HTML
        front_matter = yaml.dump(head, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1000)
        return Page(uri, opening.name, f"---\n{front_matter}---\n\n{_tidy(text)}\n", source)

    def _file(self, file: str) -> Markup:
        """Return the way from the page in hand to a file of the site."""
        return Markup(_path(file, posixpath.dirname(self._here)))

    def _size(self, image: str) -> Markup:
        """Return the width and height of a drawing as attributes, so that nothing moves when it comes."""
        return Markup("width={} height={}").format(*self.guide.images[image])

    def _entries(self, kind: str, ids: Iterable[str]) -> list:
        return [self.guide.entries[kind][id_] for id_ in ids]

    def _link(self, target: Any, anchor: str = "", text: str | None = None, **attributes: str) -> Markup:
        """Return a link to an entry, or to the page at a uri; `class` is the one attribute it takes."""
        if isinstance(target, str):
            uri, name = target, self.titles[target]
        elif target.kind == "red-flags":
            uri, name, anchor = "get-help.md", target.name, target.id
        else:
            uri = _uri_of(target)
            name = self.titles[uri]
        classes = "".join(f" .{name}" for name in attributes.get("class", "").split())
        target = self._file(uri) + (f"#{anchor}" if anchor else "")
        return Markup(f"[{escape(text or name)}]({target})" + (f"{{{classes} }}" if classes else ""))

    def _explained(self, markdown: str) -> list:
        """Return the glossary terms that a page uses, in the order of the glossary."""
        text = html.unescape(_LINK_TARGET.sub("]", markdown))
        folded = text.casefold()
        return [term for term, forms in self.terms if any(_stands(form, text if term.term.isupper() else folded) for form in forms)]


def _uri_of(entry: Any) -> str:
    """Return where an entry's own words stand: its page, or the page it is gathered on."""
    gathered = {"guide": "index.md", "appointment": "visit.md", "care-levels": "get-help.md", "emergency-numbers": "get-help.md"}
    if entry.kind == "pages":
        return f"{entry.id}.md"
    return gathered.get(entry.kind, f"{entry.kind}/{entry.id}.md")


@lru_cache(maxsize=20_000)
def _path(uri: str, folder: str) -> str:
    return posixpath.relpath(uri, folder or ".")


_LINK_TARGET = re.compile(r"\]\([^)]*\)")


def _folded(form: str, term: Any) -> str:
    """Return a form as it is looked for: an abbreviation as it stands, any other word folded."""
    return form if term.term.isupper() else form.casefold()


def _stands(word: str, text: str) -> bool:
    """Tell whether a text has a word as a whole; a plain look is far faster than a pattern."""
    at = text.find(word)
    while at >= 0:
        around = text[max(at - 1, 0):at] + text[at + len(word):at + len(word) + 1]
        if not any(sign.isalnum() or sign == "_" for sign in around):
            return True
        at = text.find(word, at + 1)
    return False


class Citations:
    """Numbers the sources of one page in the order in which they are first cited."""

    def __init__(self, guide: Guide):
        self._sources, self._numbers = guide.sources, {}

    def cite(self, ids: Iterable[str]) -> Markup:
        """Return the numbers of these sources as links into the page's own list."""
        numbers = [self._numbers.setdefault(id_, len(self._numbers) + 1) for id_ in ids]
        return Markup(" ").join(Markup(f"[{number}](#source-{number})") for number in sorted(set(numbers)))

    def listed(self) -> list[tuple[int, Source]]:
        """Return the sources cited so far, by number."""
        return [(number, self._sources[id_]) for id_, number in self._numbers.items()]


class _TemplateCache(jinja2.FileSystemBytecodeCache):
    def dump_bytecode(self, bucket: Any) -> None:
        """Keep a compiled template, or go on without on a full or read-only disk."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def template_cache(name: str, made_by: bytes = b"") -> jinja2.BytecodeCache | None:
    """Return a place for compiled templates that is left when `made_by` changes; None where none can be made."""
    folder = CACHE / "templates" / f"{name}-{hashlib.sha256(made_by).hexdigest()[:12]}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return _TemplateCache(str(folder))


@lru_cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES), undefined=jinja2.StrictUndefined, autoescape=True,
        finalize=escape, trim_blocks=True, lstrip_blocks=True, bytecode_cache=template_cache("pages", Path(__file__).read_bytes()))
    environment.filters["address"] = address
    environment.filters["fill"] = lambda text, **values: text.format(**values)
    return environment


def _components(shared: dict) -> dict:
    """Return the macros of every component by name, each of which sees what the page sees."""
    macros: dict = {}
    for name in _component_names():
        module = _environment().get_template(name).make_module(shared)
        macros |= {macro: value for macro, value in vars(module).items() if not macro.startswith("_")}
    return macros


@lru_cache
def _component_names() -> list[str]:
    return [file.relative_to(TEMPLATES).as_posix() for file in sorted((TEMPLATES / "components").glob("*/*.md")) if file.stem != "examples"]


def _sources_in(*parts: Any) -> list[str]:
    """Return the ids of every source that these parts cite, once each, in order."""
    return list(dict.fromkeys(id_ for part in parts for _, kind, id_ in references(part) if kind == "sources"))


def _tidy(text: str) -> str:
    """Leave one blank line where a template left several."""
    return re.sub(r"\n[ \t]*(?:\n[ \t]*)+", "\n\n", text).strip()
