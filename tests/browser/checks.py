"""Look at an open page as some reader has it; each check returns its faults in sentences, none when all is well."""

import json
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from builds import ROOT
from playwright.sync_api import Page, TimeoutError

CHECKS = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8")
PACKAGES = ROOT / "tests" / "node_modules"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SEARCH_BOX = ".search__box"
RESULT = ".search__hit > a"


def look(tab: Page, call: str) -> Any:
    """Call one function of checks.js in the page."""
    return tab.evaluate(f"async () => {{ {CHECKS}\nreturn await {call}; }}")


def faults_by(tab: Page, call: str) -> list[str]:
    """Call one function of checks.js that returns faults."""
    faults: list[str] = look(tab, call)
    return faults


def looks_for(call: str) -> Callable[[Page], list[str]]:
    """Make a check out of one function of checks.js."""
    return lambda tab: faults_by(tab, call)


def faults_on(tab: Page, pages: Iterable[str], check: Callable[[Page], list[str]]) -> str:
    """Open each page and say every fault once, with the pages that have it; a fault's place stands after a bar."""
    places: dict[str, list[str]] = {}
    for page in pages:
        tab.goto(page)
        for fault in check(tab):
            what, _, where = fault.partition(" | ")
            places.setdefault(what, []).append(f"/{page} {where}".strip())
    return said(places)


def said(places: dict[str, list[str]]) -> str:
    return "\n".join(f"{what}\n    {len(where)} times, first on {where[0]}" for what, where in places.items())


def package(path: str) -> Path:
    """One file of a checker that npm installs."""
    file = PACKAGES / path
    assert file.exists(), f"{file.relative_to(ROOT)} is missing: run `make test`, which installs the accessibility checkers with npm"
    return file


def axe(tab: Page, part: str = "html", contrast: bool = True) -> list[str]:
    """Every rule of axe for WCAG 2.2 AA and best practice, on the whole page or on what is new in a part of it.

    Half of its time goes into `contrast`, which is the same on every page of a kind.
    """
    look(tab, "settled()")
    tab.evaluate(package("axe-core/axe.min.js").read_text(encoding="utf-8"))
    result = tab.evaluate(
        """([part, tags, contrast]) => axe.run(part === 'html' ? document : part, {
            runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'], rules: { 'color-contrast': { enabled: contrast } } })""",
        [part, AXE_TAGS, contrast])
    return [
        f"{rule['id']}: {(node['any'] + node['all'] + node['none'])[0]['message']} | {node['target'][-1]}"
        for rule in result["violations"] for node in rule["nodes"]
    ]


def nu(site: Path, pattern: str = "*.html") -> str:
    """The Nu HTML checker on every page below a folder, or on those of a pattern, in one process."""
    java = shutil.which("java")
    assert java, "no Java on this machine: run `make test`, which installs it for the Nu HTML checker"
    pages = sorted(str(page) for page in site.rglob(pattern))
    assert pages, pattern
    run = subprocess.run([java, "-jar", str(package("vnu-jar/build/dist/vnu.jar")), "--errors-only", "--format", "json", *pages], capture_output=True, text=True, timeout=300)
    places: dict[str, list[str]] = {}
    for message in json.loads(run.stderr)["messages"]:
        page = message.get("url", "").removeprefix(f"file:{site}/")
        places.setdefault(message["message"], []).append(f"/{page} line {message.get('lastLine')}: {message.get('extract', '').strip()}")
    return said(places)


def reflow(tab: Page) -> list[str]:
    return faults_by(tab, "wide()")


def large_text(tab: Page) -> list[str]:
    """Twice the text size: it grows, nothing is cut off, nothing leaves the screen."""
    return faults_by(tab, "doubled()") + faults_by(tab, "clipped()") + faults_by(tab, "wide()")


def printed(tab: Page) -> list[str]:
    tab.emulate_media(media="screen")
    look(tab, "markShown()")
    tab.emulate_media(media="print")
    return faults_by(tab, "printed()")


def tabbing(tab: Page) -> list[str]:
    """Press Tab from the top of the page to its end."""
    look(tab, "startTabbing()")
    faults = []
    for _ in range(tab.locator("*").count()):
        tab.keyboard.press("Tab")
        found = look(tab, "tabbed()")
        if found is None:
            break
        faults += found
        if any("does not let the focus go" in fault for fault in found):
            break
    return faults + faults_by(tab, "missed()")


def wait(tab: Page, sentence: str, condition: str, *values: str) -> None:
    """Wait until a condition of checks.js holds; else fail with the sentence of what should have been."""
    try:
        tab.wait_for_function(f"(values) => {{ {CHECKS}\nreturn {condition}; }}", arg=values, timeout=5000)
    except TimeoutError:
        raise AssertionError(f"{sentence}: not so on {tab.url}") from None


def open_search(tab: Page) -> None:
    tab.locator(".search-open").click()
    wait(tab, "the button opens the search and puts the focus into its box", "document.activeElement.matches(values[0])", SEARCH_BOX)


def search(tab: Page) -> None:
    open_search(tab)
    tab.keyboard.type("caffeine")
    wait(tab, "the search finds caffeine", "every(values[0]).some(shown)", RESULT)


def search_in_vain(tab: Page) -> None:
    open_search(tab)
    tab.keyboard.type("qzxqzx")
    wait(tab, "without a hit the search shows every page", "every('.search__nothing li a').some(shown)")


def open_menu(tab: Page) -> None:
    wait(tab, "there is one menu", "every('.menu > summary').filter(shown).length === 1")
    tab.locator(".menu > summary").click()
    wait(tab, "the menu opens and shows its links", "every('.menu a').some(shown)")
