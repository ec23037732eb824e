"""Where things are, and how a real site is built from a guide."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
HICCUPS = ROOT / "tests" / "guides" / "hiccups"  # another symptom, whole: every kind of page
SMALL = ROOT / "tests" / "guides" / "small"  # one or two of each kind, for tests to spoil


def build(guide: Path, site: Path, *, tool: str = "mkdocs", configuration: Path = ROOT / "mkdocs.yml", **environment: str) -> subprocess.CompletedProcess:
    """Run the real build of `guide` into `site`, as `make site` does."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("GITHUB_REPOSITORY", "SITE_ADDRESS", "GUIDE", "CHECKLIST_PROOF")}
    return subprocess.run(
        [sys.executable, "-m", tool, "build", "--strict", "-f", str(configuration), "--site-dir", str(site)],
        cwd=ROOT, capture_output=True, text=True, timeout=120,
        env={**inherited, "GUIDE": str(guide), "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1790000000", **environment})


def files_below(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
