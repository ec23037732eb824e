"""The red-flag checklist proved on the real page: every subset of signs, real clicks, paper, keyboard, and spoilt copies that must be caught."""

import datetime
import functools
import itertools
import json
import math
import os
import random
import re
import secrets
import shutil
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
from browser.checklist import FORWARD, PAGE, REGION, SUMMARY, Leaflet, Proof, press, run, tick, ticks, watched
from browser.checks import axe, large_text, look, looks_for, reflow, tabbing
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
def played(sound: Page, leaflet: Leaflet) -> Proof:
    """All singles, all pairs and 2,000 random subsets, clicked in any order, on the page itself."""
    choice = random.Random(SEED)
    signs = leaflet.reference.signs
    some = [ticks(*choice.sample(signs, choice.randint(0, len(signs)))) for _ in range(2000)]
    return checklist.plays(sound, leaflet, [*checklist.few(leaflet), *some], saying=f"SEED={SEED} ")


def story_answers(leaflet: Leaflet, story: dict[str, Any]) -> list[checklist.Answer]:
    return leaflet.all_none() if story.get("answer") == "none" else ticks(*story["ticks"])


@pytest.fixture(scope="module")
def told(sound: Page, leaflet: Leaflet) -> Proof:
    """Every vignette by real clicks of the mouse."""
    start, faults = perf_counter(), []
    for story in VIGNETTES:
        press(sound, leaflet.words["clear"])
        for name, value in story_answers(leaflet, story):
            tick(sound, name, value).click()
        seen = run(sound, "seen()")
        faults += [f"{story['id']}: {fault}" for fault in checklist.meets(leaflet, seen, story["level"]) + checklist.tells(leaflet, seen)]
    return Proof(faults, len(VIGNETTES), perf_counter() - start)


def test_script_and_reference_agree_on_every_subset_and_no_tick_lowers_the_level(proved: Proof, leaflet: Leaflet) -> None:
    print(f"\nevery subset of {len(leaflet.reference.signs)} signs, without and with none: {proved}")

    assert proved.faults == []
    assert proved.tried == 2 * 2 ** len(leaflet.reference.signs) == 33_554_432


def test_script_and_reference_agree_on_every_pattern_of_levels_not_sure_and_none(sound: Page, leaflet: Leaflet) -> None:
    proof = checklist.every_answer(sound, leaflet)
    print(f"\nevery pattern of levels, not sure and none: {proof}")

    assert proof.faults == []
    assert proof.tried == 16 * 16 * 16


def test_the_page_shows_the_right_card_for_all_singles_all_pairs_and_2000_random_subsets(played: Proof, leaflet: Leaflet) -> None:
    print(f"\nplayed on the page with SEED={SEED}: {played}")

    assert played.faults == []
    signs = len(leaflet.reference.signs)
    assert played.tried == 1 + signs + math.comb(signs, 2) + 2000


def test_the_page_shows_the_right_card_for_every_mix_of_sign_not_sure_none_and_silence(sound: Page, leaflet: Leaflet) -> None:
    proof = checklist.plays(sound, leaflet, checklist.answers(leaflet))
    print(f"\nmixes of sign, not sure, none and silence: {proof}")

    assert proof.faults == []
    assert proof.tried == 5 ** 4


def test_every_vignette_gets_its_level(told: Proof) -> None:
    print(f"\nvignettes: {told}")

    assert told.faults == []
    assert told.tried >= 60


def test_every_sign_alone_by_a_click_on_its_question_brings_its_own_card(open_list: Page, leaflet: Leaflet) -> None:
    for sign, care in leaflet.reference.levels.items():
        question = open_list.get_by_text(leaflet.questions[sign], exact=True)
        question.click()
        assert checklist.meets(leaflet, run(open_list, "seen()"), care) == [], sign
        question.click()
        assert checklist.meets(leaflet, run(open_list, "seen()"), None) == [], sign


def test_order_and_repetition_of_ticks_do_not_matter(sound: Page, leaflet: Leaflet) -> None:
    choice = random.Random(SEED)
    ways = [list(pair) for pair in itertools.permutations(leaflet.reference.signs, 2)]
    for _ in range(200):
        some = choice.sample(leaflet.reference.signs, choice.randint(1, len(leaflet.reference.signs)))
        ways.append([*some, *choice.sample(some, len(some)), *choice.sample(some, len(some))])  # ticked, taken back, ticked again

    assert checklist.plays(sound, leaflet, (ticks(*way) for way in ways), saying=f"SEED={SEED} ").faults == []


