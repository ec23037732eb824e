"""The red-flag checklist proved on the real page: every subset of signs, real clicks, paper, keyboard, and spoilt copies that must be caught."""

import datetime
import functools
import json
import os
import random
import re
import secrets
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
import rjsmin
import yaml
from builds import CONTENT, HICCUPS, ROOT, SMALL, build
from checklist_reference import findings
from guide.care_levels import CARE_LEVELS
from guide.model.entries import RedFlag
from pages.proof import program
from playwright.sync_api import Browser, Page, Route
from sure import sure
from whole import whole

from browser import checklist
from browser.checklist import FORWARD, PAGE, REGION, SUMMARY, Leaflet, Proof, label, opened, press, run, tick, ticks, watched
from browser.checks import axe, large_text, look, looks_for, reflow, tabbing, wait
from browser.conftest import QUIET, Noted, Reader, serve

PROOF = ROOT / ".cache" / "checklist-proof.json"
VIGNETTES = yaml.safe_load((ROOT / "tests" / "vignettes.yml").read_text(encoding="utf-8"))
SEED = int(os.environ.get("SEED", secrets.randbits(32)))
PAPERS = {"A4": (794, 1123), "Letter": (816, 1056)}  # in CSS pixels
EDGE = 38  # the margin that Chromium leaves on each side


def leaflet_of(folder: Path) -> Leaflet:
    return Leaflet(whole(folder))


@pytest.fixture(scope="module")
def leaflet() -> Leaflet:
    return leaflet_of(CONTENT)


@pytest.fixture(scope="module")
def sound(chromium: Browser, address: str) -> Iterator[Page]:
    """One tab on the checklist for all that is played in bulk."""
    tab = chromium.new_page(base_url=address)
    tab.goto(PAGE)
    yield tab
    tab.close()


@pytest.fixture
def open_list(tab: Page) -> Page:
    tab.goto(PAGE)
    return tab


# Every subset

@pytest.fixture(scope="module")
def proved(sound: Page, leaflet: Leaflet) -> Proof:
    return checklist.every_subset(sound, leaflet)


@pytest.fixture(scope="module")
def patterns(sound: Page, leaflet: Leaflet) -> Proof:
    return checklist.every_answer(sound, leaflet)


@pytest.fixture(scope="module")
def played(sound: Page, leaflet: Leaflet) -> Proof:
    """Nothing, all singles and some pairs, clicked in any order, and 300 random subsets, on the page itself."""
    choice = random.Random(SEED)
    clicked = checklist.plays(sound, leaflet, [*checklist.few(leaflet), *checklist.pairs(leaflet, choice, 100)], saying=f"SEED={SEED} ")
    restored = checklist.plays(sound, leaflet, checklist.subsets(leaflet, choice, 300), saying=f"SEED={SEED} ", at_once=True)
    return Proof(clicked.faults + restored.faults, clicked.tried + restored.tried, clicked.seconds + restored.seconds)


def story_answers(leaflet: Leaflet, story: dict[str, Any]) -> list[checklist.Answer]:
    return leaflet.all_none() if story.get("answer") == "none" else ticks(*story["ticks"])


@pytest.fixture(scope="module")
def told(sound: Page, leaflet: Leaflet) -> Proof:
    """Every vignette, clicked."""
    start, faults = perf_counter(), []
    known = [story for story in VIGNETTES if set(story["ticks"]) <= set(leaflet.reference.signs)]
    faults += [f"{story['id']}: ticks a sign that is not there" for story in VIGNETTES if story not in known]
    for story, seen in zip(known, run(sound, "play(...given)", [story_answers(leaflet, story) for story in known], leaflet.words["clear"]), strict=True):
        faults += [f"{story['id']}: {fault}" for fault in checklist.meets(leaflet, seen, story["level"]) + checklist.tells(leaflet, seen)]
    return Proof(faults, len(VIGNETTES), perf_counter() - start)


def test_script_and_reference_agree_on_every_subset_and_no_tick_lowers_the_level(proved: Proof, leaflet: Leaflet) -> None:
    print(f"\nevery subset of {len(leaflet.reference.signs)} signs: {proved}")

    assert proved.faults == []
    assert proved.tried == 2 ** len(leaflet.reference.signs) >= 2 ** 24


def test_script_and_reference_agree_on_every_pattern_of_levels_not_sure_and_none(patterns: Proof) -> None:
    print(f"\nevery pattern of levels, not sure and none: {patterns}")

    assert patterns.faults == []
    assert patterns.tried >= 2 ** 4 * 2 ** 4 * 2


def test_script_and_reference_agree_on_random_answers(sound: Page, leaflet: Leaflet) -> None:
    proof = checklist.some_answers(sound, leaflet, random.Random(SEED), 20_000)

    assert proof.faults == [], f"SEED={SEED}"


def test_the_page_shows_the_right_card_for_all_singles_some_pairs_and_300_random_subsets(played: Proof, leaflet: Leaflet) -> None:
    print(f"\nplayed on the page with SEED={SEED}: {played}")

    assert played.faults == []
    assert played.tried >= 1 + len(leaflet.reference.signs) + 100 + 300


def test_the_page_shows_the_right_card_for_every_mix_of_sign_not_sure_none_and_silence(sound: Page, leaflet: Leaflet) -> None:
    proof = checklist.plays(sound, leaflet, checklist.answers(leaflet), at_once=True)
    print(f"\nmixes of sign, not sure, none and silence: {proof}")

    assert proof.faults == []
    assert proof.tried == 4 ** len(leaflet.reference.groups)


def test_every_vignette_gets_its_level(told: Proof) -> None:
    print(f"\nvignettes: {told}")

    assert told.faults == []
    assert told.tried >= 60


