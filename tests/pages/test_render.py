"""What leaves the templates: escaped, linked both ways, complete."""

import re
from pathlib import Path

import pytest
from builds import CONTENT, HICCUPS
from guide.checker import check
from guide.model.entries import EntryPage, RedFlag
from guide.model.guide import Guide
from guide.model.marks import references
from markupsafe import Markup
from pages.escape import escape
from pages.render import Page, render
from sure import sure
from whole import whole

Rendered = tuple[Guide, dict[str, Page]]  # the pages by their file
NAUGHTY = [
    "*bold* _it_ `code` [a](b) ![x](y) # no", "1. not a list", "- not a list", "+ not", "# not a heading", "> not a quote",
    "a & b", "5 < 6 > 4", "{{ 7 * 7 }}", "{% raw %}", "{: .class }", "| a | b |", "~~~", "a\\*b", "http: //x", "=== not", ": not a definition",
    "!!! not", "[TOC]", "*[a]: b", "$HOME", "^up^", "--- not", "10) not",
]


@pytest.mark.parametrize("text", NAUGHTY)
def test_text_shows_as_it_stands(text: str) -> None:
    import html

    import markdown

    shown = markdown.markdown(str(escape(text)), extensions=["attr_list", "md_in_html", "sane_lists", "toc", "tables", "def_list", "abbr", "admonition"])

    assert re.fullmatch(r"<p>(.*)</p>", shown), shown
    assert "<" not in shown[3:-4]
    assert html.unescape(shown[3:-4]) == text


def test_markup_made_by_the_engine_is_left_alone() -> None:
    assert escape(Markup("[a](b.md)")) == "[a](b.md)"


def test_content_is_never_a_template(guide: Path) -> None:
    file = guide / "triggers" / "strong-feelings.yml"
    file.write_text(file.read_text().replace("short: Stress or joy", 'short: "{{ 7 * 7 }} {% include \'x\' %}"'))
    found, problems = check(guide)

    triggers = next(page for page in render(sure(found)) if page.uri == "triggers/index.md")

    assert problems == []
    assert "49" not in triggers.markdown
    assert "&#123;&#123; 7 &#42; 7 &#125;&#125;" in triggers.markdown


@pytest.fixture(scope="module", params=[CONTENT, HICCUPS], ids=["content", "hiccups"])
def rendered(request: pytest.FixtureRequest) -> Rendered:
    guide = whole(request.param)
    return guide, {page.uri: page for page in render(guide)}


def test_every_page_has_its_parts(rendered: Rendered) -> None:
    guide, pages = rendered

    for page in pages.values():
        assert page.markdown.count("\n# ") == 1, page.uri
        assert "\n{: .answer }" in page.markdown, page.uri
        assert 3 <= len(sure(re.search(r"## Key points \{: .*\}\n\n</summary>\n\n((?:- .*\n)+)", page.markdown))[1].splitlines()) <= 5, page.uri
        assert re.search(r"Checked against its sources on \d+ \w+ \d{4}\. Next check due by \d+ \w+ \d{4}\. Not yet reviewed by a clinician\.", page.markdown), page.uri
        if page.uri not in ("sources.md", "changes.md"):  # the one is the list itself, the other claims nothing
            assert re.search(r"^1\. .*\n    \{: #source-1 \}", page.markdown, re.MULTILINE), page.uri


def test_every_claim_says_how_sure_it_is_and_names_its_sources(rendered: Rendered) -> None:
    guide, pages = rendered

    for kind in ("triggers", "conditions", "medicines", "management"):
        for entry in guide.entries[kind].values():
            assert isinstance(entry, EntryPage)
            text = pages[f"{kind}/{entry.id}.md"].markdown
            for claim in entry.claims:
                line = next(line for line in text.splitlines() if line.startswith(f"- {escape(claim.says)}"))
                assert f"how-sure--{claim.certainty}" in line
                assert line.count("](#source-") == len(claim.sources)


