"""Which folder the site may take the place of: one that is absent, empty, or wholly this program's own work. Knows nothing of MkDocs."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

from output import manifest

PROGRAM = Path(__file__).resolve().parents[2]
PARTS = (".ci", ".git", ".github", ".venv", ".vscode", "content", "hooks", "overrides", "tests")
ELSEWHERE = "choose another place with SITE=path"


class Refusal(Exception):
    """A place that must stay as it is; says so in one sentence."""

    def __init__(self, place: object, found: str, repair: str, expected: str = "a folder for the site alone"):
        super().__init__(f"{place}: Found {found}. Expected {expected}. {repair}.")


def ensure_free(asked: str, guide: str) -> Path:
    """Return the folder in which the site shall stand, where a link leads; refuse one that holds anything else."""
    for name, value in (("SITE", asked), ("GUIDE", guide)):
        if not value:
            raise Refusal(name, "no name", f"Write {name}=path, or leave {name} out", "the path of a folder")
        if value.startswith("~"):  # else a folder of that name would be made here, and one day deleted with `rm -rf ~`
            raise Refusal(value, "a ~, which your shell left as it is", f'Write {name}="$HOME/…", or ./~ for a folder of that name', "the path of a folder")
    site = _real(asked)
    for found in _too_near(site, guide):
        raise Refusal(site, found, "Choose another place with SITE=path")
    while True:
        seen = _inode(site)
        try:
            ensure_ours(site, site)
            return site
        except (Refusal, FileNotFoundError):
            if seen == _inode(site):
                raise
            # else another build swapped its site in while this one looked


def _inode(path: Path) -> int | None:
    return os.stat(path).st_ino if os.path.exists(path) else None


def ensure_ours(folder: Path, site: Path) -> None:
    """Refuse what stands in a folder if this program did not write all of it; call the folder by the site's name."""
    if not os.path.lexists(folder):
        return
    if not folder.is_dir():
        raise Refusal(site, "something that is no folder", f"Move it away, or {ELSEWHERE}")
    if os.path.lexists(folder / ".git"):
        raise Refusal(site, ".git, so a Git repository", "Choose another place with SITE=path, and copy the site from there")
    if not manifest.proved(folder):
        _ensure_empty(folder, site)
    elif strange := manifest.strangers(folder):
        raise Refusal(site, f"{_some(strange)}, added or changed since this program built the site", f"Move it out, or {ELSEWHERE}")


def _ensure_empty(folder: Path, site: Path) -> None:
    """Refuse a folder that holds anything; who meets a site of before there were manifests must not be stuck."""
    if held := os.listdir(folder):
        older = f"If it is a site that an earlier version built, delete it yourself; if not, {ELSEWHERE}"
        raise Refusal(site, f"{_some(held)}, and no true {manifest.NAME} that says this program wrote it",
                      older if "index.html" in held else "Choose another place with SITE=path")


def _too_near(site: Path, guide: str) -> Iterator[str]:
    """Yield each reason why no site may stand there, whatever is in it."""
    above: dict[str, str | Path] = {"the root of the disk": "/", "your home folder": os.path.expanduser("~"),
                                    "the folder you work in": ".", "this program": PROGRAM}
    inside: dict[str, str | Path] = {"the guide": guide, **{f"this program's {part}/": PROGRAM / part for part in PARTS}}
    for what, named in (above | inside).items():
        folder = _real(named)
        if site == folder:
            yield what
        elif folder.is_relative_to(site):
            yield f"a folder that holds {what}"
        elif what in inside and site.is_relative_to(folder):
            yield f"a folder inside {what}"


def _real(path: str | Path) -> Path:
    return Path(os.path.realpath(path))


def _some(paths: list[str]) -> str:
    """Name up to three of some paths."""
    named = ", ".join(json.dumps(path, ensure_ascii=False) for path in sorted(paths)[:3])
    return named + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")
