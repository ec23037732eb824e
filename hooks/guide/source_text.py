"""Bytes of a content file → its text: of a bearable size, in UTF-8, and with one idea of where a line ends."""

from pathlib import Path

from guide.document import end_of
from guide.problem import Problem

LARGEST_FILE = 256 * 1024  # bytes; the longest real file, the list of sources, is about 70 KB

# YAML, Python and editors disagree on whether these end a line; every later line number would be wrong to one of them.
_DISPUTED = {"\r": "carriage return alone", "\x85": "next line", "\u2028": "line separator", "\u2029": "paragraph separator"}


def read_bytes(file: Path, shown_as: str) -> tuple[bytes, list[Problem]]:
    """Return what stands in an ordinary file, up to a little more than the largest; a pipe or a device would never end."""
    try:
        if not file.is_file():
            raise OSError("no ordinary file")
        with file.open("rb") as stream:
            return stream.read(LARGEST_FILE + 1), []
    except OSError as error:
        return b"", [Problem(shown_as, 1, 1, f"what cannot be read ({error.strerror or error})", "an ordinary file", "Save it again, or delete it.")]


def text_of(raw: bytes, path: str) -> tuple[str, list[Problem]]:
    """Return the text of a file, each line of which ends with a line feed and nothing else; or nothing, and why."""
    if len(raw) > LARGEST_FILE:
        return "", [Problem(path, 1, 1, f"a file over {LARGEST_FILE // 1024} KiB", "a smaller one", "Split it into several entries.")]
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        return "", [Problem(path, *end_of(before), f"the byte 0x{error.object[error.start]:02x}", "text saved as UTF-8",
                            "Save the file again with the encoding UTF-8.")]
    problems = [Problem(path, *end_of(text[:at]), f"a {name} (U+{ord(sign):04X})", "a line feed where a line ends",
                        "Press Enter there instead, and save the file with the line ends LF or CRLF.")
                for sign, name in _DISPUTED.items() if (at := text.find(sign)) >= 0]
    return ("", problems) if problems else (text, [])
