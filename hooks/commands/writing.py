"""Write a file whole, or leave the old one as it is."""

import os
from contextlib import suppress
from pathlib import Path


def write_whole(file: Path, text: str) -> None:
    """Write beside the old file, then let the new one take its place at one stroke. End with a sentence where that cannot be done."""
    new = file.with_name(f".{file.name}.new")  # hidden, so that a preview passes it over
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        new.write_text(text, encoding="utf-8")
        os.replace(new, file)
    except OSError as error:
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise SystemExit(f'{file}: Found "{error.strerror or error}". Expected a folder to write in, with room. Make room, or choose another place.') from error