# None, not sure, clear all

def test_with_any_other_answer_in_its_group_none_is_impossible(sound: Page, leaflet: Leaflet) -> None:
    assert checklist.exclusion(sound, leaflet) == []


def test_nothing_answered_is_no_result(open_list: Page, leaflet: Leaflet) -> None:
    seen = run(open_list, "seen()")

    assert checklist.meets(leaflet, seen, None) + checklist.tells(leaflet, seen) == []
    assert open_list.locator("form.checklist input:checked").count() == 0


def test_not_sure_of_an_emergency_sign_shows_the_calls_and_says_to_call_if_not_sure(open_list: Page, leaflet: Leaflet) -> None:
    tick(open_list, "unsure", "emergency").click()

    assert checklist.meets(leaflet, run(open_list, "seen()"), "emergency", only_unsure=True) == []
    assert "If you are not sure, call." in open_list.locator(FORWARD).inner_text()


def test_clear_all_takes_back_every_answer_and_every_word(sound: Page, leaflet: Leaflet) -> None:
    assert checklist.clearing(sound, leaflet) == []


# What every outcome says

def test_every_outcome_says_what_to_do_who_how_soon_and_its_safety_net(sound: Page, leaflet: Leaflet) -> None:
    levels = leaflet.guide.care_levels
    for care in leaflet.reference.results:
        run(sound, "play(...given)", [leaflet.all_none() if care == "self-care" else ticks(leaflet.reference.groups[care][0])], leaflet.words["clear"])
        card, level = sound.locator(FORWARD).inner_text(), levels.level(care)
        missing = [line for line in (level.name, level.who, level.how_soon, *level.action, *level.safety_net, levels.crisis_line) if line not in card]
        assert missing == [], care


def test_no_outcome_says_what_the_reader_has_or_has_not(sound: Page, leaflet: Leaflet) -> None:
    """All cards; the live region and the summary are read at every play."""
    assert sound.locator(".care-card").count() == len(CARE_LEVELS)
    for card in sound.locator(".care-card").all():
        assert findings(sure(card.text_content())) == []
    for care in leaflet.reference.groups:
        for game in ([("unsure", care)], leaflet.all_none(), ticks(leaflet.reference.groups[care][0])):
            seen, = run(sound, "play(...given)", [game], leaflet.words["clear"])
            assert findings(seen["said"]) == []


def test_the_emergency_card_and_its_announcement_lead_to_the_calls_and_nowhere_else(open_list: Page, leaflet: Leaflet) -> None:
    tick(open_list, "sign", leaflet.reference.signs[0]).click()

    for place in (FORWARD, REGION):
        assert open_list.locator(f"{place} a").evaluate_all("(links) => links.map((link) => link.getAttribute('href'))") == leaflet.calls


def test_a_level_that_comes_forward_hides_no_other(open_list: Page, leaflet: Leaflet) -> None:
    everything = open_list.locator(".care-card, .red-flag")
    number = everything.count()
    for care in leaflet.reference.results:
        run(open_list, "play(...given)", [leaflet.all_none() if care == "self-care" else ticks(leaflet.reference.groups[care][0])], leaflet.words["clear"])
        assert everything.filter(visible=True).count() == number, care


# One source

def test_the_signs_stand_at_the_same_level_in_the_yaml_on_the_page_and_in_the_checklist(sound: Page, leaflet: Leaflet) -> None:
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
    cards = sound.locator(".care-card").evaluate_all("(cards) => cards.map((card) => card.className.match(/care-card--([a-z-]+)/)[1])")

    assert cards == list(CARE_LEVELS)
    assert look(sound, "emergencyFirst()") == []


