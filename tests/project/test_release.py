"""`make release` notes a version once, as it was meant, and leaves a file that can be read or none of it changed."""

import datetime
import os
import subprocess
from pathlib import Path

import pytest
from builds import COMMANDS, ROOT, command
from commands.release import main, note
from guide.checker import check

DAY = datetime.date(2026, 11, 25)


def noted(guide: Path) -> list[tuple[str, bool]]:
    whole, problems = check(guide)
    assert whole and problems == []
    return [(release.changes[0].says, release.changes[0].clinical) for release in whole.changes.releases]


def change(guide: Path, word: str) -> None:
    """Change what stands on paper, so that there is a new version."""
    file = guide / "management" / "sip-cold-water.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("how_often:", f"# {word}\nhow_often:"), encoding="utf-8")
    about = guide / "guide.yml"
    about.write_text(about.read_text(encoding="utf-8").replace("Hiccups", f"Hiccups {word}", 1), encoding="utf-8")


@pytest.mark.parametrize("head", ["# releases: stand here\n# the word releases: again\nreleases: []\n", "releases: []  # none yet\n", '"releases": []\n', "releases:\n  []\n", "# é\r\nreleases: []\r\n"])
def test_the_key_is_found_and_not_the_word(guide: Path, head: str) -> None:
    (guide / "changes.yml").write_bytes(head.encode())
    note(guide, "The first version.", True, DAY)

    assert noted(guide) == [("The first version.", True)]
    assert all(line in (guide / "changes.yml").read_text(encoding="utf-8") for line in head.splitlines() if line.startswith("#"))


@pytest.mark.parametrize(("clinical", "means"), [("yes", True), ("true", True), ("YES", True), ("no", False), ("false", False), ("", False)])
def test_clinical_means_what_it_says(guide: Path, clinical: str, means: bool) -> None:
    assert main([str(guide), "The first version.", clinical]) == 0
    assert noted(guide) == [("The first version.", means)]


@pytest.mark.parametrize("clinical", ["perhaps", "0", "n", "ja"])
def test_what_means_neither_is_refused(guide: Path, clinical: str) -> None:
    before = (guide / "changes.yml").read_bytes()
    with pytest.raises(SystemExit, match=f'Found CLINICAL={clinical}. Expected yes or no. Write it like this: CLINICAL=yes'):
        main([str(guide), "The first version.", clinical])

    assert (guide / "changes.yml").read_bytes() == before


def test_a_version_is_noted_once_even_if_others_came_between(guide: Path) -> None:
    note(guide, "The first version.", True, DAY)
    good = {file: file.read_bytes() for file in guide.rglob("*.yml") if file.name != "changes.yml"}
    change(guide, "again")
    note(guide, "The second version.", False, DAY)
    for file, raw in good.items():
        file.write_bytes(raw)

    with pytest.raises(SystemExit, match="noted already"):
        note(guide, "The first version, again.", True, DAY)
    assert [says for says, _ in noted(guide)] == ["The second version.", "The first version."]


@pytest.mark.parametrize("says", ["", "x", "Hidden\u200bwords.", "<b>Bold</b>", "A\x1b[2Jword", "A line\u2028separator"])
def test_what_could_not_be_read_again_is_not_written(guide: Path, says: str) -> None:
    before = (guide / "changes.yml").read_bytes()
    with pytest.raises(SystemExit, match=r"content/changes\.yml:\d+:\d+: Found"):
        note(guide, says, True, DAY)

    assert (guide / "changes.yml").read_bytes() == before
    assert [file.name for file in guide.iterdir() if "changes" in file.name] == ["changes.yml"]


def test_a_list_in_brackets_is_refused_with_its_place(guide: Path) -> None:
    (guide / "changes.yml").write_text('releases: [{version: "0123abcd", date: 2026-01-01, changes: [{says: A change., clinical: false}]}]\n', encoding="utf-8")

    with pytest.raises(SystemExit, match=r"content/changes\.yml:1:11: Found a list in brackets\. Expected a line for each release, begun with \"- \"\."):
        note(guide, "The second version.", True, DAY)


def test_a_full_disk_leaves_the_old_file(guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = (guide / "changes.yml").read_bytes()

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(SystemExit, match="No space left on device"):
        main([str(guide), "The first version.", "yes"])
    assert (guide / "changes.yml").read_bytes() == before


def test_a_full_disk_in_make_new_is_a_sentence(guide: Path) -> None:
    (guide / "triggers" / "x.yml").unlink(missing_ok=True)
    script = f"ulimit -f 0; trap '' XFSZ; exec {' '.join(command('new', guide, 'trigger', 'chewing-gum', ROOT / 'tests/guides/small'))}"
    result = subprocess.run(["bash", "-c", script], cwd=ROOT, env={**COMMANDS, "PYTHONDONTWRITEBYTECODE": "1"}, capture_output=True, text=True, timeout=60)

    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert f'Found "{os.strerror(27)}"' in result.stderr
    assert not (guide / "triggers" / "chewing-gum.yml").exists()
