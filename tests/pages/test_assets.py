"""One style sheet in layers, one script in blocks, nothing in them that is for their authors."""

import re
from pathlib import Path

import pytest
from guide.care_levels import LOOKS
from pages.assets import LAYERS, assets, style_sheet
from pages.templates import TEMPLATES
from sure import sure

SHEETS = sorted([*(TEMPLATES / "styles").glob("*.css"), *(TEMPLATES / "components").glob("*/*.css")])


def test_every_sheet_is_in_its_layer_and_the_layers_are_in_their_order() -> None:
    css = style_sheet()
    parts = re.split(r"@layer (\w+)\{", css)

    assert parts[0] == f"@layer {','.join(LAYERS)};"
    assert tuple(parts[1::2]) == LAYERS
    for file in SHEETS:
        text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        name = sure(re.search(r"\.[a-z][\w-]+(?=[^}]*\{)|--ink", text))[0]
        layer = file.stem if file.stem in LAYERS else "base" if file.parent.name == "styles" else "components"
        assert name in parts[2 + 2 * LAYERS.index(layer)], file


def test_an_empty_switch_of_a_colour_keeps_its_space() -> None:
    """Browsers before 2021 take an empty custom property for a mistake, and a page of theirs would have no colours."""
    tokens = style_sheet().partition("@layer tokens{")[2].partition("@layer")[0]

    assert tokens.count("--light: ;") == 3 and tokens.count("--dark: ;") == 1 and tokens.count("--print: ;") == 1
    assert ":;" not in tokens


def test_every_colour_says_what_it_is_by_day_by_night_and_on_paper() -> None:
    tokens = (TEMPLATES / "styles" / "tokens.css").read_text(encoding="utf-8")
    colours = re.findall(r"^  (--[\w-]+): (.*);$", tokens, re.MULTILINE)

    assert len(colours) >= 12
    for look in LOOKS.values():
        assert f"var(--light,{look.light}) var(--dark,{look.dark}) var(--print,#000)" in style_sheet()
    for name, value in colours:
        assert re.fullmatch(r"var\(--light, .+\) var\(--dark, .+\) var\(--print, .+\)", value), name


@pytest.mark.parametrize("file", SHEETS, ids=lambda file: file.name)
def test_a_sheet_names_no_colour_of_its_own_and_no_side(file: Path) -> None:
    """Colours stand in tokens.css; left and right are other sides in a language that is written from right to left."""
    if file.name == "tokens.css":
        return
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert re.findall(r"#[0-9a-f]{3,8}\b(?![^{]*\{)", text) == []
    assert re.findall(r"\b(?:margin|padding|border)-(?:left|right)\b|[ {;](?:left|right):|text-align: (?:left|right)|float:", text) == []


@pytest.mark.parametrize("file", SHEETS, ids=lambda file: file.name)
def test_type_corners_and_layers_come_from_the_table(file: Path) -> None:
    """On the screen; paper is measured in points, and a circle is no corner."""
    if file.name == "tokens.css":
        return
    text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)

    assert re.findall(r"font(?:-size)?: [\d.]+(?:rem|px)|border-radius: [\d.]+rem|z-index: \d+|min-(?:height|block-size): (?:4\d|5\d)px", re.sub(r"@media print.*", "", text, flags=re.DOTALL)) == []


def test_the_printed_guide_takes_its_colours_from_the_same_table() -> None:
    for file in (TEMPLATES / "handout").glob("*.typ"):
        assert re.findall(r"#[0-9a-f]{6}\b|(?:luma|cmyk)\(", file.read_text(encoding="utf-8")) == [], file


def test_a_sign_made_by_style_has_a_plain_form_for_browsers_that_know_no_words_beside_it() -> None:
    for file in SHEETS:
        text = file.read_text(encoding="utf-8")
        for sign in re.findall(r'content: ("[^"]*") / "', text):
            assert f'content: {sign}; content: {sign} / ""' in text, file


def test_every_script_stands_in_a_block_of_its_own_without_remarks() -> None:
    files = assets()
    shared = [file for file in TEMPLATES.glob("components/*/*.js") if file.stem == file.parent.name]

    assert len(files["guide.js"].splitlines()) >= len(shared) >= 5
    assert files["guide.js"].count("try{") >= len(shared) and files["guide.js"].endswith("}\n")
    assert not re.search(r"^\s*//|/\*(?!!)", "\n".join(text for name, text in files.items() if name.endswith(".js")), re.MULTILINE)
