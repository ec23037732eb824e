"""Problems, in the way in which GitHub shows them beside the lines of a pull request."""

from pathlib import Path

from guide.problem import Problem


def annotations(problems: list[Problem], folder: Path) -> str:
    """Write the problems as commands that GitHub reads from the output of a check."""
    return "\n".join(_command(problem, folder) for problem in problems)


def _command(problem: Problem, folder: Path) -> str:
    path = _escaped((folder.parent / problem.path).as_posix()).replace(":", "%3A").replace(",", "%2C")
    sentence = str(problem).partition(": ")[2]
    return f"::error file={path},line={problem.line},col={problem.column}::{_escaped(sentence)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
