"""A clinical change is told apart from a wording change, in words a reviewer reads at a glance."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from builds import CONTENT
from commands import grades
from commands.compare import main
from guide.model.guide import Draft
from guide.reader import read_draft
from review.comparison import Comparison, report

FLAG = """\
name: Face
statement: One side of your face has dropped
hint: Smile at a mirror.
looks_like:
  - One eye will not shut.
  - Drinks run out of your mouth.
care: emergency
how_soon: Now.
action:
  - Call the emergency number now.
  - Note the time.
why: It can be a sign of a stroke.
certainty: strong
how_sure: Every body we read says so.
sources: [one, two]
review: {status: not-yet-reviewed, reviewed: 2026-11-22, next_review: 2027-11-22}
"""
MEDICINES = "coeliac-disease: {term: coeliac disease, means: An illness of the gut.}\n"
PAGE = """\
---
name: About
answer: It is new.
key_points: [It is free., It is short., It is plain.]
review: {status: not-yet-reviewed, reviewed: 2026-11-22, next_review: 2027-11-22}
---

## Who

Two doctors wrote it. Ask them.
"""

Change = tuple[str, str, str | None, list[str]]
# what changes: (file, text in it, what it becomes, the lines of the summary)
CLINICAL: dict[str, Change] = {
    "a care level": ("flag", "care: emergency", "care: same-day", ["- red-flags/face.yml, care: `emergency` → `same-day`"]),
    "a certainty": ("flag", "certainty: strong", "certainty: limited", ["- red-flags/face.yml, certainty: `strong` → `limited`"]),
    "a source": ("flag", "[one, two]", "[one, three]",
                 ["- red-flags/face.yml, sources 2: added `three`", "- red-flags/face.yml, sources 2: took out `two`"]),
    "a lost item": ("flag", "  - One eye will not shut.\n", "", ["- red-flags/face.yml, looks_like 1: took out `One eye will not shut.`"]),
    "a new item": ("flag", "action:\n", "action:\n  - Do not drive.\n", ["- red-flags/face.yml, action 1: added `Do not drive.`"]),
    "a number": ("flag", "Note the time.", "Note the time within 3 minutes.",
                 ["- red-flags/face.yml, action 2: `Note the time.` → `Note the time within 3 minutes.` (+ 3, + minutes, + within)"]),
    "a negation": ("flag", "One eye will not shut.", "One eye will shut.",
                   ["- red-flags/face.yml, looks_like 1: `One eye will not shut.` → `One eye will shut.` (− not)"]),
    "a word of care": ("flag", "Call the emergency number now.", "Call the doctor now.",
                       ["- red-flags/face.yml, action 1: `Call the emergency number now.` → `Call the doctor now.` (− emergency, + doctor)"]),
    "a word of certainty": ("flag", "It can be a sign", "It is a sign",
                            ["- red-flags/face.yml, why: `It can be a sign of a stroke.` → `It is a sign of a stroke.` (− can)"]),
    "a medical word": ("flag", "a sign of a stroke.", "a sign of coeliac disease.",
                       ["- red-flags/face.yml, why: `It can be a sign of a stroke.` → `It can be a sign of coeliac disease.` (+ coeliac, + disease)"]),
    "a sentence written anew": ("flag", "Every body we read says so.", "Nurses at two clinics told this.",
                                ["- red-flags/face.yml, how_sure: `Every body we read says so.` → `Nurses at two clinics told this.` (− every, + 2)"]),
    "another order of steps": ("flag", "  - Call the emergency number now.\n  - Note the time.\n", "  - Note the time.\n  - Call the emergency number now.\n",
                               ["- red-flags/face.yml, action 1: added `Note the time.`", "- red-flags/face.yml, action 2: took out `Note the time.`"]),
    "a new page": ("flag", "", None, ["- red-flags/face.yml: took out `Face One side of your face has dropped Smile at a mirror. One eye will not shut. Drinks run out of your mouth. Now. "
                                      "Call the emergency number now. Note the time. It can be a sign of a stroke. Every body we read says so.`"]),
    "a number on a written page": ("page", "Two doctors", "Three doctors",
                                   ["- about.md, text, 1: `Two doctors wrote it.` → `Three doctors wrote it.` (− 2, + 3)"]),
}
WORDING: dict[str, Change] = {
    "a word": ("flag", "Drinks run out of your mouth.", "Drinks drip out of your mouth.",
               ["- red-flags/face.yml, looks_like 2: `Drinks run out of your mouth.` → `Drinks drip out of your mouth.`"]),
    "a name": ("flag", "name: Face", "name: Your face", ["- red-flags/face.yml, name: `Face` → `Your face`"]),
    "a sentence made two": ("flag", "It can be a sign of a stroke.", "It can be a sign. A stroke does this.",
                            ["- red-flags/face.yml, why: `It can be a sign of a stroke.` → `It can be a sign. A stroke does this.`"]),
    "a numeral for a word": ("page", "Two doctors", "2 doctors", ["- about.md, text, 1: `Two doctors wrote it.` → `2 doctors wrote it.`"]),
    "a backtick, which must not end the quotation": ("flag", "Drinks run", "Drinks `drip`", [
        "- red-flags/face.yml, looks_like 2: `Drinks run out of your mouth.` → `Drinks 'drip' out of your mouth.`"]),
}
RECORD: dict[str, Change] = {
    "a review": ("flag", "2026-11-22", "2026-12-01", ["- red-flags/face.yml, review reviewed: `2026-11-22` → `2026-12-01`"]),
    "another order of sources": ("flag", "[one, two]", "[two, one]", ["- red-flags/face.yml, sources: another order"]),
}


def write(folder: Path, texts: Mapping[str, str | None]) -> Draft:
    files = {"red-flags/face.yml": texts["flag"], "glossary.yml": MEDICINES, "about.md": texts["page"]}
    for name, text in files.items():
        if text is not None:
            (folder / "content" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "content" / name).write_text(text, encoding="utf-8")
    return read_draft(folder / "content")[0]


def summary(tmp_path: Path, file: str, old: str, new: str | None) -> list[str]:
    texts = {"flag": FLAG, "page": PAGE}
    assert old in texts[file]
    changed = texts | {file: None if new is None else texts[file].replace(old, new, 1)}

    return report(Comparison(write(tmp_path / "before", texts), write(tmp_path / "after", changed)).changes()).splitlines()


@pytest.mark.parametrize("change", CLINICAL)
def test_a_clinical_change_is_called_one(change: str, tmp_path: Path) -> None:
    file, old, new, lines = CLINICAL[change]

    assert summary(tmp_path, file, old, new)[:-2] == [f"### Clinical: {len(lines)}", "", *lines]


@pytest.mark.parametrize("change", WORDING)
def test_a_change_of_wording_is_called_one(change: str, tmp_path: Path) -> None:
    file, old, new, lines = WORDING[change]

    assert summary(tmp_path, file, old, new)[:-2] == [f"### Wording only: {len(lines)}", "", *lines]


@pytest.mark.parametrize("change", RECORD)
def test_what_no_reader_acts_on_is_apart(change: str, tmp_path: Path) -> None:
    file, old, new, lines = RECORD[change]

    assert summary(tmp_path, file, old, new)[:-2] == [f"### Dates, order, pictures and addresses: {len(lines)}", "", *lines]


def test_clinical_changes_come_first_and_the_summary_says_who_sorted_it(tmp_path: Path) -> None:
    before = write(tmp_path / "a", {"flag": FLAG, "page": PAGE})
    after = write(tmp_path / "b", {"flag": FLAG.replace("Drinks run", "Drinks drip").replace("care: emergency", "care: same-day"), "page": PAGE})

    lines = report(Comparison(before, after).changes()).splitlines()

    assert [line for line in lines if line.startswith("###")] == ["### Clinical: 1", "### Wording only: 1"]
    assert lines[-1] == "Sorted by a program, by rule. A reader may overrule it."


def test_the_guide_does_not_differ_from_itself(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(CONTENT), str(CONTENT)]) == 0
    assert capsys.readouterr().out == "Nothing in the guide changed.\n"


def test_a_broken_guide_is_not_compared(guide: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (guide / "guide.yml").write_text("name: [", encoding="utf-8")

    assert main([str(CONTENT), str(guide)]) == 2
    assert capsys.readouterr().out == "The guide cannot be compared until its problems are mended.\n"


@pytest.mark.parametrize("command", [main, grades.main], ids=["compare", "grades"])
def test_both_comparisons_ask_for_two_folders(command: Callable[[list[str]], int], capsys: pytest.CaptureFixture[str]) -> None:
    assert command([str(CONTENT)]) == 2
    assert capsys.readouterr().err == "Name two folders: the guide before, and the guide after.\n"
