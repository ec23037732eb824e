"""The gate knows what each element may bear, reads a tag as a browser does, and lets no id stand twice on a page."""

import re

import pytest
from builds import ROOT
from output.content_security_policy import MAY_BEAR, Gate, content_security_policy

HEAD = f'<!doctype html>\n<html lang="en"><head><meta http-equiv="Content-Security-Policy" content="{content_security_policy()}"><title>A page</title></head>\n'
TEMPLATES = "\n".join(re.sub(r"\{#.*?#\}", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
                      for suffix in ("md", "html") for file in sorted((ROOT / "overrides").rglob(f"*.{suffix}")))


def found(body: str) -> list[str]:
    return [problem.found for problem in Gate().problems(f"{HEAD}<body>{body}", "a/index.html")]


UNKNOWN = ["hidden", "autofocus", "contenteditable", "popover", "slot", "is", "itemid", "itemprop", "inert", "accesskey", "draggable", "dir", "part", "exportparts", "aria-hidden",
           "aria-label", "target", "download", "data-guide", "data-words", "data-care", "data-anything", "tabindex", "role", "style", "onclick", "lang", "translate", "nonce", "charset"]


@pytest.mark.parametrize("name", UNKNOWN)
@pytest.mark.parametrize("element", ["a", "small", "div", "h1", "li", "red-flag"])
def test_an_attribute_that_an_element_of_ours_does_not_bear_is_refused(element: str, name: str) -> None:
    assert found(f'<{element} {name}="x">a</{element}>') == [f'the attribute {name}="x" on <{element}>']
    assert found(f'<{element} class="a" {name.upper()}>a</{element}>') == [f'the attribute {name}="" on <{element}>']


def test_the_sentence_names_what_the_element_may_bear() -> None:
    [problem] = Gate().problems(f"{HEAD}<body><ol reversed></ol>", "a/index.html")

    assert str(problem) == ('a/index.html:3:7: Found the attribute reversed="" on <ol>. Expected none but class, id, start. '
                            "Take it out, or add it to hooks/output/content_security_policy.py after thought.")


def test_what_one_component_bears_another_does_not() -> None:
    assert found('<div class="search__help" hidden></div><red-flag-checklist data-guide="a"></red-flag-checklist>') == []
    assert found('<div class="care-card" hidden></div><breathing-circle data-guide="a"></breathing-circle>') == [
        'the attribute hidden="" on <div>', 'the attribute data-guide="a" on <breathing-circle>']


def test_the_gate_lets_no_attribute_in_that_no_template_of_ours_and_no_markdown_writes() -> None:
    """Each name on the gate's list is looked for where it would be used; a name that nothing needs is a door left open."""
    by_markdown = {("a", "title"), ("img", "src"), ("img", "alt"), ("img", "title"), ("img", "width"), ("img", "height"), ("ol", "start"), ("h2", "data-search-exclude"), ("h2", "data-note"), ("h3", "data-search-exclude"),
                   ("button", "popovertarget")}  # hooks/pages/explained_words.py
    spare = []
    for selector, names in MAY_BEAR.items():
        element, _, class_ = selector.partition(".")
        tags = re.findall(rf"<{'[a-z0-9-]+' if element == '*' else element}\b(?:\{{[{{%].*?[%}}]\}}|[^<>])*>", TEMPLATES)
        spare += [(selector, name) for name in names if (selector, name) not in by_markdown
                  and not any(re.search(rf"[\s}}]{name}\b", tag, re.IGNORECASE) and class_ in tag for tag in tags)]

    assert spare == []


@pytest.mark.parametrize("tag", ['<a href="javascript:go()" href="https://example.org/">', '<a href="https://example.org/" HREF="javascript:go()">', "<a href=a href=b>", '<p class="a" id="b" Class="a">'])
def test_an_attribute_given_twice_is_refused(tag: str) -> None:
    assert [sentence for sentence in found(tag) if sentence.endswith((" twice on <a>", " twice on <p>"))] != []


def test_of_an_attribute_given_twice_the_first_is_judged_since_a_browser_takes_it() -> None:
    assert 'a link to "javascript:go()"' in found('<a href="javascript:go()" href="https://example.org/">')
    assert 'a link to "javascript:go()"' not in found('<a href="https://example.org/" href="javascript:go()">')


def test_an_id_that_stands_twice_is_refused_and_both_places_are_named() -> None:
    gate = Gate()
    page = f'{HEAD}<body>\n<h2 id="numbers">a</h2>\n<p ID=numbers>b</p><h2 id="numbers">a</h2><p id="other"></p>'
    for _ in range(2):  # the second time from what the gate remembers
        assert [str(problem) for problem in gate.problems(page, "a/index.html")] == [
            f'a/index.html:5:{column}: Found the id "numbers" a second time (first in line 4). Expected each id once on a page. Rename one of the two.' for column in (1, 20)]
    assert gate.problems(page.replace("ID=numbers", "id=a").replace('<h2 id="numbers">a</h2><p', '<h2 id="Numbers">a</h2><p'), "b/index.html") == []
