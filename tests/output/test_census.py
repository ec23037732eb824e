"""A site that lacks anything of the guide does not take the place of the last good one, whatever the generator says of itself."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest
from builds import CONTENT, HICCUPS, SMALL, build
from commands import site as command
from guide.care_levels import CARE_LEVELS
from guide.checker import check
from handout.sheets import sheet_uris
from output.census import missing
from whole import whole


def lacking(site: Path, content: Path = CONTENT) -> list[str]:
    guide, problems = check(content)
    assert guide, problems
    return missing(site, guide, sheet_uris(guide))


def test_nothing_is_missing_in_a_whole_site(site: Path, hiccups_site: Path) -> None:
    assert lacking(site) == []
    assert lacking(hiccups_site, HICCUPS) == []


def test_all_is_missing_where_nothing_was_built(site: Path, tmp_path: Path) -> None:
    guide = whole(CONTENT)
    pages, sheets = len(list(site.rglob("index.html"))), len(list(site.rglob("*.pdf")))

    assert len(lacking(tmp_path)) == pages + sheets + len(guide.entries["red-flags"]) + len(CARE_LEVELS)


def change(page: str, pattern: str, new: str) -> Callable[[Path], object]:
    """Return a function that replaces one piece of a page of a site."""
    def spoil(site: Path) -> None:
        file = site / page
        text, times = re.subn(pattern, new, file.read_text(encoding="utf-8"), count=1, flags=re.DOTALL)
        assert times == 1, pattern
        file.write_text(text, encoding="utf-8")

    return spoil


SPOILT: dict[str, Callable[[Path], object]] = {
    "the page triggers/alcohol": lambda site: shutil.rmtree(site / "triggers" / "alcohol"),
    "the page about": change("about/index.html", "<h1.*?</h1>", ""),
    "the page index": lambda site: (site / "index.html").write_text(""),
    'the sign "face" at the level emergency': change("get-help/index.html", '<input type="checkbox" name="sign" value="face"', '<input type="checkbox" name="sign" value="other"'),
    'the sign "new-medicine" at the level pharmacist': change("get-help/index.html", 'data-care="pharmacist"', 'data-care="self-care"'),
    "the card of the level self-care": change("get-help/index.html", '<div class="care-card care-card--self-care">', '<div class="care-card">'),
    "the PDF handout/lip-twitching-a4.pdf": lambda site: (site / "handout" / "lip-twitching-a4.pdf").write_bytes(b""),
}


@pytest.mark.parametrize("what", SPOILT)
def test_what_is_missing_is_named(site: Path, tmp_path: Path, what: str) -> None:
    copy = shutil.copytree(site, tmp_path / "site")
    SPOILT[what](copy)

    assert lacking(copy) == [what]


def test_a_generator_that_drops_what_the_guide_says_does_not_touch_the_last_good_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """As one does that ignores hooks: it ends well, and has built nothing of ours."""
    monkeypatch.setenv("GUIDE", str(SMALL))
    site, pages = tmp_path / "site", tmp_path / "built"
    assert build(SMALL, pages).returncode == 0
    with patch.object(command, "_mkdocs", lambda folder: int(shutil.copytree(pages, folder) is None)):
        assert command.main(str(site)) == 0
    before = {file: file.read_bytes() for file in site.rglob("*") if file.is_file()}

    with patch.object(command, "_mkdocs", lambda folder: (folder / "about").mkdir(parents=True) or int((folder / "index.html").write_text("<h1>About</h1>") == 0)):
        assert command.main(str(site)) == 1

    said = capfd.readouterr().err
    assert "Found a build without the page get-help." in said and 'the sign "stroke-signs" at the level emergency' in said
    assert f"The last good site still stands in {site}." in said
    assert {file: file.read_bytes() for file in site.rglob("*") if file.is_file()} == before
