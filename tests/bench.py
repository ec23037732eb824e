"""Measure what the pipeline costs: `make bench`.

Builds the guide, and the very same pages as hand-written Markdown with plain Material and a pruned
menu, in turns; then both with 10 and 50 times as many entries, and what one more page costs. At last,
what the printed guides take, and how long an edit takes to be seen in `make serve`. Prints only; nothing depends on a time.
"""

import os
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "hooks"))

from check import check  # noqa: E402
from handout import _set, print_sheets  # noqa: E402
from render import menu, render  # noqa: E402

ROUNDS = {1: 9, 10: 3, 50: 1}  # builds of each side by size
KINDS = ("triggers", "conditions", "medicines")  # not the steps: they must all fit on the 2 printed pages
WORDS = re.compile(r"^(?:also_called|search_words|shared_words): \[[^\]]*\]\n", re.MULTILINE)  # which lead to one page
EDITS = 7


def copies(folder: Path, times: int) -> Path:
    """Write the guide with every trigger, condition and medicine `times` times; a copy links to copies, so that the content stays in order."""
    guide = shutil.copytree(ROOT / "content", folder)
    links = re.compile(rf"^( *(?:{'|'.join(KINDS)}): )(\[.*?\])", re.MULTILINE)
    for file in [file for kind in KINDS for file in sorted((guide / kind).glob("*.yml"))]:
        text = file.read_text(encoding="utf-8")
        for number in range(2, times + 1):
            copy = re.sub(r'^name: (["\']?)(.*?)(["\']?)$', rf"name: \1\2 ({number})\3", WORDS.sub("", text), count=1, flags=re.MULTILINE)
            copy = links.sub(lambda found, number=number: found[1] + re.sub(r"([\w-]+)", rf"\1-{number}", found[2]), copy)
            (guide / file.parent.name / f"{file.stem}-{number}.yml").write_text(copy, encoding="utf-8")
    return guide


def plain_copy(folder: Path, content: Path = ROOT / "content") -> Path:
    """Write a guide's pages as a hand-written Material site; return its configuration."""
    guide, problems = check(content)
    assert not problems, problems[0]
    for page in render(guide):
        file = folder / "docs" / page.uri
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page.markdown, encoding="utf-8")
    ours = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("!ENV [GUIDE, content]", "docs")
    plain = yaml.safe_load(ours)
    for key in ("hooks", "watch", "exclude_docs", "extra_css"):
        plain.pop(key)
    del plain["theme"]["custom_dir"]
    plain["theme"]["features"].append("navigation.prune")
    plain |= {"site_name": guide.about.name, "nav": menu(guide), "plugins": ["search"]}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(plain, sort_keys=False), encoding="utf-8")
    return folder / "mkdocs.yml"


def seconds(configuration: Path, site: Path, **environment: str) -> float:
    """Build once in a process of its own; return the processor's seconds, which others on the machine hardly change."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(configuration), "--site-dir", str(site)],
                   check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def builds(folder: Path, times: int) -> dict[str, float]:
    """Build each side in turns; return the median seconds of each, and the number of pages."""
    guide = copies(folder / "content", times)
    plain = plain_copy(folder, guide)
    cache = folder / "cache"
    taken: dict[str, list[float]] = {"new": [], "again": [], "plain": []}
    for number in range(ROUNDS[times] + 1):
        (cache / "pages.json").unlink(missing_ok=True)  # the templates stay compiled, as plain Python modules do
        for side, configuration in {"new": ROOT / "mkdocs.yml", "plain": plain, "again": ROOT / "mkdocs.yml"}.items():
            if times == 50 and not number and side == "plain":
                continue  # it has nothing to warm that is worth minutes
            took = seconds(configuration, folder / "site", GUIDE=str(guide), GUIDE_CACHE=str(cache))
            if number:  # the first round warms the caches
                taken[side].append(took)
    return {side: statistics.median(all_) for side, all_ in taken.items()} | {"pages": len(list((folder / "docs").rglob("*.md")))}


def edits(folder: Path) -> list[float]:
    """Change one sentence of one entry under the real preview; return how long after each save the page showed it."""
    guide = copies(folder / "content", 1)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen([sys.executable, "-m", "mkdocs", "serve", "--livereload", "-q", "-a", address], cwd=ROOT,
                              env={**os.environ, "GUIDE": str(guide), "GUIDE_CACHE": str(folder / "cache"), "NO_MKDOCS_2_WARNING": "1"})
    file = sorted((guide / "triggers").glob("*.yml"))[0]
    text, page = file.read_text(encoding="utf-8"), f"http://{address}/triggers/{file.stem}/"

    def shown(words: str, until: float) -> bool:
        while time.perf_counter() < until:
            try:
                if words in urllib.request.urlopen(page, timeout=10).read().decode():
                    return True
            except OSError:
                pass
            time.sleep(0.01)
        return False

    taken = []
    try:
        assert shown("<h1", time.perf_counter() + 60)
        for number in range(EDITS):
            time.sleep(0.5)
            file.write_text(re.sub(r"^answer: (.)", rf"answer: \1 Edit {number}.", text, count=1, flags=re.MULTILINE), encoding="utf-8")
            start = time.perf_counter()
            assert shown(f"Edit {number}.", start + 30)
            taken.append(time.perf_counter() - start)
    finally:
        server.terminate()
        server.wait()
    return taken[1:]  # the first one warms


def printing() -> float:
    """Set every sheet of the guide three times from nothing; return the median of the processor's seconds."""
    guide, taken = check(ROOT / "content")[0], []
    for _ in range(3):
        _set.cache_clear()
        start = time.process_time()
        print_sheets(guide, ROOT / "content", "https://example.org/a-guide/")
        taken.append(time.process_time() - start)
    return statistics.median(taken)


def main(sizes: list[int]) -> None:
    results = {}
    print(f"{'entries':>8}{'pages':>7}{'plain Material':>16}{'new':>9}{'ratio':>8}{'again':>9}{'ratio':>8}{'one more page: plain':>22}{'new':>9}{'ratio':>8}")
    for times in sizes:
        with tempfile.TemporaryDirectory() as name:
            result = results[times] = builds(Path(name), times)
        line = f"{times:>7}x{result['pages']:>7}{result['plain']:>14.2f} s"
        for side in ("new", "again"):
            line += f"{result[side]:>7.2f} s{result[side] / result['plain']:>8.2f}"
        if times != sizes[0]:
            first = results[sizes[0]]
            growth = {side: (result[side] - first[side]) / (result["pages"] - first["pages"]) * 1000 for side in ("plain", "new")}
            line += f"{growth['plain']:>19.1f} ms{growth['new']:>6.1f} ms{growth['new'] / growth['plain']:>8.2f}"
        print(line, flush=True)
    print(f"\nAll printed guides: {printing():.2f} s of a build")
    with tempfile.TemporaryDirectory() as name:
        taken = edits(Path(name))
    print(f"\nOne edit under make serve: seen after {statistics.median(taken):.2f} s, {min(taken):.2f} to {max(taken):.2f} s, {len(taken)} edits")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(ROUNDS))
