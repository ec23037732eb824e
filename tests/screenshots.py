"""Take pictures of the built site to look at: `make screenshots` (into .cache/screenshots/), `make picture` (the README's)."""

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

from browser.conftest import QUIET, serve  # noqa: E402

PAGES = {
    "home": "", "trigger": "triggers/caffeine-and-stimulants/", "condition": "conditions/bells-palsy/", "get-help": "get-help/",
    "management": "management/deep-breathing/", "not-found": "404.html",
}
WIDTHS = {390: 844, 1280: 900}
TALLEST = 16_000  # pixels; a longer picture, such as of the list of sources, never comes to an end


@contextmanager
def chromium() -> Iterator[Browser]:
    """Give a browser, and close it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


def take(site: Path, folder: Path, pages: dict[str, str], schemes: tuple[Literal["light", "dark"], ...] = ("light",), fold: bool = False) -> None:
    """Take each page whole, at both widths; with `fold`, also what is seen first. `pages` gives each picture's name its path."""
    folder.mkdir(parents=True, exist_ok=True)
    address = f"http://127.0.0.1:{serve(site).server_port}/"
    with chromium() as browser:
        for width, height in WIDTHS.items():
            for scheme in schemes:
                tab = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme).new_page()
                for name, path in pages.items():
                    tab.goto(address + path)
                    tab.wait_for_load_state("networkidle")
                    if fold:
                        tab.screenshot(path=folder / f"{name}-{width}-{scheme}-fold.png")
                    tall = tab.evaluate("document.documentElement.scrollHeight")
                    tab.set_viewport_size({"width": width, "height": min(tall, TALLEST)})
                    tab.screenshot(path=folder / f"{name}-{width}-{scheme}.png")
                    tab.set_viewport_size({"width": width, "height": height})
                if fold and "home" in pages:
                    tab.goto(address)
                    tab.locator(".search-open").click()
                    tab.locator(".search__box").press_sequentially("coffee")
                    tab.wait_for_timeout(800)
                    tab.screenshot(path=folder / f"search-{width}-{scheme}-fold.png")


def take_one(site: Path, file: Path) -> None:
    """Take what is seen first of the home page, small enough for a README."""
    address = f"http://127.0.0.1:{serve(site).server_port}/"
    with chromium() as browser:
        tab = browser.new_context(viewport={"width": 1000, "height": 640}).new_page()
        tab.goto(address)
        tab.wait_for_load_state("networkidle")
        tab.screenshot(path=file)


def main(site: Path, target: Path, only: list[str]) -> None:
    if target.suffix == ".png":
        take_one(site, target)
        return
    shutil.rmtree(target, ignore_errors=True)
    take(site, target, {name: path for name, path in PAGES.items() if not only or name in only}, ("light", "dark"), fold=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
