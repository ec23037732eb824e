"""A medical word opens its note where it first stands in the page's own text, and nowhere else."""

import re
from pathlib import Path

import pytest
from builds import CONTENT
from guide.model.files import Term
from markdown import markdown
from pages.explained_words import ExplainedWords
from pages.render import render
from whole import whole

NERVE = Term(term="facial nerve", forms=["facial nerves"], means="The nerve of the face.")
EMG = Term(term="EMG", means="A test.")
NOTES = """
<div class="word-notes" markdown="block">

<div class="word-note" id="word-nerve" markdown="block">

**facial nerve**: The nerve of the face.

</div>

<div class="word-note" id="word-emg" markdown="block">

**EMG**: A test.

</div>

</div>
"""


def made(text: str) -> str:
    return markdown(text + NOTES, extensions=["md_in_html", "attr_list", ExplainedWords({"nerve": NERVE, "emg": EMG})])


def button(id_: str, text: str) -> str:
    return f'<button class="word" popovertarget="word-{id_}" type="button">{text}</button>'


def test_the_first_use_of_each_word_becomes_a_button() -> None:
    html = made("The Facial nerves and the facial nerve, by EMG.\n\nThe EMG again.\n")

    assert f"<p>The {button('nerve', 'Facial nerves')} and the facial nerve, by {button('emg', 'EMG')}.</p>" in html
    assert "<p>The EMG again.</p>" in html
    assert html.count("<button") == 2 and html.count('class="word-note"') == 2


def test_two_words_in_one_text_keep_their_order_and_every_letter() -> None:
    html = made("An EMG of *this* facial nerve *or* that.\n")

    assert f"<p>An {button('emg', 'EMG')} of <em>this</em> {button('nerve', 'facial nerve')} <em>or</em> that.</p>" in html


@pytest.mark.parametrize("closed", ["## The facial nerve", "- Of the facial nerve\n{: .tile }", "[the facial nerve](a.md)", "`facial nerve`", "<form markdown=\"block\">\n\nThe facial nerve\n\n</form>", "<details><summary markdown=\"span\">facial nerve</summary></details>"])
def test_what_is_pressed_or_named_already_takes_no_button(closed: str) -> None:
    html = made(f"{closed}\n\nThen the facial nerve.\n")

    assert html.count("<button") == 1
    assert f"Then the {button('nerve', 'facial nerve')}" in html


def test_a_note_that_no_button_opens_is_left_out() -> None:
    html = made("## The facial nerve\n\nAn EMG.\n")

    assert 'id="word-nerve"' not in html and 'id="word-emg"' in html


def test_small_letters_are_no_abbreviation() -> None:
    assert "<button" not in made("An emg.\n")


def test_what_comes_after_the_notes_is_not_the_pages_own_text() -> None:
    html = markdown(NOTES + "\nThe facial nerve, by EMG.\n", extensions=["md_in_html", ExplainedWords({"nerve": NERVE, "emg": EMG})])

    assert "<button" not in html and "word-note\"" not in html


def test_every_note_that_a_template_lists_has_its_word_on_the_page(site: Path) -> None:
    """Else the page would name sources of a note that is not there."""
    for page in render(whole(CONTENT)):
        listed = re.findall(r'id="(word-[^"]+)"', page.markdown)
        html = (site / re.sub(r"(?:(?<=/)|^)index$", "", page.uri.removesuffix(".md")) / "index.html").read_text(encoding="utf-8")

        assert re.findall(r'id="(word-[^"]+)"', html) == listed, page.uri
        assert sorted(re.findall(r'popovertarget="([^"]+)"', html)) == sorted(listed), page.uri
