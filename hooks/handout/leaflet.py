"""The management guide: what it says, as plain data, and the version that stands on it."""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from guide.care_levels import CARE_LEVELS, CareLevelId
from guide.model.entries import Management, RedFlag
from guide.model.guide import Guide
from guide.model.parts import Picture

Facts = dict[str, Any]  # what a sheet says, as its template reads it


def leaflet_facts(guide: Guide, folder: Path) -> Facts:
    """Gather what the management guide says."""
    about, opening = guide.about, guide.about.pages.handout
    return {
        "title": opening.name, "guide": about.name, "answer": about.answer, "description": opening.answer,
        "picture": _drawing(folder, about.picture) if about.picture else None,
        "levels": [_level(guide, care, flags) for care in CARE_LEVELS if (flags := guide.flags_at(care))],
        "numbers": [[region, number] for region, number in guide.emergency_numbers.first_numbers.items()],
        "crisis_line": guide.care_levels.crisis_line,
        "time_line": [{"when": span.when, "what": span.what, "care": span.care} for span in about.time_line],
        "steps_title": about.pages.management.name, "steps_answer": about.pages.management.answer,
        "steps": [{"name": step.name, "icon": _svg(folder, step.icon) if step.icon else None, **step.handout.model_dump()}
                  for step in guide.every(Management)],
        "how_sure": opening.how_sure.says,
    }


def fingerprint(facts: Facts) -> str:
    """Return eight signs that change when the facts do."""
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()[:8]


def version(guide: Guide, folder: Path) -> str:
    """Return eight signs that change when the words of the printed guide do. The date of its review is no part of them."""
    return fingerprint(leaflet_facts(guide, folder))


def _level(guide: Guide, care: CareLevelId, flags: list[RedFlag]) -> Facts:
    """Gather what stands in the box of a care level: its signs, how soon where the level alone does not say it, and one thing to do.

    A time that several signs share stands once above them; one of its own stands beside its sign.
    """
    level = guide.care_levels.level(care)
    groups: dict[str | None, list[list[str]]] = {}
    shared = Counter(flag.how_soon for flag in flags)
    for flag in flags:
        plain = level.says_how_soon(flag)
        heading = flag.how_soon if shared[flag.how_soon] > 1 and not plain else None
        groups.setdefault(heading, []).append([flag.asked_on_paper] if plain or heading else [flag.asked_on_paper, flag.how_soon])
    return {
        "care": care, "name": level.name, "action": level.handout,
        "groups": [{"how_soon": how_soon, "signs": signs} for how_soon, signs in groups.items()],
    }


def _drawing(folder: Path, picture: Picture) -> Facts:
    return {"svg": _svg(folder, picture.file), "description": picture.description}


def _svg(folder: Path, name: str) -> str:
    return (folder / "images" / f"{name}.svg").read_text(encoding="utf-8")
