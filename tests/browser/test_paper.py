"""Pages printed from the browser, as real PDFs read by poppler; and what the code on a printed copy leads to."""

import datetime
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from builds import CONTENT, SMALL, build
from commands.release import note
from guide.model.entries import Management, RedFlag
from handout.leaflet import version
from playwright.sync_api import Browser, Page, PdfMargins
from whole import whole
from words.catalogue import read_words

from browser.conftest import Reader, serve

WORDS = read_words("en")
PAPERS = {"A4": (595, 842), "Letter": (612, 792)}
MOST_SHEETS = {"sources/": 28}  # 288 sources, with their addresses; any other page takes 10 at most
MARGINS: PdfMargins = {"top": "12mm", "right": "12mm", "bottom": "12mm", "left": "12mm"}


def pages_of(tab: Page, paper: str, tmp_path: Path) -> list[str]:
    """Print the page a reader sees and return the text of each sheet; nothing may stand in the margin."""
    file = tmp_path / "page.pdf"
    tab.pdf(path=file, format=paper, margin=MARGINS)
    width, height = PAPERS[paper]
    boxes = subprocess.run(["pdftotext", "-bbox", file, "-"], capture_output=True, text=True, check=True).stdout
    outside = [word for left, top, right, bottom, word in re.findall(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)', boxes)
               if float(left) < 30 or float(top) < 30 or float(right) > width - 30 or float(bottom) > height - 30]
    assert outside == []
    text = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, text=True, check=True).stdout
    return [" ".join(page.split()) for page in text.split("\f")[:-1]]


# The headings of a page, and each card line by line, in the words that are printed.
SAID = """(parts) => parts.filter(part => part.checkVisibility()).map(part => {
    const hidden = [...part.querySelectorAll('.visually-hidden')].map(one => one.innerText.trim()).join(' ');
    return part.innerText.replace(/\\s+/g, ' ').trim().replace(hidden, '').trim();
})"""
CARDS = f"""() => [...document.querySelectorAll('.care-card, .help-box__level')].filter(card => !card.closest('.checklist'))
    .map(card => ({SAID})([...card.querySelectorAll('h2, h3, p, li')])).filter(card => card.length)"""
HEADINGS = f"() => ({SAID})([...document.querySelectorAll('article :is(h1, h2, h3)')])"


@pytest.mark.parametrize("paper", PAPERS)
def test_every_kind_of_page_prints_whole_with_the_danger_first_and_no_card_split(reader: Reader, kinds: list[str], site: Path, paper: str, tmp_path: Path) -> None:
    guide = whole(CONTENT)
    tab = reader(1280)
    for path in kinds:
        if path in ("404.html", "get-help/"):
            continue  # the one is not for paper, the other is a sheet of its own: see test_checklist
        tab.goto(path)
        tab.emulate_media(media="print")
        cards, headings = tab.evaluate(CARDS), tab.evaluate(HEADINGS)
        sheets = pages_of(tab, paper, tmp_path)
        tab.emulate_media(media="screen")
        text = " ".join(sheets)

        assert guide.about.danger in text[:400], path
        assert [heading for heading in headings if heading not in text] == [], path
        assert [card[0] for card in cards if not any(card[0] in sheet and card[-1] in sheet for sheet in sheets)] == [], path
        assert len(sheets) <= MOST_SHEETS.get(path, 10), f"{path}: {len(sheets)} sheets"
        assert len(sheets[-1].split()) >= 15, f"{path}: an almost empty last sheet: {sheets[-1]}"
        assert f"{WORDS['checked']} 22 November 2026" in text, path
        assert not re.search(rf"{WORDS['main_menu']}|{WORDS['edit_page']}|{WORDS['search_clear']}|{WORDS['printed']['heading']}", text), path


