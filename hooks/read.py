"""A folder of content → a Guide, with every problem of every file."""

import datetime
import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args
from xml.parsers import expat

from load import LARGEST_FILE, Bare, Document, Location, load_text, read_bytes
from model import CARE_LEVELS, FILES, FOLDERS, HIDDEN, Guide, RedFlag, WrittenPage, is_slug
from problem import Problem, did_you_mean, one_of
from pydantic import BaseModel, ValidationError

LARGEST_IMAGE = 12 * 1024  # bytes
FRONT_MATTER = re.compile(rb"\A---\r?\n(.*?\n)---\r?\n(.*)\Z", re.DOTALL)


def read_guide(folder: Path) -> tuple[Guide, list[Problem]]:
    """Read every content file below `folder` (paths in problems begin with its name)."""
    guide, problems = Guide(), []
    if not folder.is_dir():
        guide.ids = {kind: {} for kind in (*FOLDERS, *FILES, "images")}
        guide.entries = {kind: {} for kind in FOLDERS}
        return guide, [Problem(str(folder), 1, 1, "no such folder", "the folder of a guide", "Look at its spelling, and where you are.")]
    for name, model in FILES.items():
        _read_file(guide, folder, f"{name}.yml", model, problems)
    for name, model in FOLDERS.items():
        _read_folder(guide, folder, name, model, problems)
    _read_images(guide, folder, problems)
    for file in sorted(folder.glob("*.md")):
        _read_page(guide, folder, file, problems)
    problems += _strangers(guide, folder)
    guide.version = _fingerprint(folder)
    if guide.about:
        _put_in_order(guide)
    return guide, sorted(problems)


def _read_file(guide: Guide, folder: Path, name: str, model: type[BaseModel], problems: list[Problem]) -> None:
    file, kind = folder / name, Path(name).stem
    document = guide.documents[name] = Document(_shown(folder, file))
    if not file.is_file():
        problems.append(Problem(document.path, 1, 1, "no such file", f"a file that describes: {_first_sentence(model)}",
                                "Bring it back, or copy one from another guide."))
        return
    document, entry, found = _read_yaml(file, document.path, model)
    guide.documents[name] = document
    if isinstance(document.data, dict):
        guide.ids[kind] = dict.fromkeys(document.data, document.path)
    problems += found
    if entry is None:
        return
    if kind in ("sources", "glossary"):
        setattr(guide, kind, entry.root)
    else:
        setattr(guide, {"guide": "about"}.get(kind, kind.replace("-", "_")), entry)


def _read_yaml(file: Path, shown: str, model: type[BaseModel]) -> tuple[Document, Any, list[Problem]]:
    raw, problems = read_bytes(file, shown)
    return (Document(shown), None, problems) if problems else _understood(raw, shown, model)


@lru_cache(maxsize=256)  # a preview reads anew only what an edit has changed
def _understood(raw: bytes, shown: str, model: type[BaseModel]) -> tuple[Document, Any, list[Problem]]:
    document = Document(shown)
    found = load_text(raw, document)
    entry = None if found else _validate(model, document, found)
    return document, entry, found


def _read_folder(guide: Guide, folder: Path, kind: str, model: type[BaseModel], problems: list[Problem]) -> None:
    guide.entries[kind], guide.ids[kind] = {}, {}
    for file in sorted((folder / kind).glob("*")):
        shown = _shown(folder, file)
        if file.is_dir() or file.suffix != ".yml" or not is_slug(file.stem):
            problems.append(Problem(shown, 1, 1, f'the file name "{file.name}"',
                                    "small letters, digits and hyphens, then .yml, and not index", "Rename it like this: deep-breathing.yml."))
            continue
        guide.ids[kind][file.stem] = shown
        document, entry, found = _read_yaml(file, shown, model)
        guide.documents[f"{kind}/{file.name}"] = document
        problems += found
        if entry is not None:
            entry._id = file.stem
            guide.entries[kind][file.stem] = entry


SVG = "http://www.w3.org/2000/svg"
_SVG_ELEMENTS = set(re.findall(r"\w+", """
    svg title desc defs g path circle ellipse rect line polyline polygon text tspan linearGradient radialGradient stop clipPath mask marker pattern
"""))
_SVG_HEAD = re.compile(rb'(?:<\?xml [^>]*>\s*)?<svg\b[^>]*\bviewBox="0 0 (\d{1,4}) (\d{1,4})"[^>]*>\s*<title>[^<]+</title>')


