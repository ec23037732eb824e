"""Which files of a guide's folder are read: no link, nothing that an editor left, and no name that a page of the engine has."""

import os
from pathlib import Path

import pytest
from guide.checker import check
from guide.reader import _understood
from guide.routes import RESERVED, ROUTES

LINK = "Found a link. Expected a file or a folder of its own. Put what it leads to in its place."


def said(guide: Path) -> list[str]:
    return [str(problem) for problem in check(guide)[1]]


@pytest.mark.parametrize("name", ["triggers/loop", "loop", "images", "schema", ".hidden", "triggers/deep/loop"])
def test_a_link_to_a_folder_is_refused_and_not_followed(guide: Path, name: str) -> None:
    (guide / name).parent.mkdir(parents=True, exist_ok=True)
    (guide / name).symlink_to(guide, target_is_directory=True)

    assert said(guide) == [f"content/{name}:1:1: {LINK}"]


@pytest.mark.parametrize("name", ["triggers/outside.yml", "guide.yml", "about.md", "images/outside.svg", "triggers/strong-feelings.yml"])
def test_a_link_out_of_the_folder_is_refused_and_not_read(guide: Path, tmp_path: Path, name: str) -> None:
    (tmp_path / "secret").write_text("secret: words\n", encoding="utf-8")
    (guide / name).parent.mkdir(exist_ok=True)
    (guide / name).unlink(missing_ok=True)
    (guide / name).symlink_to(tmp_path / "secret")

    assert said(guide) == [f"content/{name}:1:1: {LINK}"]


def test_a_guide_s_own_folder_may_be_a_link(guide: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(guide, target_is_directory=True)

    assert said(tmp_path / "link") == []


LEFT = [".alcohol.yml.swp", "alcohol.yml~", "4913", "#alcohol.yml#", ".DS_Store", "Thumbs.db", "desktop.ini", "._alcohol.yml", ".alcohol.yml", ".about.md", "about.md~", "alcohol.yml.bak",
        "alcohol.yml.orig", "alcohol.yml.tmp"]


@pytest.mark.parametrize("folder", ["", "triggers", "images", "red-flags"])
def test_what_an_editor_leaves_is_none_of_our_business(guide: Path, folder: str) -> None:
    (guide / "images").mkdir()
    version = check(guide)[0]
    for name in LEFT:
        (guide / folder / name).write_bytes(b"\xff: [")
    (guide / folder / ".#alcohol.yml").symlink_to("writer@machine.1234:5678")  # how an editor locks a file
    (guide / folder / ".git").mkdir()

    assert said(guide) == []
    again = check(guide)[0]
    assert version and again and version.version == again.version


def test_a_file_name_that_is_no_utf_8_is_refused(guide: Path) -> None:
    for folder in (guide, guide / "triggers"):
        (Path(os.fsdecode(bytes(folder) + b"/caf\xe9.yml"))).write_text("name: x\n", encoding="utf-8")

    assert sum("caf(U+DCE9).yml" in problem for problem in said(guide)) == 2


@pytest.mark.parametrize("name", sorted({route.uri.removesuffix(".md").removesuffix("/index") for route in ROUTES} - {"index"} | {"404", "assets", "images", "look-book", "search"}))
def test_a_page_by_hand_does_not_take_the_name_of_a_page_of_the_engine(guide: Path, name: str) -> None:
    (guide / f"{name}.md").write_text((guide / "about.md").read_text(encoding="utf-8"), encoding="utf-8")

    assert (f'content/{name}.md:1:1: Found the file name "{name}.md". Expected a name that no page of the guide has. '
            f"Rename it like this: more-on-{name}.md.") in said(guide)


def test_the_names_that_are_taken_are_those_of_every_page() -> None:
    assert {"symptom", "triggers", "get-help", "404", "search", "handout", "changes", "checked"} <= RESERVED


def test_a_folder_that_may_not_be_read_is_named(guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "triggers")  # whoever runs the tests may read everything

    assert said(guide) == ["content/triggers:1:1: Found a folder that may not be read. Expected one that may. Give yourself the right to read it."]


def test_a_preview_of_a_large_guide_reads_only_what_changed(guide: Path) -> None:
    text = (guide / "triggers" / "strong-feelings.yml").read_text(encoding="utf-8")
    for number in range(345):
        (guide / "triggers" / f"copy-{number}.yml").write_text(text, encoding="utf-8")
    check(guide)
    before = _understood.cache_info().misses

    check(guide)

    assert _understood.cache_info().misses == before