@pytest.mark.parametrize("width", [390, 1280])
def test_every_sign_alone_by_a_click_on_its_row_brings_its_own_card(reader: Reader, leaflet: Leaflet, width: int) -> None:
    """By a real click: on the statement, on the hint, on the box; the list scrolls to it, and the bar at the foot covers none of them."""
    tab = reader(width)
    tab.goto(PAGE)
    place = """([sign, number]) => {
        const row = document.getElementById(sign).closest(".red-flag");
        const part = [row.querySelector("label"), row.querySelector(".red-flag__hint"), row.querySelector("input")][number % 3];
        part.scrollIntoView({ block: "center" });
        const { left, width, top, height } = part.getBoundingClientRect();
        return [left + Math.min(width / 2, 60), top + height / 2];
    }"""
    for number, (sign, care) in list(enumerate(leaflet.reference.levels.items()))[::1 if width < 1000 else 4]:
        at = tab.evaluate(place, [sign, number])
        for expected in (care, None):
            tab.mouse.click(*at)
            seen = run(tab, "seen()")
            assert (seen["sign"], checklist.meets(leaflet, seen, expected)) == ([sign] if expected else [], []), sign


def test_order_and_repetition_of_ticks_do_not_matter(sound: Page, leaflet: Leaflet) -> None:
    choice = random.Random(SEED)
    ways = []
    for _ in range(60):
        some = choice.sample(leaflet.reference.signs, choice.randint(1, 12))
        ways += [some, some[::-1], [*some, *choice.sample(some, len(some)), *choice.sample(some, len(some))]]  # ticked, taken back, ticked again

    assert checklist.plays(sound, leaflet, (ticks(*way) for way in ways), saying=f"SEED={SEED} ").faults == []


# None, not sure, clear all

def test_with_any_other_answer_in_its_group_none_is_impossible(sound: Page, leaflet: Leaflet) -> None:
    assert checklist.exclusion(sound, leaflet) == []


def test_nothing_answered_is_no_result(open_list: Page, leaflet: Leaflet) -> None:
    seen = run(open_list, "seen()")

    assert checklist.meets(leaflet, seen, None) + checklist.tells(leaflet, seen) == []
    assert open_list.locator("form.checklist input:checked").count() == 0


def test_not_sure_of_an_emergency_sign_shows_the_calls_and_says_to_call_if_not_sure(open_list: Page, leaflet: Leaflet) -> None:
    label(open_list, "unsure", "emergency").click()

    assert checklist.meets(leaflet, run(open_list, "seen()"), "emergency") == []
    assert leaflet.words["if_unsure"] in open_list.locator(REGION).inner_text()
    assert "If you are not sure, call." in sure(open_list.locator(FORWARD).text_content())


def test_clear_all_takes_back_every_answer_and_every_word(sound: Page, leaflet: Leaflet) -> None:
    assert checklist.clearing(sound, leaflet) == []


# What every outcome says

def test_every_outcome_says_what_to_do_who_how_soon_and_its_safety_net(sound: Page, leaflet: Leaflet) -> None:
    """In the card beside the list; on a phone it is folded below the list, where "See what to do" leads."""
    levels = leaflet.guide.care_levels
    for care in leaflet.reference.results:
        run(sound, "play(...given)", [leaflet.brings(care)], leaflet.words["clear"])
        level = levels.level(care)
        for card in (sound.locator(".result__card .care-card").inner_text(), sure(sound.locator(FORWARD).text_content())):
            assert [line for line in (level.who, level.how_soon, *level.action, *level.safety_net, levels.crisis_line) if line not in card] == [], care
        assert level.name in sound.locator(REGION).inner_text()


def test_the_way_from_the_bar_opens_the_whole_card(reader: Reader, leaflet: Leaflet) -> None:
    tab = reader()
    tab.goto(PAGE)
    for care in CARE_LEVELS:
        run(tab, "play(...given)", [leaflet.brings(care)], leaflet.words["clear"])
        card = tab.locator(f".checklist__cards .care-card--{care}")
        assert not card.is_visible()
        tab.locator(".result__way").click()
        wait(tab, "the card is in view", "shown(document.querySelector(values[0])) && box(document.getElementById(values[1])).top < innerHeight / 2", f".checklist__cards .care-card--{care}", care)
        level = leaflet.guide.care_levels.level(care)
        assert [line for line in (level.who, *level.action, *level.safety_net) if line not in card.inner_text()] == []


def test_no_outcome_says_what_the_reader_has_or_has_not(sound: Page, leaflet: Leaflet) -> None:
    """All cards; what each sign asks to do is read in project/test_checklist, the summary at every play."""
    cards = sound.locator(".checklist__cards .care-card")
    assert cards.count() == len(CARE_LEVELS)
    for card in cards.all():
        assert findings(sure(card.text_content())) == []
    games = [[("unsure", name)] for name in leaflet.reference.groups] + [leaflet.all_none()] + [ticks(sign) for sign in leaflet.reference.signs]
    for seen in run(sound, "play(...given)", games, leaflet.words["clear"]):
        said = seen["said"]
        for line in seen["todo"]:
            said = said.replace(line, "")
        assert findings(said) == []


def test_the_emergency_card_leads_to_the_calls_and_its_announcement_to_the_calls_and_the_card(sound: Page, leaflet: Leaflet) -> None:
    run(sound, "play(...given)", [leaflet.brings("emergency")], leaflet.words["clear"])
    links = "(links) => links.map((link) => link.getAttribute('href'))"

    assert sound.locator(f"{FORWARD} a").evaluate_all(links) == leaflet.calls
    assert sound.locator(f"{REGION} a:visible").evaluate_all(links) == leaflet.calls, "beside the list stands the card itself"


def test_the_result_on_a_phone_leads_to_the_calls_first_and_then_to_the_card(reader: Reader, leaflet: Leaflet) -> None:
    tab = reader()
    tab.goto(PAGE)
    run(tab, "play(...given)", [leaflet.brings("emergency")], leaflet.words["clear"])

    assert tab.locator(f"{REGION} a:visible").evaluate_all("(links) => links.map((link) => link.getAttribute('href'))") == [*leaflet.calls[:3], "#emergency"]  # the others stand in the card


def test_what_comes_first_for_any_ticked_sign_stands_first_and_the_call_is_never_lost(sound: Page, leaflet: Leaflet) -> None:
    """A sign whose first step is another than the call keeps it, such as a pen that comes before the call."""
    for care in leaflet.reference.results[:-1]:
        signs = leaflet.reference.at(care)
        for game, seen in zip([[sign] for sign in signs] + [signs], run(sound, "play(...given)", [*map(ticks, signs), ticks(*signs)], leaflet.words["clear"]), strict=True):
            firsts = [str(leaflet.flags[sign].action[0]) for sign in game]
            needed = list(dict.fromkeys(line for line in firsts if line != f"{leaflet.names[care]}."))
            assert seen["todo"][:len(needed)] == needed
            assert care != "emergency" or seen["calls"] == leaflet.calls


