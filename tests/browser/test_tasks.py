"""Five things that readers come for, walked from the home page on a phone: how far she must scroll, and how often she must tap."""

from dataclasses import dataclass
from typing import Self

import pytest
from playwright.sync_api import Locator, Page

SCREEN = 844  # the height of a phone, in CSS pixels


@dataclass
class Walk:
    """A reader's way. She begins at the home page, and sees each page from its top to the last thing that she needs there."""

    tab: Page
    taps: int = 0
    screens: float = 0  # seen so far
    _top: float = 0  # how much of the page in hand she has seen, in screens

    def __post_init__(self) -> None:
        self.tab.goto("")

    def sees(self, target: Locator) -> Self:
        """Scroll until all of a thing is in view."""
        target.wait_for()
        below = target.evaluate("target => { const {bottom} = target.getBoundingClientRect(); return getComputedStyle(target).position === 'fixed' || target.closest('dialog, .site-bar') ? 0 : bottom + scrollY; }")
        if below / SCREEN > self._top:
            self.screens += below / SCREEN - self._top
            self._top = below / SCREEN
        return self

    def taps_on(self, target: Locator, leads_on: bool = True) -> Self:
        """Tap on a thing; `leads_on` to another page, or to a dialog over this one."""
        self.sees(target)
        target.click()
        self.taps += 1
        if leads_on:
            self._top = 0
        return self


def link(tab: Page, name: str) -> Locator:
    return tab.locator("main").get_by_role("link", name=name, exact=True).first


def searched(tab: Page, words: str) -> Walk:
    """Type words into the search, and tap on the first hit."""
    walk = Walk(tab).taps_on(tab.locator(".search-open"))
    tab.locator(".search__box").fill(words)
    return walk.taps_on(tab.locator(".search__hits a").first)


def test_my_lip_has_twitched_since_tuesday_is_it_bad(tab: Page) -> None:
    walk = Walk(tab).sees(tab.locator(".answer"))
    assert "usually harmless" in tab.locator(".answer").inner_text() and walk.screens < 1  # the short answer

    walk.taps_on(link(tab, "Check your signs"))
    for none in tab.locator("input[name^=none]").all():
        walk.taps_on(none.locator("xpath=ancestor::label"), leads_on=False)

    assert "Look after yourself" in tab.locator(".result").first.inner_text()
    assert walk.screens <= 6, walk.screens


def test_my_face_dropped(tab: Page) -> None:
    walk = Walk(tab).sees(tab.locator(".call-box a[href='tel:999']"))

    assert (walk.taps, walk.screens < 1) == (0, True)


@pytest.mark.parametrize("words, title, answer", [
    ("I take sertraline", "Antidepressants", "Do not stop"),
    ("I am afraid it is ALS", "Motor neurone disease", "unlikely"),
])
def test_what_she_types_leads_her_to_an_answer_in_view(tab: Page, words: str, title: str, answer: str) -> None:
    walk = searched(tab, words)

    assert title in tab.locator("h1").inner_text()
    walk.sees(tab.locator("main").get_by_text(answer).first)
    assert walk.taps <= 2 and walk.screens <= 2, walk


def test_what_can_i_do_tonight(tab: Page) -> None:
    walk = Walk(tab).taps_on(link(tab, "What helps"))
    walk.taps_on(tab.locator(".tile a").first)

    walk.sees(tab.locator(".step-list li, .breathing-pacer p").first)
    assert walk.taps <= 2 and walk.screens <= 2, walk
