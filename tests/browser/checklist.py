"""Play the checklist of an open page and compare it with the reference; each check returns its faults in sentences, none when all is well."""

import hashlib
import itertools
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any

from checklist_reference import Checklist, findings
from guide.care_levels import CARE_LEVELS
from guide.model.entries import RedFlag
from guide.model.guide import Guide
from playwright.sync_api import Locator, Page
from words.catalogue import read_words

SCRIPT = (Path(__file__).parent / "checklist.js").read_text(encoding="utf-8")
PAGE = "get-help/"
FORWARD = ".care-card.is-forward"
REGION = ".result[role=status]"
SUMMARY = "pre.summary"

Answer = tuple[str, str]  # the name and the value of an input: ("sign", "face"), ("none", "emergency")


@dataclass(frozen=True)
class Leaflet:
    """What the page must say, from the guide alone."""

    guide: Guide

    @cached_property
    def reference(self) -> Checklist:
        return Checklist.of(self.guide)

    @cached_property
    def all_words(self) -> dict[str, Any]:
        return read_words(self.guide.about.language)

    @property
    def words(self) -> dict[str, Any]:
        words: dict[str, Any] = self.all_words["checklist"]
        return words

    @cached_property
    def questions(self) -> dict[str, str]:
        return {flag.id: flag.question for flag in self.guide.every(RedFlag)}

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each care level."""
        return {care: self.guide.care_levels.level(care).name for care in CARE_LEVELS}

    def heading(self, care: str) -> str:
        return f"{self.urgency(care)}: {self.names[care]}"

    def urgency(self, care: str) -> str:
        words: str = self.all_words["urgency"][care]
        return words

    def all_none(self) -> list[Answer]:
        return [("none", care) for care in self.reference.groups]

    @cached_property
    def calls(self) -> list[str]:
        first: dict[str, str] = {}  # not asked of the guide itself, since the page has it from there
        for country in self.guide.emergency_numbers.countries:
            first.setdefault(country.region, country.emergency[0].number)
        return [f"tel:{number.replace(' ', '')}" for number in first.values()]


@dataclass
class Proof:
    """How much was tried, how long it took, and what was wrong."""

    faults: list[str]
    tried: int
    seconds: float

    def __str__(self) -> str:
        return f"{self.tried:,} in {self.seconds:.1f} s"


def run(tab: Page, call: str, *given: Any) -> Any:
    """Call one function of checklist.js in the page."""
    return tab.evaluate(f"async (given) => {{ {SCRIPT}\nreturn await {call}; }}", given)


def ticks(*signs: str) -> list[Answer]:
    return [("sign", sign) for sign in signs]


def tick(tab: Page, name: str, value: str) -> Locator:
    return tab.locator(f'input[name="{name}"][value="{value}"]')


def press(tab: Page, text: str) -> None:
    tab.locator(".for-the-doctor").get_by_role("button", name=text, exact=True).click()


# The pure function

def levels(tab: Page, leaflet: Leaflet) -> list[str]:
    """Every sign stands at its own level, in the order of the YAML, in each place of the page."""
    expected = [{"id": sign, "fieldset": care, "sign": care, "group": care, "groups": 1, "question": leaflet.questions[sign]}
                for care, signs in leaflet.reference.groups.items() for sign in signs]
    found = run(tab, "signs()")
    return [f"the page has {here}, the YAML {there}" for here, there in itertools.zip_longest(found, expected) if here != there]


def every_subset(tab: Page, leaflet: Leaflet) -> Proof:
    """The shipped function, on every subset of the signs, gives what the reference gives, and a tick more never lowers it."""
    start, faults, tried, reference = perf_counter(), [], 0, leaflet.reference
    number = len(reference.signs)
    for said, none, nothing in (("nothing else answered", 0, 0), ("every group also answered none", 2 ** len(reference.groups) - 1, len(reference.groups) + 1)):
        expected = reference.every_subset(nothing=nothing)
        found = run(tab, "everySubset(...given)", number, none)
        tried += found["combinations"]
        counts = {str(level): expected.count(level) for level in range(len(reference.outcomes)) if level in expected}
        if found["counts"] != counts:
            faults.append(f"{said}: the script counts {found['counts']}, the reference {counts}")
        if found["hash"] != hashlib.sha256(expected).hexdigest():
            faults.append(f"{said}: script and reference differ in some of {len(expected)} subsets")
        if not none and (found["added"], found["lowered"]) != (number * 2 ** (number - 1), 0):
            faults.append(f"of {found['added']} added ticks, {found['lowered']} lower the level, such as {found['example']}")
    return Proof(faults, tried, perf_counter() - start)


def every_answer(tab: Page, leaflet: Leaflet) -> Proof:
    """The shipped function, on every pattern of levels ticked, not sure and none, gives what the reference gives."""
    start, reference = perf_counter(), leaflet.reference
    patterns = [[care for bit, care in enumerate(reference.groups) if number >> bit & 1] for number in range(2 ** len(reference.groups))]
    found = [reference.outcomes[level + 1] for level in run(tab, "everyAnswer()")]
    asked = [([sign for care in ticked for sign in reference.groups[care]], unsure, none) for ticked, unsure, none in itertools.product(patterns, repeat=3)]
    faults = [f"{answers} give {level}, not {reference.outcome(*answers)}" for answers, level in zip(asked, found, strict=True) if level != reference.outcome(*answers)]
    return Proof(faults, len(asked), perf_counter() - start)


# The page that the reader has

def meets(leaflet: Leaflet, seen: dict[str, Any], expected: str | None, *, only_unsure: bool = False) -> list[str]:
    """The one card that comes forward, and what the live region says; silence in a more urgent part is told, once anything is answered."""
    silent = [care for care, signs in leaflet.reference.groups.items() if care not in (*seen["unsure"], *seen["none"]) and not set(signs) & set(seen["sign"])]
    urgent = silent if expected is None else [care for care in silent if CARE_LEVELS.index(care) < CARE_LEVELS.index(expected)]
    still = leaflet.words["open"].format(parts=", ".join(map(leaflet.urgency, urgent))) if urgent and len(silent) < len(leaflet.reference.groups) else ""
    if expected is None:
        right: dict[str, Any] = {"forward": [], "heading": "", "said": still, "links": [], "region": None}
    else:
        right = {"forward": [expected], "heading": leaflet.heading(expected), "links": leaflet.calls if expected == "emergency" else [f"#{expected}"], "region": expected}
    faults = [f"{name} is {seen[name]}, not {value}" for name, value in right.items() if seen[name] != value]
    opening = leaflet.words["open"].partition("{")[0]
    if expected and (leaflet.words["if_unsure"] in seen["said"]) != only_unsure or not seen["said"].endswith(still) or seen["said"].count(opening) != bool(still):
        faults.append(f"the live region says {seen['said']}")
    return faults


def tells(leaflet: Leaflet, seen: dict[str, Any]) -> list[str]:
    """The text for the doctor: what was answered word for word, what was not as not answered, and never a no for silence."""
    text, words, faults = seen["summary"], leaflet.words, []
    lines = text.split("\n")
    for sign, question in leaflet.questions.items():
        line = f"[x] {leaflet.urgency(leaflet.reference.levels[sign])}: {question}"
        if lines.count(line) != (sign in seen["sign"]) or text.count(question) != (sign in seen["sign"]):
            faults.append(f"{sign} is {'' if sign in seen['sign'] else 'not '}ticked, and the summary says it {text.count(question)} times")
    for care, signs in leaflet.reference.groups.items():
        silent = care not in (*seen["unsure"], *seen["none"]) and not set(signs) & set(seen["sign"])
        for key, answered in (("not_answered", silent), ("unsure", care in seen["unsure"]), ("none", care in seen["none"])):
            said = [line for line in lines if line.endswith(f"{leaflet.urgency(care)}: {words[key]}")]
            if len(said) != answered:
                faults.append(f"the summary has {len(said)} lines “{words[key]}” for {care}, not {int(answered)}")
    for needed in (words["not_a_diagnosis"], f"{words['version']}: {leaflet.guide.version}"):
        if needed not in lines:
            faults.append(f"the summary lacks “{needed}”")
    if not re.search(rf"^{words['date']}: \d{{4}}-\d\d-\d\d$", text, re.MULTILINE):
        faults.append("the summary has no date")
    rest = text
    for question in leaflet.questions.values():
        rest = rest.replace(question, "")
    if found := re.search(r"\bno\b|\bdenie", rest, re.IGNORECASE):
        faults.append(f"the summary turns silence into “{found[0]}”")
    return faults + findings(rest.replace(words["not_a_diagnosis"], ""))


def plays(tab: Page, leaflet: Leaflet, games: Iterable[list[Answer]], *, saying: str = "") -> Proof:
    """Click the answers of each game from a cleared list; every card, announcement and summary is what the reference says."""
    start, games, faults = perf_counter(), list(games), []
    for game, seen in zip(games, run(tab, "play(...given)", games, leaflet.words["clear"]), strict=True):
        answers = {name: {value for kind, value in game if kind == name} for name in ("sign", "unsure", "none")}
        expected = leaflet.reference.outcome(answers["sign"], answers["unsure"], answers["none"])
        ticked = {leaflet.reference.levels[sign] for sign in answers["sign"]}
        found = [f"{name} is {seen[name]}" for name in answers if set(seen[name]) != answers[name]]
        found += meets(leaflet, seen, expected, only_unsure=expected in answers["unsure"] and expected not in ticked) + tells(leaflet, seen)
        faults += [f"{saying}{game}: {fault}" for fault in found]
    return Proof(faults, len(games), perf_counter() - start)


def few(leaflet: Leaflet) -> list[list[Answer]]:
    """Nothing, every sign alone, every pair."""
    signs = leaflet.reference.signs
    return [[], *(ticks(*some) for size in (1, 2) for some in itertools.combinations(signs, size))]


def answers(leaflet: Leaflet) -> list[list[Answer]]:
    """Every pattern of silence, not sure, none and a sign, over the groups."""
    choices: list[list[list[Answer]]] = [[[], [("unsure", care)], [("none", care)], ticks(signs[0]), [("unsure", care), *ticks(signs[-1])]] for care, signs in leaflet.reference.groups.items()]
    return [[answer for part in parts for answer in part] for parts in itertools.product(*choices)]


def exclusion(tab: Page, leaflet: Leaflet) -> list[str]:
    """In every group, any other answer takes "none" back and shuts it out, whichever comes last; other groups keep theirs."""
    faults = []
    for care, signs in leaflet.reference.groups.items():
        none = ("none", care)
        others = [answer for answer in leaflet.all_none() if answer != none]
        for answer in [*ticks(*signs), ("unsure", care)]:
            for first, last in ((none, answer), (answer, none)):
                seen, = run(tab, "play(...given)", [[*others, first, last]], leaflet.words["clear"])
                holds = [[kind, value] for kind in ("sign", "unsure", "none") for value in seen[kind]]
                if sorted(holds) != sorted(map(list, [*others, answer])):
                    faults.append(f"{first} and then {last} leave {holds}")
    return faults


def clearing(tab: Page, leaflet: Leaflet) -> list[str]:
    """"Clear all" takes back every answer, every word and the card."""
    fields = tab.locator(".field input")
    for game in ([("unsure", "emergency"), *ticks(*leaflet.reference.signs)], leaflet.all_none()):
        run(tab, "play(...given)", [game], leaflet.words["clear"])
        for number in range(fields.count()):
            fields.nth(number).fill("my own words")
        press(tab, leaflet.words["clear"])
        seen = run(tab, "seen()")
        if left := [seen[name] for name in ("sign", "unsure", "none", "fields") if seen[name]]:
            return [f"after “{leaflet.words['clear']}” there is still {left}"]
        if faults := meets(leaflet, seen, None) + tells(leaflet, seen):
            return faults
        if "my own words" in seen["summary"]:
            return ["the summary keeps words that were cleared"]
    return []


def settling(tab: Page, leaflet: Leaflet) -> list[str]:
    """A browser may bring back both "none" and another answer; then the other answer holds, and the page shows it."""
    faults = []
    for care, signs in leaflet.reference.groups.items():
        for name, value in [*ticks(signs[-1]), ("unsure", care)]:
            press(tab, leaflet.words["clear"])
            tick(tab, name, value).evaluate("(input) => { input.checked = true; }")
            for _, group in leaflet.all_none():
                tick(tab, "none", group).evaluate("(input) => { input.checked = true; }")
            tab.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
            seen = run(tab, "seen()")
            if seen[name] != [value] or care in seen["none"]:
                faults.append(f"{name} {value} and none were restored, which left {seen[name]} and none of {seen['none']}")
            faults += meets(leaflet, seen, care, only_unsure=name == "unsure")
    press(tab, leaflet.words["clear"])
    return faults


HOSTILE = "<b>bold</b> <img src=x onerror=\"document.title='read'\"> \"quotes\" 'single' & &amp; `x` {{ 7 * 7 }} \u2028\n[x] Emergency: forged 😬 \\n"


def free_text(tab: Page, leaflet: Leaflet) -> list[str]:
    """What the reader writes stays one line of text: no markup, no line that could pass for an answer, and no say in the card."""
    press(tab, leaflet.words["clear"])
    faults, fields = [], tab.locator(".field input")
    for number in range(fields.count()):
        fields.nth(number).fill(HOSTILE)
    seen = run(tab, "seen()")
    shown = HOSTILE.replace("\n", " ").strip()
    for label in leaflet.words["fields"].values():
        if f"{label}: {shown}" not in seen["summary"].split("\n"):
            faults.append(f"the summary does not have “{label}” as it was written")
    if tab.locator(f"{SUMMARY} *").count() or tab.title() == "read":
        faults.append("what was written became markup")
    if any(line.startswith("[x]") for line in seen["summary"].split("\n")):
        faults.append("what was written passes for a tick")
    press(tab, leaflet.words["clear"])
    return faults + meets(leaflet, seen, None)


def keeping(tab: Page, leaflet: Leaflet) -> list[str]:
    """Nothing is sent, kept or put into the address while the list is used; the page must have been opened by `watched`."""
    before, sent = run(tab, "kept()"), []
    tab.context.on("request", lambda request: sent.append(f"{request.method} {request.url}"))
    tab.on("websocket", lambda socket: sent.append(socket.url))
    tab.evaluate("window.written.length = 0")
    for kind, value in [*leaflet.all_none(), *ticks(*leaflet.reference.signs[:2]), ("unsure", "emergency")]:
        tick(tab, kind, value).click()
    for field in tab.locator(".field input").all():
        field.fill("my own words")
        field.press("Enter")
    text = tab.locator(SUMMARY).text_content()
    for button in ("copy", "share", "print"):
        press(tab, leaflet.words[button])
    tab.wait_for_function("(said) => document.querySelector('.summary-said').textContent === said", arg=leaflet.words["copied"])
    copied, shared = tab.evaluate("navigator.clipboard.readText()"), tab.evaluate("window.shared")
    press(tab, leaflet.words["clear"])
    after, written = run(tab, "kept()"), tab.evaluate("window.written")
    faults = [f"{name} was {value} and is {after[name]}" for name, value in before.items() if value != after[name]]
    faults += [f"the page sends {request}" for request in sent] + [f"the page calls {call}" for call in written]
    faults += [] if copied == text else [f"copied was {copied!r}"]
    faults += [] if shared == [{"text": text}] else [f"shared was {json.dumps(shared)}"]
    return faults


WATCH = """
window.written = [];
window.shared = [];
const watch = (owner, name, say) => {
  if (!owner?.[name]) return;
  const real = owner[name];
  owner[name] = function (...given) { window.written.push(say ?? name); return real.apply(this, given); };
};
navigator.share = async (data) => { window.shared.push(data); };
watch(window, "fetch"); watch(XMLHttpRequest.prototype, "send"); watch(Navigator.prototype, "sendBeacon"); watch(Storage.prototype, "setItem");
watch(IDBFactory.prototype, "open", "indexedDB.open"); watch(CacheStorage.prototype, "open", "caches.open"); watch(window, "open", "window.open");
watch(History.prototype, "pushState"); watch(History.prototype, "replaceState"); watch(HTMLFormElement.prototype, "submit");
watch(BroadcastChannel.prototype, "postMessage");
const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
Object.defineProperty(Document.prototype, "cookie", { ...cookie, set(value) { window.written.push("cookie"); cookie.set.call(this, value); } });
"""


def watched(tab: Page, page: str = PAGE) -> Page:
    """Open the checklist with all that a page can write to under watch."""
    tab.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab.add_init_script(WATCH)
    tab.goto(page, wait_until="networkidle")
    return tab
