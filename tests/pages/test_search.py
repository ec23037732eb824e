"""The index knows each page and each red flag by its own words, and nothing twice; its library is the one that npm gives."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import rjsmin
from builds import CONTENT, ROOT
from guide.model.entries import RedFlag
from guide.model.searched import search_words
from pages.templates import TEMPLATES
from whole import whole

LIBRARY = TEMPLATES / "components" / "search" / "minisearch.js"
PACKAGE = ROOT / "tests" / "node_modules" / "minisearch"


@pytest.fixture(scope="module")
def index(site: Path) -> dict[str, Any]:
    index: dict[str, Any] = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    return index


@pytest.fixture(scope="module")
def places(index: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {place["location"]: place for place in index["docs"]}


def test_every_red_flag_is_found_by_its_own_words_and_known_by_its_care_level(places: dict[str, dict[str, Any]]) -> None:
    for flag in whole(CONTENT).every(RedFlag):
        place = places[f"get-help/#{flag.id}"]

        assert place["title"] == flag.statement
        assert place["tags"] == search_words(flag)
        assert place["care"] == flag.care


def test_every_danger_sign_has_words_that_people_use() -> None:
    for flag in whole(CONTENT).every(RedFlag):
        assert len(flag.search_words) >= 3, flag.path


def test_the_words_of_a_page_stand_at_its_opening_only(places: dict[str, dict[str, Any]]) -> None:
    assert "Zoloft" in places["medicines/antidepressants/"]["tags"]
    assert {location for location, place in places.items() if "tags" in place and "#" in location and not location.startswith("get-help/")} == set()


def test_the_index_repeats_no_care_card_and_no_list_of_sources(index: dict[str, Any]) -> None:
    assert not [place["location"] for place in index["docs"] if re.search(r"Sources: \d|If any of this is true", place.get("text", ""))]
    assert not [place["location"] for place in index["docs"] if place["title"] == "Words explained"]


def test_the_index_is_plain_text_and_holds_what_the_search_reads_and_no_more(index: dict[str, Any]) -> None:
    assert set(index) == {"language", "subject", "docs"}
    assert {name for place in index["docs"] for name in place} == {"location", "title", "text", "tags", "care"}
    assert not [place["location"] for place in index["docs"] if re.search(r"<[a-z/]|&[a-z]+;|&#", json.dumps(place))]
    assert all(isinstance(word, str) for word in index["language"]["skips"])  # YAML takes on and off for yes and no


def test_the_home_page_is_found_by_the_name_of_the_guide(places: dict[str, dict[str, Any]]) -> None:
    assert places[""]["title"] == "Lip twitching"
    assert "usually harmless" in places[""]["text"]
    assert [location for location, place in places.items() if place["title"] == "Lip twitching"] == [""]


def test_the_library_is_the_one_that_npm_gives(site: Path) -> None:
    package = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))
    locked = json.loads((ROOT / "tests" / "package-lock.json").read_text(encoding="utf-8"))["packages"]["node_modules/minisearch"]

    assert LIBRARY.read_bytes() == (PACKAGE / "dist" / "es" / "index.js").read_bytes()
    assert LIBRARY.with_suffix(".txt").read_text(encoding="utf-8") == (
        f"MiniSearch {package['version']}, https://github.com/lucaong/minisearch\n\n{(PACKAGE / 'LICENSE.txt').read_text(encoding='utf-8')}")
    assert locked["version"] == package["version"]
    assert (locked["license"], package["license"]) == ("MIT", "MIT")


def test_what_is_published_of_the_library_is_its_licence_and_its_code_without_remarks(site: Path) -> None:
    published = (site / "assets" / "minisearch.js").read_text(encoding="utf-8")
    licence = f"/*!\n{LIBRARY.with_suffix('.txt').read_text(encoding='utf-8')}*/\n"

    assert published.startswith(licence)
    assert published.removeprefix(licence) == rjsmin.jsmin(LIBRARY.read_text(encoding="utf-8"))
    assert len(published) < 0.4 * len(LIBRARY.read_bytes())
