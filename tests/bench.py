"""Measure what the pipeline costs: `make bench`.

Builds the real guide, and the very same pages as hand-written Markdown with plain Material, in
turns, and prints the ratio of the medians. Prints only; nothing depends on a time.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "hooks"))

from check import check  # noqa: E402
from render import menu, render  # noqa: E402

ROUNDS = 9


def plain_copy(folder: Path) -> Path:
    """Write the guide's pages as a hand-written Material site; return its configuration."""
    guide, problems = check(ROOT / "content")
    assert not problems
    for page in render(guide):
        file = folder / "docs" / page.uri
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page.markdown, encoding="utf-8")
    ours = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("!ENV [GUIDE, content]", "docs")
    plain = yaml.safe_load(ours)
    for key in ("hooks", "watch", "exclude_docs", "extra_css"):
        plain.pop(key)
    del plain["theme"]["custom_dir"]
    plain |= {"site_name": guide.about.name, "nav": menu(guide)}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(plain, sort_keys=False), encoding="utf-8")
    return folder / "mkdocs.yml"


def seconds(configuration: Path, site: Path) -> float:
    """Build once in a process of its own; return how long it took."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "-q", "-f", str(configuration), "--site-dir", str(site)],
                   check=True, env={**os.environ, "GUIDE": "content", "NO_MKDOCS_2_WARNING": "1"})
    return time.perf_counter() - start


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        plain = plain_copy(folder)
        pages = len(list((folder / "docs").rglob("*.md")))
        sides = {"this guide": ROOT / "mkdocs.yml", "plain Material": plain}
        times: dict[str, list[float]] = {side: [] for side in sides}
        for number in range(ROUNDS + 1):
            for side, configuration in sides.items():
                took = seconds(configuration, folder / "site")
                if number:  # the first round warms the caches
                    times[side].append(took)
    for side, taken in times.items():
        print(f"{side:15} median {statistics.median(taken):.2f} s   {min(taken):.2f} to {max(taken):.2f} s   {ROUNDS} builds of {pages} pages")
    print(f"ratio           {statistics.median(times['this guide']) / statistics.median(times['plain Material']):.3f}")


if __name__ == "__main__":
    main()
