"""A template that cannot be used → one problem with its place, instead of an end with a traceback."""

import traceback
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import jinja2
from guide.problem import Problem

from pages.templates import TEMPLATES


@contextmanager
def told(problems: list[Problem]) -> Iterator[None]:
    """Add what is wrong with a template of ours to `problems`; let every other error pass."""
    try:
        yield
    except Exception as error:
        place = _place(error)
        if place is None:
            raise
        said = error.message if isinstance(error, jinja2.TemplateSyntaxError) else error
        problem = Problem(*place, 1, f"a template that cannot be used ({said})", "one that Jinja can read and fill", "Mend it, or bring its last version back.")
        problems += [problem] * (problem not in problems)


def tell(environment: jinja2.Environment, problems: list[Problem]) -> None:
    """Let an environment go on with nothing in the place of a template that cannot be used, and add why to `problems`."""
    class Telling(jinja2.Template):
        def render(self, *values: Any, **named: Any) -> str:
            with told(problems):
                return super().render(*values, **named)
            return ""

    environment.template_class = Telling
    environment.loader = _TellingLoader(environment.loader, problems) if environment.loader else None


class _TellingLoader(jinja2.BaseLoader):
    """Loads as another loader does, and an empty template where that one cannot be read."""

    def __init__(self, loader: jinja2.BaseLoader, problems: list[Problem]):
        self.loader, self.problems = loader, problems

    def load(self, environment: jinja2.Environment, name: str, globals: MutableMapping[str, Any] | None = None) -> jinja2.Template:
        """Load a template by its name."""
        with told(self.problems):
            return self.loader.load(environment, name, globals)
        return environment.from_string("")

    def list_templates(self) -> list[str]:
        """List what the other loader has."""
        return self.loader.list_templates()


def _place(error: Exception) -> tuple[str, int] | None:
    """Return the file of ours in which a template stopped, and the line; None where it was none of our templates."""
    frames = [(frame.filename, frame.lineno or 1) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
        frames.append((error.filename, error.lineno))
    ours = [(Path(file).resolve(), line) for file, line in frames if Path(file).resolve().is_relative_to(TEMPLATES)]
    return (ours[-1][0].relative_to(TEMPLATES.parent).as_posix(), ours[-1][1]) if ours else None
