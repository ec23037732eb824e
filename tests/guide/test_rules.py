"""Rules that no single field can say, one by one."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import pytest
from builds import ROOT, Spoil, with_signs
from guide.care_levels import CARE_LEVELS, CareLevelId
from guide.checker import check, examine
from guide.document import Document
from guide.model.entries import Trigger
from guide.model.field_types import SourceId
from guide.model.guide_file import MOST_SIGNS
from guide.model.parts import Part
from guide.routes import ON_EVERY_PAGE, is_taken
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
    "a red flag": ("red-flags/stroke-signs.yml", "sources: [stroke-association]", "12:10"),
    "the care level itself": ("care-levels.yml", "sources: [stroke-association]", "13:12"),
    "the time line": ("guide.yml", "care: emergency, sources: [stroke-association]", "17:118"),
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


@pytest.mark.parametrize("id_", ["numbers", "emergency", "same-day", "self-care", "none-of-these", "main", "sources", "source-1", "source-12", "print", "hint-face"])
def test_a_sign_or_a_source_that_would_take_the_place_of_an_engine_s_own_part_is_refused(guide: Path, id_: str) -> None:
    """A link of the emergency line leads to #numbers, and a browser goes to the first that bears the name."""
    for file in sorted(guide.rglob("*.yml")):
        text = file.read_text(encoding="utf-8")
        file.write_text(re.sub(r"(?<=[ \[])new-medicine\]", f"{id_}]", text).replace("hull-hiccups", id_), encoding="utf-8")
    (guide / "red-flags" / "new-medicine.yml").rename(guide / "red-flags" / f"{id_}.yml")

    assert [str(problem) for problem in check(guide)[1]] == [
        f'content/red-flags/{id_}.yml:2:1: Found the id "{id_}", which a part of the page has already. Expected an id of its own. Rename it like this: {id_}-sign.yml.',
        f'content/sources.yml:3:1: Found the id "{id_}", which a part of the page has already. Expected an id of its own. Rename it like this: {id_}-page.']


def test_the_ids_that_look_like_an_engine_s_own_stay_free(guide: Path) -> None:
    for id_ in ("numbers-here", "source", "source-1a", "face", "the-main"):
        assert not is_taken(id_)


def test_every_id_that_a_template_gives_to_a_part_of_its_own_is_taken() -> None:
    """What a template names is not left to content; a new id belongs into hooks/guide/routes.py."""
    given = {id_ for suffix in ("md", "html") for file in (ROOT / "overrides").rglob(f"*.{suffix}")
             for id_ in re.findall(r'\bid="([^"]+)"|\{:[^}#]*#((?:\{\{.*?\}\}|[^\s{}])+)', file.read_text(encoding="utf-8")) for id_ in id_ if id_}
    made = {id_ for id_ in given if "{{" in id_}
    around = {id_ for file in (ROOT / "overrides").rglob("*.html") if file.name != "404.html" for id_ in re.findall(r'\bid="([^"]+)"', file.read_text(encoding="utf-8"))}

    assert made == {"{{ id }}", "{{ flag.id }}", "{{ care }}", "source-{{ number }}", "look-{{ name }}", "copy-{{ version|attribute }}", "signs-{{ group.name|attribute }}", "hint-{{ flag.id }}", "word-{{ id|attribute }}"}
    assert around == ON_EVERY_PAGE
    assert given - made and [id_ for id_ in [*(given - made), *CARE_LEVELS, "source-3"] if not is_taken(id_)] == []


HEADINGS = {  # a heading of content, which Markdown gives the id "main": where it stands, and what is put there
    "a page's name": ("triggers/strong-feelings.yml", "name: Strong feelings", "name: Main", "content/triggers/strong-feelings.yml:2:7"),
    "a section": ("guide.yml", "  - heading: What happens", "  - heading: Main!", "content/guide.yml:31:14"),
    "the time line": ("guide.yml", "when: Any time", 'when: "‹main›"', "content/guide.yml:17:12"),
    "a page written by hand": ("about.md", "\n\n", "\n\n## *Main*\n\n", "content/about.md:12:1"),
    "its other form": ("about.md", "\n\n", "\n\nMain\n====\n\n", "content/about.md:12:1"),
}


@pytest.mark.parametrize("place", HEADINGS)
def test_a_heading_that_would_take_the_id_of_the_page_s_main_part_is_refused_at_its_line(spoil: Spoil, place: str) -> None:
    name, old, new, at = HEADINGS[place]

    [sentence] = spoil(name, old, new)

    assert sentence.startswith(f"{at}: Found the heading \"")
    assert sentence.endswith('", of which the page makes the id "main". Expected a heading whose id no part of the page has. Add a word to it.')
