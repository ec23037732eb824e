"""What a reader cannot see stands in no text: no page without a title, no two names that only look alike."""

from pathlib import Path

import pytest
from guide.checker import check
from guide.model.field_types import Text, Url
from guide.written_page import markup_problems
from pydantic import TypeAdapter, ValidationError

TEXT, URL = TypeAdapter(Text), TypeAdapter(Url)
HIDDEN = [
    "\u00ad", "\u061c", "\u200b", "\u200c", "\u200d", "\u200e", "\u2060", "\u2061", "\u206a", "\ufeff", "\ufff9", "\U000e0041",  # of the category Cf
    "\u034f", "\u115f", "\u1160", "\u17b4", "\u180b", "\u2800", "\u3164", "\uffa0", "\ufe0f", "\U000e0100", "\U0001d159", "\u2065",  # seen no more than those
    "\ue000", "\x85", "\u2028",  # for private use; ends of a line to some
]


def refused(text: str) -> str:
    """Return what the model found in a text; nothing where it took it."""
    try:
        TEXT.validate_python(text)
    except ValidationError as error:
        return str(error.errors()[0]["ctx"]["found"])
    return ""


@pytest.mark.parametrize("sign", HIDDEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_hidden_character_is_refused_by_its_code(sign: str) -> None:
    assert refused(f"some{sign}words") == f"a hidden character (U+{ord(sign):04X})"
    assert [problem.column for problem in markup_problems("about.md", f"Some{sign}words", 1)] == [5]
    with pytest.raises(ValidationError):
        URL.validate_python(f"https://example.org/a{sign}b")


@pytest.mark.parametrize("text", [
    "می\u200cخواهم", "क्\u200dष", "👩\u200d🔬 at work", "👩🏽\u200d🔬 at work", "❤\ufe0f and more", "🏳\ufe0f\u200d🌈 words", "1\ufe0f\u20e3 first", "café", "cafe\u0301", "日本語"])
def test_what_a_script_or_an_emoji_needs_is_taken(text: str) -> None:
    assert refused(text) == ""
    assert markup_problems("about.md", text, 1) == []


@pytest.mark.parametrize("text", ["a\u200db", "می\u200c\u200cخواهم", "👩\u200d", "\u200d🔬a", "a\ufe0f", "1\ufe0f first"])
def test_a_joiner_that_joins_nothing_is_refused(text: str) -> None:
    assert refused(text).startswith("a hidden character")


@pytest.mark.parametrize("text", ["...", "– – –", "!?", "“ ”"])
def test_a_text_has_a_letter_or_a_digit(text: str) -> None:
    assert refused(text) == f'"{text}", without a letter or a digit'


def test_the_sentence_says_what_to_do(guide: Path) -> None:
    flag = next((guide / "triggers").glob("*.yml"))
    flag.write_text(flag.read_text(encoding="utf-8").replace("name: ", 'name: "..." # ', 1), encoding="utf-8")

    assert [str(problem).partition(": ")[2] for problem in check(guide)[1]] == [
        'Found "...", without a letter or a digit. Expected words. Write them, or delete the key.']


@pytest.mark.parametrize("name", ["triggers/a\u200bb.yml", "images/a\u00adb.svg", "a\u2060b.md", "triggers/strong-feelings\u200b.yml"])
def test_a_file_name_holds_nothing_hidden(guide: Path, name: str) -> None:
    (guide / name).parent.mkdir(exist_ok=True)
    (guide / name).write_text("name: x\n", encoding="utf-8")

    assert any("the file name" in problem.found and "(U+" in problem.found for problem in check(guide)[1])


def test_an_id_holds_nothing_hidden(guide: Path) -> None:
    sources = guide / "sources.yml"
    sources.write_text(sources.read_text(encoding="utf-8").replace("hse-112:", "hse-\u200b112:", 1), encoding="utf-8")

    assert any('"hse-(U+200B)112"' in problem.found and "an id of small letters" in problem.expected for problem in check(guide)[1])
