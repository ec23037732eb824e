"""Measure how much of a page a reader meets before she taps anything: `make length`.

Opens every page of the built site on a phone, and prints for each kind its longest page: screens, words in view, and on the
checklist where the first and the last box stand. The limits are tests (browser/test_length.py).
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

sys.path.insert(0, str(Path(__file__).parent))

WIDTH, HEIGHT = 390, 844  # a phone, in CSS pixels
# kind: (its pages, most screens, most words in view). A page belongs to the first that fits.
LIMITS = {
    "check your signs": ("get-help/", 5.5, 920),  # 32 signs with the cases that readers would else miss; a list of 650 words left more stories below their level
    "home": ("", 4.0, 400),
    "visit": ("visit/", 5.0, 600),
    "about the symptom": ("symptom/", 5.0, 600),
    "handout": ("handout/", 5.0, 600),
    "trigger": ("triggers/*/", 3.5, 380),
    "condition": ("conditions/*/", 4.5, 480),
    "medicine": ("medicines/*/", 4.0, 420),
    "step": ("management/*/", 4.0, 420),
    "list of pages": ("*/", 3.0, 250),
}
NO_LIMIT = ("all-pages/", "glossary/", "sources/", "about/", "changes/", "checked/", "look-book/")  # read by looking something up, or once
MEASURE = """() => {
    const boxes = [...document.querySelectorAll("main input[name=sign]")].map((box) => (box.getBoundingClientRect().top + scrollY) / innerHeight);
    const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT), words = [];
    while (texts.nextNode()) {
        const around = texts.currentNode.parentElement;
        if (around.checkVisibility() && !around.closest(".visually-hidden") && getComputedStyle(around).fontSize !== "0px") words.push(...texts.currentNode.data.split(/\\s+/).filter(Boolean));
    }
    return [document.documentElement.scrollHeight / innerHeight, words.length,
            boxes.length ? boxes[0] : 0, boxes.length ? boxes.at(-1) : 0];
}"""


@dataclass(frozen=True)
class Length:
    """How long one page is: in screens of a phone, and in words; and where the boxes of its checklist stand, in screens from the top."""

    path: str
    kind: str
    screens: float
    words: int
    first_box: float
    last_box: float

    @property
    def too_long(self) -> bool:
        """Tell whether the page is longer than its kind may be."""
        _, screens, words = LIMITS[self.kind]
        return self.screens > screens or self.words > words


def kind_of(path: str) -> str | None:
    """Return the kind of the page at this path; None for one that has no limit."""
    if path in NO_LIMIT or path.endswith(".html"):
        return None
    return next((kind for kind, (pattern, *_) in LIMITS.items() if pattern == path or (path and _fits(pattern, path))), None)


def _fits(pattern: str, path: str) -> bool:
    wanted, found = pattern.split("/"), path.split("/")
    return len(wanted) == len(found) and all(one in ("*", other) for one, other in zip(wanted, found, strict=True))


def measure(tab: Page, path: str, kind: str) -> Length:
    """Measure the page that the tab, a phone's, is on."""
    screens, words, first, last = tab.evaluate(MEASURE)
    return Length(path, kind, screens, words, first, last)


def lengths(tab: Page, address: str, paths: list[str]) -> Iterator[Length]:
    """Open each page that has a limit, and measure it."""
    for path in paths:
        if kind := kind_of(path):
            tab.goto(address + path)
            yield measure(tab, path, kind)


def main(site: Path) -> None:
    from browser.conftest import browser, serve

    paths = [page.relative_to(site).as_posix().removesuffix("index.html") for page in sorted(site.rglob("*.html"))]
    with browser() as chromium:
        tab = chromium.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        found = list(lengths(tab, f"http://127.0.0.1:{serve(site).server_port}/", paths))
    print(f"{'kind':<18} {'pages':>5} {'screens':>15} {'words':>11}  longest page")
    for kind, (_, screens, words) in LIMITS.items():
        of_kind = [one for one in found if one.kind == kind]
        longest = max(of_kind, key=lambda one: one.screens)
        most = max(one.words for one in of_kind)
        print(f"{kind:<18} {len(of_kind):>5} {longest.screens:>6.1f} of {screens:>4} {most:>4} of {words:>3}  {longest.path or 'home'}")
        if longest.last_box:
            print(f"{'':<18} first box on screen {longest.first_box + 1:.1f}, last on screen {longest.last_box + 1:.1f}")
    for one in found:
        if one.too_long:
            print(f"too long: {one.path or 'home'}: {one.screens:.1f} screens, {one.words} words")
    sys.exit(any(one.too_long for one in found))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
