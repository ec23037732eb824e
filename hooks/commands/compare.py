"""`make compare`: print what changed between two versions of a guide."""

import sys
from pathlib import Path

from guide.reader import read_draft
from review.comparison import Comparison, report


def main(arguments: list[str]) -> int:
    """Compare the guides in two folders. Return 2 where that cannot be done."""
    if len(arguments) != 2:
        print("Name two folders: the guide before, and the guide after.", file=sys.stderr)
        return 2
    read = [read_draft(Path(folder)) for folder in arguments]
    if any(problems for _, problems in read):
        print("The guide cannot be compared until its problems are mended.")
        return 2
    print(report(Comparison(*(guide for guide, _ in read)).changes()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
