"""Drawings: what may stand in one, and what is refused with its place."""

import random
import time
from pathlib import Path

import pytest
from builds import ROOT
from drawings import HEAD, LIVELY, WORST, hostile, plain
from guide.drawing import DEEPEST, LARGEST_IMAGE, MOST_ELEMENTS, MOST_PROBLEMS, read_drawing

DRAWINGS = sorted(file for folder in ("content", "tests/guides") for file in (ROOT / folder).rglob("images/*.svg"))


def problems(body: str, head: str = HEAD) -> list[str]:
    """Return what is said of a drawing whose third line begins with `body`."""
    return [str(problem) for problem in read_drawing("images/face.svg", f"{head}{body}\n</svg>\n".encode())[1]]


@pytest.mark.parametrize("file", DRAWINGS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_every_drawing_of_ours_is_taken(file: Path) -> None:
    size, found = read_drawing(file.name, file.read_bytes())

    assert size and not found


@pytest.mark.parametrize("plain", [
    '<path d="M3 14v5M10.5.5l-2-.5 1.5-1z"/>', '<path d="m1,2C1-2,3.5.5-4,6a5 5 0 0 1 9 9" fill="#fff" fill-opacity=".14" stroke="#0b5a5c" stroke-width="2.4"/>',
    '<g fill="none" stroke-linecap="round" stroke-linejoin="bevel" stroke-dashoffset="-4" opacity="0.5"><circle id="eye" cx="1" cy="2" r="3" stroke-dasharray="0 7"/></g>',
    '<g transform="translate(120 -12.5) rotate(45,3,3)"><rect x="1" y="1" width="3" height="4" rx="1"/></g>', '<polygon points="1,2 3,4 5,6" fill-rule="evenodd" fill="red"/>',
    '<text x="1" y="2" font-family="system-ui, sans-serif" font-size="9.5" font-weight="600" text-anchor="middle">5 pm &amp; <tspan x="3" dy="12">später</tspan></text>',
    "<!-- a remark --><desc>Words &#233;</desc>", '<ellipse cx="1" cy="2" rx="3" ry="4"/><line x1="1" y1="2" x2="3" y2="4"/><polyline points="1 2 3 4"/>', "",
])
def test_lines_shapes_and_words_are_taken(plain: str) -> None:
    assert problems(plain) == []


@pytest.mark.parametrize("lively", LIVELY.values(), ids=LIVELY)
def test_whatever_is_not_in_the_table_is_refused_at_its_line(lively: str) -> None:
    found = problems(lively)

    assert found and all(line.startswith("images/face.svg:3:") and "a drawing" in line and "\n" not in line for line in found)


@pytest.mark.parametrize(("body", "said"), [
    (r'<g>é<rect x="1" fill="u\72l(//a.org)"/></g>', r'3:17: Found "fill=u\72l(//a.org)" in a drawing. Expected none or a colour, such as #0b5a5c. Write it like that, or take it out.'),
    ('<g><mask id="a"/></g>', '3:4: Found "<mask" in a drawing. Expected lines, shapes and words only. Take it out.'),
    ('<g\n  stroke-widht="3"/>', '4:3: Found "stroke-widht=3" in a drawing. Expected one of "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "dx" and 26 more. '
                                 'Did you mean "stroke-width"?'),
    ('<g stroke-linecap="rund"/>', '3:4: Found "stroke-linecap=rund" in a drawing. Expected one of "butt", "round", "square". Write it like that, or take it out.'),
    ('<path stroke-width="1" d="M1 1h21"/>', '3:24: Found "d=M1 1h21" in a drawing. Expected numbers up to 20, twice the longer side of viewBox. Draw it within viewBox.'),
    ('<path d="M1 1h9" stroke-dasharray=".01"/>', '3:1: Found a drawing of more than about 1000 dashes. Expected 1000 or fewer. Make the dashes longer, or the line plain.'),
    ('<g stroke-dasharray="1"/>', '3:4: Found "<g stroke-dasharray" in a drawing. Expected stroke-dasharray on lines and shapes only. Move it to each line that has it.'),
    ('<g xmlns:i="http://a.org/i"/>', '3:10: Found "xmlns:i=http://a.org/i" in a drawing. Expected lines, shapes and words only. Take it out.'),
])
def test_a_refusal_says_where_what_is_expected_and_what_to_do(body: str, said: str) -> None:
    assert problems(body) == [f"images/face.svg:{said}"]


def test_entities_are_refused_before_they_grow() -> None:
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    head = f'<!DOCTYPE svg [<!ENTITY a0 "ha">{laughs}]>\n' + HEAD.replace("Face", "&a11;")
    begin = time.perf_counter()

    found = problems("", head)

    assert time.perf_counter() - begin < 0.1
    assert found[0] == 'images/face.svg:1:15: Found "<!DOCTYPE svg" in a drawing. Expected lines, shapes and words only. Take it out.'


@pytest.mark.parametrize(("body", "said"), [
    ("<g/>" * (MOST_ELEMENTS - 2), None),
    ("<g/>" * MOST_ELEMENTS, f"Found a drawing of more than {MOST_ELEMENTS} elements. Expected {MOST_ELEMENTS} or fewer. Draw it with fewer of them."),
    ("<g>" * (DEEPEST - 1) + "</g>" * (DEEPEST - 1), None),
    ("<g>" * DEEPEST + "</g>" * DEEPEST, f"Found elements {DEEPEST + 1} deep in a drawing. Expected {DEEPEST} or fewer. Take some of the groups out."),
], ids=["many", "too many", "deep", "too deep"])
def test_a_drawing_has_an_end(body: str, said: str | None) -> None:
    assert [line.partition(": ")[2] for line in problems(body)] == ([said] if said else [])


@pytest.mark.parametrize("size", ["0 0 0 9", "0 0 9 0", "0 0 99999 9", "0 0 9 -9", "-1 0 9 9", "0 0 9", "0 0 1e3 9", pytest.param("0 0 9 " + "9" * 400, id="without end")])
def test_a_drawing_without_a_size_is_refused(size: str) -> None:
    found = problems("", HEAD.replace("0 0 10 10", size))

    assert 'Found a drawing without viewBox and title. Expected viewBox="0 0 width height"' in found[-1] and (len(found) == 1 or "1e3" in found[0])


@pytest.mark.parametrize("encoding", ["UTF-16", "ISO-8859-1", "ISO-2022-JP", "nothing-such"])
def test_another_encoding_is_refused_and_its_bytes_are_read_as_utf_8(encoding: str) -> None:
    assert problems("<g/>", f'<?xml version="1.0" encoding="{encoding}"?>\n{HEAD}')[0].startswith(f'images/face.svg:1:1: Found "encoding={encoding}" in a drawing.')


@pytest.mark.parametrize("raw", [
    '<path d="M' + "1" * LARGEST_IMAGE, '<path d="M' + "1 " * 5900 + 'x"/>', '<path d="M' + ",,,," * 2900 + '"/>', '<path d="M' + "-.1" * 3900 + 'e"/>', '<g transform="' + "rotate(1)" * 1200 + 'x"/>',
    '<g font-family="' + "a" * 11_000 + '"/>', "<g " + " ".join(f'a{n}="1"' for n in range(1200)) + "/>", '<g style="a"/>' * 800,
], ids=lambda raw: raw[:20])
def test_long_values_are_judged_at_once(raw: str) -> None:
    begin = time.perf_counter()

    assert 0 < len(problems(raw)) <= MOST_PROBLEMS
    assert time.perf_counter() - begin < 0.5


def test_generated_plain_drawings_are_taken_and_hostile_ones_refused() -> None:
    assert [name for name, drawing in WORST.items() if read_drawing("a.svg", drawing)[1]] == []
    chance = random.Random(3)
    for _ in range(500):
        taken, refused = plain(chance), hostile(chance)
        assert read_drawing("a.svg", taken)[1] == [], taken
        assert read_drawing("a.svg", refused)[1], refused
