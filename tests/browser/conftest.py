"""Real Chromium on the real site, served from this machine and from nowhere else."""

import contextlib
import functools
import shutil
import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Literal, Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# Without these Chromium calls its maker at every start.
QUIET = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-sandbox"]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


def serve(folder: Path) -> ThreadingHTTPServer:
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the real guide is served."""
    server = serve(site)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="session")
def pages(site: Path) -> list[str]:
    """The path of every page, as its address has it: "" is the home page."""
    return [page.relative_to(site).as_posix().removesuffix("index.html") for page in sorted(site.rglob("*.html"))]


@pytest.fixture(scope="session")
def kinds(pages: list[str]) -> list[str]:
    """One page of every kind: the pages of the top, every section, and one entry of each (the one with the pacer among them)."""
    entries = {path.split("/")[0]: path for path in reversed(pages) if path.count("/") == 2}
    kinds = [path for path in pages if path.count("/") < 2] + [*entries.values(), "management/deep-breathing/"]
    assert {"", "404.html", "get-help/", "symptom/", "triggers/", "visit/", "glossary/", "sources/", "about/"} <= set(kinds) <= set(pages)
    return list(dict.fromkeys(kinds))


@contextlib.contextmanager
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert path, "no Chromium on this machine: run `make test`, which installs it"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser itself; a machine without one fails, it does not skip."""
    with browser() as chromium:
        yield chromium


def refusals(context: BrowserContext) -> list[str]:
    """Note what the pages' own policy refuses from now on."""
    noted: list[str] = []
    context.on("console", lambda message: noted.append(message.text) if "Content Security Policy" in message.text else None)
    return noted

Scheme = Literal["light", "dark"]  # the colours that a device asks for


@dataclass
class Noted:
    """What a page in the tab did that no page of ours may."""

    foreign: list[str] = field(default_factory=list)  # addresses of requests to any other origin
    mistakes: list[str] = field(default_factory=list)  # of its scripts
    refused: list[str] = field(default_factory=list)  # by the site's policy


@pytest.fixture
def noted() -> Noted:
    """What the tab of this test did that it may not."""
    return Noted()


@pytest.fixture
def tab(chromium: Browser, address: str, noted: Noted) -> Iterator[Page]:
    """A new tab on a phone, whose requests to any other origin are noted, and which may break the site's policy nowhere."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, base_url=address)
    noted.refused = refusals(context)
    tab = context.new_page()
    tab.on("pageerror", lambda error: noted.mistakes.append(str(error)))

    context.on("request", lambda request: None if request.url.startswith((address, "data:", "blob:")) else noted.foreign.append(request.url))
    yield tab
    context.close()
    assert noted.refused == []


class Reader(Protocol):
    """Opens a tab as some reader has it."""

    def __call__(self, width: int = 390, height: int = 844, *, refuse: Collection[str] = (), style: bool = True, **options: Any) -> Page: ...


@pytest.fixture
def reader(chromium: Browser, address: str) -> Iterator[Reader]:
    """Return a function that opens a tab as some reader has it: `reader(320)`, `reader(color_scheme="dark")`, `reader(refuse=["*.svg"])`, `reader(style=False)`."""
    contexts: list[BrowserContext] = []
    refused: list[list[str]] = []

    def reader(width: int = 390, height: int = 844, *, refuse: Collection[str] = (), style: bool = True, **options: Any) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": height}, base_url=address, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        refused.append(refusals(context))
        tab = context.new_page()
        if not style:
            tab.add_init_script("addEventListener('DOMContentLoaded', () => document.querySelectorAll('style').forEach((style) => style.remove()))")
        if refuse:
            network = context.new_cdp_session(tab)
            network.send("Network.enable")
            network.send("Network.setBlockedURLs", {"urls": list(refuse)})
        return tab

    yield reader
    for context in contexts:
        context.close()
    assert not any(refused), refused
