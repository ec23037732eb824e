"""`make schema`: write the JSON Schemas that editors use anew."""

import sys
from pathlib import Path

from guide.schemas import schemas


def main(arguments: list[str]) -> int:
    """Write every schema into the folder that is named."""
    folder = Path(arguments[0] if arguments else "content/schema")
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
