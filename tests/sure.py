"""What must be there; where it is not, the test fails at that line."""

from typing import TypeVar

T = TypeVar("T")


def sure(value: T | None) -> T:
    """Return a value that is not None."""
    assert value is not None, "nothing is there"
    return value