def test_a_level_that_comes_forward_hides_no_other(open_list: Page, leaflet: Leaflet) -> None:
    rows, heads = open_list.locator(".red-flag"), open_list.locator(".checklist__cards h2")
    number = rows.count(), heads.filter(visible=True).count()
    for care in leaflet.reference.results:
        run(open_list, "play(...given)", [leaflet.brings(care)], leaflet.words["clear"])
        assert (rows.filter(visible=True).count(), heads.filter(visible=True).count()) == number, care


# One source

def test_the_signs_stand_in_the_same_part_and_at_the_same_level_in_the_yaml_on_the_page_and_in_the_checklist(sound: Page, leaflet: Leaflet) -> None:
    assert checklist.levels(sound, leaflet) == []


def test_every_sign_names_its_sources_and_how_sure_its_level_is(sound: Page, leaflet: Leaflet) -> None:
    for flag in leaflet.guide.every(RedFlag):
        sign = flag.id
        part = sound.locator(".red-flag", has=sound.locator(f"#{sign}"))
        links = part.locator("details .how-sure a").evaluate_all("(links) => links.map((link) => Boolean(document.querySelector(link.getAttribute('href'))))")
        assert links == [True] * len(flag.sources), sign
        assert flag.how_sure in sure(part.locator("details").text_content()), sign
        assert part.locator(f".how-sure--{flag.certainty}").count() == 1, sign


def test_the_emergency_comes_first_and_the_levels_follow_in_order(sound: Page) -> None:
    cards = sound.locator(".checklist__cards .care-card").evaluate_all("(cards) => cards.map((card) => card.className.match(/care-card--([a-z-]+)/)[1])")

    assert cards == list(CARE_LEVELS)
    assert sound.locator("fieldset.signs").first.get_attribute("id") == "signs-emergency"
    assert look(sound, "emergencyFirst()") == []


@pytest.mark.parametrize("reason", [{"java_script_enabled": False}, {"refuse": ["*guide.js"]}], ids=["JavaScript is off", "the script did not come"])
def test_all_signs_and_cards_are_there_and_nothing_is_offered_that_cannot_work_when(reader: Reader, leaflet: Leaflet, reason: dict[str, Any]) -> None:
    tab = reader(**reason)
    tab.goto(PAGE)

    for flag in leaflet.flags.values():
        for words in (flag.statement, flag.hint):
            assert tab.locator("form.checklist").get_by_text(words, exact=True).is_visible(), words
    for care in CARE_LEVELS:  # the whole card, open
        level = leaflet.guide.care_levels.level(care)
        assert [line for line in (level.who, *level.action, *level.safety_net) if line not in tab.locator(f".checklist__cards .care-card--{care}").inner_text()] == []
    assert tab.locator("form.checklist :is(input, button)").filter(visible=True).count() == 0


def late(tab: Page, route: Route) -> None:
    """Let a file come after a second and a half, as on a slow line."""
    tab.wait_for_timeout(1500)
    route.continue_()


FAILS = "connectedCallback(){throw new Error('planted');"  # half way: the boxes are known, and nothing answers them
WITHOUT: dict[str, tuple[dict[str, Any], Callable[[Page, Route], None] | None]] = {  # how a reader comes, and what becomes of the script
    "JavaScript is off": ({"java_script_enabled": False}, None),
    "the script did not come": ({"refuse": ["*guide.js"]}, None),
    "the script comes late": ({}, lambda tab, route: None),
    "the script fails half way": ({}, lambda _, route: route.fulfill(content_type="text/javascript", body=route.fetch().text().replace("connectedCallback(){", FAILS))),
}


ROWS = "[...document.querySelectorAll('.red-flag:not(.red-flag--answer)')].reduce((sum, row) => sum + row.offsetHeight, 0)"


@pytest.fixture(scope="module")
def heights(chromium: Browser, address: str) -> dict[int, int]:
    """How high the rows of the signs are at each width, once the script is there."""
    tab = chromium.new_page(base_url=address)
    found = {}
    for width in (320, 390, 1280):
        tab.set_viewport_size({"width": width, "height": 844})
        tab.goto(PAGE)
        found[width] = tab.evaluate(ROWS)
    tab.close()
    return found


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("reason", WITHOUT)
def test_the_list_keeps_its_shape_when(reader: Reader, heights: dict[int, int], reason: str, width: int) -> None:
    """Not only its text: no column of single letters, no list of another length. The cards below it are open until the script has come.

    Where JavaScript is off there are no boxes, and so no rows of "none of these": the rows of the signs are compared.
    """
    options, handle = WITHOUT[reason]
    tab = reader(width, **options)
    if handle:
        tab.route("**/guide.js", functools.partial(handle, tab))
    tab.goto(PAGE, wait_until="commit")
    tab.locator(".site-footer").wait_for()

    assert look(tab, "squeezed()") == []
    assert 1 / 1.2 < tab.evaluate(ROWS) / heights[width] < 1.2
    assert tab.locator(".checklist__cards > details[open] > .care-card").count() == len(CARE_LEVELS)


def test_nothing_moves_when_the_script_comes_late(reader: Reader) -> None:
    tab = reader()
    tab.add_init_script("window.moved = 0; new PerformanceObserver((list) => { for (const one of list.getEntries()) moved += one.value; }).observe({ type: 'layout-shift', buffered: true });")
    tab.route("**/guide.js", functools.partial(late, tab))
    tab.goto(PAGE)
    tab.locator("form.checklist.is-ready").wait_for()
    tab.wait_for_timeout(200)

    assert tab.evaluate("moved") < 0.01


@pytest.mark.parametrize("reason", ["JavaScript is off", "the script did not come"])
def test_the_printed_list_keeps_its_boxes_without_a_script(reader: Reader, reason: str) -> None:
    tab = reader(**WITHOUT[reason][0])
    tab.goto(PAGE)
    tab.emulate_media(media="print")

    assert look(tab, "squeezed()") == []
    assert tab.locator(".tick input").count() >= 24
    assert tab.locator(".tick, .tick input").evaluate_all("(parts) => parts.filter((part) => !part.checkVisibility({ visibilityProperty: true }) || part.getBoundingClientRect().width < 5).length") == 0


