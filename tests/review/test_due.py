"""Reviews have teeth: what is due is listed, one issue is kept open for what is overdue, and a pull request is left alone."""

import datetime
import os
import re
import subprocess
from pathlib import Path

import pytest
import yaml
from builds import CONTENT, ROOT
from commands.review import main
from guide.model.guide import Draft
from guide.reader import read_draft
from review.due import overdue, report

DAY = datetime.date


@pytest.fixture
def small(guide: Path) -> Draft:
    """Two files of the small guide, one due before the other, one seen by a clinician."""
    def put(name: str, next_review: str, status: str = "not-yet-reviewed", by: str = "[]") -> None:
        file = guide / name
        text = re.sub(r"^review:.*?(?=^\S|\Z)", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        file.write_text(f"{text}\nreview: {{status: {status}, reviewed: 2026-11-22, next_review: {next_review}, reviewed_by: {by}}}\n", encoding="utf-8")

    for path in sorted(guide.rglob("*.yml")):
        if re.search("^review:", path.read_text(encoding="utf-8"), re.MULTILINE):
            put(path.relative_to(guide).as_posix(), "2030-01-01")
    put("guide.yml", "2027-03-01")
    put("appointment.yml", "2027-02-01", "reviewed", "[Doctor of a test]")
    return read_draft(guide)[0]


def test_nothing_is_overdue_on_the_day_it_is_due(small: Draft) -> None:
    assert overdue(small, DAY(2027, 2, 1)) == []
    assert [entry.path for entry in overdue(small, DAY(2027, 2, 2))] == ["content/appointment.yml"]


def test_the_lists_are_sorted_and_counted(small: Draft) -> None:
    text = report(small, DAY(2027, 4, 1))

    assert text.startswith(
        "## Overdue on 2027-04-01: 2\n\n"
        "- content/appointment.yml: due 2027-02-01, last checked 2026-11-22\n"
        "- content/guide.yml: due 2027-03-01, last checked 2026-11-22\n\n"
        "## Due by 2027-05-01: 0\n\n"
        "## Seen by no clinician: ")
    unseen = text.partition("## Seen by no clinician: ")[2].splitlines()
    total = int(unseen[0].split(" of ")[1])
    assert unseen[0] == f"{total - 1} of {total}"
    assert unseen[2:] == sorted(unseen[2:])
    assert len(unseen[2:]) == total - 1
    assert "- content/appointment.yml" not in unseen


def test_what_is_due_within_30_days_is_announced(small: Draft) -> None:
    assert "## Due by 2027-03-01: 2\n\n- content/appointment.yml: due 2027-02-01, last checked 2026-11-22\n- content/guide.yml: due 2027-03-01" in report(small, DAY(2027, 1, 30))
    assert "## Due by 2027-02-28: 1\n\n- content/appointment.yml" in report(small, DAY(2027, 1, 29))


@pytest.mark.parametrize("day, code", [("2026-11-22", 0), ("2027-11-22", 0), ("2027-11-23", 1)])
def test_the_command_fails_only_when_something_is_overdue(day: str, code: int, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(CONTENT), "--on", day]) == code
    assert f"## Overdue on {day}: " in capsys.readouterr().out


def test_content_that_cannot_be_read_is_another_failure(guide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (guide / "guide.yml").write_text("name: [", encoding="utf-8")

    assert main([str(guide)]) == 2
    assert "content/guide.yml:" in capsys.readouterr().err


GH = """\
#!/usr/bin/env bash
echo "$1 $2 ${3:-} ${4:-}" >> "$CALLS"
[ "$2" = list ] && echo "$OPEN"
while [ $# -gt 0 ]; do [ "$1" = --body-file ] && cat "$2" > "$CALLS.body"; shift; done
exit 0
"""


@pytest.mark.parametrize("day, already_open, calls, code", [
    ("2026-12-01", "", [], 0),
    ("2027-12-01", "", ["issue list --state open", "issue create --title Overdue: pages to check against their sources"], 1),
    ("2027-12-01", "41", ["issue list --state open", "issue edit 41 --body-file"], 1),
])
def test_one_issue_is_kept_open_for_what_is_overdue(day: str, already_open: str, calls: list[str], code: int, tmp_path: Path) -> None:
    """GitHub's own command is the one part that cannot be had here: a stand-in writes down how it is called."""
    (tmp_path / "gh").write_text(GH)
    (tmp_path / "gh").chmod(0o755)
    said = tmp_path / "calls"
    result = subprocess.run(
        ["bash", ".ci/review", "--on", day], cwd=ROOT, capture_output=True, text=True,
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "CALLS": str(said), "OPEN": already_open})

    assert result.returncode == code, result.stderr
    assert (said.read_text().splitlines() if said.exists() else []) == calls
    if calls:
        assert (tmp_path / "calls.body").read_text().startswith(f"## Overdue on {day}: ")


def test_only_the_scheduled_workflow_asks_what_is_overdue() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / ".github" / "workflows").glob("*.yml")}
    workflow = yaml.safe_load(texts["review.yml"])

    assert [name for name, text in texts.items() if ".ci/review" in text or "make review" in text] == ["review.yml"]
    assert set(workflow[True]) == {"schedule", "workflow_dispatch"}  # YAML 1.1 reads "on" as true
    assert workflow["jobs"]["overdue"]["permissions"] == {"contents": "read", "issues": "write"}
    assert "review" not in (ROOT / ".ci" / "run").read_text()
