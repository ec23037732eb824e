"""The whole site by keyboard: every stop seen, none covered, no trap; menu and search without a mouse."""

import re

import pytest
from playwright.sync_api import Page

from browser.checks import RESULT, SEARCH_BOX, look, search, tabbing, wait
from browser.conftest import Reader

PAGES = ["", "get-help/", "triggers/caffeine-and-stimulants/"]


def press_to(tab: Page, selector: str, key: str = "Tab") -> None:
    """Press a key until something that fits the selector has the focus."""
    for _ in range(40):
        tab.keyboard.press(key)
        if tab.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"40 presses of {key} do not reach {selector}")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_tab_goes_through_the_whole_page(reader: Reader, page: str, width: int) -> None:
    tab = reader(width)
    tab.goto(page)
    faults = tabbing(tab)

    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("page", [*PAGES, "404.html"])
def test_the_skip_link_is_first_and_moves_to_the_content(tab: Page, page: str) -> None:
    tab.goto(page)
    tab.keyboard.press("Tab")
    link = tab.evaluate("document.activeElement.getAttribute('href')")
    assert link and link.startswith("#"), f"the first stop is no skip link but leads to {link}"
    place = tab.evaluate("""(id) => {
        const target = document.getElementById(id), heading = document.querySelector("h1");
        return !target ? "nowhere" : target.contains(heading) || heading.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING || target === heading ? "" : "below the h1";
    }""", link[1:])
    assert not place, f"the skip link {link} leads {place}"

    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")

    assert tab.evaluate("!!document.activeElement.closest('main')"), "after the skip link, Tab does not go on in the content"


@pytest.mark.parametrize("width", [390, 1280])
def test_the_menu_is_used_by_keyboard_alone(reader: Reader, width: int) -> None:
    tab = reader(width)
    tab.goto("")
    press_to(tab, ".menu > summary")

    tab.keyboard.press("Enter")
    wait(tab, "Enter opens the menu", "every('.menu a').some(shown)")
    tab.keyboard.press("Tab")
    wait(tab, "Tab goes into the open menu", "document.activeElement.closest('.menu')")
    tab.keyboard.press("Escape")
    wait(tab, "Escape closes the menu", "!every('.menu a').some(shown)")
    wait(tab, "and gives the focus back", "document.activeElement.matches('.menu > summary')")

    tab.keyboard.press("Enter")
    press_to(tab, ".menu a:not([aria-current])")
    address = tab.evaluate("document.activeElement.href")
    tab.keyboard.press("Enter")
    tab.wait_for_url(address)


@pytest.mark.parametrize("width", [390, 640, 1280])
def test_the_menu_closes_when_the_focus_goes_on(reader: Reader, width: int) -> None:
    tab = reader(width, 450)
    tab.goto("conditions/bells-palsy/")
    press_to(tab, ".menu > summary")
    tab.keyboard.press("Enter")
    wait(tab, "Enter opens the menu", "every('.menu a').some(shown)")

    press_to(tab, "main a", "Tab")

    wait(tab, "the menu is closed", "!every('.menu a').some(shown)")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_search_closes_with_escape_and_gives_the_focus_back(reader: Reader, width: int) -> None:
    tab = reader(width)
    tab.goto("")
    search(tab)

    tab.keyboard.press("Escape")

    wait(tab, "Escape closes the search", "!every(values[0]).some(shown)", RESULT)
    wait(tab, "and gives the focus back", "document.activeElement.matches('.search-open')")


def test_no_single_key_opens_anything(tab: Page) -> None:
    """A shortcut of one letter is set off by speech input and by a shaking hand (WCAG 2.1.4)."""
    tab.goto("triggers/alcohol/")
    here = tab.url
    tab.evaluate("addEventListener('beforeunload', () => { sessionStorage.left = 'yes'; })")
    for key in ("/", "s", "f", "p", "n", ",", "."):
        tab.keyboard.press(key)

    assert (tab.url, tab.evaluate("sessionStorage.left")) == (here, None)
    assert not tab.evaluate("document.querySelector('dialog').open")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_search_is_used_by_keyboard_alone(reader: Reader, width: int) -> None:
    tab = reader(width)
    tab.goto("")
    press_to(tab, ".search-open")
    tab.keyboard.press("Enter")
    wait(tab, "the button opens the search", "document.activeElement.matches(values[0])", SEARCH_BOX)
    tab.keyboard.type("caffeine")
    wait(tab, "the search finds caffeine", "every(values[0]).some(shown)", RESULT)
    press_to(tab, RESULT, "ArrowDown")
    assert look(tab, "shown(document.activeElement)"), "the result that has the focus is shown"
    tab.keyboard.press("Enter")
    tab.wait_for_url(re.compile("caffeine"))


PLANTED = {
    "does not show that it has the focus": "document.head.insertAdjacentHTML('beforeend', '<style>*, *::before, *::after { outline: none !important; box-shadow: none !important }</style>')",
    "has the focus under": "document.body.insertAdjacentHTML('beforeend', '<div style=\"position: fixed; inset: 0; z-index: 99; background: #fff\"></div>')",
    "has the focus and is not shown": "document.querySelector('main a').style.cssText = 'position: absolute; left: -9999px'",
    "which stands below it": "document.querySelector('main a').tabIndex = 5",
    "does not let the focus go": "document.addEventListener('keydown', (event) => { if (document.activeElement.closest('main')) event.preventDefault(); })",
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(reader: Reader, fault: str) -> None:
    tab = reader(bypass_csp=True)  # the site's own policy would refuse the fault
    tab.goto("about/")
    tab.evaluate(PLANTED[fault])

    assert fault in "\n".join(tabbing(tab))