@pytest.mark.parametrize("event", ["input", "change"])
def test_ticks_that_a_browser_brings_back_bring_their_result_back(open_list: Page, leaflet: Leaflet, event: str) -> None:
    """Firefox reopens a closed tab with the ticks of before and tells of them by `input` alone, after the page is shown."""
    open_list.evaluate("(event) => { const box = document.querySelector('input[name=sign]'); box.checked = true; box.dispatchEvent(new Event(event, { bubbles: true })); }", event)

    assert checklist.meets(leaflet, run(open_list, "seen()"), "emergency") == []


def test_no_browser_keeps_the_ticks(open_list: Page) -> None:
    assert open_list.locator("form.checklist").get_attribute("autocomplete") == "off"


COMPONENTS = sorted(file.stem for file in (ROOT / "overrides" / "components").glob("*/*.js") if file.stem == file.parent.name and file.stem != "red-flag-checklist")


@pytest.mark.parametrize("component", COMPONENTS)
def test_the_list_works_whatever_other_script_fails(tab: Page, site: Path, leaflet: Leaflet, component: str) -> None:
    shipped = (site / "assets" / "guide.js").read_text(encoding="utf-8")
    source = rjsmin.jsmin((ROOT / "overrides" / "components" / component / f"{component}.js").read_text(encoding="utf-8"))
    assert shipped.count(source) == 1
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    tab.route("**/guide.js", lambda route: route.fulfill(content_type="text/javascript", body=shipped.replace(source, "throw new Error('planted');")))
    tab.goto(PAGE)
    label(tab, *leaflet.brings("pharmacist")[0]).click()

    assert checklist.meets(leaflet, run(tab, "seen()"), "pharmacist") == []
    assert any(component in text and "planted" in text for text in said), said


# For the doctor

def test_what_the_reader_writes_stays_text(sound: Page, leaflet: Leaflet) -> None:
    assert checklist.free_text(sound, leaflet) == []


def test_nothing_is_sent_or_kept_or_put_into_the_address(tab: Page, leaflet: Leaflet) -> None:
    assert checklist.keeping(watched(tab), leaflet) == []


def test_no_answer_gets_into_the_address_by_the_enter_key_when_the_script_did_not_come(reader: Reader) -> None:
    tab = reader(refuse=["*guide.js"])
    tab.goto(PAGE)
    address = tab.url
    for control in (".field input", "input[name=sign]"):
        tab.locator(control).first.evaluate("(input) => { for (let at = input; at; at = at.parentElement) at.style.display = 'block'; input.focus(); }")
        tab.keyboard.press("Enter")
        tab.keyboard.press("Space")

    assert tab.url == address


def test_a_copy_that_is_refused_leaves_the_text_marked(tab: Page, leaflet: Leaflet) -> None:
    tab.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))")
    tab.goto(PAGE)
    opened(tab)
    press(tab, leaflet.words["copy"])
    tab.get_by_text(leaflet.words["copy_by_hand"]).wait_for()

    assert tab.evaluate("getSelection().toString()").strip() == tab.locator(SUMMARY).inner_text().strip()


def test_share_is_offered_only_where_the_device_can(reader: Reader, leaflet: Leaflet) -> None:
    for can in (True, False):
        tab = reader()
        tab.add_init_script(f"Object.defineProperty(Navigator.prototype, 'share', {{ value: {'async () => {}' if can else 'undefined'}, configurable: true }})")
        tab.goto(PAGE)
        opened(tab)
        assert tab.get_by_role("button", name=leaflet.words["share"], exact=True).count() == can


@pytest.mark.parametrize("zone, day", [("Pacific/Auckland", "2026-11-23"), ("America/Los_Angeles", "2026-11-22"), ("UTC", "2026-11-22")])
def test_the_date_is_the_day_where_the_reader_is(reader: Reader, leaflet: Leaflet, zone: str, day: str) -> None:
    """At 20:00 in London it is the next morning in New Zealand."""
    tab = reader(timezone_id=zone)
    tab.clock.set_fixed_time(datetime.datetime(2026, 11, 22, 20, tzinfo=datetime.UTC))
    tab.goto(PAGE)

    assert f"{leaflet.words['date']}: {day}" in sure(tab.locator(SUMMARY).text_content()).split("\n")


def test_no_others_are_spoken_of_where_every_sign_of_a_part_is_ticked(sound: Page, leaflet: Leaflet) -> None:
    seen, = run(sound, "play(...given)", [ticks(*leaflet.reference.signs)], leaflet.words["clear"])

    assert leaflet.words["others_not_ticked"] not in seen["summary"]


def test_what_is_asked_for_the_doctor_is_folded_until_the_reader_opens_it(open_list: Page, leaflet: Leaflet) -> None:
    fields = open_list.locator(".field input")
    assert fields.filter(visible=True).count() == 0
    open_list.locator(".for-the-doctor > summary").click()

    assert fields.filter(visible=True).count() == len(leaflet.words["fields"])
    assert open_list.locator(SUMMARY).is_visible()


# Coming back

def answer_all(tab: Page, leaflet: Leaflet) -> dict[str, Any]:
    """In one press of every kind."""
    for name, value in (*leaflet.brings("emergency"), *leaflet.brings("pharmacist"), ("unsure", "same-day"), ("none", "appointment")):
        tick(tab, name, value).evaluate("(box) => box.click()")
    seen: dict[str, Any] = run(tab, "seen()")
    assert (len(seen["sign"]), seen["unsure"], seen["none"]) == (2, ["same-day"], ["appointment"])
    return seen


def fits(leaflet: Leaflet, seen: dict[str, Any]) -> list[str]:
    """Whatever the browser brought back, the card, the region and the summary go with it."""
    expected = leaflet.reference.outcome(seen["sign"], seen["unsure"], seen["none"])
    return checklist.meets(leaflet, seen, expected) + checklist.tells(leaflet, seen)


