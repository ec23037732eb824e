"""The catalogue of the engine's own words, and dates written in them."""

import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@lru_cache
def read_words(language: str) -> dict[str, Any]:
    """Return the engine's own words in `language`."""
    words: dict[str, Any] = yaml.safe_load((FOLDER / f"{language}.yml").read_text(encoding="utf-8"))
    return words


def day(date: datetime.date, words: dict[str, Any]) -> str:
    """Write a date as a reader says it."""
    return f"{date.day} {words['months'][date.month - 1]} {date.year}"
