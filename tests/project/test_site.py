"""The finished site: every page is there, in the menu, cited, dated, and no link is broken."""

import html
import re
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from builds import CONTENT
from sure import sure
from whole import whole


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, str]:
    """The HTML of every page by its path, such as `triggers/alcohol/`."""
    return {page.relative_to(site).as_posix().removesuffix("index.html"): page.read_text(encoding="utf-8")
            for page in sorted(site.rglob("*.html")) if page.name != "404.html"}


def test_every_page_of_the_plan_exists(pages: dict[str, str]) -> None:
    guide = whole(CONTENT)
    kinds = ("triggers", "conditions", "medicines", "management")

    expected = {"", "get-help/", "symptom/", "visit/", "all-pages/", "glossary/", "sources/", "about/", "handout/", "changes/", *(f"{kind}/" for kind in kinds)}
    expected |= {f"{kind}/{id_}/" for kind in kinds for id_ in guide.entries[kind]}

    assert set(pages) == expected


def test_every_page_is_in_the_menu(pages: dict[str, str]) -> None:
    home = pages[""]
    menu = home[home.index('class="menu__panel"'):home.index("</nav>")]
    links = {urlsplit(urljoin("http://site/", link)).path[1:] for link in re.findall(r'<a href="([^"]*)"', menu)}

    assert set(pages) - links == set()


def test_every_page_has_a_linked_source(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        article = sure(re.search(r"<article.*?</article>", text, re.DOTALL))[0]
        assert 'href="https://' in article or path == "changes/", path


def test_every_page_says_when_and_by_whom_it_was_checked(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        assert "Not yet reviewed by a clinician." in text, path
        assert re.search(r"Checked against its sources on \d+ \w+ 20\d\d", text), path


def test_every_page_begins_with_the_danger_line(pages: dict[str, str], site: Path) -> None:
    """The home page holds it in its answer, the others above all else; always with numbers to tap."""
    for path, text in {**pages, "404": (site / "404.html").read_text()}.items():
        if path:
            assert text.index('class="danger-line"') < text.index('href="tel:999"') < text.index("<h1"), path
    home = pages[""]
    assert home.index("<h1") < home.index('class="call-box"') < home.index('href="tel:999"') < home.index("<h2")


def test_no_link_is_broken(pages: dict[str, str], site: Path) -> None:
    targets = {path: set(re.findall(r'\bid="([^"]*)"', text)) for path, text in pages.items()}
    broken = []
    for path, text in pages.items():
        for link in map(html.unescape, re.findall(r'(?:href|src)="([^"]*)"', text)):
            address, anchor = urldefrag(urljoin(f"http://site/{path}", link))
            parts = urlsplit(address)
            if parts.scheme in ("tel", "mailto", "data") or parts.netloc != "site":
                continue
            inside = parts.path[1:]
            if inside in targets:
                if anchor and anchor not in targets[inside] and anchor != "__codelineno":
                    broken.append((path, link))
            elif not (site / inside).is_file():
                broken.append((path, link))

    assert broken == []


def test_the_404_page_leads_on(site: Path) -> None:
    text = (site / "404.html").read_text(encoding="utf-8")

    for path in ("/get-help/", "/triggers/", "/conditions/", "/medicines/", "/management/", "/visit/"):
        assert f'href="{path}"' in text
    assert "Try the search" in text


def test_nothing_of_the_workshop_is_published(site: Path) -> None:
    names = {path.suffix for path in Path(site).rglob("*") if path.is_file()}

    assert not names & {".yml", ".md", ".py"}
    assert not (site / "schema").exists()


def test_the_search_index_knows_every_page(pages: dict[str, str], site: Path) -> None:
    index = (site / "search" / "search_index.json").read_text(encoding="utf-8")

    for path in pages:
        assert f'"location":"{path}"' in index, path