def test_after_the_back_button_no_tick_is_kept_and_what_is_shown_fits(open_list: Page, leaflet: Leaflet) -> None:
    """A browser that has put the page away makes it anew, and the form asks it to keep nothing."""
    answer_all(open_list, leaflet)
    open_list.goto("about/")
    open_list.go_back()
    seen = run(open_list, "seen()")

    assert seen["sign"] == [] and seen["none"] == []
    assert fits(leaflet, seen) == []


def test_after_a_reload_what_is_shown_fits_the_ticks(open_list: Page, leaflet: Leaflet) -> None:
    answer_all(open_list, leaflet)
    open_list.reload()

    assert fits(leaflet, run(open_list, "seen()")) == []


def test_ticks_that_were_restored_before_the_script_ran_bring_their_card(tab: Page, leaflet: Leaflet, site: Path) -> None:
    """With both a sign and "none" ticked in the same group, as a form may be restored."""
    html = (site / PAGE / "index.html").read_text(encoding="utf-8")
    sign = leaflet.reference.groups["emergency"].signs[-1]
    for value in (f'name="sign" value="{sign}"', 'name="none" value="emergency"', 'name="none" value="same-day"'):
        assert html.count(value) == 1
        html = html.replace(value, f"{value} checked")
    tab.route(f"**/{PAGE}", lambda route: route.fulfill(content_type="text/html", body=html))
    tab.goto(PAGE)
    seen = run(tab, "seen()")

    assert (seen["sign"], seen["none"]) == ([sign], ["same-day"])
    assert fits(leaflet, seen) == []


def test_a_page_that_the_browser_kept_whole_still_works(chromium: Browser, address: str, leaflet: Leaflet) -> None:
    """The back/forward cache, which Playwright turns off unless it is told not to."""
    browser = chromium.browser_type.launch(executable_path=shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"),
                                           args=QUIET, ignore_default_args=["--disable-back-forward-cache"])
    tab = browser.new_page(base_url=address)
    tab.goto(PAGE)
    tab.evaluate("addEventListener('pageshow', (event) => { window.kept = event.persisted; })")
    before = answer_all(tab, leaflet)
    tab.goto("about/")
    tab.evaluate("history.back()")
    tab.wait_for_function("() => window.kept")
    after = run(tab, "seen()")
    press(tab, leaflet.words["clear"])
    cleared = run(tab, "seen()")
    browser.close()

    assert after == before
    assert checklist.meets(leaflet, cleared, None) == []


def test_a_list_that_is_swapped_in_without_a_reload_works_and_leaves_nothing_behind(open_list: Page, noted: Noted, leaflet: Leaflet) -> None:
    """As instant navigation does it: the main part of another page takes the place of this one."""
    swap = """async (address) => {
        const next = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
        document.querySelector("main").replaceWith(document.adoptNode(next.querySelector("main")));
    }"""
    answer_all(open_list, leaflet)
    open_list.evaluate(swap, "../about/")
    assert not open_list.evaluate("document.documentElement.classList.contains('has-result')")
    open_list.evaluate(swap, "../get-help/")

    assert checklist.plays(open_list, leaflet, checklist.few(leaflet)).faults == []
    assert noted.mistakes == []


def test_ticks_restored_beside_none_settle_to_the_tick(sound: Page, leaflet: Leaflet) -> None:
    assert checklist.settling(sound, leaflet) == []


# Readers

def test_the_live_region_is_there_and_polite_before_it_speaks(open_list: Page, leaflet: Leaflet) -> None:
    """A region that only comes with its words is not read out by every screen reader."""
    def statuses() -> list[str]:
        nodes = open_list.context.new_cdp_session(open_list).send("Accessibility.getFullAXTree")["nodes"]
        return [node["nodeId"] for node in nodes if node.get("role", {}).get("value") == "status" and not node["ignored"]]

    region = open_list.locator(REGION).element_handle()
    before = statuses()
    assert region.text_content() == ""
    assert region.get_attribute("aria-live") in (None, "polite")
    label(open_list, *leaflet.brings("pharmacist")[0]).click()

    assert leaflet.names["pharmacist"] in " ".join(sure(region.text_content()).split())
    assert statuses() == before


def test_every_control_has_its_words_for_a_name_and_every_group_its_legend(open_list: Page, leaflet: Leaflet) -> None:
    for name, group in leaflet.reference.groups.items():
        part = open_list.locator(f"#signs-{name}")
        assert open_list.get_by_role("group", name=re.compile(rf"^{re.escape(leaflet.words['legend'][name])}\s+{re.escape(leaflet.urgency(group.care))}$")).count() == 1
        boxes = [*(leaflet.flags[sign].statement for sign in group.signs), leaflet.none(name), leaflet.words["unsure"]]
        for box in boxes:
            assert part.get_by_role("checkbox", name=box, exact=True).count() == 1, box
        assert part.get_by_role("checkbox").evaluate_all("(boxes) => boxes.map((box) => box.labels[0].textContent.trim())") == boxes
        for sign in group.signs:  # its hint is read after it
            assert tick(open_list, "sign", sign).get_attribute("aria-describedby") == f"hint-{sign}"
            assert open_list.locator(f"#hint-{sign}").inner_text() == leaflet.flags[sign].hint
    opened(open_list)
    doctor = open_list.locator(".for-the-doctor")
    for field in leaflet.words["fields"].values():
        assert doctor.get_by_role("textbox", name=field, exact=True).count() == 1, field
    assert doctor.get_by_role("region", name=leaflet.words["summary"], exact=True).count() == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_the_list_is_used_by_keyboard_alone(reader: Reader, leaflet: Leaflet, width: int) -> None:
    tab = reader(width)
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(PAGE)
    opened(tab)
    controls = "form.checklist :is(input, button)"
    tab.locator(controls).first.focus()
    sign, other = leaflet.reference.groups["emergency"].signs[-1], leaflet.reference.groups["appointment"].signs[0]
    answers = [("sign", sign), ("unsure", "same-day"), ("sign", other), ("none", "pharmacist")]
    met, copied = [], None
    for _ in range(tab.locator("form.checklist *").count()):
        here = tab.evaluate("(controls) => document.activeElement.matches(controls) ? [document.activeElement.name, document.activeElement.value, document.activeElement.textContent] : null", controls)
        if here:
            met.append(here)
            name, value, text = here
            if (name, value) in answers:
                tab.keyboard.press("Space")
                assert tab.evaluate("document.activeElement.value") == value, "a tick takes the focus away"
            elif name == "began":
                tab.keyboard.type("on Monday")
            elif text == leaflet.words["copy"]:
                copied = tab.locator(SUMMARY).text_content()
                tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        if not tab.evaluate("Boolean(document.activeElement.closest('form.checklist'))"):
            break
    seen = run(tab, "seen()")
    order = tab.locator(controls).evaluate_all("(all) => all.filter((control) => !control.disabled).map((control) => [control.name, control.defaultValue ?? control.value, control.textContent])")
    shut = tab.locator(f"{controls}:disabled").evaluate_all("(all) => all.map((control) => [control.name, control.value])")
    passed = [["none", name] for name in ("same-day", "appointment", "emergency")]

    assert sorted(shut) == sorted(passed), "none of these is shut out in the parts that have another answer"
    assert [one for one in met if one[:2] not in passed] == [one for one in order if one[:2] not in passed]
    assert ["none", "emergency"] not in [one[:2] for one in met], "and passed over where it comes after the answer"
    assert checklist.meets(leaflet, seen, "emergency") == []
    assert (seen["sign"], seen["unsure"], seen["none"], seen["fields"]) == ([sign, other], ["same-day"], ["pharmacist"], ["on Monday"])
    assert tab.evaluate("navigator.clipboard.readText()") == copied
    assert f"{leaflet.words['fields']['began']}: on Monday" in sure(copied)


