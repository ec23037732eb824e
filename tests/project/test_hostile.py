"""Content is hostile until checked: it is refused with its place, or it is shown as text; it never lives."""

import html
from collections import Counter
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import markdown
import pikepdf
import pytest
import yaml
from builds import ROOT, build
from guide.checker import check
from guide.model.field_types import Url
from guide.written_page import markup_problems
from hostile import HOSTILE, PUBLIC, READERS, TEXT, Alive, alive, hostile_guides, takes
from hypothesis import given, settings
from hypothesis import strategies as st
from output.content_security_policy import Gate, content_security_policy
from pages.escape import address, escape
from pydantic import TypeAdapter

EXTENSIONS = [next(iter(one)) if isinstance(one, dict) else one for one in yaml.safe_load((ROOT / "mkdocs.yml").read_text().replace("!ENV", ""))["markdown_extensions"]]
HEAD = f'<!doctype html>\n<html lang="en"><head><meta http-equiv="Content-Security-Policy" content="{content_security_policy()}"><title>A page</title></head>\n<body>\n'
URL = TypeAdapter(Url)

# Every kind of place in which a template puts a text.
PLACES = "\n\nEnd.\n\n".join([
    "@", "@\n{: .answer }", "- @", "1. @", "# @", "## @", "## @ {: #numbers }", "**@**", "- **@**: @ <small>a</small>", "a (@)", "[@](a.md){ .b }",
    "![@](a.svg){ width=1 height=1 }", '<figure markdown="block">\n\n<figcaption markdown="span">@</figcaption>\n\n</figure>',
    '<details markdown="block">\n<summary markdown="span">@</summary>\n\n@\n\n</details>', "1. [@](https://a.org/). @ (2026).\n    {: #source-1 }",
    '<div class="a" markdown="block">\n\n## @\n\n- @\n- @\n\n@\n{: .sources-line }\n\n</div>', "- [@](a.md): @\n- @"])
SIGNS = st.sampled_from([*"*_`[](){}<>!#|\\&;:-+=~.^$\"'/@%? \tab1\n", "{: ", "](", "![", "&#", "&amp;", "  \n", "\n\n", "javascript:", "https://", "onclick=go()"])
TEXTS = st.lists(SIGNS | st.characters(codec="utf-8"), min_size=1, max_size=30).map("".join)


def page(text: str) -> Alive:
    return Alive(markdown.markdown(text, extensions=EXTENSIONS))


@cache
def harmless() -> Counter[tuple[str, ...]]:
    return page(PLACES.replace("@", "word")).found


def shows_as_text(text: str) -> None:
    """Ensure a text makes no more of a page than a harmless word does, and is shown as it stands, in every place."""
    made = page(PLACES.replace("@", escape(text)))

    assert made.found == harmless()
    assert made.shown.count(" ".join(text.split())) >= PLACES.count("@")


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(TEXTS.filter(lambda text: takes(TEXT, text)))
def test_whatever_text_the_model_takes_shows_as_it_stands(text: str) -> None:
    shows_as_text(text)


def test_whatever_text_of_the_public_lists_the_model_takes_shows_as_it_stands() -> None:
    taken = [text for text in HOSTILE if takes(TEXT, text)]
    assert len(PUBLIC) > 4800
    assert len(taken) > 800
    assert not [text for text in taken if text in ("<script>alert(1)</script>", "javascript:alert(1)")]

    for text in taken:
        shows_as_text(text)


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(st.lists(SIGNS | st.characters(codec="ascii"), max_size=30).map(lambda signs: "https://example.org/" + "".join(signs)).filter(lambda url: takes(URL, url)))
def test_whatever_address_the_model_takes_becomes_one_link_to_it(url: str) -> None:
    made = page(f"1. [a]({address(url)}). b (2026).\n    {{: #source-1 }}")

    [(*_, target)] = [part for part in made.found if part[:2] == ("a", "href") and len(part) == 3]
    assert made.found == Counter([("ol",), ("li", "id"), ("a", "href"), ("a", "href", target)])
    assert unquote(target) == unquote(url.partition("#")[0])


def test_an_address_that_closes_its_link_is_refused_and_would_live() -> None:
    url = "https://example.org/a){:onclick=go()}"

    assert not takes(URL, url)
    assert ("a", "href", "onclick") in page(f"[a]({url})").found
    assert ("a", "href", "onclick") not in page(f"[a]({address(url)})").found


