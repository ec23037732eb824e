"""The printed guide, read by the tools a printer, a screen reader and a phone would use: poppler, qpdf, pikepdf, a code reader."""

import datetime
import io
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from builds import CONTENT, HICCUPS, ROOT, Spoil, build, files_below
from commands.release import note
from guide.checker import check
from guide.model.entries import Management, RedFlag
from guide.model.guide import Guide
from handout import typesetting
from handout.leaflet import version
from handout.sheets import Sheet, print_sheets
from PIL import Image, ImageFilter
from whole import whole
from words.catalogue import day, read_words

ADDRESS = "https://example.org/a-guide/"
PAPERS = {"a4": "595.276 x 841.89", "us-letter": "612 x 792"}
WORDS = read_words("en")


def printed(folder: Path, address: str | None = ADDRESS) -> list[Sheet]:
    sheets, problems = print_sheets(whole(folder), folder, address)
    assert not problems, problems
    return sheets


@lru_cache
def guide_of(name: str) -> Guide:
    return whole(GUIDES[name])


GUIDES = {"content": CONTENT, "hiccups": HICCUPS}
SHEETS = [(name, sheet) for name, folder in GUIDES.items() for sheet in printed(folder)]
each_sheet = pytest.mark.parametrize(("name", "sheet"), SHEETS, ids=[Path(sheet.uri).stem for _, sheet in SHEETS])
each_leaflet = pytest.mark.parametrize(
    ("name", "sheet"), [pair for pair in SHEETS if pair[1].kind == "leaflet"], ids=[Path(sheet.uri).stem for _, sheet in SHEETS if sheet.kind == "leaflet"])


@pytest.fixture
def paper(tmp_path: Path) -> Callable[[Sheet], Path]:
    """Return a function that puts a sheet where a program can open it."""
    def paper(sheet: Sheet) -> Path:
        file = tmp_path / Path(sheet.uri).name
        file.write_bytes(sheet.pdf)
        return file

    return paper


def run(*command: object) -> str:
    """Run a reader that must be on this machine and must not complain."""
    assert shutil.which(str(command[0])), f"no {command[0]} on this machine: run `make test`, which installs it"
    return subprocess.run([str(part) for part in command], capture_output=True, text=True, check=True).stdout


def folded(text: str) -> str:
    """Return text as one line, without bullets; a word with a hyphen that was broken there is whole again."""
    return re.sub(r"(\w-) (?=\w)", r"\1", " ".join(text.replace("•", " ").split()))


def text_of(file: Path, page: int | None = None) -> str:
    return folded(run("pdftotext", "-raw", *(["-f", page, "-l", page] if page else []), file, "-"))


def tags(pdf: pikepdf.Pdf, node: Any = None) -> Iterator[Any]:
    """Yield every element of the structure a screen reader follows, in its order."""
    node = pdf.Root.StructTreeRoot if node is None else node
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from tags(pdf, kid)


def test_there_is_every_paper_in_both_sizes_and_a_diary() -> None:
    sheets = [sheet for name, sheet in SHEETS if name == "content"]

    assert [(sheet.kind, sheet.paper, sheet.large) for sheet in sheets] == [
        ("leaflet", "a4", False), ("leaflet", "us-letter", False), ("leaflet", "a4", True), ("leaflet", "us-letter", True),
        ("diary", "a4", False), ("diary", "us-letter", False)]


@each_sheet
def test_the_file_is_sound_and_of_the_right_size(paper: Callable[[Sheet], Path], name: str, sheet: Sheet) -> None:
    file = paper(sheet)
    facts = dict(re.findall(r"^([^:]+): +(.*)$", run("pdfinfo", file), re.MULTILINE))

    assert "No syntax or stream encoding errors found" in run("qpdf", "--check", file)
    assert facts["Page size"].startswith(PAPERS[sheet.paper])
    assert int(facts["Pages"]) == sheet.pages
    assert sheet.large or sheet.pages == (2 if sheet.kind == "leaflet" else 1)
    assert (facts["Tagged"], facts["JavaScript"], facts["Encrypted"]) == ("yes", "no", "no")