def test_the_bar_of_the_result_does_not_cover_what_has_the_focus(reader: Reader, leaflet: Leaflet) -> None:
    for width in (390, 1280):
        tab = reader(width)
        tab.goto(PAGE)
        run(tab, "play(...given)", [leaflet.brings("emergency")], leaflet.words["clear"])
        faults = tabbing(tab)
        assert not faults, "\n".join(faults)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_result_can_be_read_and_touched_by_everyone(reader: Reader, leaflet: Leaflet, width: int, scheme: str) -> None:
    tab = reader(width, color_scheme=scheme)
    mistakes = []
    tab.on("pageerror", lambda error: mistakes.append(str(error)))
    tab.on("console", lambda message: mistakes.append(message.text) if message.type == "error" else None)
    tab.goto(PAGE)
    whole = (width < 1000) == (scheme == "light")  # every level by day on a phone and by night on a desk; the first and the last the other way round
    for care in leaflet.reference.results if whole else ("emergency", "self-care"):
        run(tab, "play(...given)", [leaflet.brings(care)], leaflet.words["clear"])
        assert [*axe(tab, "html" if care == "emergency" else ".result"), *looks_for("targets()")(tab), *reflow(tab)] == [], care
    assert mistakes == []


@pytest.mark.parametrize("width", [390, 640])
def test_a_result_in_text_of_twice_the_size_loses_nothing_and_leaves_room_to_read(reader: Reader, leaflet: Leaflet, width: int) -> None:
    tab = reader(width)
    tab.goto(PAGE)
    run(tab, "play(...given)", [leaflet.brings("emergency")], leaflet.words["clear"])

    assert large_text(tab) == []
    assert sure(tab.locator(REGION).bounding_box())["height"] < 844 / 2


@pytest.mark.parametrize("width", [320, 390])
def test_the_bar_leaves_half_the_screen_and_the_list_scrolls_clear_of_it(reader: Reader, leaflet: Leaflet, width: int) -> None:
    """Every level, and every sign of an emergency at once; the end of the page can be read above the bar."""
    tab = reader(width)
    tab.goto(PAGE)
    for game in (*map(leaflet.brings, leaflet.reference.results), ticks(*leaflet.reference.at("emergency")), [("unsure", "pharmacist")]):
        run(tab, "play(...given)", [game], leaflet.words["clear"])
        tab.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        wait(tab, "the page leaves room for the bar", "every('.site-footer p').every((line) => box(line).bottom <= box(document.querySelector('.result')).top)")
        bar = sure(tab.locator(REGION).bounding_box())
        assert bar["height"] < 844 * 0.45, game
        assert tab.locator(REGION).evaluate("(bar) => bar.querySelectorAll('.result__do li').length < 3 || [...bar.querySelectorAll('.result__do li')].filter((line) => line.checkVisibility()).length === 2")


# Paper

def pages_of(tab: Page, paper: str, file: Path | None = None) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", tab.pdf(format=paper, prefer_css_page_size=False, path=file)))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("ticked", ["nothing", "emergency"])
def test_the_checklist_prints_on_one_sheet_with_every_sign_and_the_emergency_first(reader: Reader, leaflet: Leaflet, paper: str, ticked: str, tmp_path: Path) -> None:
    width, height = PAPERS[paper]
    tab = reader(width - 2 * EDGE, height - 2 * EDGE)
    tab.goto(PAGE)
    run(tab, "play(...given)", [[] if ticked == "nothing" else leaflet.brings(ticked)], leaflet.words["clear"])
    file = tmp_path / "list.pdf"
    assert pages_of(tab, paper, file) == 1
    words = " ".join(subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, text=True, check=True).stdout.split())
    tab.emulate_media(media="print")
    parts = [sure(part.bounding_box()) for part in tab.locator("fieldset.signs").all()]

    statements = [leaflet.flags[sign].statement for sign in leaflet.reference.signs]
    assert [line for flag in leaflet.flags.values() for line in (flag.statement, flag.hint) if line not in words] == []
    assert sorted(statements, key=words.index) == statements
    assert all(leaflet.names[group.care] in words for group in leaflet.reference.groups.values())
    assert all(call.removeprefix("tel:") in words.partition(leaflet.flags[leaflet.reference.signs[0]].statement)[0] for call in leaflet.calls), "the calls stand above the first sign"
    assert (parts[0]["x"], parts[0]["y"]) == (min(part["x"] for part in parts), min(part["y"] for part in parts)), "the emergency stands first"
    assert tab.locator(".red-flag").evaluate_all("(rows) => rows.filter((row) => row.getClientRects().length !== 1).length") == 0, "a row is split"
    assert look(tab, "squeezed()") == []
    assert tab.locator(f"{REGION}, .checklist__cards").filter(visible=True).count() == 0


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("much", ["nothing", "three signs", "everything"])
def test_the_summary_prints_alone_on_one_sheet_with(reader: Reader, leaflet: Leaflet, paper: str, much: str) -> None:
    tab = reader()
    tab.add_init_script("window.print = () => {}")
    tab.goto(PAGE)
    signs = {"nothing": [], "three signs": leaflet.reference.signs[:3], "everything": leaflet.reference.signs}[much]
    run(tab, "play(...given)", [[*ticks(*signs), *[("unsure", name) for name in leaflet.reference.groups if much == "everything"]]], leaflet.words["clear"])
    opened(tab)
    for field in tab.locator(".field input").all() if signs else ():
        room = int(sure(field.get_attribute("maxlength")))
        field.fill(("It comes back each day after work. " * 9)[:room if much == "everything" else 35])
    press(tab, leaflet.words["print"])
    tab.emulate_media(media="print")

    shown = " ".join(tab.locator("body").inner_text().split())
    assert shown == " ".join(sure(tab.locator(SUMMARY).text_content()).split())
    assert pages_of(tab, paper) == 1


