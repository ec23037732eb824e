"""Play the checklist of an open page and compare it with the reference; each check returns its faults in sentences, none when all is well."""

import functools
import hashlib
import itertools
import json
import random
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from time import perf_counter
from typing import Any

from checklist_reference import OUTCOMES, Checklist, findings
from guide.care_levels import CARE_LEVELS, CareLevelId
from guide.model.entries import RedFlag
from guide.model.guide import Guide
from playwright.sync_api import Locator, Page
from words.catalogue import read_words

SCRIPT = (Path(__file__).parent / "checklist.js").read_text(encoding="utf-8")
PAGE = "get-help/"
FORWARD = ".checklist__cards .is-forward"
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
    def flags(self) -> dict[str, RedFlag]:
        return {flag.id: flag for flag in self.guide.every(RedFlag)}

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each care level."""
        return {care: self.guide.care_levels.level(care).name for care in CARE_LEVELS}

    def urgency(self, care: str) -> str:
        words: str = self.all_words["urgency"][care]
        return words

    def part(self, name: str) -> str:
        """What a part of the list is called where it is spoken of: by its level, or by a name of its own."""
        words: str = self.words["alone"][name] if name in self.words["alone"] else self.urgency(name)
        return words

    def none(self, name: str) -> str:
        words: str = self.words["none_of_one" if len(self.reference.groups[name].signs) == 1 else "none"]
        return words

    def all_none(self) -> list[Answer]:
        return [("none", name) for name in self.reference.groups]

    def brings(self, care: str) -> list[Answer]:
        """Answers whose result is this level."""
        return self.all_none() if care == "self-care" else ticks(self.reference.at(care)[0])

    def todo(self, care: CareLevelId, ticked: Collection[str]) -> list[str]:
        """What to do for the ticked signs of a level, first things first; for none of them what its card says."""
        lists = [self.flags[sign].action for sign in self.reference.at(care) if sign in ticked] or [self.guide.care_levels.level(care).action]
        first_things_first = [line for turn in itertools.zip_longest(*lists) for line in turn if line]
        return [line for line in dict.fromkeys(map(str, first_things_first)) if line != f"{self.names[care]}."]  # its heading says it

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


def label(tab: Page, name: str, value: str) -> Locator:
    """What a finger meets: the row of a box."""
    return tab.locator("label.tick", has=tick(tab, name, value))


def press(tab: Page, text: str) -> None:
    """Press a button below the list, wherever it stands and whether it is folded or not."""
    tab.locator(".for-the-doctor").get_by_role("button", name=text, exact=True, include_hidden=True).evaluate("(button) => button.click()")


def opened(tab: Page) -> None:
    """Open what is asked for the doctor."""
    tab.locator(".for-the-doctor").evaluate("(part) => { part.open = true; }")


# The pure function

def levels(tab: Page, leaflet: Leaflet) -> list[str]:
    """Every sign stands in its own part and at its own level, in the order of the guide, in each place of the page."""
    expected = [{"id": sign, "part": f"signs-{name}", **dict.fromkeys(("fieldset", "border", "sign", "level"), group.care), "levels": 1,
                 "statement": leaflet.flags[sign].statement, "hint": leaflet.flags[sign].hint}
                for name, group in leaflet.reference.groups.items() for sign in group.signs]
    found = run(tab, "signs()")
    return [f"the page has {here}, the YAML {there}" for here, there in itertools.zip_longest(found, expected) if here != there]


def every_subset(tab: Page, leaflet: Leaflet) -> Proof:
    """The shipped function, on every subset of the signs, gives what the reference gives, and a tick more never lowers it."""
    start, faults, reference = perf_counter(), [], leaflet.reference
    number = len(reference.signs)
    found = run(tab, "everySubset(...given)", number)
    hashes = functools.cache(lambda piece: hashlib.sha256(piece).hexdigest())
    differ = [piece for piece, (here, there) in enumerate(itertools.zip_longest(found["pieces"], map(hashes, reference.pieces()))) if here != there]
    if differ:
        faults.append(f"script and reference differ in {len(differ)} of {len(found['pieces'])} pieces of the table of all subsets, first in number {differ[0]}")
    if (found["added"], found["lowered"]) != (number * 2 ** (number - 1), 0):
        faults.append(f"of {found['added']} added ticks, {found['lowered']} lower the level")
    return Proof(faults, 2 ** number, perf_counter() - start)


def asks(tab: Page, leaflet: Leaflet, asked: Sequence[tuple[Sequence[str], Sequence[str], bool]]) -> list[str]:
    """The shipped function gives what the reference gives for lists of signs, levels not sure of, and whether none was said everywhere."""
    reference, bits = leaflet.reference, {sign: 1 << bit for bit, sign in enumerate(leaflet.reference.signs)}
    part: dict[str, str] = {care: next(name for name, group in reference.groups.items() if group.care == care) for care in reference.results[:-1]}
    given = [[sum(bits[sign] for sign in signs), sum(1 << CARE_LEVELS.index(care) for care in unsure), none] for signs, unsure, none in asked]
    expected = [reference.outcome(signs, [part[care] for care in unsure], reference.groups if none else ()) for signs, unsure, none in asked]
    found = [OUTCOMES[level + 1] for level in json.loads(run(tab, "outcomes(...given)", json.dumps(given)))]
    return [f"{one} give {here}, not {there}" for one, here, there in zip(asked, found, expected, strict=True) if here != there]


def every_answer(tab: Page, leaflet: Leaflet, *, signs_of_each: int | None = None) -> Proof:
    """Every choice of no sign, any one sign, or all signs of each level; times every choice of levels that are not sure; times none everywhere or not.

    To catch a spoilt script, the last sign of each level is enough.
    """
    start, reference = perf_counter(), leaflet.reference
    cares = reference.results[:-1]
    choices = [dict.fromkeys([(), *((sign,) for sign in reference.at(care)[-(signs_of_each or 0):]), tuple(reference.at(care))]) for care in cares]
    signs = [tuple(itertools.chain(*parts)) for parts in itertools.product(*choices)]
    unsure = [some for size in range(len(cares) + 1) for some in itertools.combinations(cares, size)]
    asked = list(itertools.product(signs, unsure, (False, True)))
    return Proof(asks(tab, leaflet, asked), len(asked), perf_counter() - start)


def some_answers(tab: Page, leaflet: Leaflet, choice: random.Random, number: int) -> Proof:
    """Subsets by chance, with levels not sure of and none everywhere by chance."""
    start, reference = perf_counter(), leaflet.reference
    signs, cares = reference.signs, reference.results[:-1]
    asked = [(choice.sample(signs, choice.randint(0, len(signs))), choice.sample(cares, choice.randint(0, len(cares))), choice.random() < 0.5) for _ in range(number)]
    return Proof(asks(tab, leaflet, asked), number, perf_counter() - start)


# The page that the reader has

def meets(leaflet: Leaflet, seen: dict[str, Any], expected: CareLevelId | None) -> list[str]:
    """The one card that comes forward, and what the result says; silence in a more urgent part is told, once anything is answered."""
    reference, words = leaflet.reference, leaflet.words
    silent = [name for name, group in reference.groups.items() if name not in (*seen["unsure"], *seen["none"]) and not set(group.signs) & set(seen["sign"])]
    urgent = [name for name in silent if expected is None or CARE_LEVELS.index(reference.groups[name].care) < CARE_LEVELS.index(expected)]
    still = urgent if len(silent) < len(reference.groups) else []
    right: dict[str, Any] = {"parts": [[f"#signs-{name}", leaflet.part(name)] for name in still],
                             "open": " ".join([words["open"], *map(leaflet.part, still)]) if still else None}
    if expected is None:
        right |= {"forward": [], "heading": "", "todo": [], "calls": [], "links": [], "copy": [], "region": None, "said": right["open"] or ""}
    else:
        ticked = [sign for sign in seen["sign"] if reference.levels[sign] == expected]
        right |= {"forward": [expected], "heading": leaflet.names[expected], "todo": leaflet.todo(expected, ticked), "copy": [[expected, True]], "region": expected,
                  "calls": leaflet.calls if expected == "emergency" else [], "links": [f"#{expected}"]}
        if (words["if_unsure"] in seen["said"]) != (not ticked and expected != "self-care"):
            right["said"] = f"…{words['if_unsure']}…"
    return [f"{name} is {seen[name]}, not {value}" for name, value in right.items() if seen[name] != value]


def told(leaflet: Leaflet, sign: str) -> str:
    """A ticked sign in the text for the doctor, word for word."""
    flag = leaflet.flags[sign]
    return f"{flag.statement}. {flag.hint}"


def tells(leaflet: Leaflet, seen: dict[str, Any]) -> list[str]:
    """The text for the doctor: what was answered word for word, what was not as not answered, and never a no for silence."""
    text, words, faults, reference = seen["summary"], leaflet.words, [], leaflet.reference
    lines = text.split("\n")
    for sign, name in reference.names.items():
        line, ticked = f"[x] {leaflet.part(name)}: {told(leaflet, sign)}", sign in seen["sign"]
        if lines.count(line) != ticked or text.count(told(leaflet, sign)) != ticked:
            faults.append(f"{sign} is {'' if ticked else 'not '}ticked, and the summary says it {text.count(told(leaflet, sign))} times")
    for name, group in reference.groups.items():
        ticked_here = set(group.signs) & set(seen["sign"])
        unsure, none = name in seen["unsure"], name in seen["none"]
        right = [*(["[?]"] if unsure else []), *(["[ ]"] if none else []), *(["[-]"] if not (unsure or none or ticked_here) else [])]
        says = {"[?]": words["unsure"], "[ ]": leaflet.none(name), "[-]": words["not_answered"]}
        found = [line for line in lines if line.startswith(("[?]", "[ ]", "[-]")) and line[4:].startswith(f"{leaflet.part(name)}: ")]
        if found != [f"{mark} {leaflet.part(name)}: {says[mark]}" for mark in right]:
            faults.append(f"the summary says {found} of {name}")
    if sum(line.startswith("[") for line in lines) != len(seen["sign"]) + sum(line.startswith(("[?]", "[ ]", "[-]")) for line in lines):
        faults.append("the summary has a line that was not asked for")
    for needed in (words["not_a_diagnosis"], f"{words['version']}: {leaflet.guide.version}"):
        if needed not in lines:
            faults.append(f"the summary lacks “{needed}”")
    if not re.search(rf"^{words['date']}: \d{{4}}-\d\d-\d\d$", text, re.MULTILINE):
        faults.append("the summary has no date")
    rest = "\n".join(line for line in lines if not line.startswith(("[x]", "[ ]")))  # a part that was answered "no" says so
    if found_no := re.search(r"\bno\b|\bdenie", rest, re.IGNORECASE):
        faults.append(f"the summary turns silence into “{found_no[0]}”")
    return faults + findings(rest.replace(words["not_a_diagnosis"], ""))


def plays(tab: Page, leaflet: Leaflet, games: Iterable[list[Answer]], *, saying: str = "", at_once: bool = False) -> Proof:
    """Click the answers of each game from a cleared list, or set them at once; every card, announcement and summary is what the reference says."""
    start, games, faults = perf_counter(), list(games), []
    for game, seen in zip(games, run(tab, "set(...given)" if at_once else "play(...given)", games, leaflet.words["clear"]), strict=True):
        answers = {name: {value for kind, value in game if kind == name} for name in ("sign", "unsure", "none")}
        expected = leaflet.reference.outcome(answers["sign"], answers["unsure"], answers["none"])
        found = [f"{name} is {seen[name]}" for name in answers if set(seen[name]) != answers[name]]
        faults += [f"{saying}{game}: {fault}" for fault in found + meets(leaflet, seen, expected) + tells(leaflet, seen)]
    return Proof(faults, len(games), perf_counter() - start)


def few(leaflet: Leaflet) -> list[list[Answer]]:
    """Nothing, every sign alone."""
    return [[], *(ticks(sign) for sign in leaflet.reference.signs)]


def pairs(leaflet: Leaflet, choice: random.Random, number: int) -> list[list[Answer]]:
    """One pair of signs for each pair of parts, and more by chance."""
    groups = [group.signs for group in leaflet.reference.groups.values()]
    every = list(itertools.permutations(leaflet.reference.signs, 2))
    return [ticks(choice.choice(one), choice.choice(other)) for one, other in itertools.combinations(groups, 2)] + [ticks(*pair) for pair in choice.sample(every, min(number, len(every)))]


def subsets(leaflet: Leaflet, choice: random.Random, number: int) -> list[list[Answer]]:
    signs = leaflet.reference.signs
    return [ticks(*choice.sample(signs, choice.randint(0, len(signs)))) for _ in range(number)]


def answers(leaflet: Leaflet) -> list[list[Answer]]:
    """Every pattern of silence, not sure, none and a sign, over the parts."""
    choices: list[list[list[Answer]]] = [[[], [("unsure", name)], [("none", name)], ticks(group.signs[0])] for name, group in leaflet.reference.groups.items()]
    return [[answer for part in parts for answer in part] for parts in itertools.product(*choices)]


def exclusion(tab: Page, leaflet: Leaflet) -> list[str]:
    """In every part, any other answer takes "none" back and shuts it out, whichever comes last; other parts keep theirs."""
    games = []
    for name, group in leaflet.reference.groups.items():
        none = ("none", name)
        others = [answer for answer in leaflet.all_none() if answer != none]
        games += [(others, first, last, answer) for answer in [*ticks(*group.signs), ("unsure", name)] for first, last in ((none, answer), (answer, none))]
    faults = []
    for (others, first, last, answer), seen in zip(games, run(tab, "play(...given)", [[*others, first, last] for others, first, last, _ in games], leaflet.words["clear"]), strict=True):
        holds = [[kind, value] for kind in ("sign", "unsure", "none") for value in seen[kind]]
        if sorted(holds) != sorted(map(list, [*others, answer])):
            faults.append(f"{first} and then {last} leave {holds}")
    return faults


def clearing(tab: Page, leaflet: Leaflet) -> list[str]:
    """"Clear all" takes back every answer, every word and the card."""
    opened(tab)
    fields = tab.locator(".field input")
    for game in ([*(("unsure", name) for name in leaflet.reference.groups), *ticks(*leaflet.reference.signs)], leaflet.all_none()):
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
    for part, group in leaflet.reference.groups.items():
        for name, value in [*ticks(group.signs[-1]), ("unsure", part)]:
            press(tab, leaflet.words["clear"])
            for kind, id_ in [(name, value), *leaflet.all_none()]:
                tick(tab, kind, id_).evaluate("(input) => { input.checked = true; }")
            tab.evaluate("dispatchEvent(new PageTransitionEvent('pageshow'))")
            seen = run(tab, "seen()")
            if seen[name] != [value] or part in seen["none"]:
                faults.append(f"{name} {value} and none were restored, which left {seen[name]} and none of {seen['none']}")
            faults += meets(leaflet, seen, group.care)
    press(tab, leaflet.words["clear"])
    return faults


HOSTILE = "<b>bold</b> <img src=x onerror=\"document.title='read'\"> \"quotes\" 'single' & &amp; `x` {{ 7 * 7 }} \u2028\n[x] Emergency: forged 😬 \\n"


def free_text(tab: Page, leaflet: Leaflet) -> list[str]:
    """What the reader writes stays one line of text: no markup, no line that could pass for an answer, and no say in the card."""
    press(tab, leaflet.words["clear"])
    opened(tab)
    faults, fields = [], tab.locator(".field input")
    for number in range(fields.count()):
        fields.nth(number).fill(HOSTILE)
    seen = run(tab, "seen()")
    shown = HOSTILE.replace("\n", " ").strip()
    for name in leaflet.words["fields"].values():
        if f"{name}: {shown}" not in seen["summary"].split("\n"):
            faults.append(f"the summary does not have “{name}” as it was written")
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
        label(tab, kind, value).click()
    opened(tab)
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