@each_sheet
def test_a_screen_reader_finds_its_title_language_headings_pictures_and_links(paper: Callable[[Sheet], Path], name: str, sheet: Sheet) -> None:
    guide = guide_of(name)
    with pikepdf.open(io.BytesIO(sheet.pdf)) as pdf:
        about = pdf.open_metadata()
        found = list(tags(pdf))
        kinds = [str(tag.S) for tag in found]
        links = [note for page in pdf.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
        with pdf.open_outline() as outline:
            titles = [item.title for item in outline.root] + [deeper.title for item in outline.root for deeper in item.children]

        assert about["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert about["dc:title"] == f"{sheet.title}: {guide.about.name}"
        assert str(pdf.Root.Lang) == guide.about.language
        assert pdf.Root.MarkInfo.Marked and pdf.Root.ViewerPreferences.DisplayDocTitle
        assert kinds.count("/H1") == 1 and kinds.index("/H1") == min(kinds.index(kind) for kind in set(kinds) if re.fullmatch("/H[1-6]", kind))
        assert all(str(tag.get("/Alt", "")) for tag in found if tag.S == "/Figure") and "/Figure" in kinds
        assert links and all(str(link.get("/Contents", "")) for link in links)
        assert {str(link.A.URI) for link in links} == {f"{ADDRESS}changes/#copy-{sheet.version}"}
        assert titles[0] == sheet.title
        if sheet.kind == "leaflet":
            levels = [guide.care_levels.level(care).name for care in ("emergency", "same-day", "appointment", "pharmacist")
                      if any(flag.care == care for flag in guide.every(RedFlag))]
            assert titles[1:] == [*levels, WORDS["time_line"], guide.about.pages.management.name, WORDS["how_sure"]] or set(levels) <= set(titles)
            assert [title for title in titles if title in levels] == levels


@each_sheet
def test_its_fonts_are_embedded_and_its_letters_large_enough(paper: Callable[[Sheet], Path], name: str, sheet: Sheet) -> None:
    file = paper(sheet)
    fonts = [line.split() for line in run("pdffonts", file).splitlines()[2:]]
    sizes = {int(size) / 3 for size in re.findall(r'<fontspec id="\d+" size="(\d+)"', run("pdftohtml", "-xml", "-zoom", 3, "-stdout", "-i", file))}

    assert fonts and all("AtkinsonHyperlegible" in line[0] and line[-5] == "yes" for line in fonts)
    assert min(sizes) >= (18 if sheet.large else 10)
    assert (18 if sheet.large else 12) in sizes


@each_leaflet
def test_it_says_every_sign_and_every_step_and_the_emergency_first(paper: Callable[[Sheet], Path], name: str, sheet: Sheet) -> None:
    guide, text = guide_of(name), text_of(paper(sheet))
    flags = guide.every(RedFlag)
    emergency = [text.index(flag.statement) for flag in flags if flag.care == "emergency"]
    others = [text.index(flag.statement) for flag in flags if flag.care != "emergency"]

    assert text.startswith(f"{sheet.title} {guide.about.answer} {guide.care_levels.emergency.name}")
    assert max(emergency) < min(others)
    assert all(flag.asked_on_paper in text for flag in flags)
    assert all(flag.how_soon in text for flag in flags if not guide.care_levels.level(flag.care).says_how_soon(flag))
    for country in guide.emergency_numbers.countries:
        assert f"{country.region} " in text
    for span in guide.about.time_line:
        assert f"{span.when} {span.what}" in text
    steps = [text.index(f"{step.name} {step.handout.do} {WORDS['handout']['care']}: {step.handout.caution}") for step in guide.every(Management)]
    assert steps == sorted(steps) and min(steps) > max(others)
    assert guide.about.pages.handout.how_sure.says in text and WORDS["handout"]["clinic"] in text and guide.care_levels.crisis_line in text


@each_sheet
def test_every_page_says_its_dates_status_number_version_and_address(paper: Callable[[Sheet], Path], name: str, sheet: Sheet) -> None:
    guide, file = guide_of(name), paper(sheet)
    review = guide.about.review

    for page in range(1, sheet.pages + 1):
        text = text_of(file, page)
        assert f"{WORDS['checked']} {day(review.reviewed, WORDS)}. {WORDS['next_check']} {day(review.next_review, WORDS)}." in text
        assert WORDS["status"][review.status] in text
        assert f"Version {sheet.version}." in text
        assert f"After {day(review.next_review, WORDS)}, scan the code for the newest guide." in text
        assert f"Page {page} of {sheet.pages}" in text
        assert "example.org/a-guide" in text


@each_sheet
def test_the_last_page_is_no_left_over(paper: Callable[[Sheet], Path], name: str, sheet: Sheet) -> None:
    """What stands at the foot of every page takes some 40 words; a page of its own should have as many again."""
    assert len(text_of(paper(sheet), sheet.pages).split()) > 80


@each_sheet
def test_nothing_runs_off_the_paper(paper: Callable[[Sheet], Path], name: str, sheet: Sheet) -> None:
    width, height = (float(side) for side in PAPERS[sheet.paper].split(" x "))
    words = re.findall(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">([^<]*)', run("pdftotext", "-bbox", paper(sheet), "-"))

    assert len(words) > 50
    assert [word for left, top, right, bottom, word in words
            if float(left) < 14 or float(top) < 14 or float(right) > width - 14 or float(bottom) > height - 14] == []


def codes(file: Path, *, worn: bool = False) -> list[list[str]]:
    """Return what a phone reads on each page; worn: close up, after a bad copier made it blurred and black and white."""
    run("pdftoppm", "-r", 300 if worn else 150, "-gray", "-png", file, file.with_suffix(""))
    found = []
    for picture in sorted(file.parent.glob(f"{file.stem}-*.png")):
        image: Image.Image = Image.open(picture)
        if worn:
            image = image.filter(ImageFilter.GaussianBlur(1.5)).point(lambda light: 255 if light > 110 else 0)
        found.append([code.text for code in zxingcpp.read_barcodes(image)])
        picture.unlink()
    return found


@each_sheet
def test_the_code_on_every_page_leads_to_the_page_of_its_version(paper: Callable[[Sheet], Path], name: str, sheet: Sheet) -> None:
    found = codes(paper(sheet)) + ([] if sheet.large else codes(paper(sheet), worn=True))

    assert len(found) == sheet.pages * (1 if sheet.large else 2)
    assert all(set(page) == {f"{ADDRESS}changes/#copy-{sheet.version}"} for page in found)


def test_without_an_address_there_is_no_code_and_the_build_says_so(paper: Callable[[Sheet], Path], tmp_path: Path) -> None:
    sheet = printed(CONTENT, address=None)[0]
    result = build(HICCUPS, tmp_path / "site")

    assert codes(paper(sheet)) == [[], []]
    assert "ask for the newest guide" in text_of(paper(sheet))
    assert result.returncode == 0 and "bears no code to scan, since no site address is set" in result.stderr


def test_a_second_printing_is_the_same_to_the_byte() -> None:
    assert [sheet.pdf for sheet in printed(CONTENT)] == [sheet.pdf for name, sheet in SHEETS if name == "content"]


def test_the_version_follows_the_words_and_not_the_date_of_the_review(guide: Path) -> None:
    before = version(whole(guide), guide)
    step = next((guide / "management").glob("*.yml"))
    main = guide / "guide.yml"

    main.write_text(main.read_text().replace("  reviewed: 20", "  reviewed: 19", 1))
    assert version(whole(guide), guide) == before

    step.write_text(re.sub(r"(?m)^  caution: .*$", "  caution: Stop if it hurts you.", step.read_text()))
    assert version(whole(guide), guide) != before


# What cannot be printed


def problems_of(folder: Path) -> list[str]:
    return [str(problem) for problem in print_sheets(whole(folder), folder, ADDRESS)[1]]


def lengthen(folder: Path, pattern: str, text: str, files: str) -> None:
    for file in folder.glob(files):
        file.write_text(re.sub(pattern, text, file.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """The real guide, to spoil."""
    return shutil.copytree(CONTENT, tmp_path / "content")


def test_too_many_words_name_the_longest_step(real: Path) -> None:
    lengthen(real, r"^  do: .*$", f'  do: "{"Do it slowly again. " * 5}"', "management/*.yml")
    lengthen(real, r"^  caution: .*$", f'  caution: "{"Stop if it hurts. " * 5}"', "management/*.yml")
    lengthen(real, r"^  do: .*$", f'  do: "{"Do it slowly, again. " * 5}"', "management/yoga.yml")

    found = problems_of(real)

    assert len(found) == 2
    assert found[0].startswith("content/management/yoga.yml:")
    assert found[0].endswith("Found a printed guide of 3 pages on a4, and this is its longest step. Expected 2 pages, with all steps on the second. Shorten this step.")


def test_too_many_signs_name_the_longest_of_them(real: Path) -> None:
    lengthen(real, r"^statement: .*$", f'statement: "{"Is it so? " * 7}"', "red-flags/*.yml")
    lengthen(real, r"^handout: .*$", f'handout: "{"Is it so? " * 5}"', "red-flags/*.yml")
    lengthen(real, r"^statement: .*$", f'statement: "{"Is this so now? " * 5}"', "red-flags/heart.yml")

    found = problems_of(real)[0]

    assert found.startswith("content/red-flags/heart.yml:") and "pages on a4, and this is its longest sign." in found
    assert found.endswith("Expected 2 pages, with all signs on the first. Shorten this statement, or the time line.")


def test_longer_words_flow_in_large_print(real: Path) -> None:
    lengthen(real, r"^statement: .*$", f'statement: "{"Is it so? " * 8}"', "red-flags/*.yml")
    lengthen(real, r"^    what: .*$", f'    what: "{"It comes and goes. " * 20}"', "guide.yml")

    sheets, _ = print_sheets(whole(real), real, ADDRESS)

    assert next(sheet.pages for sheet in sheets if sheet.large) > next(sheet.pages for name, sheet in SHEETS if name == "content" and sheet.large)


def test_a_diary_that_does_not_fit_says_so(real: Path) -> None:
    lengthen(real, r"^  days: 14$", "  days: 21", "management/twitch-diary.yml")

    found = problems_of(real)[0]

    assert found.startswith("content/management/twitch-diary.yml:")
    assert found.endswith("Found a diary of 2 pages on a4. Expected 1 page. Shorten its words, or drop a column or some days.")


def test_a_missing_font_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(typesetting, "TEMPLATES", tmp_path)
    typesetting.fonts.cache_clear()
    found = problems_of(HICCUPS)
    typesetting.fonts.cache_clear()

    assert found == ['overrides/handout/fonts:1:1: Found no font "Atkinson Hyperlegible". Expected its .ttf files, regular and bold. '
                     "Bring them back from an earlier version."]


def test_a_sign_that_the_font_lacks_is_pointed_at_in_every_file(guide: Path) -> None:
    steps = sorted((guide / "management").glob("*.yml"))
    for file in steps:
        file.write_text(re.sub(r"(?m)^  do: .*$", "  do: Drink 水 slowly.", file.read_text(encoding="utf-8")), encoding="utf-8")

    found = problems_of(guide)

    assert len(found) == len(steps)
    for file, line in zip(steps, found, strict=True):
        row = file.read_text(encoding="utf-8").splitlines().index("  do: Drink 水 slowly.") + 1
        assert line == (f'content/management/{file.name}:{row}:13: Found "水", which the font of the printed guide does not have. '
                        "Expected letters, digits and signs that it has. Say it in words.")


def test_a_template_that_cannot_be_read_is_named(guide: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    spoilt = shutil.copytree(typesetting.TEMPLATES, tmp_path / "handout")
    shutil.copytree(typesetting.TEMPLATES.parent / "styles", tmp_path / "styles")
    (spoilt / "diary.typ").write_text("#import \"sheet.typ\": *\n#nothing")
    monkeypatch.setattr(typesetting, "TEMPLATES", spoilt)

    found = problems_of(CONTENT)

    assert found == ["overrides/handout/diary.typ:1:1: Found a sheet that cannot be set (unknown variable: nothing). "
                     "Expected a template that Typst can read, and words its font can show. Undo the last change, there or in the words."]


def test_a_missing_picture_and_an_unknown_paper_say_so(guide: Path, spoil: Spoil) -> None:
    assert any(re.match(r'content/guide\.yml:\d+:\d+: Found "a5"\. Expected .*us-letter', line)
               for line in spoil("guide.yml", "  handout:\n", "  handout:\n    papers: [a5]\n"))

    step = next((guide / "management").glob("*.yml"))
    assert any("Found the unknown picture \"no-such-drawing\"" in line
               for line in spoil(f"management/{step.name}", "handout:\n", "icon: no-such-drawing\nhandout:\n"))


def test_a_guide_that_cannot_be_printed_leaves_the_last_good_site(real: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    assert build(real, site).returncode == 0
    before = files_below(site)
    lengthen(real, r"^  days: 14$", "  days: 21", "management/twitch-diary.yml")

    result = build(real, site)

    assert result.returncode != 0 and "Found a diary of 2 pages on a4" in result.stderr
    assert files_below(site) == before


# On the site


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str | None, str] = {}
        self._href: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href = dict(attributes).get("href")
            self.found[self._href] = ""

    def handle_data(self, text: str) -> None:
        if self._href:
            self.found[self._href] += text

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._href = None


def test_the_site_links_each_sheet_with_its_pages_and_its_size(site: Path) -> None:
    files = {path: content for path, content in files_below(site / "handout").items() if path.endswith(".pdf")}
    links = {href: text for href, text in Links((site / "handout" / "index.html").read_text(encoding="utf-8")).found.items() if href and href.endswith(".pdf")}
    sheets = {Path(sheet.uri).name: sheet for sheet in printed(CONTENT, address=None)}

    assert set(files) == set(links) == set(sheets)
    for name, sheet in sheets.items():
        pages = "1 page" if sheet.pages == 1 else f"{sheet.pages} pages"
        assert links[name].endswith(f"(PDF, {pages}, {round(len(files[name]) / 1024)} KB)")
        assert files[name] == sheet.pdf


def test_no_part_of_the_printing_room_is_published(site: Path) -> None:
    assert [path for path in files_below(site) if path.endswith((".typ", ".ttf")) or "LICENSE" in path] == []


def test_the_font_has_its_licence_beside_it() -> None:
    assert "SIL OPEN FONT LICENSE" in (ROOT / "overrides" / "handout" / "fonts" / "LICENSE").read_text(encoding="utf-8")


# Releases


def test_a_release_is_noted_with_the_version_on_the_paper(guide: Path) -> None:
    first = version(whole(guide), guide)

    said = note(guide, 'The first "version".', True, datetime.date(2026, 11, 22))
    release = whole(guide).changes.releases[0]

    assert first in said
    assert (release.version, release.date, release.changes[0].says, release.changes[0].clinical) == (first, datetime.date(2026, 11, 22), 'The first "version".', True)
    with pytest.raises(SystemExit, match="has not changed since"):
        note(guide, "Again", False, datetime.date(2026, 11, 23))


def test_the_newest_release_stands_first(guide: Path) -> None:
    note(guide, "The first version.", True, datetime.date(2026, 11, 22))
    step = next((guide / "management").glob("*.yml"))
    step.write_text(re.sub(r"(?m)^  caution: .*$", "  caution: Stop if it hurts you.", step.read_text()))
    note(guide, "One caution is new.", True, datetime.date(2026, 12, 1))

    assert [release.changes[0].says for release in whole(guide).changes.releases] == ["One caution is new.", "The first version."]


@pytest.mark.parametrize(("releases", "message"), [
    (["2026-01-01", "2026-02-02"], "Found 2026-02-02 below 2026-01-01. Expected the newest release first. Move it up."),
    (["2026-02-02", "2026-02-02"], 'Found the version "0123abcd" a second time. Expected each version once. Join the two.'),
], ids=["order", "twice"])
def test_a_muddled_list_of_releases_says_so(guide: Path, releases: list[str], message: str) -> None:
    entries = "".join(f'  - version: "0123abcd"\n    date: {date}\n    changes: [{{says: A change., clinical: false}}]\n' for date in releases)
    (guide / "changes.yml").write_text(f"# yaml-language-server: $schema=../schema/changes.json\nreleases:\n{entries}")

    assert any(message in str(problem) for problem in check(guide)[1])


def test_a_version_that_no_paper_bears_says_so(guide: Path) -> None:
    (guide / "changes.yml").write_text('releases:\n  - version: "1.0"\n    date: 2026-01-01\n    changes: [{says: A change., clinical: false}]\n')

    assert 'Found "1.0". Expected the 8 signs of a version. Copy it from the foot of the printed guide, in quotes.' in str(check(guide)[1][0])
