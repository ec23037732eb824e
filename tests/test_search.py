"""The index knows each page and each red flag by its own words, and nothing twice."""

import json
import re

import pytest
from builds import CONTENT
from guide.checker import check
from guide.model.searched import search_words


@pytest.fixture(scope="module")
def index(site) -> dict:
    return json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def places(index) -> dict[str, dict]:
    return {place["location"]: place for place in index["docs"]}


def test_every_red_flag_is_found_by_its_own_words_and_weighs_by_its_care_level(places):
    for flag in check(CONTENT)[0].entries["red-flags"].values():
        place = places[f"get-help/#{flag.id}"]

        assert place["title"] == flag.question.replace("&", "&amp;")
        assert place["tags"] == search_words(flag)
        assert (place["boost"] > 1) == (flag.care in ("emergency", "same-day")), flag.id


def test_every_danger_sign_has_words_that_people_use():
    for flag in check(CONTENT)[0].entries["red-flags"].values():
        assert len(flag.search_words) >= 3, flag.path


def test_the_words_of_a_page_stand_at_its_opening_only(places):
    assert "Zoloft" in places["medicines/antidepressants/"]["tags"]
    assert {location for location, place in places.items() if "tags" in place and "#" in location and not location.startswith("get-help/")} == set()


def test_the_index_repeats_no_care_card_and_no_list_of_sources(index):
    assert not [place["location"] for place in index["docs"] if re.search(r"Sources: \d|If any of this is true", place["text"])]
    assert not [place["location"] for place in index["docs"] if place["title"] == "Words explained"]


def test_the_home_page_is_found_by_the_name_of_the_guide(places):
    assert places[""]["title"] == "Lip twitching"
    assert "usually harmless" in places[""]["text"]


def test_brackets_and_quotes_split_words(index):
    assert re.split(index["config"]["separator"], '(MND, ALS) "twitch"') == ["", "MND", "ALS", "twitch", ""]
