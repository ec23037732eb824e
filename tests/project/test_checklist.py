"""What the checklist is made of: levels, sources, safety nets, vignettes; and that editing one level is noticed."""

import itertools
import random
import re
from typing import Any

import pytest
import yaml
from builds import CONTENT, HICCUPS, ROOT
from checklist_reference import OUTCOMES, Checklist, Group, findings
from guide.care_levels import CARE_LEVELS, CareLevelId
from guide.model.entries import RedFlag
from guide.model.guide import Guide
from guide.model.guide_file import MOST_SIGNS
from whole import whole
from words.catalogue import read_words

VIGNETTES = yaml.safe_load((ROOT / "tests" / "vignettes.yml").read_text(encoding="utf-8"))
SAFETY_NET = {
    "that it is uncertain": r"cannot tell|can be wrong|can miss|may not be the cause",
    "what to watch for": r"\bwatch for\b|gets? worse|new sign|any sign on the list|goes away|hours",
    "how to get help": r"\b(?:call|phone|ask|take you|see a doctor)\b",
    "how long it may take": r"\b(?:hours?|days?|weeks?|time|visit)\b",
}


@pytest.fixture(scope="module", params=[CONTENT, HICCUPS], ids=["content", "hiccups"])
def guide(request: pytest.FixtureRequest) -> Guide:
    return whole(request.param)


@pytest.fixture(scope="module")
def real() -> Checklist:
    return Checklist.of(whole(CONTENT))


# The reference

def subset(checklist: Checklist, number: int) -> list[str]:
    return [sign for bit, sign in enumerate(checklist.signs) if number >> bit & 1]


def test_the_table_of_every_subset_holds_the_outcome_of_each(real: Checklist) -> None:
    """The two ways in which the reference is said agree: on all subsets of 12 signs, in pieces and whole, and on 20,000 of the whole."""
    small = Checklist({name: Group(group.care, group.signs[:2]) for name, group in real.groups.items()})
    assert small.table(small.signs) == b"".join(small.pieces(4)) == b"".join(small.pieces())
    choice, size = random.Random(24), 20
    pieces = list(real.pieces(size))
    assert sum(map(len, pieces)) == 2 ** len(real.signs)
    for checklist, tables, numbers in ((small, list(small.pieces(size)), range(2 ** len(small.signs))), (real, pieces, [choice.getrandbits(len(real.signs)) for _ in range(20_000)])):
        for number in numbers:
            assert OUTCOMES[tables[number >> size][number % 2 ** size]] == checklist.outcome(subset(checklist, number)), subset(checklist, number)


def test_the_parts_are_those_that_the_guide_asks(guide: Guide) -> None:
    asked = {group.name: Group(group.care, [flag.id for flag in group.signs]) for group in guide.checklist()}

    assert Checklist.of(guide).groups == asked
    assert list(Checklist.of(guide).groups) == list(asked)


def test_the_real_guide_asks_how_long_right_after_danger_and_what_else_at_the_end(real: Checklist) -> None:
    assert list(real.groups) == ["emergency", "early", "same-day", "appointment", "pharmacist", "last"]
    assert (len(real.groups["early"].signs), len(real.groups["last"].signs), real.groups["last"].care) == (1, 1, "same-day")


def test_every_sign_alone_gives_its_own_level_and_silence_gives_none(guide: Guide) -> None:
    checklist = Checklist.of(guide)

    assert checklist.outcome() is None
    assert {sign: checklist.outcome([sign]) for sign in checklist.signs} == {flag.id: flag.care for flag in guide.every(RedFlag)}


def test_self_care_needs_none_in_every_part_and_not_one_sign(real: Checklist) -> None:
    for size in range(len(real.groups) + 1):
        for none in itertools.combinations(real.groups, size):
            assert (real.outcome(none=none) == "self-care") == (size == len(real.groups))
            assert all(real.outcome([sign], none=none) != "self-care" for sign in real.signs)


# The signs and their levels

def test_every_sign_has_known_sources_and_says_how_sure_its_level_is(guide: Guide) -> None:
    for flag in guide.every(RedFlag):
        assert flag.sources and set(flag.sources) <= set(guide.sources), flag.id
        assert flag.certainty and len(flag.how_sure.split()) > 3, flag.id


def test_every_sign_has_a_statement_and_a_hint_of_its_own(guide: Guide) -> None:
    """One that stood within another could not be told from it in the text for the doctor."""
    told = [f"{flag.statement}. {flag.hint}" for flag in guide.every(RedFlag)]

    assert not [(one, other) for one, other in itertools.permutations(told, 2) if one in other]
    assert len({flag.statement for flag in guide.every(RedFlag)}) == len(told)


def test_what_a_sign_asks_to_do_says_nothing_of_what_the_reader_has(guide: Guide) -> None:
    """It stands in the result. A line may ask the reader to say what she has had."""
    assert [f"{flag.id}: {fault}" for flag in guide.every(RedFlag) for line in (*flag.action, flag.how_soon) for fault in findings(line)] == []


