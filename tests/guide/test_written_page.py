"""A page written by hand costs little to read, whatever stands in it."""

import time
from collections.abc import Callable
from pathlib import Path

import markdown
import pytest
from guide.checker import check
from guide.document import Document
from guide.problem import Problem
from guide.written_page import read_written_page
from language.passages import _written

HEAD = "---\nname: About\nanswer: Who we are.\nkey_points: [One., Two., Three.]\nreview: {status: not-yet-reviewed, reviewed: 2026-11-22, next_review: 2027-11-22}\n---\n"
EXTENSIONS = ["attr_list", "md_in_html", "sane_lists", "toc"]  # as in mkdocs.yml
LONGEST = 10  # seconds, on a machine with other things to do; unmended, each of these takes a minute or more
PIECES = ["[", "![", "[a](", "[\n", "](", "*a ", "**a", "_a ", "`a `` ", "<http:a ", "\\", "> ", ">", "- ", "1. ", "a\n=\n", "a\n=\n\n", "# a\n\n", "  \n", "{", "<a", "[]", "- a\n", "- a\n\n", "&", "a\n\n", "![a](b ", "|", "~"]


def read(body: str) -> tuple[object, list[Problem]]:
    return read_written_page(Document("content/about.md"), (HEAD + body).encode())


def seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("every", [1, 100], ids=["in one", "in pieces of 100"])
def test_no_body_is_slow_to_judge_or_what_is_taken_to_turn_into_a_page(piece: str, every: int) -> None:
    pieces = [piece * every] * (39_000 // (len(piece) * every + 2))
    body = ("" if every == 1 else "\n\n").join(pieces)

    def work() -> None:
        page, problems = read(body)
        if page is not None:
            list(_written(Document("content/about.md", text=HEAD + body), body))
        if not problems:
            markdown.markdown(body, extensions=EXTENSIONS)

    assert seconds(work) < LONGEST


def test_240_kilobytes_of_an_opened_bracket_are_refused_at_once() -> None:
    assert [str(problem) for problem in read("[" * 240_000)[1]] == [
        "content/about.md:1:1: Found a page of 234 KB. Expected 40 KB or less. Make several pages of it."]


@pytest.mark.parametrize(("body", "sentence"), [
    ("".join(f"{'    ' * depth}- a\n" for depth in range(20)), "13:1: Found a line 7 levels deep. Expected 6 or fewer. Make the list or the quotation flatter."),
    ("a\n\n" + "> " * 300 + "a\n", "9:1: Found a line 300 levels deep. Expected 6 or fewer. Make the list or the quotation flatter."),
    ("1. " * 300 + "a\n", "7:1: Found a line 300 levels deep. Expected 6 or fewer. Make the list or the quotation flatter."),
    ("\t" * 300 + "a\n", "7:1: Found a line 300 levels deep. Expected 6 or fewer. Make the list or the quotation flatter."),
    ("a\n\n" + "word " * 700, "9:1: Found 3500 characters without an empty line. Expected 3000 or fewer. Put an empty line between the paragraphs."),
    ("# a\n\n" * 101, "207:1: Found more than 100 headings. Expected fewer. Make several pages of it."),
])
def test_what_is_too_deep_or_too_long_is_one_sentence(body: str, sentence: str) -> None:
    page, problems = read(body)

    assert page is None
    assert [str(problem) for problem in problems] == [f"content/about.md:{sentence}"]


def test_real_pages_are_far_from_the_limits(guide: Path) -> None:
    about = guide / "about.md"
    about.write_text(about.read_text(encoding="utf-8") + "\n" + "- An item of a list\n" * 30 + "\n" + "    - One inside another\n" * 3 + "\n---\n\n* * *\n", encoding="utf-8")

    assert check(guide)[1] == []


def test_a_run_of_braces_is_one_slip() -> None:
    assert len(read("a {{{{{{{{ b\n")[1]) == 1
