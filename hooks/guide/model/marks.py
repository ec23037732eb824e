"""Marks: what is said of a field besides its type, and the walk over the fields that bear one.

Each field is a part, or says what it holds: text that a reader sees, words to search by, the id of another entry, a fact,
or a record. A list of sentences may say besides what is special about it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from guide.document import Location


@dataclass(frozen=True)
class Reference:
    """Marks a field whose value is the id of an entry of `kind`."""

    kind: str


@dataclass(frozen=True)
class Shown:
    """Marks a field that a reader sees: a label of a few words, or sentences."""

    sentences: bool


@dataclass(frozen=True)
class Typed:
    """Marks words that people type into the search. They stand on no page."""


@dataclass(frozen=True)
class Fact:
    """Marks a level, a number or a choice. A change of it may change the advice."""


@dataclass(frozen=True)
class Record:
    """Marks what no reader acts on: a date, an order, a picture, an address. A change of it is neither advice nor wording."""


@dataclass(frozen=True)
class EasyList:
    """Marks a list by how many items of it are easy to read. The file may hold a few more."""

    most: int = 6


@dataclass(frozen=True)
class Signs:
    """Marks a list of warning signs. It may be long, since a lost sign is worse than a long list."""


@dataclass(frozen=True)
class Instructions:
    """Marks a list of steps to take. Each begins with a verb."""


@dataclass(frozen=True)
class OnCard:
    """Marks what stands on the card of a red flag. It must be the easiest to read."""


M = TypeVar("M")
_known: dict[tuple[int, type], Any] = {}


def mark(info: FieldInfo, sort: type[M]) -> M | None:
    """Find the mark of this sort in a field's annotation, wherever it is nested."""
    key = id(info), sort
    if key not in _known:
        _known[key] = next((found for found in (*info.metadata, *_nested(info.annotation)) if isinstance(found, sort)), None)
    found: M | None = _known[key]
    return found


def _nested(annotation: Any) -> Iterator[Any]:
    for argument in (*getattr(annotation, "__metadata__", ()), *get_args(annotation)):
        yield argument
        yield from _nested(argument)


def parts(part: Any, location: Location = ()) -> Iterator[tuple[Location, BaseModel]]:
    """Yield (place, part) for `part` itself and every part in it, however deep."""
    if isinstance(part, BaseModel):
        yield location, part
        for name, info in type(part).model_fields.items():
            yield from parts(getattr(part, name), (*location, info.alias or name))
    elif isinstance(part, list):
        for number, item in enumerate(part):
            yield from parts(item, (*location, number))


def marked(part: BaseModel, sort: type[M]) -> Iterator[tuple[Location, FieldInfo, M, str]]:
    """Yield (place, field, mark, text) for every text of `part`, however deep, whose field bears a mark of this sort."""
    for name, info in type(part).model_fields.items():
        yield from _marked_in(getattr(part, name), info, sort, (info.alias or name,))


def _marked_in(value: Any, info: FieldInfo, sort: type[M], location: Location) -> Iterator[tuple[Location, FieldInfo, M, str]]:
    if isinstance(value, BaseModel):
        yield from ((location + deeper, field, found, text) for deeper, field, found, text in marked(value, sort))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _marked_in(item, info, sort, (*location, number))
    elif isinstance(value, str) and (found := mark(info, sort)):
        yield location, info, found, value


def references(part: BaseModel) -> Iterator[tuple[Location, str, str]]:
    """Yield (place, kind, id) for every field of `part`, however deep, that refers to another entry."""
    for location, _, reference, id_ in marked(part, Reference):
        yield location, reference.kind, id_


def shown(part: BaseModel) -> Iterator[tuple[Location, FieldInfo, bool, str]]:
    """Yield (place, field, whether it is sentences, text) for every field of `part`, however deep, that a reader sees."""
    for location, info, shown_as, text in marked(part, Shown):
        yield location, info, shown_as.sentences, text
