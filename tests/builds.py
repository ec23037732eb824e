"""Where things are, and how a real site is built from a guide."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
HICCUPS = ROOT / "tests" / "guides" / "hiccups"  # another symptom, whole: every kind of page
SMALL = ROOT / "tests" / "guides" / "small"  # one or two of each kind, for tests to spoil
Spoil = Callable[[str, str, str], list[str]]  # the fixture of that name: a file, text in it, what it becomes → the problems that follow
COMMANDS = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}  # the environment in which `make` calls what is in hooks/commands/


def command(name: str, *arguments: object) -> list[str]:
    """Return the words of a command as `make` calls it; it needs the environment COMMANDS."""
    return [sys.executable, "-m", f"commands.{name}", *map(str, arguments)]


def build(guide: Path, site: Path, *, tool: str = "mkdocs", configuration: Path = ROOT / "mkdocs.yml", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the real build of `guide` into `site`, as `make site` does."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("GITHUB_REPOSITORY", "SITE_ADDRESS", "GUIDE", "CHECKLIST_PROOF")}
    return subprocess.run(
        [sys.executable, "-m", tool, "build", "--strict", "-f", str(configuration), "--site-dir", str(site)],
        cwd=ROOT, capture_output=True, text=True, timeout=120,
        env={**inherited, "GUIDE": str(guide), "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1790000000", **environment})


def files_below(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def clone(folder: Path) -> Path:
    """Copy the whole project into `folder` as a Git repository of one commit, with the tools that are already set up."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(".git", ".venv", ".cache", "site", "site.new", "node_modules", "__pycache__", ".*_cache"))
    (folder / ".venv").symlink_to(sys.prefix)
    with (folder / ".git-exclude").open("w") as file:
        file.write(".venv\n.git-exclude\n")
    for command in (["init", "--quiet", "--initial-branch=main"], ["config", "user.name", "A. Writer"], ["config", "user.email", "writer@example.org"],
                    ["config", "core.excludesFile", ".git-exclude"], ["add", "."], ["commit", "--quiet", "--message", "Begin"]):
        subprocess.run(["git", *command], cwd=folder, check=True)
    return folder


def with_signs(guide: Path, count: int) -> None:
    """Give a copy of the small guide more red flags, until it has `count`. The last of them is the pharmacist's."""
    flags, medicine = guide / "red-flags", guide / "medicines" / "any-new-medicine.yml"
    text, first = (flags / "new-medicine.yml").read_text(encoding="utf-8"), len(list(flags.glob("*.yml"))) + 1
    named = [f"sign-{number:02}" for number in range(1, count - first + 2)]
    for name in named:
        (flags / f"{name}.yml").write_text(text.replace("name: New medicine", f"name: Sign {name[-2:]}").replace("statement: They", f"statement: Number {name[-2:]}, they"), encoding="utf-8")
    words = medicine.read_text(encoding="utf-8")
    medicine.write_text(words.replace("red_flags: [", f"red_flags: [{', '.join(named)}, ", 1), encoding="utf-8")
