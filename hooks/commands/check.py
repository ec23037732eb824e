"""`make check`: print every problem of a guide, sorted and counted, then those of its language; where there are none, the reading grade of every page."""

import os
import sys
from pathlib import Path

from guide.checker import examine, report
from guide.model.guide import Draft, Guide
from guide.problem import Problem
from handout.sheets import print_sheets
from language.grades import table
from language.limits import check_language
from language.readability import Reading

from commands.github import annotations


def main(arguments: list[str]) -> int:
    """Check the guide in the folder that is named. A build does without this: a hard sentence stops no site."""
    folder = Path(arguments[0] if arguments else "content")
    draft, problems = examine(folder)
    if isinstance(draft, Guide) and not problems:
        _, problems = print_sheets(draft, folder, "https://example.org/a-guide/")  # with the code that a published copy bears
    reading = Reading(draft)
    if _knows_its_words(draft, folder):
        problems += check_language(reading)
    if problems:
        _say(problems, folder)
        return 1
    print(table(reading))
    print(f"{folder}: {len(draft.documents)} files, {len(draft.sources)} sources, no problem")
    return 0


def _knows_its_words(draft: Draft, folder: Path) -> bool:
    """Tell whether glossary and sources could be read; the words of one that could not would be found to be missing everywhere."""
    return all(words or not (folder / f"{name}.yml").is_file() for name, words in (("glossary", draft.glossary), ("sources", draft.sources)))


def _say(problems: list[Problem], folder: Path) -> None:
    print(report(problems), file=sys.stderr)
    if os.environ.get("GITHUB_ACTIONS"):
        print(annotations(problems, folder))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
