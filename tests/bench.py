"""Measure what the pipeline costs: `make bench`.

Builds the guide, and the very same pages as hand-written Markdown with plain Material and a pruned
menu, in turns; then both with 10 and 50 times as many entries, and what one more page costs. "new" begins with
nothing kept but compiled code, "again" with what a build before it kept. At last, how long an edit takes to be
seen in `make serve`. Prints only; nothing depends on a time.
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

from guide.model.entries import Trigger  # noqa: E402
from pages.render import render  # noqa: E402
from pages.routes import menu  # noqa: E402
from whole import whole  # noqa: E402

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

            def renamed(found: re.Match[str], number: int = number) -> str:
                return found[1] + re.sub(r"([\w-]+)", rf"\1-{number}", found[2])

            copy = links.sub(renamed, copy)
            (guide / file.parent.name / f"{file.stem}-{number}.yml").write_text(copy, encoding="utf-8")
    return guide


def plain_copy(folder: Path, content: Path = ROOT / "content") -> Path:
    """Write a guide's pages as a hand-written Material site; return its configuration."""
    guide = whole(content)
    for page in render(guide):
        file = folder / "docs" / page.uri
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(page.markdown, encoding="utf-8")
    ours = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("!ENV [GUIDE, content]", "docs")
    plain = yaml.safe_load(ours)
    for key in ("hooks", "watch"):
        plain.pop(key)
    palette = [{"media": f"(prefers-color-scheme: {name})", "scheme": scheme, "primary": "teal", "toggle": {"icon": f"material/{icon}", "name": name}}
               for name, scheme, icon in (("light", "default", "weather-night"), ("dark", "slate", "weather-sunny"))]
    plain["theme"] = {"name": "material", "font": False, "features": ["navigation.indexes", "navigation.prune"], "palette": palette}
    plain |= {"site_name": guide.about.name, "nav": menu(guide), "plugins": ["search"]}
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(plain, sort_keys=False), encoding="utf-8")
    return folder / "mkdocs.yml"


def seconds(configuration: Path, site: Path, **environment: str) -> tuple[float, float]:
    """Build once in a process of its own; return the seconds a person waits, and the seconds of all processors."""
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}  # compiled code is kept, as it is by default
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(configuration), "--site-dir", str(site)],
                   check=True, env={**inherited, "NO_MKDOCS_2_WARNING": "1", **environment})
    waited, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return waited, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def builds(folder: Path, times: int) -> tuple[int, dict[str, tuple[float, float]]]:
    """Build each side in turns; return the number of pages, and the median seconds of each side, waited and of all processors."""
    guide = copies(folder / "content", times)
    plain = plain_copy(folder, guide)
    cache = folder / "cache"
    taken: dict[str, list[tuple[float, float]]] = {"new": [], "again": [], "plain": []}
    for number in range(ROUNDS[times] + 1):
        (cache / "pages.json").unlink(missing_ok=True)  # the templates stay compiled, as plain Python modules do
        for side, configuration in {"new": ROOT / "mkdocs.yml", "plain": plain, "again": ROOT / "mkdocs.yml"}.items():
            if times == 50 and not number and side == "plain":
                continue  # it has nothing to warm that is worth minutes
            took = seconds(configuration, folder / "site", GUIDE=str(guide), GUIDE_CACHE=str(cache))
            if number:  # the first round warms the caches
                taken[side].append(took)
    medians = {side: tuple(map(statistics.median, zip(*all_, strict=True))) for side, all_ in taken.items()}
    return len(list((folder / "docs").rglob("*.md"))), medians


def edits(configuration: Path, file: Path, page: str, sentence: str, **environment: str) -> list[float]:
    """Change a sentence of a file under the real preview; return how long after each save the page showed it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    server = subprocess.Popen([sys.executable, "-m", "mkdocs", "serve", "--livereload", "-q", "-f", str(configuration), "-a", address],
                              cwd=ROOT, env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment})
    text = file.read_text(encoding="utf-8")

    def shown(words: str, until: float) -> bool:
        while time.perf_counter() < until:
            try:
                if words in urllib.request.urlopen(f"http://{address}/{page}", timeout=10).read().decode():
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
            file.write_text(text.replace(sentence, f"Edit {number}. {sentence}"), encoding="utf-8")
            start = time.perf_counter()
            assert shown(f"Edit {number}.", start + 30)
            taken.append(time.perf_counter() - start)
    finally:
        server.terminate()
        server.wait()
        file.write_text(text, encoding="utf-8")
    return taken[1:]  # the first one warms


def edits_of_each(folder: Path) -> dict[str, list[float]]:
    """Edit the answer of one entry in this guide, and in the same pages with plain Material."""
    guide = copies(folder / "content", 1)
    entry = whole(guide).every(Trigger)[0]
    page = f"triggers/{entry.id}"
    return {
        "new": edits(ROOT / "mkdocs.yml", guide / f"{page}.yml", f"{page}/", entry.answer, GUIDE=str(guide), GUIDE_CACHE=str(folder / "cache")),
        "plain": edits(plain_copy(folder, guide), folder / "docs" / f"{page}.md", f"{page}/", entry.answer)}


def main(sizes: list[int]) -> None:
    results = {}
    print(f"Seconds waited, and in brackets those of all {os.cpu_count()} processors; ratios to plain Material")
    print(f"{'entries':>8}{'pages':>7}{'plain':>16}{'new':>16}{'ratio':>14}{'again':>16}{'ratio':>14}{'one more page: plain':>24}{'new':>9}{'ratio':>7}")
    for times in sizes:
        with tempfile.TemporaryDirectory() as name:
            pages, taken = results[times] = builds(Path(name), times)
        plain = taken["plain"]
        line = f"{times:>7}x{pages:>7}{plain[0]:>8.2f} ({plain[1]:.2f})"
        for side in ("new", "again"):
            waited, worked = taken[side]
            line += f"{waited:>9.2f} ({worked:.2f}){waited / plain[0]:>7.2f} ({worked / plain[1]:.2f})"
        if times != sizes[0]:
            fewer, first = results[sizes[0]]
            growth = {side: (taken[side][0] - first[side][0]) / (pages - fewer) * 1000 for side in ("plain", "new")}
            line += f"{growth['plain']:>21.1f} ms{growth['new']:>6.1f} ms{growth['new'] / growth['plain']:>7.2f}"
        print(line, flush=True)
    with tempfile.TemporaryDirectory() as name:
        each = edits_of_each(Path(name))
    print(f"\nOne edit under make serve: seen after {statistics.median(each['new']):.2f} s, {min(each['new']):.2f} to {max(each['new']):.2f} s; "
          f"with plain Material {statistics.median(each['plain']):.2f} s; {len(each['new'])} edits each")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(ROUNDS))
