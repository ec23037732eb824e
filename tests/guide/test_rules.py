"""Rules that no single field can say, one by one."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import pytest
from builds import Spoil, with_signs
from guide.care_levels import CareLevelId
from guide.checker import check, examine
from guide.document import Document
from guide.model.entries import Trigger
from guide.model.field_types import SourceId
from guide.model.guide_file import MOST_SIGNS
from guide.model.parts import Part
from guide.rules import emergencies_rest_on_a_linked_source
from pydantic import Field


def test_one_sign_too_many_is_refused_with_one_sentence_since_the_checklist_could_not_count_it(guide: Path) -> None:
    with_signs(guide, MOST_SIGNS + 1)

    [problem] = check(guide)[1]

    assert str(problem) == (f"content/red-flags/sign-{MOST_SIGNS - 2:02}.yml:2:7: Found {MOST_SIGNS + 1} red flags. Expected {MOST_SIGNS} or fewer, since "
                            "the checklist counts no more. Join two that have the same care level.")


def test_as_many_signs_as_are_allowed_make_a_guide(guide: Path) -> None:
    with_signs(guide, MOST_SIGNS)

    assert check(guide)[1] == []


EMERGENCIES = {  # file, text in it that cites a source with a link, where the rule must point
    "a red flag": ("red-flags/stroke-signs.yml", "sources: [stroke-association]", "11:10"),
    "the care level itself": ("care-levels.yml", "sources: [stroke-association]", "13:12"),
    "the time line": ("guide.yml", "care: emergency, sources: [stroke-association]", "17:118"),
    "a card": ("triggers/strong-feelings.yml", "sources: [stroke-association]", "16:115"),
}


@pytest.mark.parametrize("place", EMERGENCIES)
def test_every_emergency_rests_on_a_linked_source_wherever_it_stands(spoil: Spoil, guide: Path, place: str) -> None:
    name, cited, at = EMERGENCIES[place]
    assert check(guide)[1] == []

    assert spoil(name, cited, cited.replace("stroke-association", "hse-112")) == [
        f"content/{name}:{at}: Found no linked source for an emergency. Expected at least one source with link: true. "
        "Cite a national body that calls this an emergency."]


class _Alarm(Part):
    level: Annotated[CareLevelId | None, Field(default=None)]
    sources: list[SourceId]


class _Later(Trigger):
    """What somebody may add to the model one day."""

    alarms: list[_Alarm]


def test_an_emergency_in_a_field_that_is_new_to_the_model_is_seen(guide: Path) -> None:
    draft, _ = examine(guide)
    old = draft.every(Trigger)[0]
    later = _Later.model_validate(old.model_dump() | {"alarms": [{"level": "emergency", "sources": ["hse-112"]}, {"level": "emergency", "sources": ["stroke-association"]}]})
    later.belongs_to(Document("content/later.yml"), "later")

    found = list(emergencies_rest_on_a_linked_source(replace(draft, entries={"triggers": {"later": later}})))

    assert [(problem.path, problem.found) for problem in found] == [("content/later.yml", "no linked source for an emergency")]
