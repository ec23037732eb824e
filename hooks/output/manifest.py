"""A list of what this program wrote into a folder, so that it never deletes anything else. Knows nothing of MkDocs.

The list is published with the site, and `sha256sum --check SHA256SUMS` reads it. Its first line bears the digest
of the others: a list that someone else made, or added to, proves nothing.
"""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

NAME = "SHA256SUMS"
FIRST = "# `make site` wrote these files, and may replace this folder as long as it holds nothing else. The lines below: "


def write(folder: Path) -> None:
    """List every file of a folder with its digest."""
    digests = {path: _digest(folder / path) for path in _below(folder) if path != NAME}
    lines = "".join(f"{_sign(path)}{digest}  {_escape(path)}\n" for path, digest in sorted(digests.items()) if digest)
    (folder / NAME).write_bytes(os.fsencode(_sealed(lines)))


def proved(folder: Path) -> dict[str, str]:
    """Return the digest of each path that this program wrote into a folder; nothing where there is no true list."""
    file = folder / NAME
    own = None if folder.is_symlink() else _digest(file)
    if not own:
        return {}
    text = os.fsdecode(file.read_bytes())
    _, *lines = text.split("\n")
    if text != _sealed("\n".join(lines)):
        return {}
    return {line.lstrip("\\")[66:]: line.lstrip("\\")[:64] for line in lines[:-1]} | {NAME: own}


def strangers(folder: Path) -> list[str]:
    """Name what is in a folder and is not as this program wrote it. A file that is listed and gone is no loss, nor the folder it left empty."""
    ours = proved(folder)

    def is_ours(path: str) -> bool:
        name = _escape(path)
        if path.endswith("/"):
            return any(file.startswith(name) for file in ours)
        return name in ours and ours[name] == _digest(folder / path)

    return [path for path in _below(folder) if not is_ours(path)]


def delete(folder: Path) -> None:
    """Delete what this program wrote into a folder, the list last, and each folder that is then empty; leave all else."""
    for path in sorted(set(_below(folder)) - set(strangers(folder)), key=lambda path: (path == NAME, path)):
        (folder / path).rmdir() if path.endswith("/") else (folder / path).unlink()
        _delete_empty(folder / parent for parent in Path(path).parents)
    _delete_empty([folder])


def _delete_empty(folders: Iterable[Path]) -> None:
    """Delete folders from the inmost on, up to the first that holds something."""
    with suppress(OSError):
        for folder in folders:
            folder.rmdir()


def _below(folder: Path, way: str = "") -> Iterator[str]:
    """Yield the path of each file, link, device and empty folder below a folder; follow no link."""
    for entry in os.scandir(folder):
        if entry.is_dir(follow_symlinks=False):
            yield from list(_below(Path(entry.path), f"{way}{entry.name}/")) or [f"{way}{entry.name}/"]
        else:
            yield way + entry.name


def _digest(file: Path) -> str | None:
    """Return the SHA-256 of a file; None of a link, a folder, a device, and of what is not there."""
    with suppress(FileNotFoundError, NotADirectoryError):
        if stat.S_ISREG(os.lstat(file).st_mode):
            with file.open("rb") as opened:
                return hashlib.file_digest(opened, "sha256").hexdigest()
    return None


def _escape(path: str) -> str:
    """Write a path in one line, as sha256sum does."""
    return path.replace("\\", "\\\\").replace("\n", "\\n")


def _sign(path: str) -> str:
    """Return the sign that sha256sum puts at the head of a line where something is escaped."""
    return "\\" * (_escape(path) != path)


def _sealed(lines: str) -> str:
    """Put the first line above the others."""
    return f"{FIRST}{hashlib.sha256(os.fsencode(lines)).hexdigest()}\n{lines}"