@pytest.mark.parametrize("reason", [{"java_script_enabled": False}, {"refuse": ["*guide.js"]}], ids=["JavaScript is off", "the script did not come"])
def test_all_signs_and_cards_are_there_and_nothing_is_offered_that_cannot_work_when(reader: Reader, leaflet: Leaflet, reason: dict[str, Any]) -> None:
    tab = reader(**reason)
    tab.goto(PAGE)

    for words in (*leaflet.questions.values(), *(leaflet.guide.care_levels.level(care).name for care in CARE_LEVELS)):
        assert tab.locator("form.checklist").get_by_text(words).first.is_visible(), words
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


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("reason", WITHOUT)
def test_the_list_keeps_its_shape_when(reader: Reader, reason: str, width: int) -> None:
    """Not only its text: no column of single letters, no page of another length."""
    whole = reader(width)
    whole.goto(PAGE)
    height = whole.evaluate("document.documentElement.scrollHeight")
    options, handle = WITHOUT[reason]
    tab = reader(width, **options)
    if handle:
        tab.route("**/guide.js", functools.partial(handle, tab))
    tab.goto(PAGE, wait_until="commit")
    tab.locator(".site-footer").wait_for()

    assert look(tab, "squeezed()") == []
    assert 1 / 1.2 < tab.evaluate("document.documentElement.scrollHeight") / height < 1.2


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
    tick(tab, "sign", "new-medicine").click()

    assert leaflet.heading("pharmacist") in " ".join(tab.locator(REGION).inner_text().split())
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
    press(tab, leaflet.words["copy"])
    tab.get_by_text(leaflet.words["copy_by_hand"]).wait_for()

    assert tab.evaluate("getSelection().toString()").strip() == tab.locator(SUMMARY).inner_text().strip()


def test_share_is_offered_only_where_the_device_can(reader: Reader, leaflet: Leaflet) -> None:
    for can in (True, False):
        tab = reader()
        tab.add_init_script(f"Object.defineProperty(Navigator.prototype, 'share', {{ value: {'async () => {}' if can else 'undefined'}, configurable: true }})")
        tab.goto(PAGE)
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


# Coming back

def answer_all(tab: Page) -> dict[str, Any]:
    for name, value in (("sign", "heart"), ("sign", "new-medicine"), ("unsure", "same-day"), ("none", "appointment")):
        tick(tab, name, value).click()
    seen: dict[str, Any] = run(tab, "seen()")
    return seen


def fits(leaflet: Leaflet, seen: dict[str, Any]) -> list[str]:
    """Whatever the browser brought back, the card, the region and the summary go with it."""
    expected = leaflet.reference.outcome(seen["sign"], seen["unsure"], seen["none"])
    return checklist.meets(leaflet, seen, expected) + checklist.tells(leaflet, seen)


def test_after_the_back_button_no_tick_is_kept_and_what_is_shown_fits(open_list: Page, leaflet: Leaflet) -> None:
    """A browser that has put the page away makes it anew, and the form asks it to keep nothing."""
    answer_all(open_list)
    open_list.goto("about/")
    open_list.go_back()
    seen = run(open_list, "seen()")

    assert seen["sign"] == [] and seen["none"] == []
    assert fits(leaflet, seen) == []


def test_after_a_reload_what_is_shown_fits_the_ticks(open_list: Page, leaflet: Leaflet) -> None:
    answer_all(open_list)
    open_list.reload()

    assert fits(leaflet, run(open_list, "seen()")) == []


def test_ticks_that_were_restored_before_the_script_ran_bring_their_card(tab: Page, leaflet: Leaflet, site: Path) -> None:
    """With both a sign and "none" ticked in the same group, as a form may be restored."""
    html = (site / PAGE / "index.html").read_text(encoding="utf-8")
    for value in ('name="sign" value="heart"', 'name="none" value="emergency"', 'name="none" value="same-day"'):
        assert html.count(value) == 1
        html = html.replace(value, f"{value} checked")
    tab.route(f"**/{PAGE}", lambda route: route.fulfill(content_type="text/html", body=html))
    tab.goto(PAGE)
    seen = run(tab, "seen()")

    assert (seen["sign"], seen["none"]) == (["heart"], ["same-day"])
    assert fits(leaflet, seen) == []


def test_a_page_that_the_browser_kept_whole_still_works(chromium: Browser, address: str, leaflet: Leaflet) -> None:
    """The back/forward cache, which Playwright turns off unless it is told not to."""
    browser = chromium.browser_type.launch(executable_path=shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome"),
                                           args=QUIET, ignore_default_args=["--disable-back-forward-cache"])
    tab = browser.new_page(base_url=address)
    tab.goto(PAGE)
    tab.evaluate("addEventListener('pageshow', (event) => { window.kept = event.persisted; })")
    before = answer_all(tab)
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
    answer_all(open_list)
    open_list.evaluate(swap, "../about/")
    assert not open_list.evaluate("document.documentElement.classList.contains('has-result')")
    open_list.evaluate(swap, "../get-help/")

    assert checklist.plays(open_list, leaflet, checklist.few(leaflet)[:30]).faults == []
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
    tick(open_list, "sign", "new-medicine").click()

    assert leaflet.heading("pharmacist") in " ".join(sure(region.text_content()).split())
    assert statuses() == before


