"""Facts → PDF: Typst sets them with the templates in overrides/handout/."""

import datetime
import json
from functools import lru_cache
from pathlib import Path

import typst

from handout.leaflet import Facts

TEMPLATES = Path(__file__).resolve().parents[2] / "overrides" / "handout"
TOKENS = TEMPLATES.parent / "styles" / "tokens.css"  # the colours, of pages and of paper
FONT = "Atkinson Hyperlegible"


def font_is_there() -> bool:
    """Tell whether the font of the printed guide is in its place."""
    return FONT in fonts().families()


def typeset(kind: str, facts: Facts) -> tuple[bytes, int, int]:
    """Return the PDF of a sheet, how many pages it has, and how many its first part takes. Raise typst.TypstError where it cannot be set."""
    changed = tuple(file.stat().st_mtime_ns for file in [*sorted(TEMPLATES.glob("*.typ")), TOKENS])
    return _typeset(kind, json.dumps(facts), changed)


@lru_cache(maxsize=32)  # a preview sets only what an edit has changed
def _typeset(kind: str, facts: str, templates_changed: tuple[int, ...]) -> tuple[bytes, int, int]:
    compiler = typst.Compiler(TEMPLATES / f"{kind}.typ", root=TEMPLATES.parent, font_paths=fonts(), ignore_system_fonts=True, sys_inputs={"sheet": facts})
    year, month, day = json.loads(facts)["date"]
    pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=datetime.datetime(year, month, day, tzinfo=datetime.UTC))
    assert isinstance(pdf, bytes)  # it would be pages or nothing if we asked for pictures or a file
    first_part, pages = json.loads(compiler.query("<page-number>", field="value"))
    return pdf, pages, first_part


def typeset_alone(drawing: str) -> None:
    """Set a drawing and nothing else. Raise typst.TypstError where it cannot be set."""
    page = f'#set document(title: "-")\n#set text(font: "{FONT}")\n#image(bytes(sys.inputs.drawing), format: "svg", alt: "-")'
    typst.Compiler(page.encode(), font_paths=fonts(), ignore_system_fonts=True, sys_inputs={"drawing": drawing}).compile(format="pdf", pdf_standards=["ua-1"])


@lru_cache
def fonts() -> typst.Fonts:
    """Return the fonts of the printed guide. There is no other, of Typst or of the machine, that could take its place in silence."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[TEMPLATES / "fonts"])
