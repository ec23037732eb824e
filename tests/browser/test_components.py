"""Every component in every state on one page; the pacer and the colours in use; another guide with the same looks."""

from pathlib import Path
from typing import Any

import pytest
from builds import CONTENT, HICCUPS, ROOT, build
from playwright.sync_api import Browser, Page

from browser.checks import axe, faults_on, large_text, looks_for, nu, reflow
from browser.conftest import Reader, Scheme, serve

COMPONENTS = sorted(file.parent.name for file in (ROOT / "overrides" / "components").glob("*/*.md") if file.stem == file.parent.name)


@pytest.fixture(scope="module", params=[CONTENT, HICCUPS], ids=["content", "hiccups"])
def look_book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with its look-book."""
    site = tmp_path_factory.mktemp("look-book") / "site"
    result = build(request.param, site, LOOK_BOOK="1")
    assert result.returncode == 0, result.stderr
    return site


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_has_its_template_and_its_examples_in_its_folder(name: str) -> None:
    folder = ROOT / "overrides" / "components" / name

    assert (folder / "examples.md").read_text(encoding="utf-8").strip()
    assert {file.stem for file in folder.iterdir() if file.suffix in (".css", ".md")} <= {name, "examples"}


def test_the_look_book_shows_every_component_and_is_not_published(look_book: Path, site: Path) -> None:
    page = (look_book / "look-book" / "index.html").read_text(encoding="utf-8")

    assert [name for name in COMPONENTS if f'id="look-{name}"' not in page] == []
    assert not (site / "look-book").exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_state_of_every_component_passes(look_book: Path, chromium: Browser, width: int, scheme: Scheme) -> None:
    server = serve(look_book)
    tab = chromium.new_page(viewport={"width": width, "height": 844}, base_url=f"http://127.0.0.1:{server.server_port}/", color_scheme=scheme)

    def check(tab: Page) -> list[str]:
        return axe(tab) + reflow(tab) + looks_for("targets()")(tab) + (large_text(tab) if width == 390 else [])

    faults = faults_on(tab, ["look-book/"], check)
    tab.close()
    server.shutdown()

    assert not faults, faults


def test_the_look_book_is_valid(look_book: Path) -> None:
    assert nu(look_book, "look-book/index.html") == ""


def test_another_guide_has_the_same_looks(hiccups_site: Path, chromium: Browser) -> None:
    server = serve(hiccups_site)
    tab = chromium.new_page(viewport={"width": 390, "height": 844}, base_url=f"http://127.0.0.1:{server.server_port}/")
    pages = [page.relative_to(hiccups_site).as_posix().removesuffix("index.html") for page in sorted(hiccups_site.rglob("*.html"))]

    faults = faults_on(tab, pages, lambda tab: axe(tab, contrast=False) + reflow(tab))
    tab.close()
    server.shutdown()

    assert not faults, faults


PACER = "management/deep-breathing/"


def breath(tab: Page) -> str:
    shape: str = tab.evaluate("getComputedStyle(document.querySelector('.breathing-pacer__circle'), '::before').transform")
    return shape


def test_the_pacer_is_started_by_the_reader_and_can_be_paused(tab: Page) -> None:
    tab.goto(PACER)
    button, count = tab.locator(".breathing-pacer button"), tab.locator(".breathing-pacer__count")
    assert count.inner_text() == ""
    still = breath(tab)

    button.click()
    tab.wait_for_function("() => document.querySelector('.breathing-pacer__count b')?.textContent === '2'")
    assert count.inner_text().startswith("Breathe in")
    assert breath(tab) != still
    button.click()
    paused = breath(tab), count.inner_text()
    tab.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    assert button.inner_text() == "Go on"
    assert (breath(tab), count.inner_text()) == paused


def test_the_pacer_counts_but_stays_still_when_the_device_asks_for_it(reader: Reader) -> None:
    tab = reader(reduced_motion="reduce")
    tab.goto(PACER)
    still = breath(tab)

    tab.locator(".breathing-pacer button").click()
    tab.wait_for_function("() => document.querySelector('.breathing-pacer__count b')?.textContent === '2'")

    assert breath(tab) == still


def test_the_pacer_is_useful_as_text_without_a_script(reader: Reader) -> None:
    tab = reader(java_script_enabled=False)
    tab.goto(PACER)

    assert "Breathe in while you count to 5." in tab.locator(".breathing-pacer").inner_text()
    assert not tab.locator(".breathing-pacer button").is_visible()


@pytest.mark.parametrize("options", [{}, {"refuse": ["*guide.js"]}, {"java_script_enabled": False}], ids=["all", "the script did not come", "JavaScript is off"])
def test_the_device_s_colours_hold_until_the_reader_chooses(reader: Reader, options: dict[str, Any]) -> None:
    backgrounds = {}
    for scheme in ("light", "dark"):
        tab = reader(color_scheme=scheme, **options)
        tab.goto("")
        backgrounds[scheme] = tab.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor")

    assert backgrounds == {"light": "rgb(251, 250, 246)", "dark": "rgb(16, 25, 30)"}


def test_the_chosen_colours_hold_against_the_device_s(reader: Reader) -> None:
    tab = reader(color_scheme="dark")
    tab.goto("")

    tab.locator(".colours__button").click()
    tab.reload()

    assert tab.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor") == "rgb(251, 250, 246)"


def test_the_colours_change_are_remembered_and_nothing_else_is_kept(tab: Page) -> None:
    tab.goto("")
    assert tab.evaluate("localStorage.length") == 0
    assert tab.evaluate("document.documentElement.dataset.colours") is None

    tab.locator(".colours__button").click()
    tab.goto("about/")

    assert tab.evaluate("document.documentElement.dataset.colours") == "dark"
    assert tab.evaluate("Object.entries(localStorage)") == [["/colours", "dark"]]
    assert tab.evaluate("[sessionStorage.length, document.cookie]") == [0, ""]


def test_a_page_that_is_open_elsewhere_or_brought_back_follows_the_choice(reader: Reader) -> None:
    tab = reader()
    tab.goto("about/")
    other = tab.context.new_page()
    other.goto("")
    other.locator(".colours__button").click()

    tab.wait_for_function("document.documentElement.dataset.colours === 'dark'")
    tab.goto("changes/")
    tab.locator(".colours__button").click()
    tab.go_back()
    tab.wait_for_function("document.documentElement.dataset.colours === 'light'")


@pytest.mark.parametrize("chosen", ["", "purple", "{", '{"scheme": "slate"}'])
def test_a_choice_that_is_none_leaves_the_device_s_colours(reader: Reader, chosen: str) -> None:
    tab = reader(color_scheme="dark")
    tab.add_init_script(f"localStorage.setItem('/colours', {chosen!r})")
    tab.goto("")

    assert tab.locator("body").evaluate("(body) => getComputedStyle(body).backgroundColor") == "rgb(16, 25, 30)"


def test_no_tick_stands_beside_what_not_to_do(tab: Page, pages: list[str]) -> None:
    marks: dict[str, set[bool]] = {}
    for path in [path for path in pages if path.startswith(("triggers/", "medicines/"))]:
        tab.goto(path)
        for text, mark in tab.locator(".do-list li").evaluate_all("(items) => items.map((item) => [item.innerText, getComputedStyle(item, '::before').content])"):
            marks.setdefault(mark.split('"')[1], set()).add(text.startswith("Do not "))

    assert marks == {"✓": {False}, "✕": {True}}


def test_a_link_into_what_is_folded_opens_it(tab: Page) -> None:
    tab.goto("about/#source-1")

    tab.locator("#source-1").wait_for(state="visible")


def test_what_is_folded_on_a_page_made_to_be_printed_is_open_on_paper_and_folded_again_after(tab: Page) -> None:
    tab.goto("handout/")
    folded = tab.locator(".open-on-paper details:not([open])")
    before = folded.count()
    assert before

    tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert folded.count() == 0
    tab.evaluate("dispatchEvent(new Event('afterprint'))")

    assert folded.count() == before


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_medical_word_opens_its_note_where_it_stands(reader: Reader, script: bool) -> None:
    tab = reader(java_script_enabled=script)
    tab.goto("conditions/hemifacial-spasm/")
    word = tab.locator(".word:visible").first
    note = tab.locator(f"#{word.get_attribute('popovertarget')}")
    assert not note.is_visible()

    word.click()

    assert note.is_visible() and word.inner_text() in note.inner_text()
    inside = note.bounding_box()
    assert inside and inside["x"] >= 0 and inside["x"] + inside["width"] <= 390 and inside["y"] + inside["height"] <= 844
    if script:
        assert tab.evaluate("document.activeElement.id") == note.get_attribute("id")  # so that it is read out
    tab.keyboard.press("Escape")
    assert not note.is_visible() and word.evaluate("word => word === document.activeElement")