def test_every_control_has_its_words_for_a_name_and_every_group_its_legend(open_list: Page, leaflet: Leaflet) -> None:
    for care, signs in leaflet.reference.groups.items():
        group = open_list.get_by_role("group", name=leaflet.words["legend"][care], exact=True)
        boxes = [*(leaflet.questions[sign] for sign in signs), leaflet.words["unsure"], leaflet.words["none"]]
        for name in boxes:
            assert group.get_by_role("checkbox", name=name, exact=True).count() == 1, name
        assert group.get_by_role("checkbox").count() == len(boxes)
        assert group.get_by_role("checkbox").last.get_attribute("name") == "none"
    doctor = open_list.get_by_role("group", name=leaflet.words["for_the_doctor"], exact=True)
    for label in leaflet.words["fields"].values():
        assert doctor.get_by_role("textbox", name=label, exact=True).count() == 1, label
    assert doctor.get_by_role("region", name=leaflet.words["summary"], exact=True).count() == 1


@pytest.mark.parametrize("width", [390, 1280])
def test_the_list_is_used_by_keyboard_alone(reader: Reader, leaflet: Leaflet, width: int) -> None:
    tab = reader(width)
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.goto(PAGE)
    controls = "form.checklist :is(input, button)"
    tab.locator(controls).first.focus()
    met, copied = [], None
    for _ in range(tab.locator("form.checklist *").count()):
        here = tab.evaluate("(controls) => document.activeElement.matches(controls) ? [document.activeElement.name, document.activeElement.value, document.activeElement.textContent] : null", controls)
        if here:
            met.append(here)
            name, value, text = here
            if (name, value) in (("sign", "heart"), ("sign", "numb-for-days"), ("unsure", "same-day"), ("none", "pharmacist")):
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

    assert met == order
    assert tab.locator(f"{controls}:disabled").count() == 3, "none of these is passed over in the three groups that were answered"
    assert checklist.meets(leaflet, seen, "emergency") == []
    assert (seen["sign"], seen["unsure"], seen["none"], seen["fields"]) == (["heart", "numb-for-days"], ["same-day"], ["pharmacist"], ["on Monday"])
    assert tab.evaluate("navigator.clipboard.readText()") == copied
    assert f"{leaflet.words['fields']['began']}: on Monday" in sure(copied)


def test_the_bar_of_the_result_does_not_cover_what_has_the_focus(reader: Reader, leaflet: Leaflet) -> None:
    for width in (390, 1280):
        tab = reader(width)
        tab.goto(PAGE)
        run(tab, "play(...given)", [ticks("face")], leaflet.words["clear"])
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
    for care in leaflet.reference.results:
        run(tab, "play(...given)", [leaflet.all_none() if care == "self-care" else ticks(leaflet.reference.groups[care][0])], leaflet.words["clear"])
        assert [*axe(tab), *looks_for("targets()")(tab), *reflow(tab)] == [], care
    assert mistakes == []


@pytest.mark.parametrize("width", [390, 640])
def test_a_result_in_text_of_twice_the_size_loses_nothing_and_leaves_room_to_read(reader: Reader, width: int) -> None:
    tab = reader(width)
    tab.goto(PAGE)
    tick(tab, "sign", "face").click()

    assert large_text(tab) == []
    assert sure(tab.locator(REGION).bounding_box())["height"] < 844 / 2


# Paper

