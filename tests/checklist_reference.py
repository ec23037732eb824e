"""What the checklist must answer, said a second time and in another way than the script that ships.

The script works with bit masks and the first group that matches; this works with sets, levels and the smallest of them.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from guide.care_levels import CARE_LEVELS, CareLevelId
from guide.model.entries import RedFlag
from guide.model.guide import Guide

ALLOWED = ("until you have asked", "which sign you have")  # read, and no finding
FINDING = re.compile(
    r"you(?:'re| are) (?:fine|ok|okay|well|healthy|safe|all right)|nothing (?:is |to )?(?:wrong|worr|serious)|no (?:need to worry|danger|cause for)"
    r"|rul(?:ed?|ing) (?:\w+ )?out|not serious|all clear|harmless|you(?:'ve| have| haven't| do not have| don't have| may have| might have| could have| likely have)\b"
    r"|diagnosed|probab|likely|chance|score|per cent|%|\bstroke\b|tumou?r|cancer|epilep|palsy|sclerosis|parkinson|neurone", re.IGNORECASE)


@dataclass(frozen=True)
class Checklist:
    """The signs of a guide by their care level; levels and signs stand in the order of the page."""

    groups: dict[CareLevelId, list[str]]

    @classmethod
    def of(cls, guide: Guide) -> "Checklist":
        flags = guide.every(RedFlag)
        groups = {care: [flag.id for flag in flags if flag.care == care] for care in CARE_LEVELS}
        return cls({care: signs for care, signs in groups.items() if signs})

    @property
    def signs(self) -> list[str]:
        return [sign for signs in self.groups.values() for sign in signs]

    @property
    def levels(self) -> dict[str, CareLevelId]:
        """The care level of each sign."""
        return {sign: care for care, signs in self.groups.items() for sign in signs}

    @property
    def results(self) -> list[CareLevelId]:
        """Every level that can come out, by its number: each that has signs, self-care."""
        return [*self.groups, "self-care"]

    @property
    def outcomes(self) -> list[CareLevelId | None]:
        """Everything that can come out, by its number plus one: nothing, or a level."""
        return [None, *self.results]

    def outcome(self, ticks: Collection[str] = (), unsure: Collection[str] = (), none: Collection[str] = ()) -> str | None:
        """The most urgent level that is ticked or not sure; self-care if all groups were answered "none"; else nothing."""
        levels = [*(self.levels[sign] for sign in ticks), *unsure]
        if levels:
            return min(levels, key=CARE_LEVELS.index)
        return "self-care" if set(none) == set(self.groups) else None

    def every_subset(self, *, nothing: int = 0) -> bytes:
        """The outcome of every subset of the signs, a byte each; sign number n is bit n, and `nothing` stands for no tick at all.

        A sign more makes the table twice as long: the new half is the old one, where the new sign's level holds if it is more urgent.
        """
        table = bytes(1)
        for sign in self.signs:
            own = 1 + list(self.groups).index(self.levels[sign])
            table += table.translate(bytes([own, *(min(own, other) for other in range(1, 256))]))
        return bytes([nothing]) + table[1:]


def findings(text: str) -> list[str]:
    """Where the text of an outcome says what the reader has, has not, or how likely it is."""
    for words in ALLOWED:
        text = text.replace(words, "")
    return [f"says “{found[0]}”: …{text[max(found.start() - 40, 0):found.end() + 40]}…" for found in FINDING.finditer(text)]
