"""axe finds nothing: every kind of page on a phone, on a desk and in the dark, the menu and the search open; on all other pages nothing but the contrast is left out.

EVERY_STATE=1 has it look at every page in every state.
"""

import os
from itertools import product

import pytest
from playwright.sync_api import Page

from browser.checks import axe, faults_on, open_menu, open_search, search, search_in_vain
from browser.conftest import Reader

ACTIONS = {
    "at rest": lambda tab: None, "search open": open_search, "search with results": search, "search without a hit": search_in_vain, "menu open": open_menu}
WIDTHS, SCHEMES = (390, 1280), ("light", "dark")

EVERY_STATE = list(product(WIDTHS, SCHEMES, ACTIONS, ["pages"]))
STATES = [
    *product(WIDTHS, SCHEMES, ["at rest"], ["kinds"]),
    (390, "light", "at rest", "the rest"),
    *product([390], SCHEMES, [action for action in ACTIONS if action != "at rest"], ["home"]),
]


@pytest.mark.parametrize(("width", "scheme", "action", "which"), EVERY_STATE if os.environ.get("EVERY_STATE") else STATES)
def test_axe_finds_nothing(reader: Reader, pages: list[str], kinds: list[str], width: int, scheme: str, action: str, which: str) -> None:
    tab = reader(width, color_scheme=scheme)

    def check(tab: Page) -> list[str]:
        ACTIONS[action](tab)
        return axe(tab, contrast=which != "the rest")

    faults = faults_on(tab, {"pages": pages, "kinds": kinds, "the rest": sorted(set(pages) - set(kinds)), "home": [""]}[which], check)

    assert not faults, faults


PLANTED = {
    "image-alt: ": "document.querySelector('main').insertAdjacentHTML('afterbegin', '<img src=\"x.svg\">')",
    "color-contrast: ": "document.querySelector('h1').style.color = '#999'",
    "link-name: ": "document.querySelector('main a').replaceChildren()",
}


@pytest.mark.parametrize("fault", PLANTED)
def test_axe_finds_a_planted_fault(tab: Page, fault: str) -> None:
    tab.goto("")
    tab.evaluate(PLANTED[fault])

    assert [found for found in axe(tab) if found.startswith(fault)]
