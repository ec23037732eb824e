"""A clinician is asked about every file that can harm a reader, a maintainer about everything else."""

import re

import pytest
from builds import ROOT
from guide.model.kinds import FILES, FOLDERS
from pathspec import GitIgnoreSpec

CODEOWNERS = (ROOT / ".github" / "CODEOWNERS").read_text(encoding="utf-8")
CLINICIANS, MAINTAINERS = "clinical-reviewers", "maintainers"
PUBLISHED = re.findall(r"(?m)^GUIDE \?= (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"))[0]
LISTS_THAT_GUARD = ["tests/statements.yml", "tests/red_flag_ids.yml", "tests/vignettes.yml"]
ADVICE_IN_CODE = ["hooks/words/en.yml", "hooks/words/catalogue.py", "hooks/guide/care_levels.py", "overrides/components/red-flag-checklist/red-flag-checklist.js"]
CODE = [
    "hooks/publish.py", "hooks/guide/rules.py", "overrides/base.html", "overrides/handout/leaflet.typ", "mkdocs.yml", "Makefile", "pyproject.toml",
    "requirements.txt", "requirements-test.txt", "tests/package-lock.json", "tests/project/test_owners.py", "content/schema/guide.json",
    ".ci/run", ".ci/review", ".github/CODEOWNERS", ".github/SECURITY.md", *(f".github/workflows/{name}.yml" for name in ("check", "publish", "review")),
]


def rules(text: str) -> dict[str, set[str]]:
    """Return the owners of each pattern, without whose they are: @OWNER/clinical-reviewers is clinical-reviewers."""
    lines = [line.split() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return {line[0]: {owner.rpartition("/")[2] for owner in line[1:]} for line in lines}


def owners(text: str, path: str) -> set[str]:
    """Return who is asked about a path: the owners of the last pattern that fits it."""
    fitting = [who for pattern, who in rules(text).items() if GitIgnoreSpec.from_lines([pattern]).match_file(path)]
    return fitting[-1] if fitting else set()


def kinds_of_content() -> list[str]:
    """Return a path of every kind of file that a guide may hold, and every file that the published one holds."""
    every = [*(f"{kind}/any.yml" for kind in FOLDERS), *(f"{kind}.yml" for kind in FILES), "any-page.md", "images/any.svg"]
    there = [path.relative_to(ROOT / PUBLISHED).as_posix() for path in (ROOT / PUBLISHED).rglob("*") if path.is_file()]
    return [f"{PUBLISHED}/{name}" for name in dict.fromkeys([*every, *there]) if not name.startswith("schema/")]


def test_a_clinician_is_asked_about_every_kind_of_content_and_the_lists_that_guard_it() -> None:
    assert len(kinds_of_content()) > 90
    assert [path for path in [*kinds_of_content(), *LISTS_THAT_GUARD, *ADVICE_IN_CODE] if CLINICIANS not in owners(CODEOWNERS, path)] == []


def test_a_maintainer_is_asked_about_all_that_makes_the_site() -> None:
    assert [path for path in [*CODE, *ADVICE_IN_CODE, "a/file/of/tomorrow"] if MAINTAINERS not in owners(CODEOWNERS, path)] == []


@pytest.mark.parametrize(("old", "new", "freed"), [
    (f"/{PUBLISHED}/ ", f"/{PUBLISHED}/red-flags/ ", f"{PUBLISHED}/guide.yml"), ("/tests/statements.yml ", "/tests/statement.yml ", "tests/statements.yml")])
def test_a_kind_that_is_taken_from_the_clinicians_is_seen(old: str, new: str, freed: str) -> None:
    assert old in CODEOWNERS
    assert owners(CODEOWNERS.replace(old, new, 1), freed) == {MAINTAINERS}


def test_every_file_that_is_named_exists() -> None:
    assert [pattern for pattern in rules(CODEOWNERS) if pattern != "*" and not (ROOT / pattern.strip("/")).exists()] == []
    assert [path for path in [*LISTS_THAT_GUARD, *ADVICE_IN_CODE, *CODE] if not (ROOT / path).exists()] == []


def test_a_place_for_a_name_is_not_taken_for_a_name() -> None:
    named = {owner for line in CODEOWNERS.splitlines() if not line.startswith("#") for owner in line.split()[1:]}

    assert all(re.fullmatch(r"@[\w-]+(?:/[\w.-]+)?", owner) for owner in named)
    assert {owner for owner in named if owner.startswith("@OWNER/")} <= {f"@OWNER/{CLINICIANS}", f"@OWNER/{MAINTAINERS}"}
    if f"@OWNER/{CLINICIANS}" in named:
        assert "no clinician has agreed to review this guide yet" in CODEOWNERS
