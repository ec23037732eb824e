"""What readers get of the small guide, as files that a reviewer can read: `make snapshot` accepts what is new.

Of each page the article, of the home page and the page "not found" all; of each PDF its words; the style sheet of all pages once, a rule a line.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from builds import ROOT, SMALL, build, files_below
from sure import sure

EXPECTED = ROOT / "tests" / "guides" / "small-expected"
WHOLE = ("index.html", "404.html")
_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


def seen(site: Path) -> dict[str, str]:
    """Return the readable form of every file of a site, by its path; what is zipped is there unzipped, too."""
    style = sure(_STYLE.search((site / "index.html").read_text(encoding="utf-8")))[1]
    files = {name + (".txt" if name.endswith(".pdf") else ""): _readable(site / name, name) for name in files_below(site) if not name.endswith(".gz")}
    return files | {"style.css": re.sub(r"(},?|;(?=--))", r"\1\n", style)}


def _readable(file: Path, name: str) -> str:
    if name.endswith(".pdf"):
        words = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, text=True, check=True).stdout
        return "".join(f"{' '.join(line.split())}\n" for line in words.splitlines())  # poppler's versions differ in their spaces
    text = file.read_text(encoding="utf-8")
    if name.endswith(".html") and name not in WHOLE:
        text = sure(re.search(r"<article.*?</article>", text, re.DOTALL))[0] + "\n"
    text = _STYLE.sub("<style>…</style>", text)
    if name.endswith(".json"):
        text = re.sub(r"(},?|;(?=--))", r"\1\n", text)
    if name == "assets/minisearch.js":
        text = f"{len(text)} characters\n"  # another library's code, compared with npm's by a test of its own
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def accept(site: Path) -> None:
    """Write what readers get now in the place of what was expected."""
    shutil.rmtree(EXPECTED, ignore_errors=True)
    for name, text in seen(site).items():
        (EXPECTED / name).parent.mkdir(parents=True, exist_ok=True)
        (EXPECTED / name).write_text(text, encoding="utf-8")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        result = build(SMALL, Path(folder) / "site")
        if result.returncode:
            print(result.stderr, file=sys.stderr)
            return 1
        accept(Path(folder) / "site")
    print(f"{EXPECTED.relative_to(ROOT)}: {len(files_below(EXPECTED))} files. `git diff` shows what readers will see.")
    return 0


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT / "tests"))
    sys.exit(main())
