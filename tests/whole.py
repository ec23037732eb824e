"""The guide in a folder, of which nothing is missing and nothing wrong."""

from pathlib import Path

from guide.checker import check
from guide.model.guide import Guide


def whole(folder: Path) -> Guide:
    guide, problems = check(folder)
    assert guide and not problems, problems
    return guide
