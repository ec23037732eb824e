"""Guide → PDF. The printed management guide and the diary, on every paper of the guide, in standard and large print.

The pages are set by Typst from overrides/handout/. What they say is gathered here as plain data; its
fingerprint is the version that stands on the paper, so that a copy can be told from a newer one.
"""

import datetime
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from model import CARE_LEVELS, Guide, Management, Picture, RedFlag, Sheet
from problem import Problem
from render import day, read_words

HERE = Path(__file__).parent.parent / "overrides" / "handout"
FONT = "Atkinson Hyperlegible"
MOST_PAGES = {"leaflet": 2, "diary": 1}  # in standard print: one sheet of paper, and one side of it
PAPERS = {"a4": "a4", "us-letter": "letter"}  # as they stand in a file's name

Facts = dict[str, Any]


def print_sheets(guide: Guide, folder: Path, address: str | None = None) -> tuple[list[Sheet], list[Problem]]:
    """Print every sheet of a guide that has no problems. With the site's own `address` they bear a code that leads there."""
    if FONT not in _fonts().families():
        return [], [Problem("overrides/handout/fonts", 1, 1, f'no font "{FONT}"', "its .ttf files, regular and bold",
                            "Bring them back from an earlier version.")]
    templates = tuple(file.stat().st_mtime_ns for file in sorted(HERE.glob("*.typ")))
    leaflet = _leaflet(guide, folder)
    shared = _shared(guide, _fingerprint(leaflet), address)
    sheets, problems = [], []
    for kind, step, paper, large in _plans(guide):
        facts = (leaflet if kind == "leaflet" else _diary(guide, step)) | shared | {"paper": paper, "large": large}
        try:
            pdf, pages, first_part = _set(kind, json.dumps(facts), templates)
        except typst.TypstError as error:
            problems += _cannot_be_set(guide, kind, error.message)
            continue
        if not large and pages > MOST_PAGES[kind]:
            problems.append(_too_long(guide, step, paper, pages, first_part))
        parts = (_slug(guide.about.name), step.id if step else "", PAPERS[paper], "large-print" if large else "")
        sheets.append(Sheet(f"handout/{'-'.join(filter(None, parts))}.pdf", kind, paper, large, facts["title"], shared["version"], pages, pdf))
    return sheets, sorted(set(problems))


def version(guide: Guide, folder: Path) -> str:
    """Return eight signs that change when the words of the printed guide do. The date of its review is no part of them."""
    return _fingerprint(_leaflet(guide, folder))


def _plans(guide: Guide) -> Iterator[tuple[str, Management | None, str, bool]]:
    """Yield (kind, the step whose diary it is, paper, large) for every sheet."""
    papers = guide.about.pages.handout.papers
    yield from (("leaflet", None, paper, large) for large in (False, True) for paper in papers)
    for step in guide.entries["management"].values():
        if step.diary:
            yield from (("diary", step, paper, False) for paper in papers)


def _leaflet(guide: Guide, folder: Path) -> Facts:
    """Gather what the management guide says."""
    about = guide.about
    first_numbers = {country.region: country.emergency[0].number for country in reversed(guide.emergency_numbers.countries)}
    return {
        "title": about.pages.handout.name, "guide": about.name, "answer": about.answer, "description": about.pages.handout.answer,
        "picture": _drawing(folder, about.picture) if about.picture else None,
        "levels": [_level(guide, care, flags) for care in CARE_LEVELS
                   if (flags := [flag for flag in guide.entries["red-flags"].values() if flag.care == care])],
        "numbers": [[region, first_numbers[region]] for region in dict.fromkeys(country.region for country in guide.emergency_numbers.countries)],
        "crisis_line": guide.care_levels.crisis_line,
        "time_line": [span.model_dump(include={"when", "what", "care"}) for span in about.time_line],
        "steps_title": about.pages.management.name, "steps_answer": about.pages.management.answer,
        "steps": [{"name": step.name, "icon": _svg(folder, step.icon) if step.icon else None, **step.handout.model_dump()}
                  for step in guide.entries["management"].values()],
        "how_sure": about.pages.handout.how_sure.says,
    }


def _level(guide: Guide, care: str, flags: list[RedFlag]) -> Facts:
    """Gather what stands in the box of a care level: its signs, how soon where the level alone does not say it, and one thing to do.

    A time that several signs share stands once above them; one of its own stands beside its sign.
    """
    level, groups = guide.care_levels.level(care), {}
    shared = Counter(flag.how_soon for flag in flags)
    for flag in flags:
        plain = level.says_how_soon(flag)
        heading = flag.how_soon if shared[flag.how_soon] > 1 and not plain else None
        groups.setdefault(heading, []).append([flag.asked_on_paper] if plain or heading else [flag.asked_on_paper, flag.how_soon])
    return {
        "care": care, "name": level.name, "action": level.handout,
        "groups": [{"how_soon": how_soon, "signs": signs} for how_soon, signs in groups.items()],
    }


