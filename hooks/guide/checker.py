"""A folder of content → the whole Guide, or every problem."""

from pathlib import Path

from guide.model.guide import Draft, Guide, whole
from guide.problem import Problem
from guide.reader import read_draft
from guide.rules import OF_A_DRAFT, OF_A_GUIDE


def check(folder: Path) -> tuple[Guide | None, list[Problem]]:
    """Read the guide in `folder` and apply every rule. Return the guide, or None and its problems."""
    draft, problems = examine(folder)
    return (draft if isinstance(draft, Guide) and not problems else None), problems


def examine(folder: Path) -> tuple[Draft, list[Problem]]:
    """Return what could be read of the guide in `folder`, a Guide if that was everything, and what its rules find wrong."""
    draft, problems = read_draft(folder)
    guide = None if problems else whole(draft)  # a file that cannot be read would make a rule complain of its neighbours
    problems += [problem for rule in OF_A_DRAFT for problem in rule(guide or draft)]
    problems += [problem for rule in OF_A_GUIDE for problem in rule(guide)] if guide else []
    return guide or draft, sorted(set(problems))


def report(problems: list[Problem]) -> str:
    """Write the problems one a line, with their count."""
    count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
    return "\n".join([*map(str, problems), count])
