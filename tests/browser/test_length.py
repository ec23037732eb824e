"""A page is only as good as what a reader meets before she gives up: screens and words in view, on a phone."""

import pytest
from length import HEIGHT, LIMITS, WIDTH, Length, kind_of, lengths, measure

from browser.conftest import Reader


@pytest.fixture(scope="module")
def found(chromium, address: str, pages: list[str]) -> list[Length]:  # type: ignore[no-untyped-def]
    context = chromium.new_context(viewport={"width": WIDTH, "height": HEIGHT})
    found = list(lengths(context.new_page(), address, pages))
    context.close()
    return found


@pytest.mark.parametrize("kind", LIMITS)
def test_no_page_is_longer_than_its_kind_may_be(found: list[Length], kind: str) -> None:
    of_kind = [one for one in found if one.kind == kind]

    assert of_kind
    assert [f"{one.path}: {one.screens:.2f} screens, {one.words} words" for one in of_kind if one.too_long] == []


def test_the_first_box_of_the_checklist_stands_on_the_first_screen(found: list[Length]) -> None:
    checklist = next(one for one in found if one.last_box)

    assert 0 < checklist.first_box < 0.9  # above the bar at the foot


def test_a_page_made_longer_on_purpose_is_found(reader: Reader) -> None:
    tab = reader()
    tab.goto("triggers/caffeine-and-stimulants/")
    before = measure(tab, "", "trigger")
    tab.evaluate("document.querySelector('article').append(...Array.from({length: 40}, () => Object.assign(document.createElement('p'), {textContent: 'More and more words to read.'})))")

    after = measure(tab, "", "trigger")

    assert not before.too_long and after.too_long and after.words == before.words + 240


def test_what_is_folded_is_not_counted_and_what_is_opened_is(reader: Reader) -> None:
    tab = reader()
    tab.goto("triggers/caffeine-and-stimulants/")
    before = measure(tab, "", "trigger")
    tab.locator(".fold > summary").first.click()

    assert measure(tab, "", "trigger").words > before.words


def test_every_page_has_a_kind_or_is_known_to_have_no_limit(pages: list[str]) -> None:
    assert [kind_of(path) for path in ("", "get-help/", "triggers/", "triggers/alcohol/", "glossary/", "404.html")] == [
        "home", "check your signs", "list of pages", "trigger", None, None]
    assert {path for path in pages if kind_of(path) is None} == {"404.html", "all-pages/", "glossary/", "sources/", "about/", "changes/"}