def _read_images(guide: Guide, folder: Path, problems: list[Problem]) -> None:
    """Note the drawings in images/, and refuse one that could do more than be seen."""
    guide.ids["images"] = {}
    for file in sorted((folder / "images").glob("*")):
        shown = _shown(folder, file)
        if file.suffix != ".svg" or not is_slug(file.stem):
            problems.append(Problem(shown, 1, 1, f'the file name "{file.name}"', "small letters, digits and hyphens, then .svg",
                                    "Rename it like this: ring-muscle.svg."))
            continue
        guide.ids["images"][file.stem] = shown
        raw, found = read_bytes(file, shown)
        size, dangers = (None, found) if found else _drawing(shown, raw)
        problems += dangers
        if size:
            guide.images[file.stem] = size


def _drawing(path: str, raw: bytes) -> tuple[tuple[int, int] | None, list[Problem]]:
    """Return the width and height of a drawing, and everything in it that is not a line, a shape or a word."""
    problems = []
    if len(raw) > LARGEST_IMAGE:
        return None, [Problem(path, 1, 1, f"a drawing of {len(raw) // 1024} KB", f"{LARGEST_IMAGE // 1024} KB or less", "Draw it with fewer points.")]
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(what: str) -> None:
        problems.append(Problem(path, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, f'"{what[:60]}" in a drawing',
                                "lines, shapes and words only", "Take it out."))

    def start(element: str, attributes: dict[str, str]) -> None:
        space, _, name = element.rpartition(" ")
        if space != SVG or name not in _SVG_ELEMENTS:
            refuse(f"<{name}")
        for attribute, value in attributes.items():
            name = attribute.rpartition(" ")[2].lower()
            if name.startswith("on") or name in ("style", "href", "src", "base") or re.search(r"url\(\s*[^#\s]", value, re.IGNORECASE):
                refuse(f"{name}={value}")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = lambda name, *_: refuse(f"<!DOCTYPE {name}")
    parser.ProcessingInstructionHandler = lambda target, _: refuse(f"<?{target}")
    parser.XmlDeclHandler = lambda _, encoding, __: None if (encoding or "utf-8").lower() == "utf-8" else refuse(f"encoding={encoding}")
    try:
        parser.Parse(raw, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        problems.append(Problem(path, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, f"what cannot be read in a drawing ({error})",
                                "well-formed SVG", "Draw or save it again."))
    head = _SVG_HEAD.match(raw)
    if not head:
        problems.append(Problem(path, 1, 1, "a drawing without viewBox and title", 'viewBox="0 0 width height", and then <title>',
                                "Add what it shows as its title."))
    return (int(head[1]), int(head[2])) if head else None, problems


def _read_page(guide: Guide, folder: Path, file: Path, problems: list[Problem]) -> None:
    """Read a hand-written page: YAML between two lines of `---`, then Markdown."""
    document = Document(_shown(folder, file))
    guide.documents[file.name] = document
    if not is_slug(file.stem):
        problems.append(Problem(document.path, 1, 1, f'the file name "{file.name}"', "small letters, digits and hyphens, and not index",
                                "Rename it like this: about.md."))
        return
    raw, found = read_bytes(file, document.path)
    page, found = (None, found) if found else _page(document, raw)
    problems += found
    if page is not None:
        page._id = file.stem
        guide.pages[file.stem] = page


def _page(document: Document, raw: bytes) -> tuple[WrittenPage | None, list[Problem]]:
    """Return the page that the bytes of a hand-written one describe, and what is wrong with them."""
    parts = FRONT_MATTER.match(raw)
    if not parts or len(raw) > LARGEST_FILE:
        return None, [Problem(document.path, 1, 1, "no front matter", 'YAML between two lines of "---" at the top', "Copy the head of about.md.")]
    found = load_text(b"\n" + parts[1], document)  # the line of "---" counts as line 1
    page = None if found else _validate(WrittenPage, document, found)
    try:
        document.text = raw.decode("utf-8")
        body = parts[2].decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        body = ""
        found.append(Problem(document.path, 1, 1, "bytes that are no UTF-8", "text saved as UTF-8", "Save the file again with the encoding UTF-8."))
    found += _markup_problems(document.path, body, raw[: parts.start(2)].count(b"\n"))
    if page is not None:
        page._body = body
    return page, found


# What hand-written Markdown may not hold: what is found, what was expected, what to do.
_WRITTEN_DANGERS = [
    (HIDDEN, "a hidden character", "text that can be seen", "Delete it, and type the words again."),
    (re.compile(r"<[A-Za-z/!?](?!ttps?:|ailto:)|[{}]|&#|&\w+;"),
     "HTML or a template", "plain Markdown", "Write it without tags; the page adds the form."),
    (re.compile(r"^ {0,3}\[[^\]]*\]:", re.MULTILINE),
     "a link by reference", "the address beside its words", "Write it like this: [words](address)."),
    (re.compile(r"!\[(?![^\[\]]*\]\(\s*<?(?!//)[\w./-]*[)>\s])"),
     "a picture from elsewhere", "a drawing of this guide", "Write it like this: ![what it shows](images/name.svg)."),
]
_WRITTEN_LINK = re.compile(r"\]\(\s*<?([^)\s>]*)|<((?:[a-z][a-z0-9+.-]*:|www\.)[^>]*)>", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https:|mailto:)|(?![a-z][a-z0-9+.-]*:|[/\\])", re.IGNORECASE)


def _markup_problems(path: str, body: str, lines_before: int) -> list[Problem]:
    """Refuse links that lead elsewhere than https, mailto or the guide, foreign pictures and HTML, in hand-written Markdown."""
    found = [(danger.start(), f'{what} ("{body[danger.start():danger.start() + 12]}")', expected, repair)
             for pattern, what, expected, repair in _WRITTEN_DANGERS for danger in pattern.finditer(body)]
    for link in _WRITTEN_LINK.finditer(body):
        address = link[1] or link[2] or ""
        if not _ADDRESS.match(address):
            found.append((link.start(), f'a link to "{address[:60]}"', "https, mailto, or a page of this guide",
                          "Use the https address, or take the link out."))
    return [Problem(path, lines_before + body.count("\n", 0, at) + 1, at - body.rfind("\n", 0, at), *sentence) for at, *sentence in found]


def _strangers(guide: Guide, folder: Path) -> list[Problem]:
    """Point at files that no part of the guide reads."""
    problems = []
    known = {*FOLDERS, "schema", "images"}
    for file in sorted(folder.iterdir()):
        if file.name.startswith(".") or file.name in guide.documents or (file.is_dir() and file.name in known):
            continue
        names = known if file.is_dir() else {f"{name}.yml" for name in FILES}
        problems.append(Problem(_shown(folder, file), 1, 1, f'"{file.name}", which no part of the guide reads',
                                one_of(sorted(names)), did_you_mean(file.name, names, "Move it into one of the folders, or delete it.")))
    return problems


def _fingerprint(folder: Path) -> str:
    """Return ten characters that change when any content does, apart from what is said of older versions."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.name != "changes.yml" and file.suffix in (".yml", ".md", ".svg"):
            digest.update(file.relative_to(folder).as_posix().encode() + b"\0" + read_bytes(file, file.name)[0] + b"\0")
    return digest.hexdigest()[:10]


def _put_in_order(guide: Guide) -> None:
    """Sort the entries as the guide's own lists say; those not named there come after, by name."""
    for kind, entries in guide.entries.items():
        order = guide.about.red_flags if kind == "red-flags" else getattr(guide.about.pages, kind).order
        places = {id_: number for number, id_ in enumerate(order)}

        def place(entry: Any, places: dict[str, int] = places) -> tuple[int, int, str]:
            urgency = CARE_LEVELS.index(entry.care) if isinstance(entry, RedFlag) else 0
            return urgency, places.get(entry.id, len(places)), entry.name

        guide.entries[kind] = {entry.id: entry for entry in sorted(entries.values(), key=place)}


def _validate(model: type[BaseModel], document: Document, problems: list[Problem]) -> Any:
    """Return the entry that `document` describes, or None after adding what is wrong with it."""
    try:
        entry = model.model_validate(document.data)
    except ValidationError as error:
        problems += [_explain(model, document, detail) for detail in error.errors(include_url=False)]
        return None
    if not isinstance(entry.__pydantic_private__, type(None)):
        entry._document = document
    return entry


def _explain(model: type[BaseModel], document: Document, detail: Any) -> Problem:
    """Say in a contributor's words what pydantic found wrong."""
    location: Location = detail["loc"]
    found, context = _shown_value(detail["input"]), detail.get("ctx", {})
    match detail["type"]:
        case "content":
            return document.problem(location, context["found"], context["expected"], context["repair"])
        case "extra_forbidden":
            keys = _keys(_model_at(model, location[:-1]))
            return document.problem(location, f'the unknown key "{location[-1]}"', one_of(keys),
                                    did_you_mean(str(location[-1]), keys, "Delete it."), at_key=True)
        case "missing":
            info = _keys(_model_at(model, location[:-1])).get(location[-1])
            meaning = f" ({info.description})" if info is not None and info.description else ""
            return document.problem(location[:-1], f'no key "{location[-1]}"', f"it here{meaning}".rstrip(".)") + (")" if meaning else ""),
                                    f'Add a line that begins with "{location[-1]}:".')
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", context["expected"])
            return document.problem(location, found, one_of(allowed), did_you_mean(str(detail["input"]), allowed, "Choose one of them."))
        case "string_type" if isinstance(detail["input"], dict):
            return document.problem(location, found, "text", 'If the words hold a colon, put them between double quotes: "like: this".')
        case "string_type":
            return document.problem(location, found, "text", "Write one piece of text after the colon.")
        case "string_too_long":
            return document.problem(location, f"{len(detail['input'])} characters", f"{context['max_length']} or fewer", "Shorten it, or make two of it.")
        case "string_too_short":
            return document.problem(location, found, f"{context['min_length']} characters or more", "Write it out.")
        case "list_type":
            return document.problem(location, found, "a list", 'Begin each line with "- ".')
        case "too_short":
            return document.problem(location, f"{context['actual_length']} items", f"{context['min_length']} or more", "Add what is missing.")
        case "too_long" if isinstance(detail["input"], str):
            return document.problem(location, f"{len(detail['input'])} characters", f"{context['max_length']} or fewer", "Shorten it, or make two of it.")
        case "too_long":
            return document.problem(location, f"{len(detail['input'])} items", f"{context['max_length']} or fewer", "Join or drop some.")
        case "date_type":
            return document.problem(location, found, "a date like 2026-11-22, without quotes", "Write year-month-day.")
        case "int_type" | "greater_than_equal" | "less_than_equal":
            info = _keys(_model_at(model, location[:-1])).get(location[-1])
            least, most = (getattr(limit, name) for limit, name in zip(info.metadata, ("ge", "le"), strict=True))
            return document.problem(location, found, f"a whole number from {least} to {most}", "Write digits, without quotes.")
        case "bool_type":
            return document.problem(location, found, "true or false", "Write one of the two, without quotes.")
        case "model_type" | "model_attributes_type" | "dict_type":
            return document.problem(location, found, "keys and values", "Compare it with another file of the same folder.")
        case "string_pattern_mismatch":
            return document.problem(location, found, "digits and spaces", 'Write it like this: "112".')
    return document.problem(location, found, "something else", f"{detail['msg']}.")


def _shown_value(value: Any) -> str:
    match value:
        case Bare(word=""):
            return "no value"
        case Bare(word=word, read_as=read_as):
            return f"{word}, which YAML reads as {read_as}"
        case datetime.date():
            return f"the date {value}"
        case str():
            return f'"{value[:60]}"'
        case list():
            return "a list"
        case dict():
            return "keys and values"
    return "nothing" if value is None else str(value)


def _keys(model: Any) -> dict[str, Any]:
    """Return the keys a model's YAML may hold, with what each means."""
    if not (isinstance(model, type) and issubclass(model, BaseModel)):
        return {}
    return {info.alias or name: info for name, info in model.model_fields.items()}


def _model_at(model: Any, location: Location) -> Any:
    """Return the model that the place `location` inside `model` is read with."""
    for step in location:
        if isinstance(step, int):
            continue  # the way into a list; its items have the model that the list's own annotation names
        if isinstance(model, type) and issubclass(model, BaseModel):
            info = model.model_fields["root"] if "root" in model.model_fields else _keys(model).get(step)
            model = _first_model(info.annotation) if info is not None else None
    return model


def _first_model(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for argument in get_args(annotation) if (found := _first_model(argument))), None)


def _first_sentence(model: type[BaseModel]) -> str:
    text = (model.__doc__ or model.__name__).split(".")[0]
    return text[0].lower() + text[1:]


def _shown(folder: Path, file: Path) -> str:
    return f"{folder.name}/{file.relative_to(folder).as_posix()}"