def test_after_printing_the_page_is_whole_again(open_list: Page, leaflet: Leaflet) -> None:
    open_list.evaluate("window.print = () => { window.whilePrinting = document.documentElement.className; dispatchEvent(new Event('afterprint')); }")
    before = open_list.evaluate("document.documentElement.className")
    press(open_list, leaflet.words["print"])

    assert "print-summary" in open_list.evaluate("window.whilePrinting")
    assert open_list.evaluate("document.documentElement.className") == before


# Other guides

@pytest.fixture
def hiccups(chromium: Browser, hiccups_site: Path) -> Iterator[Page]:
    yield from _opened(chromium, hiccups_site)


@pytest.fixture
def small(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    result = build(SMALL, tmp_path / "site")
    assert result.returncode == 0, result.stderr
    yield from _opened(chromium, tmp_path / "site")


def _opened(chromium: Browser, site: Path) -> Iterator[Page]:
    server = serve(site)
    tab = chromium.new_page(base_url=f"http://127.0.0.1:{server.server_port}/")
    tab.goto(PAGE)
    yield tab
    tab.close()
    server.shutdown()


def test_the_guide_to_another_symptom_has_a_checklist_that_works(hiccups: Page) -> None:
    leaflet = leaflet_of(HICCUPS)

    assert len(leaflet.reference.groups) == 4
    assert checklist.levels(hiccups, leaflet) == []
    for proof in (checklist.every_subset(hiccups, leaflet), checklist.every_answer(hiccups, leaflet), checklist.plays(hiccups, leaflet, checklist.few(leaflet))):
        assert proof.faults == []


def test_a_guide_without_a_sign_at_one_level_has_a_checklist_that_works(small: Page) -> None:
    leaflet = leaflet_of(SMALL)

    assert len(leaflet.reference.groups) == 3
    assert checklist.levels(small, leaflet) == []
    for proof in (checklist.every_subset(small, leaflet), checklist.every_answer(small, leaflet),
                  checklist.plays(small, leaflet, [*checklist.few(leaflet), *checklist.answers(leaflet)])):
        assert proof.faults == []
    for found in (checklist.exclusion, checklist.clearing, checklist.settling, checklist.free_text):
        assert found(small, leaflet) == []


# Spoilt copies

def every_answer(tab: Page, leaflet: Leaflet) -> list[str]:
    """The function, by the patterns of levels, with one sign of each."""
    return checklist.every_answer(tab, leaflet, signs_of_each=1).faults


def played_alone(tab: Page, leaflet: Leaflet) -> list[str]:
    """Nothing and every sign alone, on the page."""
    return checklist.plays(tab, leaflet, checklist.few(leaflet)).faults


def played_mixes(tab: Page, leaflet: Leaflet) -> list[str]:
    """None everywhere, and in one part after the other each other answer; and one pair of signs for each two parts."""
    games = [leaflet.all_none(), *checklist.pairs(leaflet, random.Random(0), 0)]
    for name, group in leaflet.reference.groups.items():
        others = [answer for answer in leaflet.all_none() if answer[1] != name]
        games += [others, [*others, ("unsure", name)], [*others, *ticks(group.signs[0])], [("none", name)], [("unsure", name)], [("unsure", name), *ticks(group.signs[-1])]]
    return checklist.plays(tab, leaflet, games).faults


UPDATE = "  update() {"
RETURN = "return noneEverywhere ? levels.length : -1"
SPOILT = {
    "the last level in place of the most urgent": ([every_answer, played_mixes],
        "for (let level = 0; level < levels.length; level++)", "for (let level = levels.length - 1; level >= 0; level--)"),
    "the levels stand in another order": ([every_answer, played_mixes], 'this.names = this.cards.map((card) => card.closest("details").querySelector("h2").id);', "this.names = Object.keys(this.urgency);"),
    "silence is self-care": ([every_answer, played_alone], RETURN, "return levels.length"),
    "one none is self-care": ([played_mixes], "this.fieldsets.every((fieldset) => this.answer", "this.fieldsets.some((fieldset) => this.answer"),
    "the last part is not needed for self-care": ([played_mixes], "this.fieldsets.every((fieldset) => this.answer", "this.fieldsets.slice(0, -1).every((fieldset) => this.answer"),
    "none is never self-care": ([every_answer, played_mixes], RETURN, "return -1"),
    "not sure is a no": ([every_answer, played_mixes], "|| unsure & (1 << level)", ""),
    "not sure of a part of one sign is a no": ([played_mixes], '(this.answer(fieldset, "unsure") ?', '(this.answer(fieldset, "unsure") && fieldset.id === `signs-${fieldset.dataset.care}` ?'),
    "one sign is left out": ([played_alone, checklist.levels], "mask | (1 << bit) : mask), 0));", "mask | (1 << bit) : mask), 0) & ~4);"),
    "none is not taken back": ([checklist.exclusion], "if (none.disabled) none.checked = false;", ";"),
    "none is not shut out": ([checklist.exclusion], "none.disabled = Boolean(", "none.ariaDisabled = Boolean("),
    "the reset is forgotten": ([checklist.clearing], "this.form.reset();", ""),
    "restored ticks do not settle": ([checklist.settling], "none.checked = false;", ";"),
    "the card does not go back": ([played_alone], 'card.classList.toggle("is-forward", level === this.level)', 'card.classList.toggle("is-forward", level === this.level || card.classList.contains("is-forward"))'),
    "the result is not announced": ([played_alone], "this.show(this.cards[this.level], ticked, open);", ""),
    "parts without an answer are not told": ([played_alone], "if (open.length) {", "if (false) {"),
    "a part without an answer is told where it is less urgent": ([played_alone], "this.level < 0 || this.levelOf(fieldset) < this.level", "true"),
    "if you are not sure is not said": ([played_mixes], "if (!ticked.length && this.level < this.levels.length)", "if (false)"),
    "silence is told as no": ([played_alone], "${words.not_answered}", "no"),
    "a statement is not told word for word": ([played_alone], '${sign.closest("label").textContent.trim()}. ', "${sign.value}. "),
    "a hint is not told": ([played_alone], '. ${document.getElementById(sign.getAttribute("aria-describedby")).textContent}', "."),
    "the calls are not there": ([played_alone], 'card.querySelector(".call-buttons")?.cloneNode(true) ?? ""', '""'),
    "the first thing to do is lost": ([played_alone], "said.delete(`${line.firstChild.textContent}.`)", "said.delete([...said][0])"),
    "what to do for another sign is told": ([played_alone], "ticked.map((sign) => sign.closest", "ticked.map((sign) => this.signs[0].closest"),
    "a tick that was taken back still counts": ([played_alone], "this.form.reset();", "this.signs.at(-1).checked = true;"),
    "an old result stays": ([played_alone], "this.result.replaceChildren();", ""),
    "what was written becomes markup": ([checklist.free_text], "this.text.textContent = lines", "this.text.innerHTML = lines"),
    "a tick is stored": ([checklist.keeping], UPDATE, f"{UPDATE} localStorage.setItem('ticks', '1');"),
    "a tick is put into a cookie": ([checklist.keeping], UPDATE, f"{UPDATE} document.cookie = 'ticks=1';"),
    "a tick is put into the address": ([checklist.keeping], UPDATE, f"{UPDATE} location.hash = this.signs.map((sign) => +sign.checked).join('');"),
    "a tick is sent": ([checklist.keeping], UPDATE, f"{UPDATE} navigator.sendBeacon('/ticked', '1');"),
    "a tick loads a picture": ([checklist.keeping], UPDATE, f"{UPDATE} new Image().src = '/ticked.png';"),
}


@pytest.fixture(scope="module")
def spoilt_tab(chromium: Browser, address: str) -> Iterator[Page]:
    """One tab for all spoilt scripts. What they do may break the site's policy as well."""
    tab = chromium.new_page(base_url=address)
    tab.set_default_timeout(10_000)
    yield tab
    tab.close()


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_script_is_caught_in_which(chromium: Browser, address: str, spoilt_tab: Page, leaflet: Leaflet, site: Path, spoilt: str) -> None:
    checks, old, new = SPOILT[spoilt]
    source = (ROOT / "overrides" / "components" / "red-flag-checklist" / "red-flag-checklist.js").read_text(encoding="utf-8")
    assert source.count(old) == 1, f"the script has “{old}” {source.count(old)} times; spoil it in another way"
    shipped = (site / "assets" / "guide.js").read_text(encoding="utf-8")
    script = shipped.replace(rjsmin.jsmin(source), rjsmin.jsmin(source.replace(old, new)))
    assert script != shipped
    watching = checklist.keeping in checks
    tab = chromium.new_page(base_url=address) if watching else spoilt_tab
    tab.route("**/assets/guide.js", lambda route: route.fulfill(content_type="text/javascript", body=script))
    watched(tab) if watching else tab.goto(PAGE)

    for check_ in checks:
        assert check_(tab, leaflet) != [], f"{check_.__name__} does not see that {spoilt}"
    tab.close() if watching else tab.unroute_all()


@pytest.mark.parametrize("care", CARE_LEVELS[:-1])
def test_a_page_is_caught_on_which_one_sign_stands_at_another_level(tab: Page, leaflet: Leaflet, site: Path, care: str) -> None:
    own = CARE_LEVELS[(CARE_LEVELS.index(care) + 1) % 4]
    sign = leaflet.reference.groups[own].signs[0]
    html = (site / PAGE / "index.html").read_text(encoding="utf-8")
    part = sure(re.search(rf'<div class="red-flag care-card--{own}">\n<h3 id="{sign}">.*?</details>\n</div>\n', html, re.DOTALL))[0]
    legend = sure(re.search(rf'<fieldset class="[^"]*" data-care="{care}" id="signs-{care}">\n<legend>.*?</legend>\n', html, re.DOTALL))[0]
    moved = html.replace(part, "").replace(legend, legend + part.replace(f"care-card--{own}", f"care-card--{care}"))
    assert len(moved) - len(html) == len(care) - len(own)
    tab.route(f"**/{PAGE}", lambda route: route.fulfill(content_type="text/html", body=moved))
    tab.goto(PAGE)

    for check_ in (checklist.levels, played_alone):
        assert check_(tab, leaflet) != [], f"{check_.__name__} does not see that {sign} stands at {care}"


# The proof that the site shows

def test_the_proof_is_written_down(request: pytest.FixtureRequest, leaflet: Leaflet, proved: Proof, patterns: Proof, played: Proof, told: Proof) -> None:
    """Only from what was tried here, and only if all of it held."""
    PROOF.unlink(missing_ok=True)
    assert proved.faults + patterns.faults + played.faults + told.faults == []
    assert not request.session.testsfailed, "another test failed, so nothing is claimed"
    PROOF.parent.mkdir(exist_ok=True)
    PROOF.write_text(json.dumps({
        "version": leaflet.guide.version, "program": program(), "signs": len(leaflet.reference.signs), "combinations": proved.tried, "patterns": patterns.tried,
        "played": played.tried, "vignettes": told.tried, "date": datetime.date.today().isoformat(),
    }) + "\n", encoding="utf-8")
