"""A commented file of each kind, written from the model, for people to fill.

`python hooks/sample.py content trigger chewing-gum` writes content/triggers/chewing-gum.yml. What it leaves to be
written is marked, and the check refuses every mark, so that a half-filled file is never published.
"""

import datetime
import os
import re
import sys
import textwrap
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from model import FOLDERS, Reference, Source, Term, is_slug
from problem import did_you_mean, one_of
from pydantic import BaseModel

WORDS, ID = "WRITE HERE", "write-here"
DAYS = {"reviewed": datetime.date(2000, 1, 1), "next_review": datetime.date(2001, 1, 1)}

# What a contributor calls it → its model. Those not in FOLDERS stand together in one file.
KINDS: dict[str, type[BaseModel]] = {
    **{kind.removesuffix("s"): model for kind, model in FOLDERS.items()}, "source": Source, "term": Term,
}
IN_ONE_FILE = {"source": "sources", "term": "glossary"}
SCHEMAS = Path(__file__).resolve().parent.parent / "content" / "schema"
LAST = ("sources", "note", "care_cards", "claims", "review")


def is_left_over(value: Any) -> bool:
    """Tell whether a value is a sample's own and still waits to be written."""
    return WORDS in value or ID in value if isinstance(value, str) else value in DAYS.values()


def schemas_from(folder: Path) -> str:
    """Return the way from a folder to the schemas, as an editor wants it in a file's first line."""
    return Path(os.path.relpath(SCHEMAS, folder.resolve())).as_posix()


def sample(kind: str, id_: str = ID, schemas: str = "../schema") -> str:
    """Return a file of this kind with every key explained; of a source or a term, the piece that its file wants."""
    keys = "\n".join(_keys(KINDS[kind], set()))
    if kind in IN_ONE_FILE:
        return f"{id_}:\n{textwrap.indent(keys, '  ')}\n"
    keys = re.sub(r"^(?=# (?!\w+:|  ))", "\n", keys, flags=re.MULTILINE)  # air before each key of the top
    return (f"# yaml-language-server: $schema={schemas}/{_folder(kind)}.json\n"
            f"# {KINDS[kind].__doc__}\n"
            f"# Put your words for each {WORDS}, an id for each {ID}, and the true days.\n{keys}\n")


def _folder(kind: str) -> str:
    return next(folder for folder, model in FOLDERS.items() if model is KINDS[kind])


def _keys(model: type[BaseModel], explained: set) -> list[str]:
    """Return the lines of one mapping. A part that comes a second time is not explained again."""
    lines, known = [], model in explained
    explained.add(model)
    for name, info in sorted(model.model_fields.items(), key=lambda field: LAST.index(field[0]) if field[0] in LAST else -1):
        key, value = info.alias or name, _value(name, info, explained)
        wanted = info.is_required() or info.examples or name == "sources"
        if not known:
            lines.append(f"# {'' if wanted else 'May be left out. '}{_explanation(info)}".rstrip())
        block = [f"{key}: {value}"] if isinstance(value, str) else [f"{key}:", *(f"  {line}" for line in _block(value))]
        if wanted:
            lines += block
        elif not known:
            lines += [f"# {line}" for line in block]
    return lines


def _explanation(info: Any) -> str:
    """Say what a field means, and which words it takes if only some will do."""
    part = _part(info.annotation)
    text = info.description or (part.__doc__ if part else "")
    words = next((get_args(argument) for argument in _unfolded(info.annotation) if get_origin(argument) is Literal), ())
    return f"{text} One of: {', '.join(words)}.".strip() if words else text


def _value(name: str, info: Any, explained: set) -> Any:
    """Return what a field's sample holds: text, a list of lines (a part), or a list of either."""
    kinds = _unfolded(info.annotation)
    if info.examples:
        return str(info.examples[0])
    if name in DAYS:
        return str(DAYS[name])
    if list in map(get_origin, kinds):
        item = get_args(next(kind for kind in kinds if get_origin(kind) is list))[0]
        least = max([1, *(getattr(limit, "min_length", 1) for limit in info.metadata)])
        if part := _part(item):
            return [_keys(part, explained) for _ in range(least)]
        word = _plain(_unfolded(item), [])
        return f"[{word}]" if word == ID else [[word]] * least
    if part := _part(info.annotation):
        return _Part(_keys(part, explained))
    return _plain(kinds, info.metadata)


class _Part(list):
    """The lines of one mapping, as opposed to a list of items."""


