"""Take pictures of the built site to look at: `make screenshots` (into .cache/screenshots/)."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parent))

from browser.conftest import QUIET, serve  # noqa: E402

PAGES = {
    "home": "", "trigger": "triggers/caffeine-and-stimulants/", "condition": "conditions/bells-palsy/", "get-help": "get-help/",
    "management": "management/deep-breathing/", "not-found": "404.html",
}
WIDTHS = {390: 844, 1280: 900}


def main(site: Path, folder: Path, only: list[str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    address = f"http://127.0.0.1:{serve(site).server_port}/"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        for width, height in WIDTHS.items():
            for scheme in ("light", "dark"):
                tab = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme).new_page()
                for name, path in PAGES.items():
                    if only and name not in only:
                        continue
                    tab.goto(address + path)
                    tab.wait_for_load_state("networkidle")
                    tab.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                    tab.screenshot(path=folder / f"{name}-{width}-{scheme}-fold.png")
                if not only or "search" in only:
                    tab.goto(address)
                    tab.locator(".search-open").click()
                    tab.locator("input.md-search__input").press_sequentially("coffee")
                    tab.wait_for_timeout(800)
                    tab.screenshot(path=folder / f"search-{width}-{scheme}-fold.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
