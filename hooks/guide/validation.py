"""Data of a file + its model → an entry, or every problem."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from guide.document import Document
from guide.messages import explain
from guide.model.entries import Entry
from guide.problem import Problem

M = TypeVar("M", bound=BaseModel)


def validate(model: type[M], document: Document) -> tuple[M | None, list[Problem]]:
    """Return the entry that `document` describes, or None and what is wrong with it."""
    try:
        entry = model.model_validate(document.data)
    except ValidationError as error:
        return None, [explain(model, document, detail) for detail in error.errors(include_url=False)]
    if isinstance(entry, Entry):
        entry.belongs_to(document)
    return entry, []
