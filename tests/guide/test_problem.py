"""What a message quotes is foreign: it stays on one line, and nothing in it acts on a terminal or on CI."""

from pathlib import Path

import pytest
from commands.check import main
from commands.github import annotations
from guide.checker import check, report
from guide.problem import Problem

SIGNS = {"\n": "U+000A", "\r": "U+000D", "\x1b": "U+001B", "\u202e": "U+202E", "\u2028": "U+2028", "\u200b": "U+200B", "\x9b": "U+009B", "\udce9": "U+DCE9", "\xa0": "U+00A0"}


@pytest.mark.parametrize("part", ["path", "found", "expected", "repair"])
@pytest.mark.parametrize("sign", SIGNS)
def test_a_sign_that_cannot_be_seen_is_shown_by_its_code(sign: str, part: str) -> None:
    words = {"path": "a.yml", "found": "b", "expected": "c", "repair": "d"}

    said = str(Problem(line=1, column=1, **{**words, part: f"x{sign}y"}))

    assert f"x({SIGNS[sign]})y" in said
    assert said.isprintable()


@pytest.mark.parametrize("said", ["##[add-mask]a", "x ##[stop-commands]b"])
def test_nothing_that_is_quoted_is_a_command_to_ci(said: str) -> None:
    assert "##[" not in report([Problem("a.yml", 1, 1, f'"{said}"', "b", "c")])


def test_no_line_of_a_check_begins_with_what_content_says(guide: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    flag = next((guide / "red-flags").glob("*.yml"))
    flag.write_text(flag.read_text(encoding="utf-8").replace("care: ", 'care: "\\n::error ::planted\\e[2J" #', 1), encoding="utf-8")
    (guide / "triggers" / "x\n::warning ::planted.yml").write_text("name: x\n", encoding="utf-8")

    assert main([str(guide)]) == 1
    said = capsys.readouterr()
    lines = (said.out + said.err).splitlines()
    assert not [line for line in lines if line.lstrip().startswith("::") and not line.startswith("::error file=")]
    assert not [line for line in lines if not line.isprintable()]
    assert sum("planted" in line for line in lines) == 4, lines


def test_an_annotation_bears_one_line_for_each_problem(guide: Path) -> None:
    (guide / "triggers" / "a\nb.yml").write_text("name: x\n", encoding="utf-8")
    problems = check(guide)[1]

    assert len(annotations(problems, guide).splitlines()) == len(problems)
    assert "a(U+000A)b.yml" in annotations(problems, guide)
