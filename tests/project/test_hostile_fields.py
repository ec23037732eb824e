"""The hostile guides fill every field of the model that holds a text, whatever is added to it."""

from typing import Any

import pytest
import yaml
from builds import SMALL
from guide.model.entries import RedFlag
from guide.model.field_types import Text, Words
from guide.model.files import Glossary, WrittenPage
from guide.model.kinds import FILES, FOLDERS
from hostile import texts
from pydantic import BaseModel, Field


class _Rumour(BaseModel):
    says: list[Words] = Field(max_length=2)
    short: Text | None = Field(default=None, max_length=30)


class _Later(RedFlag):
    """What somebody may add to the model one day."""

    rumours: list[_Rumour]


def content(name: str) -> Any:
    text = (SMALL / name).read_text(encoding="utf-8")
    return yaml.safe_load(text.split("---\n")[1] if name.endswith(".md") else text)


def test_a_field_that_is_new_to_the_model_is_filled_too() -> None:
    now = content("red-flags/new-medicine.yml")
    later = now | {"rumours": [{"says": ["One.", "Two."], "short": "Three."}]}

    assert {*texts(_Later, later)} - {*texts(RedFlag, now)} == {(("rumours", 0, "says", 0), 65), (("rumours", 0, "says", 1), 65), (("rumours", 0, "short"), 30)}


def test_words_to_search_by_names_and_the_entries_of_a_gathered_file_are_among_them() -> None:
    assert (("also_called", 1), 65) in [*texts(FILES["guide"], content("guide.yml"))]
    assert (("name",), 65) in [*texts(FOLDERS["red-flags"], content("red-flags/new-medicine.yml"))]
    assert {place[1] for place, _ in texts(Glossary, content("glossary.yml"))} >= {"term", "means"}
    assert (("key_points", 2), 400) in [*texts(WrittenPage, content("about.md"))]


@pytest.mark.parametrize("name", sorted(file.relative_to(SMALL).as_posix() for file in SMALL.rglob("*.yml")))
def test_no_text_of_a_file_is_left_out(name: str) -> None:
    """Every value of a file that holds a space is words, and none of them is missed."""
    def spaced(value: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
        if isinstance(value, dict | list):
            return [found for key, part in (value.items() if isinstance(value, dict) else enumerate(value)) for found in spaced(part, (*place, key))]
        return [place] if isinstance(value, str) and " " in value else []

    folder, _, file = name.rpartition("/")
    model = FOLDERS[folder] if folder else FILES[file.removesuffix(".yml")]
    read = content(name)

    assert [place for place in spaced(read) if place not in {place for place, _ in texts(model, read)} and place[-1] != "number"] == []
