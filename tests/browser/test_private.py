"""Nothing leaves the site's own origin and nothing breaks its policy, on any page and in any use."""

import re

import pytest
from test_build import preview, wait_for

from browser.checks import RESULT, open_menu, search, wait
from browser.conftest import refusals


def test_every_page_loads_from_here_alone_and_keeps_its_policy(tab, pages):
    for page in pages:
        tab.goto(page)
        tab.wait_for_load_state("networkidle") if page == "" else None
        assert tab.locator("meta[http-equiv=Content-Security-Policy]").count() == 1, page

    assert (tab.foreign, tab.refused, tab.mistakes) == ([], [], [])


@pytest.mark.parametrize("width", [390, 1280])
def test_every_use_of_the_site_stays_here_and_keeps_its_policy(tab, width):
    tab.set_viewport_size({"width": width, "height": 844})
    tab.goto("")
    search(tab)
    tab.locator(RESULT).first.click()
    tab.wait_for_url(re.compile("caffeine"))
    tab.locator(".colours__button").click()
    tab.locator(".colours__button").click()
    open_menu(tab)
    tab.keyboard.press("Escape")

    tab.goto("management/deep-breathing/")
    tab.locator(".breathing-pacer button").click()
    wait(tab, "the pacer runs", "document.querySelector('.breathing-pacer__count b')")

    tab.goto("get-help/")
    for sign in tab.locator("input[name=sign]").all():
        sign.check()
    tab.locator(".summary").scroll_into_view_if_needed()
    for button in tab.locator("red-flag-checklist button:visible").all():
        button.click()
    tab.emulate_media(media="print")
    tab.pdf()
    tab.emulate_media(media="screen")

    assert (tab.foreign, tab.refused, tab.mistakes) == ([], [], [])


def test_the_reader_s_own_colours_come_before_the_first_paint(reader):
    """Also before the theme's bundle, which comes late on a slow line."""
    tab = reader(color_scheme="dark", refuse=["*bundle*", "*guide.js"])
    tab.goto("about/")

    assert tab.evaluate("document.body.dataset.mdColorScheme") == "slate"


def test_a_browser_that_refuses_storage_shows_everything_all_the_same(tab):
    tab.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } })")
    tab.goto("")
    tab.locator(".colours__button").click()

    assert tab.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert tab.mistakes == []


PLANTED = {
    "Executing inline script": "<script>document.title = 'spoilt'</script>",
    "Executing inline event handler": "<img src='/none.svg' alt='' onerror=\"document.title = 'spoilt'\">",
    "Loading the image 'https://example.org/a.png'": "<img src='https://example.org/a.png' alt=''>",
    "Loading the stylesheet 'https://example.org/a.css'": "<link rel=stylesheet href='https://example.org/a.css'>",
    "Loading the script 'https://example.org/a.js'": "<script src='https://example.org/a.js'></script>",
    "Applying inline style": "<p style='color: red'>a</p>",
    "Framing 'https://example.org/'": "<iframe src='https://example.org/'></iframe>",
    "Connecting to 'https://example.org/'": "<script src='/assets/guide.js?spoilt'></script>",
}


@pytest.mark.parametrize("fault", PLANTED)
def test_the_policy_refuses(chromium, address, site, fault):
    """What the gate would have missed does nothing in the reader's browser, and the watch sees it."""
    context = chromium.new_context(base_url=address)
    noted, tab, sent = refusals(context), context.new_page(), []
    context.on("response", lambda response: sent.append(response.url) if "example.org" in response.url else None)
    page = (site / "about" / "index.html").read_text(encoding="utf-8").replace("</h1>", f"</h1>{PLANTED[fault]}")
    tab.route("**/about/", lambda route: route.fulfill(content_type="text/html", body=page))
    tab.route("**/guide.js?spoilt", lambda route: route.fulfill(content_type="text/javascript", body="fetch('https://example.org/').catch(() => {})"))
    tab.goto("about/")

    wait(tab, "the page is there", "document.readyState === 'complete'")
    title = tab.title()
    context.close()

    assert [text for text in noted if text.startswith(fault)], noted
    assert sent == []
    assert title != "spoilt"


def test_a_preview_reloads_by_itself_under_a_policy_that_is_strict_in_all_else(guide, tmp_path, chromium):
    about = guide / "about.md"
    with preview(guide, tmp_path / "log") as fetch:
        wait_for(lambda: "Content-Security-Policy" in fetch("/about/"), "the first page")
        context = chromium.new_context()
        noted, tab = refusals(context), context.new_page()
        tab.goto(f"{fetch.address}about/")
        assert "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self'" in tab.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")

        about.write_text(f"{about.read_text()}\nA line that was not there before.\n")

        tab.get_by_text("A line that was not there before.").wait_for(timeout=40_000)
        context.close()
    assert noted == []