def _fingerprint(facts: Facts) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:8]


def _diary(guide: Guide, step: Management) -> Facts:
    """Gather what a diary says."""
    return {
        "title": step.diary.name, "guide": guide.about.name, "answer": step.answer, "description": step.answer, "danger": guide.about.danger,
        **step.diary.model_dump(exclude={"name"}),
    }


def _shared(guide: Guide, version: str, address: str | None) -> Facts:
    """Gather what stands at the foot of every sheet, and the engine's own words."""
    review, words = guide.about.review, read_words(guide.about.language)
    until = day(review.next_review, words)
    status = words["status"][review.status] + (f" {', '.join(review.reviewed_by)}." if review.reviewed_by else "")
    page = f"{address.rstrip('/')}/changes/#copy-{version}" if address else None
    return {
        "language": guide.about.language, "version": version,
        "words": words["handout"] | {name: words[name] for name in ("how_sure", "time_line", "not_a_diagnosis")},
        "date": [review.reviewed.year, review.reviewed.month, review.reviewed.day],
        "dates": [f"{words['checked']} {day(review.reviewed, words)}. {words['next_check']} {until}.", status,
                  words["handout"]["version"].format(version=version)],
        "age": words["handout"]["scan" if address else "no_scan"].format(date=until),
        "short_address": re.sub(r"^https?://|/$", "", address) if address else None,
        "code": {"address": page, "svg": _code(page), "description": words["handout"]["code"]} if page else None,
    }


@lru_cache(maxsize=32)  # a preview sets only what an edit has changed
def _set(kind: str, facts: str, templates: tuple) -> tuple[bytes, int, int]:
    """Return the PDF of a sheet, how many pages it has, and how many its first part takes; `templates` tells when these were last changed."""
    compiler = typst.Compiler(HERE / f"{kind}.typ", root=HERE, font_paths=_fonts(), ignore_system_fonts=True, sys_inputs={"sheet": facts})
    pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=datetime.datetime(*json.loads(facts)["date"], tzinfo=datetime.UTC))
    first_part, pages = json.loads(compiler.query("<page-number>", field="value"))
    return pdf, pages, first_part


_LACKING = re.compile(r'the text `"([^\\])')  # Typst escapes what cannot be seen by itself
_PRINTED = re.compile(r"(?:guide|care-levels|emergency-numbers)\.yml|(?:red-flags|management)/")


def _cannot_be_set(guide: Guide, kind: str, message: str) -> list[Problem]:
    """Point at every printed file that holds a sign the font lacks; at the template, for whatever else Typst complains of."""
    if lacking := _LACKING.search(message):
        files = [document for name, document in guide.documents.items() if _PRINTED.match(name) and lacking[1] in document.text]
        if files:
            return [Problem(file.path, *file.find(lacking[1], (1, 1)), f'"{lacking[1]}", which the font of the printed guide does not have',
                            "letters, digits and signs that it has", "Say it in words.") for file in files]
    return [Problem(f"overrides/handout/{kind}.typ", 1, 1, f"a sheet that cannot be set ({message})",
                    "a template that Typst can read, and words its font can show", "Undo the last change, there or in the words.")]


def _too_long(guide: Guide, diary: Management | None, paper: str, pages: int, first_part: int) -> Problem:
    """Say which words push a sheet past its last page: those of the part that does not fit, longest first."""
    found = f"a printed guide of {pages} pages on {paper}"
    if diary:
        return diary.problem(("diary",), f"a diary of {pages} pages on {paper}", "1 page", "Shorten its words, or drop a column or some days.")
    if first_part > 1:
        longest = max(guide.entries["red-flags"].values(), key=lambda flag: len(flag.asked_on_paper))
        return longest.problem(("question",), f"{found}, and this is its longest sign", "2 pages, with all signs on the first",
                               "Shorten this question, or the time line.")
    longest = max(guide.entries["management"].values(), key=lambda step: len(step.handout.do + step.handout.caution))
    return longest.problem(("handout",), f"{found}, and this is its longest step", "2 pages, with all steps on the second", "Shorten this step.")


def _drawing(folder: Path, picture: Picture) -> Facts:
    return {"svg": _svg(folder, picture.file), "description": picture.description}


def _svg(folder: Path, name: str) -> str:
    return (folder / "images" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache
def _code(address: str) -> str:
    """Return a QR code as SVG; an eighth of it may be lost to a bad copier."""
    import segno  # here, since it brings much with it, and only a site with an address bears a code

    out = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(out, kind="svg", border=4, xmldecl=False)
    return out.getvalue().decode()


@lru_cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[HERE / "fonts"])


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-") or "guide"
