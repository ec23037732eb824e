"""`make review`: list what must be checked again and what no clinician has seen. Fails only when something is overdue."""

import argparse
import datetime
import sys
from pathlib import Path

from guide.reader import read_draft
from review.due import overdue, report


def main(arguments: list[str]) -> int:
    """Print the three lists for today, or for the day after `--on`. Return 1 when something is overdue, 2 when the content cannot be read."""
    parser = argparse.ArgumentParser(prog="review.py", description="List what must be checked again, and what no clinician has seen.")
    parser.add_argument("folder", type=Path, nargs="?", default=Path("content"))
    parser.add_argument("--on", type=datetime.date.fromisoformat, default=datetime.date.today(), metavar="YEAR-MONTH-DAY")
    asked = parser.parse_args(arguments)
    draft, problems = read_draft(asked.folder)
    if problems:
        print(*problems, sep="\n", file=sys.stderr)
        return 2
    print(report(draft, asked.on))
    return 1 if overdue(draft, asked.on) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
