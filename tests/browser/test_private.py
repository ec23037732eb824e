"""Nothing leaves the site's own origin and nothing breaks its policy, on any page and in any use."""

import re
from pathlib import Path

import pytest
from builds import build
from hostile import hostile_guides
from playwright.sync_api import Browser, Dialog, Page
from preview import preview, wait_for
from sure import sure

from browser.checks import RESULT, SEARCH_BOX, open_menu, search, wait
from browser.conftest import Noted, Reader, refusals, serve


def test_every_page_loads_from_here_alone_and_keeps_its_policy(tab: Page, noted: Noted, pages: list[str]) -> None:
    for page in pages:
        tab.goto(page)
        tab.wait_for_load_state("networkidle") if page == "" else None
        assert tab.locator("meta[http-equiv=Content-Security-Policy]").count() == 1, page

    assert (noted.foreign, noted.refused, noted.mistakes) == ([], [], [])


@pytest.mark.parametrize("width", [390, 1280])
def test_every_use_of_the_site_stays_here_and_keeps_its_policy(tab: Page, noted: Noted, width: int) -> None:
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

    tab.add_init_script("window.print = () => dispatchEvent(new Event('afterprint'))")  # no browser without a screen ends its own dialog
    tab.goto("get-help/")
    for sign in tab.locator("label.tick:has(input[name=sign])").all():
        sign.click(position={"x": 12, "y": 12})
    tab.locator(".for-the-doctor > summary").click()
    tab.evaluate("window.print = () => dispatchEvent(new Event('afterprint'))")  # the dialog would never close
    buttons = tab.locator(".for-the-doctor button:visible")
    assert buttons.count() >= 3
    for button in buttons.all():
        button.click()
    tab.emulate_media(media="print")
    tab.pdf()
    tab.emulate_media(media="screen")

    assert (noted.foreign, noted.refused, noted.mistakes) == ([], [], [])


def test_the_reader_s_own_colours_come_before_the_first_paint(reader: Reader) -> None:
    """Also before our script, which comes late on a slow line."""
    tab = reader(color_scheme="light", refuse=["*guide.js"])
    tab.add_init_script("localStorage.setItem('/colours', 'dark')")
    tab.goto("about/")

    assert tab.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor") == "rgb(16, 25, 30)"


def test_a_browser_that_refuses_storage_shows_everything_all_the_same(tab: Page, noted: Noted) -> None:
    tab.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('refused', 'SecurityError'); } })")
    tab.goto("")
    tab.locator(".colours__button").click()

    assert tab.evaluate("document.documentElement.dataset.colours") == "dark"
    assert noted.mistakes == []


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
def test_the_policy_refuses(chromium: Browser, address: str, site: Path, fault: str) -> None:
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


def test_a_preview_reloads_by_itself_under_a_policy_that_is_strict_in_all_else(guide: Path, tmp_path: Path, chromium: Browser) -> None:
    about = guide / "about.md"
    with preview(guide, tmp_path / "log") as fetch:
        wait_for(lambda: "Content-Security-Policy" in fetch("/about/"), "the first page")
        context = chromium.new_context()
        noted, tab = refusals(context), context.new_page()
        tab.goto(f"{fetch.address}about/")
        assert "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'sha256-" in sure(tab.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content"))

        about.write_text(f"{about.read_text()}\nA line that was not there before.\n")

        tab.get_by_text("A line that was not there before.").wait_for(timeout=40_000)
        context.close()
    assert noted == []


def test_hostile_words_do_nothing_in_a_browser(chromium: Browser, tmp_path: Path) -> None:
    """Every page of a guide whose every text is hostile; then its search, which puts words into the page by script, and its checklist."""
    guide, _, fields = next(hostile_guides(tmp_path))
    assert build(guide, tmp_path / "site").returncode == 0
    server = serve(tmp_path / "site")
    address = f"http://127.0.0.1:{server.server_port}/"
    context = chromium.new_context(base_url=address)
    noted, tab, seen = refusals(context), context.new_page(), []

    def dialog_opened(dialog: Dialog) -> None:
        seen.append(dialog.message)
        dialog.dismiss()

    context.on("dialog", dialog_opened)
    context.on("request", lambda request: None if request.url.startswith(address) else seen.append(request.url))
    tab.on("pageerror", lambda error: seen.append(str(error)))
    for page in sorted((tmp_path / "site").rglob("*.html")):
        tab.goto(page.relative_to(tmp_path / "site").as_posix())

    tab.goto("")
    tab.locator(".search-open").click()
    tags = set()
    for words in ("alert", "script", "onclick"):
        tab.locator(SEARCH_BOX).fill(words)
        tab.locator(SEARCH_BOX).press("End")
        wait(tab, f"the search finds {words}", "every(values[0]).some((link) => shown(link) && link.closest('ol').textContent.toLowerCase().includes(values[1]))", RESULT, words)
        tags |= set(tab.evaluate("(result) => [...document.querySelector(result).closest('ol').querySelectorAll('*')].map((part) => part.localName)", RESULT))
    tab.goto("get-help/")
    tab.locator("input[name=sign]").evaluate_all("(signs) => signs.forEach((sign) => sign.click())")
    summary = tab.locator(".summary")
    wait(tab, "the checklist speaks", "document.querySelector('.summary').textContent")
    asked = [text for place, (text, _) in fields.items() if str(place[0]).startswith("red-flags/") and place[-1] in ("statement", "hint")]

    assert asked and all(text in " ".join(sure(summary.text_content()).split()) for text in asked)
    assert summary.locator("*").count() == 0
    assert tags <= {"li", "a", "article", "div", "h1", "h2", "p", "ul", "ol", "mark", "details", "summary", "nav", "span", "small", "strong"}, tags
    context.close()
    server.shutdown()
    assert (seen, noted) == ([], [])
