"""What must be checked again, and what no clinician has seen.

`python hooks/review.py content` lists both in Markdown and fails only when something is overdue;
`--on 2027-12-01` asks for another day than today.
"""

import argparse
import datetime
import sys
from pathlib import Path

from model import Entry, Guide
from read import read_guide

SOON = datetime.timedelta(days=30)


def reviewed(guide: Guide) -> list[Entry]:
    """List every file that carries a review, the one that is due first at the top."""
    return sorted((entry for entry in guide.all_entries() if hasattr(entry, "review")), key=lambda entry: (entry.review.next_review, entry.path))


def overdue(guide: Guide, on: datetime.date) -> list[Entry]:
    """List what should have been checked again before the day `on`."""
    return [entry for entry in reviewed(guide) if entry.review.next_review < on]


def report(guide: Guide, on: datetime.date) -> str:
    """Write three lists in Markdown: overdue, due soon, and seen by no clinician."""
    late = overdue(guide, on)
    soon = [entry for entry in reviewed(guide) if on <= entry.review.next_review <= on + SOON]
    unseen = sorted(entry.path for entry in reviewed(guide) if entry.review.status != "reviewed")
    return "\n".join([
        f"## Overdue on {on}: {len(late)}", "", *map(_due, late), *[""] * bool(late),
        f"## Due by {on + SOON}: {len(soon)}", "", *map(_due, soon), *[""] * bool(soon),
        f"## Seen by no clinician: {len(unseen)} of {len(reviewed(guide))}", "", *(f"- {path}" for path in unseen)]).rstrip()


def _due(entry: Entry) -> str:
    return f"- {entry.path}: due {entry.review.next_review}, last checked {entry.review.reviewed}"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="review.py", description="List what must be checked again, and what no clinician has seen.")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("content"))
    parser.add_argument("--on", type=datetime.date.fromisoformat, default=datetime.date.today(), metavar="YEAR-MONTH-DAY")
    asked = parser.parse_args(arguments)
    guide, problems = read_guide(asked.folder)
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
        return 2
    print(report(guide, asked.on))
    return 1 if overdue(guide, asked.on) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