def pages_of(tab: Page, paper: str) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", tab.pdf(format=paper, prefer_css_page_size=False)))


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("ticked", ["nothing", "new-medicine", "face"])
def test_the_checklist_prints_on_one_sheet_with_every_sign_and_the_emergency_card_first(reader: Reader, leaflet: Leaflet, paper: str, ticked: str) -> None:
    width, height = PAPERS[paper]
    tab = reader(width - 2 * EDGE, height - 2 * EDGE)
    tab.goto(PAGE)
    run(tab, "play(...given)", [[] if ticked == "nothing" else ticks(ticked)], leaflet.words["clear"])
    assert pages_of(tab, paper) == 1
    tab.emulate_media(media="print")
    cards = tab.locator(".care-card").filter(visible=True)
    boxes = [sure(card.bounding_box()) for card in cards.all()]
    places = [(2 * box["x"] + box["width"] > 1.2 * (width - 2 * EDGE), box["y"], box["y"] + box["height"]) for box in boxes]  # right column or not, top, foot

    words = " ".join(tab.locator("main").inner_text().split())
    assert [question for question in leaflet.questions.values() if question not in words] == []
    assert [care for care in CARE_LEVELS if leaflet.guide.care_levels.level(care).name not in words] == []
    assert tab.locator(".care-card").evaluate_all("(cards) => cards.map((card) => getComputedStyle(card).outlineStyle)") == ["none"] * len(CARE_LEVELS)
    assert len(places) == len(CARE_LEVELS)
    assert places == sorted(places), "the levels stand in another order than in the file"
    assert all(top >= 0 and bottom <= height - 2 * EDGE for _, top, bottom in places)
    assert cards.first.locator("a").filter(visible=True).evaluate_all("(links) => links.map((link) => link.getAttribute('href'))") == leaflet.calls


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("much", ["nothing", "three signs", "everything"])
def test_the_summary_prints_alone_on_one_sheet_with(reader: Reader, leaflet: Leaflet, paper: str, much: str) -> None:
    tab = reader()
    tab.add_init_script("window.print = () => {}")
    tab.goto(PAGE)
    signs = {"nothing": [], "three signs": leaflet.reference.signs[:3], "everything": leaflet.reference.signs}[much]
    run(tab, "play(...given)", [[*ticks(*signs), *[("unsure", care) for care in leaflet.reference.groups if much == "everything"]]], leaflet.words["clear"])
    for field in tab.locator(".field input").all() if signs else ():
        room = int(sure(field.get_attribute("maxlength")))
        field.fill(("It comes back each day after work. " * 9)[:room if much == "everything" else 35])
    press(tab, leaflet.words["print"])
    tab.emulate_media(media="print")

    assert tab.locator("form.checklist").evaluate("(form) => getComputedStyle(form).columnCount") == "auto"
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

def every_subset(tab: Page, leaflet: Leaflet) -> list[str]:
    return checklist.every_subset(tab, leaflet).faults


def every_answer(tab: Page, leaflet: Leaflet) -> list[str]:
    return checklist.every_answer(tab, leaflet).faults


def played_pairs(tab: Page, leaflet: Leaflet) -> list[str]:
    return checklist.plays(tab, leaflet, checklist.few(leaflet)).faults


def played_answers(tab: Page, leaflet: Leaflet) -> list[str]:
    return checklist.plays(tab, leaflet, checklist.answers(leaflet)).faults


