"""`make site`: build the site beside the old one; if nothing is missing in it, let the two change places."""

import os
import runpy
import sys
from pathlib import Path

from guide.checker import check
from handout.sheets import sheet_uris
from output import manifest
from output.atomic_swap import publish, staging_beside
from output.census import missing
from output.target import Refusal, ensure_free


def main(asked: str) -> int:
    site, status = Path(os.path.realpath(asked)), 1
    try:
        site = ensure_free(asked, os.environ.get("GUIDE", "content"))
        with staging_beside(site) as staging:
            status = _mkdocs(staging / "building") or _census(site, staging / "building", Path(os.environ.get("GUIDE", "content")))
            if status == 0:
                publish(staging, site)
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except OSError as error:
        print(f'{site}: Found "{error.strerror or error}" ({error.filename or "no file"}). Expected a folder to write in, with room for a second site. '
              "Make room, or choose another place with SITE=path.", file=sys.stderr)
        status = 1
    if status and os.path.exists(site / manifest.NAME):
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


def _census(site: Path, folder: Path, guide_folder: Path) -> int:
    """Count the finished files against the guide, whatever the generator says of itself; return 1 if anything is missing."""
    guide, _ = check(guide_folder)  # read once more, which costs little: what the build has read is kept
    lacking = missing(folder, guide, sheet_uris(guide)) if guide else ["a guide without problems"]
    for what in lacking:
        print(f"{site}: Found a build without {what}. Expected the whole guide. Build it again; if it is still missing, the generator drops it.",
              file=sys.stderr)
    return int(bool(lacking))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "site"))
