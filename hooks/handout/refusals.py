"""What Typst complains of → what a contributor reads: words that the font lacks and drawings that cannot be set, where they were written."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typst
from guide.document import Document, Location
from guide.model.entries import Management, RedFlag
from guide.model.guide import Guide
from guide.problem import Problem

from handout.leaflet import Facts
from handout.typesetting import typeset_alone

_LACKING = re.compile(r'the text `"(.+?)"` could not be displayed')
_NO_WORDS = ("svg", "guide", "description")  # facts that are drawn, or said to a program or a screen reader
_PRINTED = re.compile(r"(?:guide|care-levels|emergency-numbers)\.yml|(?:red-flags|management)/")


def cannot_be_set(guide: Guide, folder: Path, kind: str, facts: Facts, error: typst.TypstError) -> list[Problem]:
    """Point at every word and every drawing that keeps a sheet from being set; at the template, for whatever else Typst complains of."""
    problems = _drawings(guide, folder) if kind == "leaflet" else []
    if lacking := _lacking(error):
        problems += _words(guide, facts, lacking)
    return problems or [Problem(f"overrides/handout/{kind}.typ", 1, 1, f"a sheet that cannot be set ({error.message})",
                                "a template that Typst can read, and words its font can show", "Undo the last change, there or in the words.")]


def _lacking(error: typst.TypstError) -> re.Pattern[str] | None:
    """Return what finds the words, or parts of words, that the font lacks."""
    signs = {re.sub(r"\\u\{(\w+)\}", lambda number: chr(int(number[1], 16)), sign) for sign in _LACKING.findall(error.diagnostic)}
    sign = "|".join(map(re.escape, sorted(signs, reverse=True)))
    return re.compile(rf"(?:{sign})+(?: +(?:{sign})+)*") if signs else None


def _words(guide: Guide, facts: Facts, lacking: re.Pattern[str]) -> list[Problem]:
    printed = {*_strings(facts), *guide.about.review.reviewed_by, *(text for flag in guide.every(RedFlag) for text in (flag.statement, flag.handout))}
    return [_not_in_the_font(document, found[0], document.find(found[0], document.mark(location)))
            for name, document in guide.documents.items() if _PRINTED.match(name)
            for location, text in _texts(document.data) if text in printed and (found := lacking.search(text))]


def _not_in_the_font(document: Document, words: str, place: tuple[int, int]) -> Problem:
    return Problem(document.path, *place, f'"{words[:60]}", which the font of the printed guide does not have',
                   "letters, digits and signs that it has", "Say it in words.")


def _strings(facts: Any) -> Iterator[str]:
    """Yield every text that a sheet shows."""
    return (text for location, text in _texts(facts) if not set(location) & set(_NO_WORDS))


def _texts(value: Any, location: Location = ()) -> Iterator[tuple[Location, str]]:
    """Yield every text in plain data, with its place."""
    if isinstance(value, str):
        yield location, value
    for key, part in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from _texts(part, (*location, key))


def _drawings(guide: Guide, folder: Path) -> list[Problem]:
    """Set each drawing of the leaflet by itself, and point at those that cannot be."""
    names = {step.icon for step in guide.every(Management) if step.icon} | ({guide.about.picture.file} if guide.about.picture else set())
    problems = []
    for name in sorted(names):
        drawing = Document(guide.ids["images"][name], text=(folder / "images" / f"{name}.svg").read_text(encoding="utf-8"))
        try:
            typeset_alone(drawing.text)
        except typst.TypstError as error:
            problems.append(_drawing(drawing, error))
    return problems


def _drawing(drawing: Document, error: typst.TypstError) -> Problem:
    words = re.compile(r"<(title|desc)>.*?</\1>", re.DOTALL).sub(lambda said: re.sub(r"\S", " ", said[0]), drawing.text)  # which are not drawn
    if (lacking := _lacking(error)) and (found := lacking.search(words)):
        return _not_in_the_font(drawing, found[0], Document("", text=words).find(found[0], (1, 1)))
    return Problem(drawing.path, 1, 1, f"a drawing that cannot be printed ({error.message})", "a drawing that Typst can set", "Draw or save it again.")
