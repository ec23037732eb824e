"""Guide → every sheet to print: the management guide and the diaries, on every paper, in standard and large print.

What a sheet says is gathered as plain data; its fingerprint is the version that stands on the paper, so that a copy can
be told from a newer one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import typst
from guide.care_levels import LOOKS
from guide.model.entries import Management, RedFlag
from guide.model.guide import Guide
from guide.problem import Problem

from handout.diary import diary_facts
from handout.foot import foot_facts
from handout.leaflet import Facts, fingerprint, leaflet_facts
from handout.refusals import cannot_be_set
from handout.typesetting import FONT, font_is_there, typeset

Kind = Literal["leaflet", "diary"]
Paper = Literal["a4", "us-letter"]

_LOOKS = {care: {"colour": look.light, "edge": look.printed_edge} for care, look in LOOKS.items()}
MOST_PAGES = {"leaflet": 2, "diary": 1}  # in standard print: one sheet of paper, and one side of it
PAPERS = {"a4": "a4", "us-letter": "letter"}  # as they stand in a file's name


@dataclass(frozen=True)
class Sheet:
    """A PDF to print: its place in the site, what it is, the version of its words, and how many pages it has."""

    uri: str
    kind: Kind
    paper: Paper
    large: bool
    title: str
    version: str
    pages: int
    pdf: bytes = field(repr=False)


@dataclass(frozen=True)
class _Plan:
    """A sheet that is still to be set."""

    kind: Kind
    paper: Paper
    large: bool
    facts: Facts
    step: Management | None = None  # whose diary it is


def print_sheets(guide: Guide, folder: Path, address: str | None = None) -> tuple[list[Sheet], list[Problem]]:
    """Print every sheet of a guide. With the site's own `address` they bear a code that leads there."""
    if not font_is_there():
        return [], [Problem("overrides/handout/fonts", 1, 1, f'no font "{FONT}"', "its .ttf files, regular and bold",
                            "Bring them back from an earlier version.")]
    leaflet = leaflet_facts(guide, folder)
    foot = foot_facts(guide, fingerprint(leaflet), address)
    sheets: list[Sheet] = []
    problems: list[Problem] = []
    for plan in _plans(guide, leaflet):
        try:
            pdf, pages, first_part = typeset(plan.kind, plan.facts | foot | {"paper": plan.paper, "large": plan.large, "looks": _LOOKS})
        except typst.TypstError as error:
            problems += cannot_be_set(guide, folder, plan.kind, plan.facts | foot, error)
            continue
        if not plan.large and pages > MOST_PAGES[plan.kind]:
            problems.append(_too_long(guide, plan, pages, first_part))
        sheets.append(Sheet(_uri(guide, plan), plan.kind, plan.paper, plan.large, plan.facts["title"], foot["version"], pages, pdf))
    return sheets, sorted(set(problems))


def sheet_uris(guide: Guide) -> list[str]:
    """List where the sheets of a guide stand in the site, without setting any."""
    return [_uri(guide, plan) for plan in _plans(guide, {})]


def _plans(guide: Guide, leaflet: Facts) -> Iterator[_Plan]:
    papers = guide.about.pages.handout.papers
    yield from (_Plan("leaflet", paper, large, leaflet) for large in (False, True) for paper in papers)
    for step in guide.every(Management):
        if step.diary:
            facts = diary_facts(guide, step, step.diary)
            yield from (_Plan("diary", paper, False, facts, step) for paper in papers)


def _uri(guide: Guide, plan: _Plan) -> str:
    parts = (_slug(guide.about.name), plan.step.id if plan.step else "", PAPERS[plan.paper], "large-print" if plan.large else "")
    return f"handout/{'-'.join(filter(None, parts))}.pdf"


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "guide"


def _too_long(guide: Guide, plan: _Plan, pages: int, first_part: int) -> Problem:
    """Say which words push a sheet past its last page: those of the part that does not fit, longest first."""
    if plan.step:
        return plan.step.problem(("diary",), f"a diary of {pages} pages on {plan.paper}", "1 page", "Shorten its words, or drop a column or some days.")
    found = f"a printed guide of {pages} pages on {plan.paper}"
    if first_part > 1:
        sign = max(guide.every(RedFlag), key=lambda flag: len(flag.asked_on_paper))
        return sign.problem(("statement",), f"{found}, and this is its longest sign", "2 pages, with all signs on the first",
                            "Shorten this statement, or the time line.")
    step = max(guide.every(Management), key=lambda step: len(step.handout.do + step.handout.caution))
    return step.problem(("handout",), f"{found}, and this is its longest step", "2 pages, with all steps on the second", "Shorten this step.")
