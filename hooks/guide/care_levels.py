"""The five care levels, in one table: what a guide may name, and how each looks on the screen and on paper."""

from dataclasses import dataclass
from typing import Annotated, Literal

from guide.model.marks import Fact

CareLevelId = Annotated[Literal["emergency", "same-day", "appointment", "pharmacist", "self-care"], Fact()]


@dataclass(frozen=True)
class Look:
    """A care level as it is seen. Words and the weight of the border tell it from the others; colour only helps."""

    light: str  # its colour by day, and in the printed guide: dark enough for a bad copier
    dark: str  # its colour by night
    edge: int  # the width of its border on the screen, in CSS pixels
    printed_edge: float  # and in the printed guide, in points
    urgent: bool = False  # help is needed now or today: its words must be easier than all others


# Most urgent first.
LOOKS: dict[CareLevelId, Look] = {
    "emergency": Look("#9c1414", "#ff9a8f", 14, 5, urgent=True),
    "same-day": Look("#8f3f00", "#ffb270", 11, 3.5, urgent=True),
    "appointment": Look("#1c4f91", "#9cc4ff", 8, 2.2),
    "pharmacist": Look("#5c3a8e", "#cdb2ff", 6, 1.2),
    "self-care": Look("#1f6a3b", "#8fdca8", 4, 0.7),
}
CARE_LEVELS: tuple[CareLevelId, ...] = tuple(LOOKS)
URGENT: tuple[CareLevelId, ...] = tuple(care for care, look in LOOKS.items() if look.urgent)
