"""One way to tell whether a text uses a word of the glossary, for pages, rules and limits alike."""

from pathlib import Path

import pytest
from builds import CONTENT
from guide.checker import check
from guide.model.files import Term
from guide.terms import TermMatcher
from pages.render import render
from sure import sure
from whole import whole

TERM = TermMatcher(Term(term="coeliac disease", forms=["CD", "coeliac"], means="An illness of the gut."))


@pytest.mark.parametrize(("text", "found"), [
    ("You may have coeliac disease.", "coeliac disease"), ("Coeliac disease is one.", "Coeliac disease"), ("It is CD, they say.", "CD"), ("(coeliac)", "coeliac"),
])
def test_a_word_is_found_in_any_form(text: str, found: str) -> None:
    assert TERM.stands_in(text, text.casefold())
    assert sure(TERM.first_in(text, text.casefold()))[0] == found


@pytest.mark.parametrize("text", ["the coeliacs", "a cd of music", "ABCD", "CD_rom", "coeliac_1", "", "noncoeliac"])
def test_part_of_another_word_or_an_abbreviation_in_small_letters_is_none(text: str) -> None:
    assert not TERM.stands_in(text, text.casefold())
    assert TERM.first_in(text, text.casefold()) is None


def test_the_plain_look_and_the_pattern_agree_on_every_page() -> None:
    guide = whole(CONTENT)
    matchers = [TermMatcher(term) for term in guide.glossary.values()]
    texts = [page.markdown for page in render(guide)]

    found = [(bool(matcher._pattern.search(text)), matcher.stands_in(text, text.casefold())) for text in texts for matcher in matchers]

    assert len(found) > 1000 and (True, True) in found and (False, False) in found
    assert {plain == pattern for pattern, plain in found} == {True}


def test_a_word_that_stands_only_inside_another_is_used_on_no_page(guide: Path) -> None:
    with (guide / "glossary.yml").open("a", encoding="utf-8") as file:
        file.write("\nhicc:\n  term: hicc\n  means: A part of a word of this guide.\n")

    assert [problem.found for problem in check(guide)[1]] == ['the word "hicc", which no page uses']
