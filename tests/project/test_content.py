"""The content of the real guide is complete: every file, every statement, every sign, every source."""

import html
import re
import shutil
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml
from builds import CONTENT, ROOT
from guide.care_levels import CARE_LEVELS
from guide.checker import check
from guide.model.entries import RedFlag
from guide.model.guide import Guide
from guide.model.marks import references
from guide.problem import Problem
from sure import sure

Checked = tuple[Guide | None, list[Problem]]
FILES = [path.relative_to(CONTENT).as_posix() for path in sorted(CONTENT.rglob("*")) if path.suffix in (".yml", ".md")]
STATEMENTS = yaml.safe_load((ROOT / "tests" / "statements.yml").read_text(encoding="utf-8"))
SIGNS = yaml.safe_load((ROOT / "tests" / "red_flag_ids.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def checked() -> Checked:
    return check(CONTENT)


@pytest.mark.parametrize("name", FILES)
def test_content(name: str, checked: Checked) -> None:
    """Each content file stands for itself, so that a report names it."""
    problems = [str(problem) for problem in checked[1] if problem.path == f"content/{name}"]

    assert problems == []


def test_every_statement_is_on_the_table() -> None:
    assert len(STATEMENTS) == 51


def words_of(page: Path) -> str:
    article = sure(re.search(r"<article.*?</article>", page.read_text(encoding="utf-8"), re.DOTALL))[0]
    article = re.sub(r'<button class="word"[^>]*>(.*?)</button>', r"\1", article)  # a word that is explained stands in its sentence
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", article)).split())


@pytest.mark.parametrize("statement", STATEMENTS)
def test_every_statement_of_the_article_is_covered(statement: str, site: Path) -> None:
    row = STATEMENTS[statement]
    text = words_of(site / row["page"] / "index.html")

    missing = [words for words in row["words"] if words.casefold() not in text.casefold()]

    assert (CONTENT / row["entry"]).is_file()
    assert missing == [], f"these words must stay on the page; if others say the same, change them in tests/statements.yml under {statement}"


@pytest.mark.parametrize("sign", SIGNS)
def test_every_sign_is_kept_and_none_is_lowered(sign: str, checked: Checked) -> None:
    guide = sure(checked[0])
    flag, was = SIGNS[sign]
    if flag == "none-of-these":
        assert guide.about.none_of_these.sources
        return

    care = next(other.care for other in guide.every(RedFlag) if other.id == flag)
    assert CARE_LEVELS.index(care) <= CARE_LEVELS.index(was)


def test_the_raised_levels_hold(checked: Checked) -> None:
    """Levels that a second reading raised."""
    flags = {flag.id: flag for flag in sure(checked[0]).every(RedFlag)}

    assert flags["pregnant-or-new-mother"].care == "emergency"
    assert flags["tingling-lips"].care == "same-day"
    assert flags["stopped-alcohol-or-calming-tablets"].care == "same-day"
    assert flags["lithium-nausea-or-psychosis-medicine"].care == "same-day"
    assert len(flags) > len({flag for flag, _ in SIGNS.values()} - {"none-of-these"})  # one sign at least is new


@pytest.fixture(scope="module")
def named(checked: Checked) -> set[tuple[str, str]]:
    """The ids that some file names, in its order or as a reference; a new page need not be among them."""
    guide = sure(checked[0])
    pages = guide.about.pages
    return {(kind, id_) for *_, kind, id_ in guide.references} | {
        (kind, id_) for kind in ("triggers", "conditions", "medicines", "management") for id_ in getattr(pages, kind).order}


def test_nearly_every_page_is_named_by_some_file(named: set[tuple[str, str]]) -> None:
    assert sum((Path(name).parent.name, Path(name).stem) in named for name in FILES) > 70


@pytest.mark.parametrize("name", sorted(name for name in FILES if name != "about.md"))
def test_a_deleted_file_is_missed_by_name(name: str, named: set[tuple[str, str]], tmp_path: Path) -> None:
    if "/" in name and (Path(name).parent.name, Path(name).stem) not in named:
        return
    copy = shutil.copytree(CONTENT, tmp_path / "content")
    (copy / name).unlink()

    problems = [str(problem) for problem in check(copy)[1]]

    assert any(name in problem for problem in problems), problems[:3]


def test_a_deleted_source_is_missed_by_name(checked: Checked, tmp_path: Path) -> None:
    guide = sure(checked[0])
    text = (CONTENT / "sources.yml").read_text(encoding="utf-8")
    copy = shutil.copytree(CONTENT, tmp_path / "content")
    entries = re.split(r"^(?=[a-z0-9-]+:$)", text, flags=re.MULTILINE)
    assert len(entries) == len(guide.sources) + 1
    every_tenth = entries[1::10]

    for entry in every_tenth:
        name = entry.partition(":")[0]
        (copy / "sources.yml").write_text(text.replace(entry, "", 1), encoding="utf-8")
        assert any(f'"{name}"' in str(problem) for problem in check(copy)[1]), name


def test_a_claim_that_loses_its_source_is_missed(tmp_path: Path) -> None:
    spoilt_files = 0
    copy = shutil.copytree(CONTENT, tmp_path / "content")
    for file in [*copy.glob("*/*.yml"), copy / "guide.yml", copy / "appointment.yml"]:
        if file.parent.name in ("schema", "red-flags"):
            continue
        text = file.read_text(encoding="utf-8")
        spoilt = re.sub(r"(certainty: (?:strong|moderate|limited)\n)\s+sources: \[[^\]]*\]\n", r"\1", text, count=1)
        if spoilt == text:  # a page may hold nothing but claims for which no source was found
            continue
        spoilt_files += 1
        file.write_text(spoilt, encoding="utf-8")
        found = [problem for problem in check(copy)[1] if problem.found == "a claim without a source"]
        file.write_text(text, encoding="utf-8")
        assert [problem.path for problem in found] == [f"content/{file.relative_to(copy).as_posix()}"], file
    assert spoilt_files > 45


def test_every_source_that_the_guide_links_was_seen_again(checked: Checked, site: Path) -> None:
    """No address leaves the site but those of linked sources, the licence and the calls."""
    guide = sure(checked[0])
    allowed = {unquote(sure(source.url)) for source in guide.sources.values() if source.link}
    found = set()
    for page in site.rglob("*.html"):
        found |= {unquote(html.unescape(address)) for address in re.findall(r'href="((?:https?:)?//[^"]*)"', page.read_text(encoding="utf-8"))}

    assert found - allowed - {"https://squidfunk.github.io/mkdocs-material/"} == set()
    assert allowed - found == set()


def test_nothing_but_the_linked_sources_has_an_address(checked: Checked) -> None:
    for name, source in sure(checked[0]).sources.items():
        assert source.link == bool(source.url), name


def test_no_clinician_is_invented(checked: Checked) -> None:
    guide = sure(checked[0])
    for entry in guide.all_entries():
        if hasattr(entry, "review"):
            assert (entry.review.status, entry.review.reviewed_by) == ("not-yet-reviewed", []), entry.path


def test_every_condition_and_medicine_has_a_danger_sign(checked: Checked) -> None:
    guide = sure(checked[0])
    for kind in ("conditions", "medicines"):
        for entry in guide.entries[kind].values():
            assert any(kind == "red-flags" for _, kind, _ in references(entry)), entry.path
