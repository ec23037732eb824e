"""A pull request is told in one summary: problems beside their lines, pages, pictures, a preview."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from builds import ROOT, clone, command
from commands.github import annotations
from guide.problem import Problem

GUIDE = "tests/guides/small"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The whole project as a Git repository that a test may change."""
    return clone(tmp_path / "project")


def run(project: Path, *command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    return subprocess.run(command, cwd=project, capture_output=True, text=True, env={**inherited, "GUIDE": GUIDE, **environment})


def change(file: Path, pattern: str, new: str) -> str:
    """Replace the first match in a file; return the file's name without its ending."""
    text, count = re.subn(pattern, new, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1, f"{pattern} is not in {file}"
    file.write_text(text, encoding="utf-8")
    return file.stem


def trigger(project: Path, number: int = 0) -> Path:
    return sorted((project / GUIDE / "triggers").glob("*.yml"))[number]


def add(project: Path, id_: str) -> Path:
    """Add a trigger like another, under a name of its own."""
    text = re.sub(r"^also_called: .*\n", "", trigger(project).read_text(encoding="utf-8"), flags=re.MULTILINE)
    text = re.sub(r"^name: .*", f"name: A page named {id_}", text, flags=re.MULTILINE)
    (project / GUIDE / "triggers" / f"{id_}.yml").write_text(text, encoding="utf-8")
    return project / GUIDE / "triggers" / f"{id_}.yml"


def test_the_summary_names_the_pages_that_change_and_shows_them(project: Path) -> None:
    old = add(project, "zz-old")
    subprocess.run(["git", "add", "."], cwd=project, check=True)
    subprocess.run(["git", "commit", "--quiet", "--message", "zz-old: add it"], cwd=project, check=True)
    old.unlink()
    add(project, "zz-new")
    changed = change(trigger(project), "^answer: .*", "answer: Something else can set it off.")

    result = run(project, sys.executable, "tests/pull_request.py", "main", "out", GITHUB_STEP_SUMMARY=str(project / "step.md"))

    assert result.returncode == 0, result.stderr
    summary = (project / "out" / "summary.md").read_text()
    assert "The check names no problem." in summary
    for line in (f"- changed: `/triggers/{changed}/`\n", "- new: `/triggers/zz-new/`\n", "- gone: `/triggers/zz-old/`\n"):
        assert line in summary
    assert "/visit/" not in summary and f"/triggers/{trigger(project, 1).stem}/" not in summary
    assert (project / "step.md").read_text() == summary and summary in result.stdout
    assert "A page named zz-new" in (project / "out" / "site" / "triggers" / "zz-new" / "index.html").read_text()
    pictures = {picture.name for picture in (project / "out" / "pictures").iterdir()}
    assert {f"triggers--{page}-{width}-light.png" for page in (changed, "zz-new") for width in (390, 1280)} <= pictures
    assert not (project / "out" / "before").exists()


def test_problems_come_first_sorted_and_counted(project: Path) -> None:
    name = change(trigger(project), "^answer:", "anwser:")
    change(project / GUIDE / "guide.yml", "^language: en", "language: xx")

    result = run(project, sys.executable, "tests/pull_request.py", "main", "out")

    assert result.returncode == 1
    lines = result.stdout.splitlines()
    assert lines[:3] == ["# What this changes", "", "```"]
    assert "## " not in result.stdout
    assert lines[3].startswith("small/guide.yml:") and f"small/triggers/{name}.yml:" in lines[5] and lines[6] == "3 problems"


def test_a_sentence_that_is_hard_to_read_is_named_and_the_pages_are_shown_all_the_same(project: Path) -> None:
    change(trigger(project), "^answer: .*", "answer: It can set it off " + "in the morning and in the evening and at noon " * 3 + "too.")

    result = run(project, sys.executable, "tests/pull_request.py", "main", "out")

    assert result.returncode == 1
    assert "words in " in result.stdout and "or fewer in a sentence" in result.stdout
    assert "## Pages: " in result.stdout and f"- triggers/{trigger(project).name}, answer: " in result.stdout.partition("## Advice or wording?")[2]
    assert "## Reading grades" in result.stdout and f"triggers/{trigger(project).name}" in result.stdout.partition("## Reading grades")[2]


def test_the_check_marks_each_problem_on_its_line_for_github(project: Path) -> None:
    name = change(trigger(project), "^answer: .*", "answer: 100%: <b>stress</b> or")

    plain = run(project, *command("check", GUIDE), PYTHONPATH="hooks")
    marked = run(project, *command("check", GUIDE), PYTHONPATH="hooks", GITHUB_ACTIONS="true")

    assert plain.stdout == "" and marked.stderr == plain.stderr != ""
    line = next(number for number, line in enumerate(trigger(project).read_text().splitlines(), 1) if "100%" in line)
    assert marked.stdout == (f"::error file={GUIDE}/triggers/{name}.yml,line={line},col=13::Found a colon inside unquoted text. "
                             'Expected quotes round text that holds a colon. Put the whole text between double quotes: "like: this".\n')


def test_a_percent_sign_and_a_line_break_do_not_end_a_mark() -> None:
    assert annotations([Problem("content/a,b.yml", 1, 2, '"100%\nmore"', "less", "Cut it.")], Path("content")) == (
        '::error file=content/a%2Cb.yml,line=1,col=2::Found "100%25(U+000A)more". Expected less. Cut it.')


def test_make_runs_it_from_the_projects_own_folder() -> None:
    command = subprocess.run(["make", "--dry-run", "pull-request", "BASE=HEAD^1"], cwd=ROOT, capture_output=True, text=True).stdout

    assert "tests/pull_request.py HEAD^1 .cache/pull-request" in command