@pytest.mark.parametrize("paper", PAPERS)
def test_the_management_guide_opens_with_the_emergency_card_on_its_first_sheet(reader: Reader, paper: str, tmp_path: Path) -> None:
    guide = whole(CONTENT)
    tab = reader(1280)
    tab.goto("handout/")

    sheets = pages_of(tab, paper, tmp_path)

    assert len(sheets) <= 2
    assert all(flag.asked_on_paper in sheets[0] for flag in guide.every(RedFlag) if flag.care == "emergency")
    assert all(step.handout.caution in " ".join(sheets) for step in guide.every(Management))


def test_a_linked_source_prints_its_address(reader: Reader, tmp_path: Path) -> None:
    tab = reader(1280)
    tab.goto("sources/")

    assert "https://www.healthdirect.gov.au/" in " ".join(pages_of(tab, "A4", tmp_path))


@pytest.mark.parametrize(("fault", "sentence"), [
    ("document.querySelector('.care-card--emergency').insertAdjacentHTML('beforeend', '<p>again and again</p>'.repeat(99) + '<p>the end</p>')", "split"),
    ("document.body.append(Object.assign(document.createElement('p'), { textContent: 'end' })); document.body.lastChild.style.breakBefore = 'page'", "empty"),
], ids=["a card longer than the paper", "a last sheet with one word"])
def test_a_planted_fault_is_seen(reader: Reader, tmp_path: Path, fault: str, sentence: str) -> None:
    tab = reader(1280)
    tab.goto("handout/")
    tab.evaluate(fault)
    tab.emulate_media(media="print")
    cards = tab.evaluate(CARDS)
    sheets = pages_of(tab, "A4", tmp_path)

    split = [card[0] for card in cards if not any(card[0] in sheet and card[-1] in sheet for sheet in sheets)]

    assert split if sentence == "split" else len(sheets[-1].split()) < 15


# The code on the paper


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, str]]:
    """A guide with two releases, served: (address, the older version, the newest)."""
    folder = tmp_path_factory.mktemp("released")
    guide = shutil.copytree(SMALL, folder / "content")
    older = version(whole(guide), guide)
    note(guide, "The first version.", True, datetime.date(2026, 11, 22))
    step = sorted((guide / "management").glob("*.yml"))[0]
    step.write_text(re.sub(r"(?m)^  caution: .*$", "  caution: Stop if it hurts you.", step.read_text(encoding="utf-8")), encoding="utf-8")
    newest = version(whole(guide), guide)
    note(guide, "One caution is new.", True, datetime.date(2026, 12, 1))
    result = build(guide, folder / "site")
    assert result.returncode == 0, result.stderr
    server = serve(folder / "site")
    yield f"http://127.0.0.1:{server.server_port}/", older, newest
    server.shutdown()


def said(chromium: Browser, address: str) -> str:
    """Return what a reader without JavaScript is told of her own copy."""
    tab = chromium.new_page(java_script_enabled=False)
    tab.goto(address)
    told = " ".join(tab.locator(".release__yours:visible").all_inner_texts())
    tab.close()
    return told


def test_the_code_tells_an_older_copy_from_the_newest_without_a_script(chromium: Browser, released: tuple[str, str, str]) -> None:
    address, older, newest = released

    assert said(chromium, f"{address}changes/#copy-{newest}") == WORDS["changes"]["newest_copy"]
    assert said(chromium, f"{address}changes/#copy-{older}") == WORDS["changes"]["older_copy"]
    assert said(chromium, f"{address}changes/#copy-00000000") == ""
    assert said(chromium, f"{address}changes/") == ""


def test_what_changed_since_stands_above_the_older_version(chromium: Browser, released: tuple[str, str, str]) -> None:
    address, older, newest = released
    tab = chromium.new_page()
    tab.goto(f"{address}changes/")
    text = tab.locator("article").inner_text()
    tab.close()

    assert text.index(newest) < text.index("Advice: One caution is new.") < text.index(older) < text.index("Advice: The first version.")