def lives(body: str) -> list[str]:
    """Return what of a hand-written page the gate would refuse, though the reader of the page took it."""
    if markup_problems("about.md", body, 0):
        return []
    return [problem.found for problem in Gate().problems(HEAD + markdown.markdown(body, extensions=EXTENSIONS), "about/index.html")]


BODIES = [
    "[a]:\njavascript:go()\n\n[a]", "[a]: javascript:go()\n\n[a]", "[a][]\n\n[a]:\n\tjavascript:go()", "[a](javascript&colon;go())", "[a](java&Tab;script:go())",
    "[a](\x01javascript:go())", "[a](\njavascript:go())", "[a](<javascript:go()>)", "<javascript:go()>", "[a](/\\e.org)", "[a](//e.org)", "[a](http://e.org)",
    "![a](https://e.org/a.png)", "![a][b]\n\n[b]: https://e.org/a.png", "![a [b](c) d](https://e.org/a.png)", "[![a](//e.org/a.png)](x)",
    "[a](https://e.org/){ onclick=go() }", "[a](x){:onclick=go()}", "a\n{: onclick=go() }", "[a](\x02amp\x03javascript:go())", "<b>a</b>", "a <!-- b -->",
]


def test_a_hand_written_page_is_refused_with_its_line_before_the_gate_needs_to() -> None:
    for body in BODIES:
        problems = markup_problems("about.md", f"One line.\n\n{body}", 12)
        assert problems and all(problem.line > 14 for problem in problems), body

    assert {body: found for body in HOSTILE if (found := lives(body))} == {}


@settings(max_examples=200, deadline=None, derandomize=True, database=None)
@given(TEXTS)
def test_no_hand_written_page_that_is_taken_lives(body: str) -> None:
    assert lives(body) == []


def test_the_gate_sees_what_a_hand_written_page_would_do() -> None:
    """The planted fault: with no reader before it, the gate refuses what lives of these pages."""
    found = {body for body in [*BODIES, *HOSTILE] if Gate().problems(HEAD + markdown.markdown(body, extensions=EXTENSIONS), "about/index.html")}

    assert len(found) > 2000
    assert html.unescape(BODIES[3]) == "[a](javascript:go())" and BODIES[3] in found


# A whole guide of nothing but hostile words, built as every guide is.

def test_a_guide_of_hostile_words_has_no_more_life_than_one_of_harmless_words(tmp_path: Path) -> None:
    rounds = 0
    for hostile, harmless_, fields in hostile_guides(tmp_path):
        rounds += 1
        assert check(hostile)[1] == []
        sites = []
        for guide in (hostile, harmless_):
            result = build(guide, tmp_path / "site" / guide.parent.name)
            assert result.returncode == 0, result.stderr
            sites.append(alive(tmp_path / "site" / guide.parent.name))
        (found, shown), (harmless_found, harmless_shown) = sites

        assert found == harmless_found, (found - harmless_found, harmless_found - found)
        for place, (text, word) in fields.items():
            assert shown.count(text) >= harmless_shown.count(word), (place, text)
        assert sum(word in harmless_shown for _, word in fields.values()) > 0.9 * len(fields)
    assert 1 < rounds < 10


@pytest.mark.parametrize("suffix", sorted(set(READERS) - {".json", ".pdf"}))
def test_something_alive_in_any_file_is_seen(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a{suffix}").write_text("<img src=x onerror=go()>")

    assert alive(tmp_path)[0] == Counter([(suffix, "img", "onerror", "src"), (suffix, "img", "src", "x")])


def test_a_link_in_a_pdf_is_seen(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.URI, URI="https://example.org/"))
        pdf.Root.OpenAction = pdf.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)"))
        pdf.add_blank_page()
        pdf.save(tmp_path / "a.pdf")

    assert (".pdf", "action", "href", "/JavaScript") in alive(tmp_path)[0]


def test_every_kind_of_file_that_bears_a_guide_s_words_has_a_reader(hiccups_site: Path) -> None:
    """A new kind of output belongs into READERS, or it bears no words."""
    bearing = {file.suffix for file in hiccups_site.rglob("*") if file.is_file() and b"Hiccups" in file.read_bytes()}

    assert bearing <= set(READERS)
