"""What was made once, kept in a file by a fingerprint of all that it was made from. Knows nothing of MkDocs."""

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

ROOM = 500  # how many answers are kept for other guides and for how this one was before


class Memory:
    """Answers by fingerprint; a file that is missing, spoilt or cannot be written costs time and nothing else."""

    def __init__(self, file: Path):
        self._file = file
        self.new: dict[str, Any] = {}  # what was kept since the file was read or written
        self._used: dict[str, Any] = {}
        self._older: dict[str, Any] = {}
        with suppress(OSError, ValueError, TypeError):
            self._older.update(json.loads(file.read_text(encoding="utf-8")))

    def recall(self, key: str) -> Any:
        """Return what was kept under a fingerprint, or None."""
        if key in self._older:
            self._used[key] = self._older.pop(key)
        return self._used.get(key)

    def keep(self, key: str, answer: Any) -> None:
        self._used[key] = self.new[key] = answer

    def save(self) -> None:
        """Write what this build used and the newest of the rest, in one step; what was used is older from now on."""
        self._older = dict([*self._older.items()][-ROOM:]) | self._used
        self._used = {}
        if not self.new:
            return
        beside = self._file.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(json.dumps(self._older, ensure_ascii=False), encoding="utf-8")
            beside.replace(self._file)
        with suppress(OSError):
            beside.unlink()  # still there if the disk was full
        self.new = {}


def fingerprint(*parts: Any) -> str:
    return hashlib.sha256("\0".join(map(repr, parts)).encode()).hexdigest()
