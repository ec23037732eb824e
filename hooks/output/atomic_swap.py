"""Let a new site, built beside the old one, change places with it at one stroke.

Whatever happens on the way (a mistake in the content, a kill, a full disk), the last good site stands
whole where it stood. Two builds at once have a folder each; the one that ends last stays. None waits for a lock.
Only a folder that this program wrote is replaced: target.py says which, by the list that manifest.py keeps.
"""

import ctypes
import errno
import fcntl
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from output import manifest
from output.target import Refusal, ensure_ours

AT_FDCWD, RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h
MARK, SAYS = "WHAT-IS-THIS.txt", "A build of the site is at work in this folder, or was killed in it. The next `make site` clears it away.\n"


@contextmanager
def staging_beside(site: Path) -> Iterator[Path]:
    """Give a folder beside the site, so on its disk, that is ours while this process lives; first clear away what killed builds left."""
    site.parent.mkdir(parents=True, exist_ok=True)
    for left in _left_beside(site):
        with suppress(OSError), _held(left, site):  # its builder may live, another build may be clearing it, or it is another user's
            pass
    staging = Path(tempfile.mkdtemp(prefix=f".{site.name}.", dir=site.parent))
    with _held(staging, site):
        (staging / MARK).write_text(SAYS)  # not before it is held, so that no other build takes it for one left behind
        yield staging


def _left_beside(site: Path) -> list[Path]:
    """List the folders beside a site that builds of it marked as theirs."""
    name = re.compile(re.escape(f".{site.name}.") + r"[a-z0-9_]{8}")
    return [Path(entry.path) for entry in os.scandir(site.parent)
            if name.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False) and _is_marked(Path(entry.path) / MARK)]


def _is_marked(mark: Path) -> bool:
    return os.path.isfile(mark) and not mark.is_symlink() and mark.read_bytes() == SAYS.encode()


@contextmanager
def _held(staging: Path, site: Path) -> Iterator[None]:
    """Hold a builder's folder, and clear it away at the end; fail if a living process holds it.

    The system lets go when a process and those split off from it end, however they end.
    """
    handle = os.open(staging, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        try:
            yield
        finally:
            _clear(staging, site)
    finally:
        os.close(handle)


def _clear(staging: Path, site: Path) -> None:
    """Delete a builder's folder with what is proved to be ours; first bring back a site that a kill in the middle of a swap left in it."""
    with suppress(OSError):  # there is none, or a site stands
        os.rename(staging / "old", site)
    shutil.rmtree(staging / "building", ignore_errors=True)
    for folder in ("site", "old"):
        with suppress(OSError):
            manifest.delete(staging / folder)
    if os.listdir(staging) in ([], [MARK]):
        (staging / MARK).unlink(missing_ok=True)
        staging.rmdir()
    else:
        print(f"{staging}: Found files that this program did not write, or may not delete. Expected none. Move them out, then delete the folder.",
              file=sys.stderr)


def publish(staging: Path, site: Path) -> None:
    """Put the new site where the old one is; undo it and refuse if someone else wrote there during the build."""
    manifest.write(staging / "building")
    new = (staging / "building").rename(staging / "site")  # from here on it may hold an old site, so only what is listed is deleted
    if _moved(new, site):
        return
    _exchange(new, site)
    try:
        ensure_ours(new, site)
    except Refusal:
        _exchange(new, site)
        raise


def _moved(new: Path, site: Path) -> bool:
    """Put the new site where nothing is, or an empty folder; tell whether it was so."""
    try:
        os.rename(new, site)
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST):
            raise
        return False
    return True


def _exchange(new: Path, site: Path) -> None:
    """Let two folders change places: in one step where the system has it (Linux), else in three."""
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    if renameat2 and renameat2(AT_FDCWD, os.fsencode(new), AT_FDCWD, os.fsencode(site), RENAME_EXCHANGE) == 0:
        return
    os.rename(site, new.parent / "old")
    os.rename(new, site)
    os.rename(new.parent / "old", new)
