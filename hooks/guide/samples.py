"""A commented file of each kind, written from the model, for people to fill.

What a sample leaves to be written is marked, and the check refuses every mark, so that a half-filled file is never published.
"""

import datetime
import os
import re
import textwrap
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from guide.model.files import Source, Term
from guide.model.kinds import FOLDERS
from guide.model.marks import Reference, mark

WORDS, ID = "WRITE HERE", "write-here"
DAYS = {"reviewed": datetime.date(2000, 1, 1), "next_review": datetime.date(2001, 1, 1)}

# What a contributor calls it → its model. Those not in FOLDERS stand together in one file.
KINDS: dict[str, type[BaseModel]] = {
    **{kind.removesuffix("s"): model for kind, model in FOLDERS.items()}, "source": Source, "term": Term,
}
IN_ONE_FILE = {"source": "sources", "term": "glossary"}
SCHEMAS = Path(__file__).resolve().parents[2] / "content" / "schema"
LAST = ("sources", "note", "when_to_get_help", "claims", "review")


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
    return (f"# yaml-language-server: $schema={schemas}/{folder_of(kind)}.json\n"
            f"# {KINDS[kind].__doc__}\n"
            f"# Put your words for each {WORDS}, an id for each {ID}, and the true days.\n{keys}\n")


def folder_of(kind: str) -> str:
    """Return the folder in which the files of this kind stand."""
    return next(folder for folder, model in FOLDERS.items() if model is KINDS[kind])


def _keys(model: type[BaseModel], explained: set[type[BaseModel]]) -> list[str]:
    """Return the lines of one mapping. A part that comes a second time is not explained again."""
    lines, known = [], model in explained
    explained.add(model)
    for name, info in sorted(model.model_fields.items(), key=lambda field: LAST.index(field[0]) if field[0] in LAST else -1):
        key, value = info.alias or name, _value(name, info, explained)
        wanted = info.is_required() or info.examples or _cites_sources(info)
        if not known:
            lines.append(f"# {'' if wanted else 'May be left out. '}{_explanation(info)}".rstrip())
        block = [f"{key}: {value}"] if isinstance(value, str) else [f"{key}:", *(f"  {line}" for line in _block(value))]
        if wanted:
            lines += block
        elif not known:
            lines += [f"# {line}" for line in block]
    return lines


def _cites_sources(info: FieldInfo) -> bool:
    """Tell whether a field names sources. It stands in every sample, since a claim without one is rare."""
    reference = mark(info, Reference)
    return reference is not None and reference.kind == "sources"


def _explanation(info: FieldInfo) -> str:
    """Say what a field means, and which words it takes if only some will do."""
    part = _part(info.annotation)
    text = info.description or (part and part.__doc__) or ""
    words = next((get_args(argument) for argument in _unfolded(info.annotation) if get_origin(argument) is Literal), ())
    return f"{text} One of: {', '.join(words)}.".strip() if words else text


class _Part(list[str]):
    """The lines of one mapping, as opposed to a list of items."""


def _value(name: str, info: FieldInfo, explained: set[type[BaseModel]]) -> str | _Part | list[list[str]]:
    """Return what a field's sample holds: text, the lines of a part, or a list whose items are lines."""
    kinds = _unfolded(info.annotation)
    if info.examples:
        return str(info.examples[0])
    if name in DAYS:
        return str(DAYS[name])
    if lists := [kind for kind in kinds if get_origin(kind) is list]:
        item = get_args(lists[0])[0]
        least = max([1, *(getattr(limit, "min_length", 1) for limit in info.metadata)])
        if part := _part(item):
            return [_keys(part, explained) for _ in range(least)]
        word = _plain(_unfolded(item), [])
        return f"[{word}]" if word == ID else [[word]] * least
    if part := _part(info.annotation):
        return _Part(_keys(part, explained))
    return _plain(kinds, info.metadata)


def _plain(kinds: list[Any], metadata: list[Any]) -> str:
    if any(isinstance(said, Reference) for said in (*kinds, *metadata)):
        return ID
    for kind in kinds:
        if get_origin(kind) is Literal:
            return str(get_args(kind)[0])
    if datetime.date in kinds:
        return str(DAYS["reviewed"])
    if bool in kinds:
        return "true"
    return WORDS if str in kinds else str(next((limit.ge for limit in metadata if hasattr(limit, "ge")), 1))


def _unfolded(annotation: Any) -> list[Any]:
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


def _block(value: _Part | list[list[str]]) -> list[str]:
    if isinstance(value, _Part):
        return value
    return [line for item in value for line in _item(item)]


def _item(lines: list[str]) -> list[str]:
    """Return the lines of a list's item: the dash stands before its first key, below what explains it."""
    first = next(number for number, line in enumerate(lines) if not line.startswith("#"))
    return [*lines[:first], f"- {lines[first]}", *(f"  {line}" for line in lines[first + 1:])]
