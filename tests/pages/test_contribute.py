"""From the page to its file: every link that leads a reader to help goes where it says."""

import html
import re
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from builds import CONTENT, ROOT, build
from guide.model.entries import Entry
from guide.model.kinds import FOLDERS
from guide.samples import KINDS, sample

REPOSITORY = "https://github.com/owner/name"
LONGEST_ADDRESS = 6500  # GitHub refuses addresses of about 8 KB


@pytest.fixture(scope="module")
def ways(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """The links of every page's foot, address by text, of a site that knows its repository; by the page's path."""
    site = tmp_path_factory.mktemp("contribute") / "site"
    result = build(CONTENT, site, GITHUB_REPOSITORY="owner/name")
    assert result.returncode == 0, result.stderr
    ways = {}
    for page in sorted(site.rglob("index.html")):
        foot = re.search(r'<ul class="edit-page">.*?</ul>', page.read_text(encoding="utf-8"), re.DOTALL)
        assert foot, page
        links = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', foot[0])
        ways[page.relative_to(site).as_posix().removesuffix("index.html")] = {text: html.unescape(address) for address, text in links}
    return ways


def test_every_page_opens_the_file_it_is_made_from(ways: dict[str, dict[str, str]]) -> None:
    sources = {"": "guide.yml", "get-help/": "care-levels.yml", "symptom/": "guide.yml", "visit/": "appointment.yml", "glossary/": "glossary.yml", "sources/": "sources.yml"}
    sources |= {f"{kind}/": "guide.yml" for kind in FOLDERS}
    for path, links in ways.items():
        file = unquote(links["Edit this page"]).removeprefix(f"{REPOSITORY}/edit/main/content/")
        assert (CONTENT / file).is_file(), path
        if path.count("/") == 2:
            assert file == f"{path.strip('/')}.yml"
        elif path in sources:
            assert file == sources[path]
        else:
            assert Path(file).stem in (path.strip("/"), "guide")


@pytest.mark.parametrize(("path", "text", "kind"), [
    ("triggers/", "Suggest a new trigger", "trigger"), ("conditions/", "Suggest a new condition", "condition"),
    ("medicines/", "Suggest a new medicine", "medicine"), ("management/", "Suggest a new step", "management"),
    ("get-help/", "Suggest a new sign", "red-flag"),
])
def test_every_list_opens_a_new_commented_file_in_githubs_editor(ways: dict[str, dict[str, str]], path: str, text: str, kind: str) -> None:
    address, model = ways[path][text], KINDS[kind]
    assert issubclass(model, Entry)

    parts, query = urlsplit(address), parse_qs(urlsplit(address).query)
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == f"{REPOSITORY}/new/main/content/{model.kind}"
    assert query == {"filename": ["write-here.yml"], "value": [sample(kind)]}
    assert len(address) < LONGEST_ADDRESS


def test_sources_and_words_which_stand_in_one_file_open_it(ways: dict[str, dict[str, str]]) -> None:
    assert ways["sources/"]["Suggest a new source"] == f"{REPOSITORY}/edit/main/content/sources.yml"
    assert ways["glossary/"]["Suggest a new word"] == f"{REPOSITORY}/edit/main/content/glossary.yml"


def test_the_list_of_signs_leads_to_their_files(ways: dict[str, dict[str, str]]) -> None:
    assert ways["get-help/"]["Edit a sign"] == f"{REPOSITORY}/tree/main/content/red-flags"


def test_every_page_leads_to_the_forms_for_what_is_wrong_or_unclear(ways: dict[str, dict[str, str]]) -> None:
    assert {links["Say what is wrong or unclear"] for links in ways.values()} == {f"{REPOSITORY}/issues/new/choose"}
    assert (ROOT / ".github" / "ISSUE_TEMPLATE" / "1-wrong.yml").is_file()


def test_without_a_repository_there_are_no_such_links(hiccups_site: Path) -> None:
    assert 'class="edit-page"' not in "".join(page.read_text() for page in hiccups_site.rglob("*.html"))
