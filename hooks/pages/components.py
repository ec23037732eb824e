"""The components of overrides/components/: their macros, and which of them have examples."""

from functools import lru_cache
from typing import Any

from pages.templates import TEMPLATES, environment

_FOLDER = TEMPLATES / "components"


def macros(shared: dict[str, Any]) -> dict[str, Any]:
    """Return the macros of every component by name, each of which sees what the page sees."""
    found: dict[str, Any] = {}
    for name in _component_names():
        module = environment().get_template(name).make_module(shared)
        found |= {macro: value for macro, value in vars(module).items() if not macro.startswith("_")}
    return found


@lru_cache
def _component_names() -> list[str]:
    return [file.relative_to(TEMPLATES).as_posix() for file in sorted(_FOLDER.glob("*/*.md")) if file.stem != "examples"]


def names_with_examples() -> list[str]:
    """Return the names of the components that the look-book shows."""
    names = sorted(file.parent.name for file in _FOLDER.glob("*/examples.md"))
    return sorted(names, key=lambda name: name == "source-list")  # it holds what the others cite, so it comes last
