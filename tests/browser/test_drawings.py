"""A drawing opened by itself, where no page's policy guards it: it can be seen, and does nothing."""

import random
import shutil
import time
from collections.abc import Iterator

import pytest
from builds import ROOT
from drawings import WORST, plain
from playwright.sync_api import Browser, Page

from browser.conftest import serve

LONGEST = 15  # seconds until it is on the screen, on a busy machine; masks within masks, and dots without end, never were
TAKEN = {f"generated-{seed}": plain(random.Random(seed)) for seed in range(20)} | {name.replace(" ", "-"): drawing for name, drawing in WORST.items()}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where every drawing of ours and every generated one is served."""
    folder = tmp_path_factory.mktemp("drawings")
    for file in (ROOT / "content" / "images").glob("*.svg"):
        shutil.copy(file, folder)
    for name, drawing in TAKEN.items():
        (folder / f"{name}.svg").write_bytes(drawing)
    server = serve(folder)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.fixture(scope="module")
def tab(chromium: Browser) -> Iterator[Page]:
    tab = chromium.new_page(viewport={"width": 400, "height": 400})
    yield tab
    tab.close()


@pytest.mark.parametrize("name", [*TAKEN, *(file.stem for file in sorted((ROOT / "content" / "images").glob("*.svg")))])
def test_a_drawing_asks_for_nothing_runs_nothing_moves_nothing_and_is_soon_there(tab: Page, shown: str, name: str) -> None:
    asked: list[str] = []
    tab.on("request", note := lambda request: asked.append(request.url))
    begin = time.perf_counter()

    tab.goto(f"{shown}{name}.svg")
    tab.screenshot()

    tab.remove_listener("request", note)
    assert time.perf_counter() - begin < LONGEST
    assert [address for address in asked if not address.endswith("/favicon.ico")] == [f"{shown}{name}.svg"]
    assert tab.evaluate("document.getAnimations().length + document.querySelectorAll('script, style, a, use, image, animate, set, foreignObject').length") == 0
    assert tab.evaluate("[...document.querySelectorAll('*')].flatMap(part => part.getAttributeNames()).filter(name => /^on|href|style/.test(name))") == []
