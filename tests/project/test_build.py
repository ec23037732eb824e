"""The build is MkDocs' own, strict, repeatable, and never costs the last good site."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from builds import CONTENT, HICCUPS, ROOT, build, files_below
from pages.assets import assets
from pages.proof import program
from preview import preview, wait_for
from sure import sure
from whole import whole


def test_a_content_error_ends_with_1_and_leaves_the_last_good_site(guide: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build(guide, site).returncode == 0
    before = files_below(site)
    for name in ("triggers/strong-feelings.yml", "guide.yml"):
        (guide / name).write_text((guide / name).read_text().replace("answer:", "anwser:", 1))

    result = build(guide, site)

    assert result.returncode == 1
    assert re.search(r'^content/triggers/strong-feelings\.yml:5:1: Found the unknown key "anwser"', result.stderr, re.MULTILINE)
    assert re.search(r'^content/guide\.yml:7:1: Found the unknown key "anwser"', result.stderr, re.MULTILINE)
    assert "Traceback" not in result.stderr
    assert files_below(site) == before


def test_make_site_keeps_the_last_good_site_when_a_page_has_a_broken_link(guide: Path, tmp_path: Path) -> None:
    """The content is in order, so MkDocs writes a site before it finds the link."""
    def make_site() -> subprocess.CompletedProcess[str]:
        return subprocess.run(["make", "site", f"GUIDE={guide}", f"SITE={tmp_path / 'site'}"], cwd=ROOT, capture_output=True, text=True, timeout=300)

    first = make_site()
    assert first.returncode == 0, first.stderr
    before = files_below(tmp_path / "site")
    (guide / "about.md").write_text((guide / "about.md").read_text() + "\n[Nowhere](nowhere.md)\n")

    broken = make_site()

    assert broken.returncode != 0
    assert "nowhere.md" in broken.stderr
    assert files_below(tmp_path / "site") == before


@pytest.mark.parametrize("source", [CONTENT, HICCUPS], ids=["content", "hiccups"])
def test_two_builds_are_byte_identical(source: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        assert build(source, tmp_path / name).returncode == 0

    assert files_below(tmp_path / "one") == files_below(tmp_path / "two")


def test_the_maintained_fork_builds_the_same_site(site: Path, tmp_path: Path) -> None:
    result = build(CONTENT, tmp_path / "fork", tool="properdocs")

    assert result.returncode == 0, result.stderr
    assert files_below(tmp_path / "fork") == files_below(site)


def test_without_a_repository_or_an_address_nothing_is_invented(hiccups_site: Path) -> None:
    home = (hiccups_site / "index.html").read_text()

    assert 'rel="edit"' not in home
    assert 'rel="canonical"' not in home
    assert "github.com" not in home


def test_every_page_leads_to_the_file_it_came_from(guide: Path, tmp_path: Path) -> None:
    result = build(guide, tmp_path / "site", GITHUB_REPOSITORY="owner/name", SITE_ADDRESS="https://example.org/hiccups/")

    assert result.returncode == 0, result.stderr
    home = (tmp_path / "site" / "index.html").read_text()
    assert 'rel="canonical" href="https://example.org/hiccups/"' in home
    for page, source in {"index.html": "guide.yml", "triggers/strong-feelings/index.html": "triggers/strong-feelings.yml", "about/index.html": "about.md",
                         "get-help/index.html": "care-levels.yml", "visit/index.html": "appointment.yml"}.items():
        assert f'href="https://github.com/owner/name/edit/main/content/{source}" rel="edit"' in (tmp_path / "site" / page).read_text(), page


@pytest.mark.parametrize(("copies", "listed"), [(40, True), (60, False)])
def test_the_menu_lists_a_section_unless_it_is_too_long_for_a_menu(guide: Path, tmp_path: Path, copies: int, listed: bool) -> None:
    text = re.sub(r"(?m)^also_called:.*\n", "", (guide / "triggers" / "strong-feelings.yml").read_text())
    for number in range(copies):
        (guide / "triggers" / f"copy-{number}.yml").write_text(text.replace("Strong feelings", f"Copy {number}"))

    result = build(guide, tmp_path / "site")

    assert result.returncode == 0, result.stderr
    menu = sure(re.search(r'<ul class="menu__panel">.*?</nav>', (tmp_path / "site" / "about" / "index.html").read_text(), re.DOTALL))[0]
    assert ("copy-7/" in menu) == listed
    assert 'href="../triggers/"' in menu
    assert 'href="../conditions/acid-reflux/"' in menu


EDITS = {  # file → (what stands there, what shall, the page that shows it)
    "triggers/strong-feelings.yml": ("answer: ", "answer: Edited in a trigger. ", "triggers/strong-feelings"),
    "conditions/acid-reflux.yml": ("name: ", "name: Edited ", "triggers/eating-and-drinking"),
    "about.md": ("\n## ", "\nEdited by hand.\n\n## ", "about"),
    "sources.yml": ("title: ", "title: Edited ", "sources"),
    "glossary.yml": ("means: Stomach", "means: Edited. Stomach", "glossary"),
    "care-levels.yml": ("name: ", "name: Edited ", "get-help"),
}


def test_after_an_edit_of_any_file_a_build_that_remembers_is_the_same_as_one_that_does_not(guide: Path, tmp_path: Path) -> None:
    assert build(guide, tmp_path / "before", GUIDE_CACHE=str(tmp_path / "cache")).returncode == 0
    for name, (old, new, _) in EDITS.items():
        text = (guide / name).read_text()
        assert old in text, name
        (guide / name).write_text(text.replace(old, new, 1))
    like = re.sub(r"(?m)^also_called:.*\n", "", (guide / "triggers" / "strong-feelings.yml").read_text())
    (guide / "triggers" / "laughing.yml").write_text(like.replace("Strong feelings", "Laughing"))

    for site, cache in {"remembered": "cache", "anew": "no-cache"}.items():
        result = build(guide, tmp_path / site, GUIDE_CACHE=str(tmp_path / cache))
        assert result.returncode == 0, result.stderr

    assert files_below(tmp_path / "remembered") == files_below(tmp_path / "anew")
    for name, (_, _, page) in EDITS.items():
        assert "Edited" in (tmp_path / "remembered" / page / "index.html").read_text(), name


def test_nothing_of_the_theme_or_of_the_workshop_is_published(guide: Path, tmp_path: Path) -> None:
    """Not the theme's scripts, styles and icons, not our templates, and of the author's folder the drawings that the guide knows."""
    shutil.copytree(CONTENT / "schema", guide / "schema")
    assert build(guide, tmp_path / "site").returncode == 0
    files = set(files_below(tmp_path / "site"))

    assert {name for name in files if not name.endswith(("/index.html", ".pdf"))} == {
        "404.html", "index.html", "_headers", "sitemap.xml", "sitemap.xml.gz", "search/search_index.json", *(f"assets/{name}" for name in assets())}


def test_what_was_made_before_is_used_and_nothing_else_changes(guide: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    for site in ("one", "two"):
        assert build(guide, tmp_path / site, GUIDE_CACHE=str(cache)).returncode == 0
    assert files_below(tmp_path / "one") == files_below(tmp_path / "two")
    (cache / "pages.json").write_text((cache / "pages.json").read_text().replace("Hiccups usually stop", "Planted"))

    build(guide, tmp_path / "three", GUIDE_CACHE=str(cache))

    assert "Planted" in (tmp_path / "three" / "index.html").read_text()


@pytest.mark.parametrize("tool", ["mkdocs", "properdocs"])
def test_a_broken_link_is_told_once(guide: Path, tmp_path: Path, tool: str) -> None:
    (guide / "about.md").write_text((guide / "about.md").read_text() + "\n[Nowhere](nowhere.md)\n")

    result = build(guide, tmp_path / "site", tool=tool)

    assert result.returncode != 0
    assert result.stderr.count("'about.md' contains a link 'nowhere.md'") == 1, result.stderr


@pytest.mark.parametrize("how", ["--quiet", "--verbose"])
def test_a_broken_link_that_one_build_did_not_tell_of_is_told_by_the_next(guide: Path, tmp_path: Path, how: str) -> None:
    (guide / "about-us.md").write_text((guide / "about.md").read_text() + "\n[Nowhere](nowhere.md)\n")
    (guide / "about.md").write_text((guide / "about.md").read_text() + "\n[No heading](get-help.md#nothing)\n")
    environment = {**os.environ, "GUIDE": str(guide), "GUIDE_CACHE": str(tmp_path / "cache"), "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run([sys.executable, "-m", "mkdocs", how, "build", "--site-dir", str(tmp_path / "site")], cwd=ROOT, env=environment, capture_output=True, check=True, timeout=120)

    result = build(guide, tmp_path / "site", GUIDE_CACHE=str(tmp_path / "cache"))

    assert result.returncode != 0
    assert "nowhere.md" in result.stderr
    assert "#nothing" in result.stderr


def test_a_broken_link_is_told_every_time(guide: Path, tmp_path: Path) -> None:
    (guide / "about.md").write_text((guide / "about.md").read_text() + "\n[Nowhere](nowhere.md) and [no heading](get-help.md#nothing)\n")
    for _ in range(2):
        result = build(guide, tmp_path / "site", GUIDE_CACHE=str(tmp_path / "cache"))

        assert result.returncode != 0
        assert "nowhere.md" in result.stderr
        assert "#nothing" in result.stderr


def test_a_preview_shows_the_problem_and_heals(guide: Path, tmp_path: Path) -> None:
    file, page = guide / "triggers" / "strong-feelings.yml", "/triggers/strong-feelings/"
    with preview(guide, tmp_path / "log") as fetch:
        wait_for(lambda: "Stress or excitement sets" in fetch(page), "the first page")
        good = file.read_text()

        file.write_text(good.replace("answer:", "anwser:"))
        wait_for(lambda: "content/triggers/strong-feelings.yml:5:1" in fetch(page), "the problem on the page")
        assert "Stress or excitement sets" in fetch(page)

        file.write_text(good.replace("Stress or excitement sets", "Joy sets"))
        wait_for(lambda: "Joy sets" in fetch(page), "the mended page")
        assert "strong-feelings.yml:5:1" not in fetch(page)

        (guide / "triggers" / "laughing.yml").write_text(good.replace("Strong feelings", "Laughing").replace("stress, excitement", "giggles"))
        wait_for(lambda: "Laughing" in fetch("/"), "a new file in the menu")


def test_a_preview_hands_out_no_file_that_it_refuses(guide: Path, tmp_path: Path) -> None:
    with preview(guide, tmp_path / "log") as fetch:
        wait_for(lambda: "Stress or excitement sets" in fetch("/triggers/strong-feelings/"), "the first page")
        (guide / "evil.html").write_text("<script>go()</script>")
        wait_for(lambda: "evil.html" in fetch("/triggers/strong-feelings/"), "the problem on the page")

        assert "go()" not in fetch("/evil.html")


def test_a_preview_that_begins_with_a_problem_shows_it_and_heals(guide: Path, tmp_path: Path) -> None:
    file = guide / "guide.yml"
    good = file.read_text()
    file.write_text(good.replace("answer:", "anwser:", 1))
    with preview(guide, tmp_path / "log") as fetch:
        wait_for(lambda: "content/guide.yml:7:1" in fetch("/"), "the problem on the page")

        file.write_text(good)
        wait_for(lambda: "Hiccups usually stop" in fetch("/"), "the mended page")


def test_another_guide_needs_no_change_outside_its_folder(tmp_path: Path) -> None:
    elsewhere = shutil.copytree(HICCUPS, tmp_path / "my-guide")

    result = build(elsewhere, tmp_path / "site")

    assert result.returncode == 0, result.stderr
    assert "<title>Hiccups</title>" in (tmp_path / "site" / "index.html").read_text()


PROOF = {"program": program(), "signs": 3, "combinations": 8, "patterns": 1234, "played": 4, "vignettes": 2, "date": "2026-11-22"}


def test_the_proof_of_the_checklist_is_published_for_the_version_it_was_made_for(guide: Path, tmp_path: Path) -> None:
    proof = tmp_path / "proof.json"
    proof.write_text(json.dumps({**PROOF, "version": whole(guide).version}))

    result = build(guide, tmp_path / "site", CHECKLIST_PROOF=str(proof))

    assert result.returncode == 0, result.stderr
    page = (tmp_path / "site" / "checked" / "index.html").read_text()
    assert "All 8 combinations" in page
    assert "So were 1,234 mixes" in page
    assert "on 2026-11-22" in page


def test_a_proof_of_another_program_is_not_published(guide: Path, tmp_path: Path) -> None:
    proof = tmp_path / "proof.json"
    proof.write_text(json.dumps({**PROOF, "version": whole(guide).version, "program": "0123456789"}))

    result = build(guide, tmp_path / "site", CHECKLIST_PROOF=str(proof))

    assert result.returncode == 0, result.stderr
    assert not (tmp_path / "site" / "checked").exists()


@pytest.mark.parametrize("found", [None, {**PROOF, "version": "0123456789"}], ids=["no test ran", "another version"])
def test_without_a_proof_nothing_is_claimed(guide: Path, tmp_path: Path, found: dict[str, Any] | None) -> None:
    proof = tmp_path / "proof.json"
    if found:
        proof.write_text(json.dumps(found))

    result = build(guide, tmp_path / "site", CHECKLIST_PROOF=str(proof))

    assert result.returncode == 0, result.stderr
    assert not (tmp_path / "site" / "checked").exists()