def test_the_signs_fit_the_bits_of_the_script_and_none_of_them_is_self_care(guide: Guide) -> None:
    checklist = Checklist.of(guide)

    assert len(checklist.signs) <= MOST_SIGNS == 32
    assert "self-care" not in checklist.levels.values()


def test_the_real_guide_has_every_sign_once_at_4_levels(real: Checklist) -> None:
    assert sorted(real.signs) == sorted(whole(CONTENT).entries["red-flags"]) and len(real.signs) >= 24
    assert set(real.levels.values()) == set(CARE_LEVELS[:-1])


@pytest.mark.parametrize("care", CARE_LEVELS)
def test_every_level_says_what_to_do_who_how_soon_and_has_a_safety_net(guide: Guide, care: CareLevelId) -> None:
    level = guide.care_levels.level(care)

    assert all([level.name, level.who, level.how_soon, level.action, level.safety_net, level.sources])


@pytest.mark.parametrize("care", CARE_LEVELS)
def test_each_safety_net_of_the_real_guide_says_that_it_is_uncertain_what_to_watch_for_how_to_get_help_and_how_long(care: CareLevelId) -> None:
    net = " ".join(whole(CONTENT).care_levels.level(care).safety_net)

    assert [part for part, words in SAFETY_NET.items() if not re.search(words, net, re.IGNORECASE)] == []


@pytest.mark.parametrize("care", CARE_LEVELS)
def test_no_level_says_what_the_reader_has_or_has_not(guide: Guide, care: CareLevelId) -> None:
    level = guide.care_levels.level(care)

    for text in (level.name, level.who, level.how_soon, *level.action, *level.safety_net, guide.care_levels.crisis_line):
        assert findings(text) == []


def texts(value: Any) -> list[str]:
    return [text for part in value.values() for text in texts(part)] if isinstance(value, dict) else [value]


def test_no_word_of_the_checklist_says_what_the_reader_has_or_has_not() -> None:
    words = read_words("en")
    spoken = texts(words["checklist"]) + texts(words["urgency"])

    assert [fault for text in spoken if text != words["checklist"]["not_a_diagnosis"] for fault in findings(text)] == []
    assert "not a diagnosis" in words["checklist"]["not_a_diagnosis"]


@pytest.mark.parametrize("text", [
    "You are fine.", "Nothing is wrong.", "Nothing serious.", "A stroke is ruled out.", "You have Bell's palsy.", "You don't have MS.", "You may have a tumour.",
    "It is harmless.", "This is unlikely to be serious.", "Your score is 3.", "A chance of 5%.", "No need to worry.", "All clear."])
def test_a_text_that_finds_something_is_caught(text: str) -> None:
    assert findings(text) != []


# The vignettes

def answered(checklist: Checklist, story: dict[str, Any]) -> dict[str, Any]:
    return {"ticks": story["ticks"], "none": checklist.groups if story.get("answer") == "none" else ()}


def test_the_vignettes_can_be_reviewed(real: Checklist) -> None:
    assert len(VIGNETTES) >= 60
    assert len({story["id"] for story in VIGNETTES}) == len({story["story"] for story in VIGNETTES}) == len(VIGNETTES)
    for story in VIGNETTES:
        assert set(story) - {"answer"} == {"id", "story", "ticks", "level", "why"}, story["id"]
        assert all(isinstance(story[key], str) and story[key].strip() for key in ("id", "story", "level", "why")), story["id"]
        assert len(set(story["ticks"])) == len(story["ticks"]) and set(story["ticks"]) <= set(real.signs), story["id"]
        assert (story.get("answer") == "none") == (not story["ticks"]), story["id"]


def test_every_level_has_a_vignette_and_a_third_stay_at_self_care() -> None:
    assert {story["level"] for story in VIGNETTES} == set(CARE_LEVELS)
    assert 3 * sum(story["level"] == "self-care" for story in VIGNETTES) >= len(VIGNETTES)


@pytest.mark.parametrize("story", VIGNETTES, ids=lambda story: story["id"])
def test_the_reference_gives_each_vignette_its_level(real: Checklist, story: dict[str, Any]) -> None:
    assert real.outcome(**answered(real, story)) == story["level"]


def moved(checklist: Checklist, sign: str, care: CareLevelId) -> Checklist:
    groups = {name: Group(group.care, [other for other in group.signs if other != sign]) for name, group in checklist.groups.items()}
    return Checklist({**groups, care: Group(care, [*groups[care].signs, sign])})


def test_a_sign_moved_to_any_other_level_is_noticed_by_a_vignette(real: Checklist) -> None:
    """Editing one level makes the suite fail: for each of the signs and each other level, some story no longer fits."""
    unnoticed = []
    for sign, care in itertools.product(real.signs, CARE_LEVELS[:-1]):
        spoilt = moved(real, sign, care)
        if care != real.levels[sign] and all(spoilt.outcome(**answered(spoilt, story)) == story["level"] for story in VIGNETTES if story["ticks"]):
            unnoticed.append((sign, care))

    assert unnoticed == [], "write a short story for each of these signs in tests/vignettes.yml, which its level decides"
