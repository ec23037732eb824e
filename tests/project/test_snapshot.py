"""A change of what readers get is seen by whoever reviews it: `make snapshot` accepts it, and its diff is part of the change."""

import difflib

import pytest
from builds import SMALL, build, files_below
from snapshot import EXPECTED, seen


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    site = tmp_path_factory.mktemp("small") / "site"
    result = build(SMALL, site)
    assert result.returncode == 0, result.stderr
    return seen(site)


def test_readers_get_what_is_expected(now: dict[str, str]) -> None:
    expected = {name: text.decode() for name, text in files_below(EXPECTED).items()}
    changes = [line for name in sorted(now.keys() | expected.keys())
               for line in difflib.unified_diff(expected.get(name, "").splitlines(), now.get(name, "").splitlines(), f"expected/{name}", f"now/{name}", lineterm="", n=0)]

    assert changes == [], "Readers get something else. If that is meant, `make snapshot` accepts it."


def test_a_page_with_its_words_a_sheet_and_the_styles_are_in_it(now: dict[str, str]) -> None:
    assert "Hiccups usually stop" in now["index.html"] and "<head>" in now["index.html"]
    assert now["triggers/strong-feelings/index.html"].startswith("<article")
    assert any(name.endswith(".pdf.txt") and "Hiccups" in text for name, text in now.items())
    assert max(map(len, now["style.css"].splitlines())) < 1000
