"""Build the site beside the old one, then let the two change places at one stroke. `python hooks/swap.py site`

Whatever happens on the way (a mistake in the content, a kill, a full disk), the last good site stands
whole where it stood. Two builds at once have a folder each; the one that ends last stays.
"""

import ctypes
import fcntl
import os
import runpy
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

AT_FDCWD, RENAME_EXCHANGE = -100, 2  # linux/fcntl.h, linux/fs.h


def main(site: Path) -> int:
    site = Path(os.path.abspath(site))
    try:
        with _place_beside(site) as place:
            new = place / "new"
            status = _mkdocs(new)
            if status == 0:
                _exchange(new, site)
    except OSError as error:
        print(f'{site}: Found "{error.strerror or error}" ({error.filename or "no file"}). Expected a folder to write in, with room for a second site. '
              "Make room, or choose another place with SITE=path.", file=sys.stderr)
        status = 1
    if status and site.exists():
        print(f"The last good site still stands in {site}.", file=sys.stderr)
    return status


def _mkdocs(folder: Path) -> int:
    """Run `mkdocs build --strict` in this process, which spares a start of Python; return its status."""
    sys.argv = ["mkdocs", "build", "--strict", "--site-dir", str(folder)]
    try:
        runpy.run_module("mkdocs", run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0


@contextmanager
def _place_beside(site: Path) -> Iterator[Path]:
    """Give a folder beside the site, so on its disk, that is ours while this process lives; first clear away what a killed build left."""
    site.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as ours:
        with _held(site.parent, fcntl.LOCK_EX):  # one build at a time, so that none takes a folder just made for one left behind
            for left in site.parent.glob(f".{site.name}.*"):
                with suppress(BlockingIOError), _held(left):
                    if not site.exists() and (left / "old").exists():
                        os.rename(left / "old", site)  # killed in the middle of a swap in two steps
                    shutil.rmtree(left, ignore_errors=True)
            place = Path(tempfile.mkdtemp(prefix=f".{site.name}.", dir=site.parent))
            ours.callback(shutil.rmtree, place, ignore_errors=True)
            ours.enter_context(_held(place))
        yield place


@contextmanager
def _held(folder: Path, how: int = fcntl.LOCK_EX | fcntl.LOCK_NB) -> Iterator[None]:
    """Hold a folder; fail if a living process does. The system lets go when a process and those split off from it end, however they end."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, how)
        yield
    finally:
        os.close(handle)


def _exchange(new: Path, site: Path) -> None:
    """Put the new site where the old one is: in one step where the system has it (Linux), else in two."""
    if not site.exists():
        with suppress(OSError):  # another build may have come first
            os.rename(new, site)
            return
    renameat2 = getattr(ctypes.CDLL(None), "renameat2", None)
    if renameat2 and renameat2(AT_FDCWD, os.fsencode(new), AT_FDCWD, os.fsencode(site), RENAME_EXCHANGE) == 0:
        return
    os.rename(site, new.parent / "old")
    os.rename(new, site)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "site")))
