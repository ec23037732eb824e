"""Rules that no single field can say, one by one."""

from pathlib import Path

from builds import with_signs
from guide.checker import check
from guide.model.guide_file import MOST_SIGNS


def test_one_sign_too_many_is_refused_with_one_sentence_since_the_checklist_could_not_count_it(guide: Path) -> None:
    with_signs(guide, MOST_SIGNS + 1)

    [problem] = check(guide)[1]

    assert str(problem) == (f"content/red-flags/sign-{MOST_SIGNS - 2:02}.yml:2:7: Found {MOST_SIGNS + 1} red flags. Expected {MOST_SIGNS} or fewer, since "
                            "the checklist counts no more. Join two that have the same care level.")


def test_as_many_signs_as_are_allowed_make_a_guide(guide: Path) -> None:
    with_signs(guide, MOST_SIGNS)

    assert check(guide)[1] == []
