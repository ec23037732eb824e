"""What of a guide's folder is read: no link is followed, and what editors and file managers leave beside their files is passed over."""

import os
import re
from pathlib import Path

from guide.problem import Problem

# Vim, Emacs, GNOME, Kate and patch; macOS and Windows. A name that begins with a dot is hidden everywhere.
_LEFT_BEHIND = re.compile(r"\..*|.*~|#.*#|4913|.*\.(?:bak|orig|rej|swp|tmp)|Thumbs\.db|desktop\.ini", re.DOTALL)


def children(folder: Path) -> list[Path]:
    """List what an author put into a folder, by name; nothing where there is no such folder."""
    return sorted(file for file in folder.iterdir() if not _LEFT_BEHIND.fullmatch(file.name)) if folder.is_dir() else []


def obstacles(folder: Path) -> list[Problem]:
    """Refuse every link below a folder, and every folder that may not be read. Nothing is followed or opened to find them."""
    problems = []
    for name, folders, files in os.walk(folder):
        here = Path(name)
        if not os.access(here, os.R_OK | os.X_OK):
            problems.append(Problem(path_in(folder, here), 1, 1, "a folder that may not be read", "one that may", "Give yourself the right to read it."))
        problems += [Problem(path_in(folder, here / child), 1, 1, "a link", "a file or a folder of its own", "Put what it leads to in its place.")
                     for child in (*folders, *files) if _is_followed(here / child)]
    return sorted(problems)


def path_in(folder: Path, file: Path) -> str:
    """Return the path of a file as problems name it: it begins with the name of the guide's folder."""
    return (Path(folder.name) / file.relative_to(folder)).as_posix()


def _is_followed(file: Path) -> bool:
    """Tell whether a path is a link; one that leads nowhere is how Emacs locks the file beside it."""
    return file.is_symlink() and not (_LEFT_BEHIND.fullmatch(file.name) and not os.path.exists(file))
