"""The ways to help at the foot of a page are reached and read like all else."""

from collections.abc import Iterator

import pytest
from builds import SMALL, build
from playwright.sync_api import Browser
from sure import sure

from browser.checks import axe
from browser.conftest import Scheme, serve


@pytest.fixture(scope="module")
def with_repository(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a small guide is served that knows its repository."""
    site = tmp_path_factory.mktemp("repository") / "site"
    result = build(SMALL, site, GITHUB_REPOSITORY="owner/name")
    assert result.returncode == 0, result.stderr
    server = serve(site)
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["triggers/", "get-help/"])
def test_the_ways_to_help_are_links_large_enough_to_tap(chromium: Browser, with_repository: str, path: str, scheme: Scheme) -> None:
    tab = chromium.new_page(viewport={"width": 320, "height": 640}, color_scheme=scheme)
    tab.goto(with_repository + path)

    links = tab.locator(".edit-page a")
    sizes = [sure(link.bounding_box()) for link in links.all()]
    assert len(sizes) >= 3 and min(size["height"] for size in sizes) >= 24
    assert tab.evaluate("document.documentElement.scrollWidth") <= 320
    assert axe(tab) == []
    tab.emulate_media(media="print")
    assert not links.first.is_visible()
    tab.close()