UPDATE = "  update() {"
SPOILT = {
    "the last level in place of the most urgent": ([every_subset, every_answer, played_pairs],
        "for (let level = 0; level < groups.length; level++)", "for (let level = groups.length - 1; level >= 0; level--)"),
    "silence is self-care": ([every_subset, every_answer, played_pairs], "return none === (1 << groups.length) - 1 ? groups.length : -1", "return groups.length"),
    "one none is self-care": ([every_answer, played_answers], "return none === (1 << groups.length) - 1 ? groups.length : -1", "return none ? groups.length : -1"),
    "not sure is a no": ([every_answer, played_answers], "|| unsure & (1 << level)", ""),
    "none is not taken back": ([checklist.exclusion], "if (none.disabled) none.checked = false;", ";"),
    "none is not shut out": ([checklist.exclusion], "none.disabled = Boolean(", "none.ariaDisabled = Boolean("),
    "the reset is forgotten": ([checklist.clearing], "this.form.reset();", ""),
    "restored ticks do not settle": ([checklist.settling], "none.checked = false;", ";"),
    "the card does not go back": ([played_pairs], 'card.classList.toggle("is-forward", level === this.level)', 'card.classList.toggle("is-forward", level === this.level || card.classList.contains("is-forward"))'),
    "the result is not announced": ([played_pairs], "this.show(this.cards[this.level], onlyUnsure, open);", ""),
    "parts without an answer are not told": ([played_pairs, played_answers], "if (open)", "if (false)"),
    "a part without an answer is told where it is less urgent": ([played_pairs], "this.level < 0 || this.fieldsets.indexOf(fieldset) < this.level", "true"),
    "if you are not sure is not said": ([played_answers], "if (onlyUnsure)", "if (false)"),
    "silence is told as no": ([played_pairs], "${words.not_answered}", "no"),
    "a question is not told word for word": ([played_pairs], 'sign.closest("label").textContent.trim()', "sign.value"),
    "what was written becomes markup": ([checklist.free_text], "this.text.textContent = lines", "this.text.innerHTML = lines"),
    "a tick is stored": ([checklist.keeping], UPDATE, f"{UPDATE} localStorage.setItem('ticks', '1');"),
    "a tick is put into a cookie": ([checklist.keeping], UPDATE, f"{UPDATE} document.cookie = 'ticks=1';"),
    "a tick is put into the address": ([checklist.keeping], UPDATE, f"{UPDATE} location.hash = this.signs.map((sign) => +sign.checked).join('');"),
    "a tick is sent": ([checklist.keeping], UPDATE, f"{UPDATE} navigator.sendBeacon('/ticked', '1');"),
    "a tick loads a picture": ([checklist.keeping], UPDATE, f"{UPDATE} new Image().src = '/ticked.png';"),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_script_is_caught_in_which(tab: Page, noted: Noted, leaflet: Leaflet, site: Path, spoilt: str) -> None:
    checks, old, new = SPOILT[spoilt]
    source = (ROOT / "overrides" / "components" / "red-flag-checklist" / "red-flag-checklist.js").read_text(encoding="utf-8")
    assert source.count(old) == 1, f"the script has “{old}” {source.count(old)} times; spoil it in another way"
    shipped = (site / "assets" / "guide.js").read_text(encoding="utf-8")
    script = shipped.replace(rjsmin.jsmin(source), rjsmin.jsmin(source.replace(old, new)))
    assert script != shipped
    tab.route("**/assets/guide.js", lambda route: route.fulfill(content_type="text/javascript", body=script))
    watched(tab)

    for check_ in checks:
        assert check_(tab, leaflet) != [], f"{check_.__name__} does not see that {spoilt}"
    noted.refused.clear()  # what a spoilt script does may break the site's policy as well


@pytest.mark.parametrize("sign, care", [("face", "same-day"), ("tingling-lips", "emergency"), ("new-medicine", "appointment"), ("numb-for-days", "pharmacist")])
def test_a_page_is_caught_on_which_one_sign_stands_at_another_level(tab: Page, leaflet: Leaflet, site: Path, sign: str, care: str) -> None:
    html = (site / PAGE / "index.html").read_text(encoding="utf-8")
    part = sure(re.search(rf'<div class="red-flag care-card--[a-z-]+">\n<h3 id="{sign}">.*?\n</div>\n', html, re.DOTALL))[0]
    legend = sure(re.search(rf'<fieldset class="signs" data-care="{care}">\n<legend>.*?</legend>\n', html))[0]
    moved = html.replace(part, "").replace(legend, legend + part.replace(leaflet.reference.levels[sign], care))
    assert len(moved) - len(html) == part.count(leaflet.reference.levels[sign]) * (len(care) - len(leaflet.reference.levels[sign]))
    tab.route(f"**/{PAGE}", lambda route: route.fulfill(content_type="text/html", body=moved))
    tab.goto(PAGE)

    for check_ in (checklist.levels, every_subset, played_pairs):
        assert check_(tab, leaflet) != [], f"{check_.__name__} does not see that {sign} stands at {care}"


# The proof that the site shows

def test_the_proof_is_written_down(request: pytest.FixtureRequest, leaflet: Leaflet, proved: Proof, played: Proof, told: Proof) -> None:
    """Only from what was tried here, and only if all of it held."""
    PROOF.unlink(missing_ok=True)
    assert proved.faults + played.faults + told.faults == []
    assert not request.session.testsfailed, "another test failed, so nothing is claimed"
    PROOF.parent.mkdir(exist_ok=True)
    PROOF.write_text(json.dumps({
        "version": leaflet.guide.version, "program": program(), "signs": len(leaflet.reference.signs), "combinations": proved.tried // 2,
        "played": played.tried, "vignettes": told.tried, "date": datetime.date.today().isoformat(),
    }) + "\n", encoding="utf-8")
