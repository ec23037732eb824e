"""What the checklist must answer, said a second time and in another way than the script that ships.

The script works with bit masks and the first level that matches; this works with sets, levels and the smallest of them.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from guide.care_levels import CARE_LEVELS, CareLevelId
from guide.model.entries import RedFlag
from guide.model.guide import Guide

OUTCOMES: list[CareLevelId | None] = [None, *CARE_LEVELS]  # everything that can come out, by its number plus one in the script: nothing, or a level
ALLOWED = re.compile(r"until you have asked|which sign you have|\b[Ii]f you have\b|\bSay (?:if|that|how long)\b[^.]*|your cancer team's")  # read, and no finding
FINDING = re.compile(
    r"you(?:'re| are) (?:fine|ok|okay|well|healthy|safe|all right)|nothing (?:is |to )?(?:wrong|worr|serious)|no (?:need to worry|danger|cause for)"
    r"|rul(?:ed?|ing) (?:\w+ )?out|not serious|all clear|harmless|you(?:'ve| have| haven't| do not have| don't have| may have| might have| could have| likely have)\b"
    r"|diagnosed|probab|likely|chance|score|per cent|%|\bstroke\b|tumou?r|cancer|epilep|palsy|sclerosis|parkinson|neurone", re.IGNORECASE)


@dataclass(frozen=True)
class Group:
    """Signs of one care level that are answered together."""

    care: CareLevelId
    signs: list[str]


@dataclass(frozen=True)
class Checklist:
    """The parts of a guide's checklist by their name; parts and signs stand in the order of the page."""

    groups: dict[str, Group]

    @classmethod
    def of(cls, guide: Guide) -> "Checklist":
        early, last, flags = guide.about.checklist.asked_early, guide.about.checklist.asked_last, guide.every(RedFlag)
        groups: dict[str, Group] = {care: Group(care, [flag.id for flag in flags if flag.care == care and flag.id not in (early, last)]) for care in CARE_LEVELS}
        alone = {"early": early, "last": last}
        order = {"emergency": 0, "early": 1, "same-day": 2, "appointment": 3, "pharmacist": 4, "last": 5}  # no part comes before danger
        every = {**groups, **{name: Group(flag.care, [flag.id]) for name, id_ in alone.items() for flag in flags if flag.id == id_}}
        return cls({name: every[name] for name in sorted(every, key=lambda name: order.get(name, 9)) if every[name].signs})

    @property
    def signs(self) -> list[str]:
        return [sign for group in self.groups.values() for sign in group.signs]

    @property
    def levels(self) -> dict[str, CareLevelId]:
        """The care level of each sign."""
        return {sign: group.care for group in self.groups.values() for sign in group.signs}

    @property
    def names(self) -> dict[str, str]:
        """The part in which each sign stands."""
        return {sign: name for name, group in self.groups.items() for sign in group.signs}

    def at(self, care: str) -> list[str]:
        """The signs of one care level, in whichever part they stand."""
        return [sign for sign, level in self.levels.items() if level == care]

    @property
    def results(self) -> list[CareLevelId]:
        """Every level that can come out: each that has signs, self-care."""
        return [care for care in CARE_LEVELS if self.at(care) or care == "self-care"]

    def outcome(self, ticks: Collection[str] = (), unsure: Collection[str] = (), none: Collection[str] = ()) -> CareLevelId | None:
        """The most urgent level that is ticked or not sure; self-care if every part was answered "none"; else nothing."""
        levels = [*(self.levels[sign] for sign in ticks), *(self.groups[name].care for name in unsure)]
        if levels:
            return min(levels, key=CARE_LEVELS.index)
        return "self-care" if set(none) == set(self.groups) else None

    def table(self, signs: Sequence[str], ticked: Sequence[str] = ()) -> bytes:
        """The outcome of every subset of these signs, with those that are ticked besides: a byte each, by its number in OUTCOMES. Sign number n is bit n.

        A sign more makes the table twice as long: the new half is the old one, where the new sign's level holds if it is more urgent.
        """
        table = bytes([OUTCOMES.index(self.outcome(ticked))])
        for sign in signs:
            own = OUTCOMES.index(self.levels[sign])
            table += table.translate(bytes([own, *(min(own, other) for other in range(1, 256))]))
        return table

    def pieces(self, size: int = 20) -> Iterator[bytes]:
        """The table of every subset of all signs, in pieces of 2 to the `size`. Pieces of the same outcome are one and the same table."""
        low, high = self.signs[:size], self.signs[size:]
        tables: dict[int, bytes] = {}
        for kind in self.table(high):  # the outcome of the signs that a piece has in common
            if kind not in tables:
                tables[kind] = self.table(low, [sign for sign in high if self.levels[sign] == OUTCOMES[kind]][:1])
            yield tables[kind]


def findings(text: str) -> list[str]:
    """Where the text of an outcome says what the reader has, has not, or how likely it is."""
    text = ALLOWED.sub("", text)
    return [f"says “{found[0]}”: …{text[max(found.start() - 40, 0):found.end() + 40]}…" for found in FINDING.finditer(text)]
