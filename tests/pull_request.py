"""Say what a pull request changes: `make pull-request BASE=main` (into .cache/pull-request/).

Writes summary.md, which GitHub shows as the summary of the check, site/, which is the preview, and pictures/ of the
changed pages and of the printed guide. It needs no secret and publishes nothing, so it is safe for anyone's fork.
"""

import html
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from builds import COMMANDS, command  # noqa: E402
from screenshots import take  # noqa: E402

MOST_PICTURES = 20  # pages, each at two widths
TOOLS = {"Advice or wording?": "compare", "Reading grades": "grades"}  # commands that compare two folders of content


def main(base: str, folder: Path) -> int:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    guide = Path(os.environ.get("GUIDE", "content"))
    checked = subprocess.run(command("check", guide), env=COMMANDS, capture_output=True, text=True)
    parts = ["# What this changes", f"```\n{checked.stderr.strip()}\n```" if checked.returncode else "The check names no problem."]
    before = _before(base, folder)
    if failed := _build(Path.cwd(), guide, folder / "site"):
        parts += [] if checked.returncode else [f"## The site cannot be built\n\n```\n{failed}\n```"]
    else:  # a sentence that is hard to read stops no site
        parts += [_changes(before, guide, folder), *_compared(before / guide, guide), _SEE_IT]
    shutil.rmtree(before)
    summary = "\n\n".join(part for part in parts if part) + "\n"
    (folder / "summary.md").write_text(summary, encoding="utf-8")
    if shown := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(shown).open("a", encoding="utf-8") as file:
            file.write(summary)
    print(summary)
    return 1 if checked.returncode or failed else 0


_SEE_IT = """\
## See it

The artifact `pull-request` of this run holds the whole site as it would be, and pictures of the pages that change.
Download it and unzip it. Then run `python3 -m http.server --directory site` there, and open http://localhost:8000."""


def _before(base: str, folder: Path) -> Path:
    """Unpack the files as they are at `base`."""
    packed = subprocess.run(["git", "archive", base], check=True, capture_output=True).stdout
    before = folder / "before"
    before.mkdir(parents=True)
    subprocess.run(["tar", "--extract", "--directory", str(before)], input=packed, check=True)
    return before


def _changes(before: Path, guide: Path, folder: Path) -> str:
    """List the pages that change, and take their pictures."""
    failed = _build(before, guide, before / "site")
    old, new = _pages(before / "site"), _pages(folder / "site")
    kinds = {"changed": [path for path in new if path in old and new[path] != old[path]],
             "new": [path for path in new if path not in old], "gone": [path for path in old if path not in new]}
    shown = (kinds["changed"] + kinds["new"])[:MOST_PICTURES]
    if shown:
        take(folder / "site", folder / "pictures", {path.strip("/").replace("/", "--") or "home": path for path in shown})
    for pdf in sorted((folder / "site").rglob("*.pdf")):
        (folder / "pictures").mkdir(exist_ok=True)
        subprocess.run(["pdftoppm", "-r", "60", "-png", str(pdf), str(folder / "pictures" / pdf.stem)], check=True)
    counts = ", ".join(f"{len(paths)} {kind}" for kind, paths in kinds.items())
    lines = [f"- {kind}: `/{path}`" for kind, paths in kinds.items() for path in paths]
    return "\n\n".join([f"## Pages: {counts}", *(["The site before this change could not be built, so every page counts as new."] if failed else []),
                        *(["\n".join(lines)] if lines else [])])


def _build(root: Path, guide: Path, site: Path) -> str:
    """Build the guide of one state of the files; return what went wrong, or nothing."""
    result = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site.resolve())],
                            cwd=root, capture_output=True, text=True, env={**os.environ, "GUIDE": str(guide), "NO_MKDOCS_2_WARNING": "1"})
    return result.stderr.strip() if result.returncode else ""


def _pages(site: Path) -> dict[str, str]:
    """Return the words of every page's article by its path."""
    pages = {}
    for file in sorted(site.rglob("*.html")):
        if article := re.search(r"<article.*?</article>", file.read_text(encoding="utf-8"), re.DOTALL):
            path = file.relative_to(site).as_posix().removesuffix("index.html")
            pages[path] = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", article[0])).split())
    return pages


def _compared(before: Path, guide: Path) -> list[str]:
    """Ask the commands that compare two folders of content, under a heading each."""
    parts = []
    for heading, tool in TOOLS.items():
        result = subprocess.run(command(tool, before, guide), env=COMMANDS, capture_output=True, text=True)
        parts.append(f"## {heading}\n\n{(result.stdout or result.stderr).strip()}")
    return parts


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
