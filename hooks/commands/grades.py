"""`make compare`, second part: print the reading grades that differ between two versions of a guide."""

import sys
from pathlib import Path

from guide.reader import read_draft
from language.grades import compare
from language.readability import Reading


def main(arguments: list[str]) -> int:
    """Compare the guides in two folders, in a Markdown table. Return 2 where that cannot be done."""
    if len(arguments) != 2:
        print("Name two folders: the guide before, and the guide after.", file=sys.stderr)
        return 2
    before, after = (Reading(read_draft(Path(folder))[0]) for folder in arguments)
    print(compare(before, after))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
