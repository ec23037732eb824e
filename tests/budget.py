"""Measure the first view of every kind of page on a phone: `make budget`.

Builds this guide, and the same text with plain Material, serves both with gzip, opens each page in
Chromium with nothing kept, on a slow connection and a slow processor, in turns, and prints one table.
Then Lighthouse looks at each as on a phone; whatever it finds apart from speed, which it only
guesses, fails. The budgets themselves are tests (browser/test_budget.py); no test depends on a time.
"""

import gzip
import json
import mimetypes
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, sync_playwright

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parent.parent / "hooks")]

from bench import plain_copy  # noqa: E402
from browser.conftest import QUIET  # noqa: E402
from builds import CONTENT, build  # noqa: E402
from sure import sure  # noqa: E402

ROUNDS = 3
SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 1.6e6 / 8 * 0.9, "uploadThroughput": 750e3 / 8 * 0.9}  # as Lighthouse throttles a phone
OBSERVE = """
    window.seen = { lcp: 0, cls: 0, blocked: 0 };
    const watch = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
    watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
    watch("layout-shift", (entry) => { if (!entry.hadRecentInput) seen.cls += entry.value; });
    watch("longtask", (entry) => { seen.blocked += Math.max(0, entry.duration - 50); });
"""
KINDS = {"Document": "html", "Stylesheet": "css", "Script": "js"}


class _Zipped(BaseHTTPRequestHandler):
    """Serves a folder as a web host does: gzip for text, connections kept."""

    protocol_version = "HTTP/1.1"
    folder: Path

    def do_GET(self) -> None:
        path = self.folder / urlsplit(self.path).path.lstrip("/")
        body = _zipped(path / "index.html" if path.is_dir() else path)
        self.send_response(200 if body else 404)
        if body and body[1]:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", mimetypes.guess_type(path.name)[0] or "text/html")
        self.send_header("Content-Length", str(len(body[0]) if body else 0))
        self.end_headers()
        self.wfile.write(body[0] if body else b"")

    def log_message(self, *arguments: object) -> None:
        pass


@lru_cache
def _zipped(file: Path) -> tuple[bytes, bool] | None:
    if not file.is_file():
        return None
    text = file.suffix not in (".png", ".gz", ".pdf")
    return (gzip.compress(file.read_bytes(), 6) if text else file.read_bytes()), text


def serve_zipped(folder: Path) -> str:
    """Serve a folder from a thread; return its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Served", (_Zipped,), {"folder": folder}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def first_view(browser: Browser, address: str, *, throttled: bool = False) -> dict[str, float]:
    """Open a page with nothing kept; return its requests, bytes by type as they came over the wire, and times in ms."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, device_scale_factor=2)  # what Playwright calls mobile hides shifts
    tab = context.new_page()
    network = context.new_cdp_session(tab)
    network.send("Network.enable")
    if throttled:
        network.send("Network.emulateNetworkConditions", SLOW_4G)
        network.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    types: dict[str, str] = {}
    pending: set[str] = set()
    view: dict[str, float] = {"requests": 0, "scripts": 0, "sheets": 0, "html": 0, "css": 0, "js": 0, "other": 0}

    def asked(event: dict[str, Any]) -> None:
        types[event["requestId"]] = event.get("type", "")
        pending.add(event["requestId"])

    def finished(event: dict[str, Any]) -> None:
        pending.discard(event["requestId"])
        kind = types.get(event["requestId"], "")
        view["requests"] += 1
        view["scripts"] += kind == "Script"
        view["sheets"] += kind == "Stylesheet"
        view[KINDS.get(kind, "other")] += event["encodedDataLength"]

    network.on("Network.requestWillBeSent", asked)
    network.on("Network.loadingFinished", finished)
    network.on("Network.loadingFailed", lambda event: pending.discard(event["requestId"]))
    tab.add_init_script(OBSERVE)
    tab.goto(address, timeout=60_000)
    tab.wait_for_timeout(1000 if throttled else 250)
    until = time.monotonic() + 5  # a worker's own script may never be told as finished
    while pending and time.monotonic() < until:
        tab.wait_for_timeout(50)
    view |= tab.evaluate("({ fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0, ...seen })")
    context.close()
    view["bytes"] = sum(view[kind] for kind in ("html", "css", "js", "other"))
    return view


