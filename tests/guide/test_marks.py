"""Every field of the model says what it holds, so that no list of names elsewhere need know it."""

from typing import Any, get_args

import pytest
from guide.model.files import WrittenPage
from guide.model.kinds import FILES, FOLDERS
from guide.model.marks import EasyList, Fact, Record, Reference, Shown, Signs, Typed, mark
from pydantic import BaseModel
from pydantic.fields import FieldInfo


def models_in(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in get_args(annotation) for model in models_in(argument)]


def fields() -> dict[str, FieldInfo]:
    """Every field of every model of which a guide is made, by model and name."""
    found: dict[str, FieldInfo] = {}
    left: list[type[BaseModel]] = [*FILES.values(), *FOLDERS.values(), WrittenPage]
    while left:
        model = left.pop()
        for name, info in model.model_fields.items():
            if f"{model.__name__}.{name}" not in found:
                found[f"{model.__name__}.{name}"] = info
                left += models_in(info.annotation)
    return found


FIELDS = fields()


@pytest.mark.parametrize("name", FIELDS)
def test_a_field_is_a_part_or_says_what_it_holds(name: str) -> None:
    info = FIELDS[name]
    held = [sort.__name__ for sort in (Shown, Typed, Reference, Fact) if mark(info, sort)]

    if models_in(info.annotation):
        assert held == []
    else:
        assert len(held) == 1 or not held and mark(info, Record) is not None


@pytest.mark.parametrize("name", [name for name, info in FIELDS.items() if str(info.annotation).startswith("list") and (shown := mark(info, Shown)) and shown.sentences])
def test_a_list_of_sentences_is_short_or_says_how_many_are_easy_or_holds_signs(name: str) -> None:
    info = FIELDS[name]
    most = next(limit.max_length for limit in info.metadata if hasattr(limit, "max_length"))

    assert most <= EasyList().most or mark(info, EasyList) or mark(info, Signs)


def test_a_field_without_a_mark_would_be_seen() -> None:
    class Bad(BaseModel):
        level: int

    assert not any(mark(Bad.model_fields["level"], sort) for sort in (Shown, Typed, Reference, Fact, Record))
