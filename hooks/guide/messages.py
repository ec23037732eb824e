"""What pydantic finds wrong → what a contributor reads."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from guide.document import Bare, Document, Location
from guide.problem import Problem, did_you_mean, one_of

Model = type[BaseModel]


@dataclass(frozen=True)
class _Error:
    """One thing that pydantic found wrong, and the file it is in."""

    model: Model
    document: Document
    location: Location
    value: Any
    context: dict[str, Any]
    message: str

    @property
    def key(self) -> str:
        """The last step of the way to the value."""
        return str(self.location[-1])

    @property
    def shown(self) -> str:
        """The value, as a sentence names it."""
        return _shown(self.value)

    @property
    def keys(self) -> dict[str, FieldInfo]:
        """The keys that may stand beside this one."""
        return _keys(_model_at(self.model, self.location[:-1]))

    def problem(self, found: str, expected: str, repair: str) -> Problem:
        """Make a problem that points at the value."""
        return self.document.problem(self.location, found, expected, repair)


def explain(model: Model, document: Document, detail: ErrorDetails) -> Problem:
    """Say in a contributor's words what pydantic found wrong."""
    error = _Error(model, document, detail["loc"], detail["input"], detail.get("ctx", {}), detail["msg"])
    return _EXPLANATIONS.get(detail["type"], _anything_else)(error)


def _refused_by_us(error: _Error) -> Problem:
    return error.problem(error.context["found"], error.context["expected"], error.context["repair"])


def _unknown_key(error: _Error) -> Problem:
    return error.document.problem(error.location, f'the unknown key "{error.key}"', one_of(error.keys),
                                  did_you_mean(error.key, error.keys, "Delete it."), at_key=True)


def _missing_key(error: _Error) -> Problem:
    info = error.keys.get(error.key)
    meaning = f" ({info.description})" if info is not None and info.description else ""
    return error.document.problem(error.location[:-1], f'no key "{error.key}"', f"it here{meaning}".rstrip(".)") + (")" if meaning else ""),
                                  f'Add a line that begins with "{error.key}:".')


def _not_one_of(error: _Error) -> Problem:
    allowed = re.findall(r"'([^']*)'", error.context["expected"])
    return error.problem(error.shown, one_of(allowed), did_you_mean(str(error.value), allowed, "Choose one of them."))


def _no_text(error: _Error) -> Problem:
    if isinstance(error.value, dict):
        return error.problem(error.shown, "text", 'If the words hold a colon, put them between double quotes: "like: this".')
    return error.problem(error.shown, "text", "Write one piece of text after the colon.")


def _too_long(error: _Error) -> Problem:
    if isinstance(error.value, str):
        return error.problem(f"{len(error.value)} characters", f"{error.context['max_length']} or fewer", "Shorten it, or make two of it.")
    return error.problem(f"{len(error.value)} items", f"{error.context['max_length']} or fewer", "Join or drop some.")


def _too_few(error: _Error) -> Problem:
    return error.problem(f"{error.context['actual_length']} items", f"{error.context['min_length']} or more", "Add what is missing.")


def _text_too_short(error: _Error) -> Problem:
    return error.problem(error.shown, f"{error.context['min_length']} characters or more", "Write it out.")


def _no_list(error: _Error) -> Problem:
    return error.problem(error.shown, "a list", 'Begin each line with "- ".')


def _no_date(error: _Error) -> Problem:
    return error.problem(error.shown, "a date like 2026-11-22, without quotes", "Write year-month-day.")


def _no_number_in_range(error: _Error) -> Problem:
    limits = error.keys[error.key].metadata
    least, most = (next(getattr(limit, name) for limit in limits if hasattr(limit, name)) for name in ("ge", "le"))
    return error.problem(error.shown, f"a whole number from {least} to {most}", "Write digits, without quotes.")


def _neither_true_nor_false(error: _Error) -> Problem:
    return error.problem(error.shown, "true or false", "Write one of the two, without quotes.")


def _no_keys(error: _Error) -> Problem:
    return error.problem(error.shown, "keys and values", "Compare it with another file of the same folder.")


def _no_telephone_number(error: _Error) -> Problem:
    return error.problem(error.shown, "digits and spaces", 'Write it like this: "112".')


def _anything_else(error: _Error) -> Problem:
    return error.problem(error.shown, "something else", f"{error.message}.")


_EXPLANATIONS: dict[str, Callable[[_Error], Problem]] = {  # by pydantic's own names of its errors
    "content": _refused_by_us,
    "extra_forbidden": _unknown_key,
    "missing": _missing_key,
    "literal_error": _not_one_of,
    "string_type": _no_text,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "string_too_short": _text_too_short,
    "too_short": _too_few,
    "list_type": _no_list,
    "date_type": _no_date,
    "int_type": _no_number_in_range,
    "greater_than_equal": _no_number_in_range,
    "less_than_equal": _no_number_in_range,
    "bool_type": _neither_true_nor_false,
    "model_type": _no_keys,
    "model_attributes_type": _no_keys,
    "dict_type": _no_keys,
    "string_pattern_mismatch": _no_telephone_number,
}


def _shown(value: Any) -> str:
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


def _keys(model: Model | None) -> dict[str, FieldInfo]:
    """Return the keys that a model's YAML may hold, with what each means."""
    return {info.alias or name: info for name, info in model.model_fields.items()} if model else {}


def _model_at(model: Model | None, location: Location) -> Model | None:
    """Return the model with which the place `location` inside `model` is read."""
    for step in location:
        if isinstance(step, int) or model is None:
            continue  # the way into a list; its items have the model that the list's own annotation names
        info = model.model_fields.get("root") or _keys(model).get(step)
        model = _first_model(info.annotation) if info is not None else None
    return model


def _first_model(annotation: Any) -> Model | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for argument in get_args(annotation) if (found := _first_model(argument))), None)