def test_links_go_both_ways(rendered: Rendered) -> None:
    guide, pages = rendered

    def leads(start: str, end: str) -> bool:
        here = f"{start}.md".rpartition("/")[0]
        return any(f"]({form}" in pages[f"{start}.md"].markdown for form in (f"../{end}.md", f"{end}.md", f"{end.rpartition('/')[2]}.md" if here == end.rpartition("/")[0] else "—"))

    for kind in ("triggers", "conditions", "medicines"):
        for entry in guide.entries[kind].values():
            for _, other, id_ in references(entry):
                if other in ("triggers", "conditions", "medicines", "management"):
                    assert leads(f"{kind}/{entry.id}", f"{other}/{id_}"), (entry.id, id_)
                    assert leads(f"{other}/{id_}", f"{kind}/{entry.id}"), (id_, entry.id)
                if other == "red-flags" and id_ in getattr(entry, "red_flags", []):
                    assert f"](../get-help.md#{id_})" in pages[f"{kind}/{entry.id}.md"].markdown
                    assert f"]({kind}/{entry.id}.md)" in pages["get-help.md"].markdown


def test_the_emergency_comes_first_and_its_card_links_only_to_calls(rendered: Rendered) -> None:
    guide, pages = rendered

    for page in pages.values():
        for kind in ("care-card", "help-box__level"):
            cards = re.findall(rf'<div class="{kind} care-card--([a-z-]+)"', page.markdown)
            assert "emergency" not in cards[1:] or page.uri == "get-help.md", page.uri
        for card in re.findall(r'<div class="care-card care-card--emergency".*?</div>', page.markdown, re.DOTALL):
            targets = re.findall(r"\]\(([^)]*)\)", card)
            assert targets, page.uri
            assert all(target.startswith("tel:") for target in targets), page.uri


def test_a_page_gives_a_case_the_level_of_its_red_flag_and_no_other(rendered: Rendered) -> None:
    guide, pages = rendered
    levels = {flag.id: flag.care for flag in guide.every(RedFlag)}

    for kind in ("triggers", "conditions", "medicines", "management"):
        for entry in guide.entries[kind].values():
            assert isinstance(entry, EntryPage)
            text = pages[f"{kind}/{entry.id}.md"].markdown
            boxes = dict(re.findall(r'<div class="help-box__level care-card--([a-z-]+)"[^>]*>(.*?)</div>', text, re.DOTALL))
            assert set(boxes) == {"emergency", *(levels[case.sign] for case in entry.when_to_get_help.signs)}
            assert "](../get-help.md#emergency)" in boxes["emergency"]
            for case in entry.when_to_get_help.signs:
                says = case.says or f"{next(flag for flag in guide.every(RedFlag) if flag.id == case.sign).statement}."
                assert [care for care, box in boxes.items() if f"- {escape(says)}\n" in box] == [levels[case.sign]], (entry.id, says)


def test_every_sign_stands_once_under_its_own_level(rendered: Rendered) -> None:
    guide, pages = rendered
    text = pages["get-help.md"].markdown

    for flag in guide.every(RedFlag):
        assert len(re.findall(rf"^### .* {{: #{flag.id} }}$", text, re.MULTILINE)) == 1
        assert re.findall(r"care-card--([a-z-]+)", text[: text.index(f"{{: #{flag.id} }}")])[-1] == flag.care
        assert all(str(escape(line)) in text for line in (*flag.looks_like, flag.why))


def test_each_source_names_a_page_once(rendered: Rendered) -> None:
    guide, pages = rendered
    lines = [line.partition("Cited on: ")[2] for line in pages["sources.md"].markdown.splitlines() if "Cited on: " in line]

    assert len(lines) == len(guide.sources)
    for line in lines:
        links = re.findall(r"\[[^\]]*\]\([^)]*\)", line)
        assert len(links) == len(set(links)) > 0, line
