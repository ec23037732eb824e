"""What cannot be printed is pointed at where it was written: signs that the font lacks, drawings that Typst cannot set."""

import re
from pathlib import Path

import pytest
from guide.checker import check
from handout.sheets import print_sheets

ADDRESS = "https://example.org/a-guide/"
SCRIPTS = {"Cyrillic": "Привет мир", "Greek": "Ελλάδα", "Arabic": "مرحبا", "Hebrew": "שלום", "Chinese": "冷水", "Devanagari": "पानी", "emoji": "😀", "an arrow": "→", "phonetic": "ˈhɪkʌp"}
each_script = pytest.mark.parametrize("word", SCRIPTS.values(), ids=SCRIPTS)

# A field of the small guide that stands on paper: the file, what stands before its words, and its words.
PRINTED = {
    "a step": ("management/sip-cold-water.yml", '  do: "', "Sip ice-cold water slowly."),
    "a step's name": ("management/sip-cold-water.yml", "name: ", "Sip cold water"),
    "a sign": ("red-flags/over-48-hours.yml", "statement: ", "The hiccups have lasted more than 48 hours"),
    "a span of the time line": ("guide.yml", '  - {when: Minutes, what: "', "A bout that comes and goes. Wait, or try a home remedy."),
    "the answer": ("guide.yml", "answer: ", "Hiccups usually stop by themselves in a few minutes. See a doctor if they last more than 48 hours."),
}
UNPRINTED = {
    "a trigger": ("triggers/strong-feelings.yml", "name: ", ""),
    "why a sign matters": ("red-flags/over-48-hours.yml", "why: ", ""),
    "a key point": ("guide.yml", "  - ", "Most bouts last a few minutes and need no doctor."),
    "how long a step takes": ("management/sip-cold-water.yml", "how_long: ", ""),
}


def problems_of(folder: Path) -> list[str]:
    found, problems = check(folder)
    assert found and not problems, problems
    return [str(problem) for problem in print_sheets(found, folder, ADDRESS)[1]]


def put(folder: Path, name: str, before: str, words: str, word: str) -> tuple[int, int]:
    """Put a word before the words of a field; return its line and column."""
    file = folder / name
    text = file.read_text(encoding="utf-8")
    at = text.index(f"\n{before}{words}") + 1 + len(before)
    file.write_text(f"{text[:at]}{word} {text[at:]}", encoding="utf-8")
    return text[:at].count("\n") + 1, len(before) + 1


def drawing(folder: Path, body: str, size: str = "") -> None:
    """Give the small guide a drawing on its home page and on paper."""
    (folder / "images").mkdir()
    (folder / "images" / "face.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 99"{size}>\n<title>水 and a face</title>\n<desc>水</desc>\n{body}\n</svg>\n', encoding="utf-8")
    file = folder / "guide.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("\nkey_points:", "\npicture: {file: face, description: A face., caption: A face.}\nkey_points:", 1), encoding="utf-8")


@each_script
@pytest.mark.parametrize("field", PRINTED.values(), ids=PRINTED)
def test_a_word_in_a_script_that_the_font_lacks_is_refused_where_it_stands(guide: Path, word: str, field: tuple[str, str, str]) -> None:
    line, column = put(guide, *field, word)

    found = problems_of(guide)

    assert len(found) == 1
    assert re.fullmatch(rf'content/{field[0]}:{line}:\d+: Found "[^"]+", which the font of the printed guide does not have\. '
                        r"Expected letters, digits and signs that it has\. Say it in words\.", found[0])
    assert column <= int(found[0].split(":")[2]) < column + len(word)


@each_script
@pytest.mark.parametrize("field", UNPRINTED.values(), ids=UNPRINTED)
def test_a_field_that_is_not_printed_may_hold_it(guide: Path, word: str, field: tuple[str, str, str]) -> None:
    put(guide, *field, word)

    assert problems_of(guide) == []


def test_a_word_is_refused_whole_in_each_field_and_in_no_field_that_is_not_printed(guide: Path) -> None:
    put(guide, *UNPRINTED["how long a step takes"], "Привет")
    places = [(name, *put(guide, name, before, words, "Привет мир")) for name, before, words in (PRINTED["a step"], PRINTED["a sign"])]

    assert problems_of(guide) == [
        f'content/{name}:{line}:{column}: Found "Привет мир", which the font of the printed guide does not have. Expected letters, digits and signs that it has. Say it in words.'
        for name, line, column in places]


def test_a_word_written_in_numbers_is_refused_where_its_field_begins(guide: Path) -> None:
    line, column = put(guide, *PRINTED["a step"], r"\u6c34")

    assert problems_of(guide)[0].startswith(f'content/management/sip-cold-water.yml:{line}:{column - 1}: Found "水", which')


def test_a_word_on_a_printed_drawing_is_refused_in_its_file(guide: Path) -> None:
    drawing(guide, '<text x="1" y="30">Drink <tspan>水</tspan></text>')

    assert problems_of(guide) == ['content/images/face.svg:4:33: Found "水", which the font of the printed guide does not have. '
                                  "Expected letters, digits and signs that it has. Say it in words."]


def test_a_drawing_that_cannot_be_set_is_named(guide: Path) -> None:
    drawing(guide, '<path d="M1 1h9"/>', ' width="0"')

    assert problems_of(guide) == ["content/images/face.svg:1:1: Found a drawing that cannot be printed (failed to parse SVG (width, height, or viewbox is invalid)). "
                                  "Expected a drawing that Typst can set. Draw or save it again."]
