"""One idea of a line in the whole reader: no word is dropped between two of them, and every later number is right."""

from pathlib import Path

import pytest
from guide.checker import check
from guide.document import Document
from guide.yaml_reader import load_text

DISPUTED = {
    "\r": "a carriage return alone (U+000D)",
    "\x85": "a next line (U+0085)",
    "\u2028": "a line separator (U+2028)",
    "\u2029": "a paragraph separator (U+2029)",
}


def found_in(text: str) -> list[str]:
    return [f"{problem.line}:{problem.column} {problem.found}" for problem in load_text(text.encode(), Document("a.yml"))]


@pytest.mark.parametrize("sign", DISPUTED)
def test_what_ends_a_line_only_to_some_is_refused_by_name_with_its_place(sign: str) -> None:
    assert found_in(f"a: b\nc: some words{sign} # more words\n") == [f"2:14 {DISPUTED[sign]}"]


@pytest.mark.parametrize("sign", DISPUTED)
def test_a_hand_written_page_is_read_by_the_same_lines(guide: Path, sign: str) -> None:
    page = guide / "about.md"
    text = page.read_text(encoding="utf-8")
    page.write_bytes((text + f"More{sign}words.\n").encode())

    assert (f"content/about.md:{text.count(chr(10)) + 1}:5: Found {DISPUTED[sign]}. Expected a line feed where a line ends. "
            "Press Enter there instead, and save the file with the line ends LF or CRLF.") in map(str, check(guide)[1])


def test_a_file_of_such_line_ends_is_one_slip() -> None:
    assert found_in("a: b\rc: d\re: f\r") == ["1:5 a carriage return alone (U+000D)"]


def test_the_line_ends_of_other_systems_are_lines(guide: Path) -> None:
    for file in [*guide.rglob("*.yml"), *guide.glob("*.md")]:
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    about = guide / "about.md"
    before = about.read_bytes()
    about.write_bytes(b"\xef\xbb\xbf" + before + b"A <br> tag.\r\n")

    [problem] = check(guide)[1]
    assert (problem.path, problem.line, problem.column) == ("content/about.md", before.count(b"\n") + 1, 3)


@pytest.mark.parametrize("text", [
    "a: some words\n  # 1 of all\n", "a: some words\n\n   #1 of all\nb: c\n", "a:\n  - some words\n    # 1 of all\n  - more\n",
    "a:\n- some words\n  # 1 of all\n- more\n", "a: [some words\n  # 1 of all\n  ]\n", "a: >\n    some words\n  # 1 of all\nb: c\n",
    "a:\n  - b: some words\n     # 1 of all\n    c: d\n", "a: some words\n  #1 of all\n  and more\n", "a: some words\r\n  # 1 of all\r\n",
])
def test_a_line_that_goes_on_with_a_hash_is_refused(text: str) -> None:
    [problem] = load_text(text.encode(), Document("a.yml"))

    assert problem.found == 'a "#" after unquoted text, which YAML drops with all that follows'


@pytest.mark.parametrize("text", [
    "a: some words\n# 1 of all\nb: c\n", "a:\n  - b: some words\n    # why\n    c: d\n", "a:\n  - some words\n  # why\n  - more\n",
    "a:\n  - some words\n\n# why\n  # deeper\nb: c\n", "a: >\n  some # words\n  # more\n# why\nb: c\n", 'a: "some words"\n  # why\nb: c\n', "a: |\n  some\n\n  #\n",
])
def test_a_remark_below_a_text_cuts_nothing_off(text: str) -> None:
    assert found_in(text) == []


@pytest.mark.parametrize(("text", "place"), [("a: é\x07\n", "1:5"), ("é: ü\nö: 'ß\x07'\n", "2:6"), ("a: 𝄞𝄞\x07\n", "1:6")])
def test_a_control_character_is_placed_in_characters(text: str, place: str) -> None:
    assert found_in(text) == [f"{place} a control character (code U+0007)"]


def test_a_byte_that_is_no_utf_8_is_placed_in_characters() -> None:
    found = [str(problem) for problem in load_text("a: é".encode() + b"\xe9", Document("a.yml"))]

    assert found == ["a.yml:1:5: Found the byte 0xe9. Expected text saved as UTF-8. Save the file again with the encoding UTF-8."]