def _plain(kinds: list, metadata: list) -> str:
    if any(isinstance(mark, Reference) for mark in (*kinds, *metadata)):
        return ID
    for kind in kinds:
        if get_origin(kind) is Literal:
            return get_args(kind)[0]
    if datetime.date in kinds:
        return str(DAYS["reviewed"])
    if bool in kinds:
        return "true"
    return WORDS if str in kinds else str(next((limit.ge for limit in metadata if hasattr(limit, "ge")), 1))


def _unfolded(annotation: Any) -> list:
    """List an annotation and everything inside it but a list's items: Annotated, X | None."""
    found = [annotation]
    if get_origin(annotation) in (Annotated, Union, UnionType):
        for argument in get_args(annotation):
            found += _unfolded(argument)
    return found


def _part(annotation: Any) -> type[BaseModel] | None:
    inside = _unfolded(annotation)
    for kind in list(inside):
        if get_origin(kind) is list:
            inside += _unfolded(get_args(kind)[0])
    return next((kind for kind in inside if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def _block(value: list) -> list[str]:
    if isinstance(value, _Part):
        return value
    return [line for item in value for line in _item(item)]


def _item(lines: list[str]) -> list[str]:
    """Return the lines of a list's item: the dash stands before its first key, below what explains it."""
    first = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    return [*lines[:first], f"- {lines[first]}", *(f"  {line}" for line in lines[first + 1:])]


def main(arguments: list[str]) -> int:
    """Write a new file and say what comes next; or say what is wrong, and write nothing."""
    folder, kind, id_, *example = arguments
    try:
        print(_new_guide(Path(example[0]), id_) if kind == "guide" else _new(Path(folder), kind, id_))
    except _Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


class _Refused(Exception):
    pass


def _new(guide: Path, kind: str, id_: str) -> str:
    if kind not in KINDS:
        kinds = [*KINDS, "guide"]
        repair = did_you_mean(kind, kinds, "Write it like this: make new KIND=trigger ID=chewing-gum")
        raise _Refused(f'Found KIND={kind or "nothing"}. Expected {one_of(kinds)}. {repair}')
    _check_id(id_)
    if kind in IN_ONE_FILE:
        return _append(guide / f"{IN_ONE_FILE[kind]}.yml", kind, id_)
    file = guide / _folder(kind) / f"{id_}.yml"
    if file.exists():
        raise _Refused(f"Found {file} already there. Expected a new id. Open that file, or choose another ID.")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(sample(kind, id_, schemas_from(file.parent)), encoding="utf-8")
    order = "red_flags" if kind == "red-flag" else f"pages: {_folder(kind)}: order"
    return (f'Wrote {file}.\nNext: open it, put your words for each "{WORDS}" and an id for each "{ID}", and run: {_check(guide)}\n'
            f"In lists it comes last until you name it in {guide / 'guide.yml'} under {order}.")


def _append(file: Path, kind: str, id_: str) -> str:
    text = file.read_text(encoding="utf-8")
    if re.search(rf'^["\']?{re.escape(id_)}["\']?:', text, re.MULTILINE):
        raise _Refused(f'Found "{id_}" already in {file}. Expected a new id. Use the one that is there, or choose another ID.')
    line = text.rstrip("\n").count("\n") + 2
    file.write_text(text.rstrip("\n") + "\n" + sample(kind, id_), encoding="utf-8")
    return f'Added "{id_}" to {file}, line {line}.\nNext: open it, put your words for each "{WORDS}", and run: {_check(file.parent)}'


def _check(guide: Path) -> str:
    return "make check" if guide == Path("content") else f"make check GUIDE={guide}"


def _new_guide(example: Path, id_: str) -> str:
    """Copy a whole small guide, and lead its files to the schemas from where they now are."""
    _check_id(id_)
    folder = Path("guides", id_)
    if folder.exists():
        raise _Refused(f"Found {folder} already there. Expected a new id. Go on in that folder, or choose another ID.")
    for file in filter(Path.is_file, example.rglob("*")):
        new = folder / file.relative_to(example)
        new.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8")
        new.write_text(re.sub(r"(?<=\$schema=)\S*(?=/[\w-]+\.json)", schemas_from(new.parent), text, count=1), encoding="utf-8")
    return f"Wrote {folder}, a copy of {example}.\nNext: make serve GUIDE={folder}, then change {folder}/guide.yml."


def _check_id(id_: str) -> None:
    if not is_slug(id_):
        likely = re.sub(r"[^a-z0-9]+", "-", id_.lower()).strip("-")
        raise _Refused(f'Found ID={id_ or "nothing"}. Expected an id of small letters, digits and single hyphens. '
                       + (f'Did you mean "{likely}"?' if is_slug(likely) else "Write it like this: ID=chewing-gum"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