def kinds_of(site: Path) -> list[str]:
    """Return one page of every kind: the pages of the top, and in every section its own page and its first entry."""
    pages = [page.relative_to(site).as_posix().removesuffix("index.html") for page in sorted(site.rglob("*.html"))]
    entries = {page.split("/")[0]: page for page in reversed(pages) if page.count("/") == 2}
    return [page for page in pages if page.count("/") < 2] + list(entries.values())


def lighthouse(address: str, report: Path) -> dict[str, Any]:
    """Return Lighthouse's four marks out of 100, its first paint in ms, and the names of what it finds fault with apart from speed."""
    program, chromium = Path(__file__).parent / "lighthouse" / "node_modules" / "lighthouse" / "cli" / "index.js", sure(shutil.which("chromium"))
    subprocess.run(["node", str(program), address, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags=--headless=new {' '.join(QUIET)}"],
                   check=True, env={**os.environ, "CHROME_PATH": chromium})
    found = json.loads(report.read_text(encoding="utf-8"))
    audits = {reference["id"]: name for name, part in found["categories"].items() if name != "performance" for reference in part["auditRefs"] if reference["weight"]}
    faults = [name for name in audits if found["audits"][name]["score"] not in (1, None)]
    return {name: round(part["score"] * 100) for name, part in found["categories"].items()} | {
        "paint": found["audits"]["first-contentful-paint"]["numericValue"], "faults": faults}


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        assert build(CONTENT, folder / "ours").returncode == 0
        build(CONTENT, folder / "plain", configuration=plain_copy(folder))
        pages, addresses = kinds_of(folder / "ours"), {side: serve_zipped(folder / side) for side in ("ours", "plain")}
        views: dict[tuple[str, str], list[dict[str, float]]] = {}
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
            for page in pages * ROUNDS:
                for side, address in addresses.items():
                    views.setdefault((page, side), []).append(first_view(browser, address + page, throttled=True))
        print(f"First view on a phone, nothing kept, slow 4G, processor slowed 4 times; medians of {ROUNDS}; this guide / plain Material (ratio)\n")
        print(f"{'page':34}{'requests':>10}{'KB':>22}{'html css js other':>22}{'FCP ms':>20}{'LCP ms':>20}{'CLS':>14}{'blocked ms':>14}")
        ratios: dict[str, list[float]] = {}
        for page in pages:
            ours, plain = ({key: statistics.median(view[key] for view in views[page, side]) for key in views[page, side][0]} for side in ("ours", "plain"))

            def both(key: str, scale: float = 1, ours: dict[str, float] = ours, plain: dict[str, float] = plain) -> str:
                ratios.setdefault(key, []).append(ours[key] / plain[key])
                return f"{ours[key] / scale:.0f} / {plain[key] / scale:.0f} ({ratios[key][-1]:.2f})"

            parts = " ".join(f"{ours[kind] / 1000:.1f}" for kind in ("html", "css", "js", "other"))
            print(f"{'/' + page:34}{ours['requests']:4.0f} / {plain['requests']:.0f}{both('bytes', 1000):>23}{parts:>22}{both('fcp'):>20}{both('lcp'):>20}"
                  f"{ours['cls']:7.3f} / {plain['cls']:.3f}{ours['blocked']:7.0f} / {plain['blocked']:.0f}")
        print("\nmedian ratio: " + ", ".join(f"{key} {statistics.median(values):.2f}" for key, values in ratios.items()), flush=True)

        print("\nLighthouse, as on a phone: speed, accessibility, best practices, search engines, first paint; plain Material's in brackets")
        failed = False
        for page in pages:
            here, there = (lighthouse(address + page, folder / "report.json") for address in addresses.values())
            failed |= bool(here["faults"])
            marks = ("performance", "accessibility", "best-practices", "seo")
            print(f"{'/' + page:36}" + "".join(f"{here[mark]:>5} ({there[mark]})" for mark in marks)
                  + f"{here['paint']:>7.0f} ms ({there['paint']:.0f}) {' '.join(here['faults'])}", flush=True)
    if failed:
        sys.exit("Lighthouse finds fault with the pages named above")


if __name__ == "__main__":
    main()
