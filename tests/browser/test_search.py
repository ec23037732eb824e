"""The search understands people: what they type leads to the right page, a danger sign to Get help, and nothing to a dead end."""

import html
import re
import shutil

import pytest
from builds import CONTENT, build
from search_report import KINDS, SETS, answers, ask, open_search, report, share

from browser.conftest import serve

BOX = "input.md-search__input"
RESULT = ".md-search-result__link"
WORDS = re.compile(r"^ *(?:search|shared)_words: \[[^\]]*\]\n", re.MULTILINE)


@pytest.fixture
def opened(chromium):
    """Return a function that serves a site and opens its search in a new tab."""
    servers, tabs = [], []

    def opened(site):
        servers.append(serve(site))
        tabs.append(chromium.new_page())
        tabs[-1].goto(f"http://127.0.0.1:{servers[-1].server_port}/")
        open_search(tabs[-1])
        return tabs[-1]

    yield opened
    for tab in tabs:
        tab.close()
    for server in servers:
        server.shutdown()


@pytest.mark.parametrize("name", SETS)
def test_people_find_what_they_look_for(opened, site, name):
    some = answers(opened(site), SETS[name])

    figures = {"first": share(some, 1), "first three": share(some, 3)}
    assert figures["first"] >= 0.92 and figures["first three"] >= 0.98, report(name, some)
    assert [answer.query for answer in some if not answer.found] == []
    assert [answer.query for answer in some if answer.kind == "danger sign" and answer.found[0] != "get-help"] == []


def test_the_search_says_how_many_pages_it_found_in_the_engine_s_words(opened, site):
    tab = opened(site)
    tab.locator(BOX).fill("coffee")
    tab.locator(RESULT).first.wait_for()

    assert re.fullmatch(r"\d+ pages found", tab.locator(".md-search-result__meta").inner_text())
    assert "matching document" not in tab.content() and "Initializing" not in tab.content()


def test_without_the_search_words_people_do_not_find_it(opened, tmp_path):
    """So the figures rest on the words in content/, and the gates can close."""
    guide = shutil.copytree(CONTENT, tmp_path / "content")
    for file in [*guide.rglob("*.yml"), *guide.glob("*.md")]:
        file.write_text(WORDS.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert build(guide, tmp_path / "site").returncode == 0

    some = answers(opened(tmp_path / "site"), {kind: SETS["tuned"][kind] for kind in ("lay word", "danger sign")})

    assert share(some, 1) < 0.92
    assert [answer for answer in some if answer.kind == "danger sign" and answer.found[:1] != ["get-help"]]


def test_one_word_in_one_file_mends_a_query(opened, guide, tmp_path):
    assert build(guide, tmp_path / "before").returncode == 0
    trigger, flag = guide / "triggers" / "strong-feelings.yml", guide / "red-flags" / "stroke-signs.yml"
    for file, word in (trigger, "brumblings"), (flag, "wonky zorbel"):
        file.write_text(file.read_text().replace("\nanswer:", f"\nsearch_words: [{word}]\nanswer:").replace("\nquestion:", f"\nsearch_words: [{word}]\nquestion:"))
    assert build(guide, tmp_path / "after").returncode == 0
    queries = ["brumblings", "I have the brumbling", "brumblngs", "my zorbels are wonky after strong feelings"]

    before = ask(opened(tmp_path / "before"), queries)
    after = ask(opened(tmp_path / "after"), queries)

    assert [found[:1] for found in before] == [[], [], [], ["triggers/strong-feelings"]]
    assert [found[0] for found in after] == [*["triggers/strong-feelings"] * 3, "get-help"]


def test_every_page_is_found_by_its_title(opened, site):
    titles = {}
    for page in sorted(site.rglob("index.html")):
        path = page.parent.relative_to(site).as_posix().replace(".", "home")
        titles[path] = html.unescape(re.search(r"<h1[^>]*>(.*?)</h1>", page.read_text(encoding="utf-8"), re.DOTALL)[1])

    found = ask(opened(site), list(titles.values()))

    assert len(titles) >= 60
    assert {path: pages[:2] for path, pages in zip(titles, found, strict=True) if path not in pages[:2]} == {}


def test_nothing_is_fetched_until_the_reader_turns_to_the_search(tab):
    fetched = []
    tab.on("request", lambda request: fetched.append(request.url))
    tab.goto("", wait_until="networkidle")
    before = [url for url in fetched if "search" in url or "language" in url]

    open_search(tab)

    assert before == []
    assert sum("search_index.json" in url for url in fetched) == 1
    assert sum("workers/search" in url for url in fetched) == 1
    assert sum("language.js" in url for url in fetched) == 1
    assert (tab.foreign, tab.mistakes) == ([], [])


@pytest.mark.parametrize("path", ["", "triggers/alcohol/"])
def test_no_hit_shows_the_emergency_line_get_help_and_every_page(tab, pages, address, path):
    tab.goto(path)
    open_search(tab)
    tab.locator(BOX).fill("qzxqzx")
    tab.keyboard.press("End")
    way_on = tab.locator(".search-nothing")
    way_on.wait_for()

    assert way_on.locator("a[href^='tel:']").count() >= 3
    assert way_on.locator("a.button").evaluate("link => link.href") == f"{address}get-help/"
    listed = set(way_on.locator("li a").evaluate_all("links => links.map((link) => link.href)"))
    assert listed >= {address + page for page in pages if page != "404.html"}
    tab.keyboard.press("Enter")
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate("document.activeElement.closest('.search-nothing') !== null")
    assert (tab.url, tab.mistakes) == (address + path, [])
    tab.locator(BOX).fill("coffee")
    tab.keyboard.press("End")
    tab.locator(RESULT).first.wait_for()
    assert not way_on.is_visible()


@pytest.mark.parametrize("missing", ["search_index.json", "language.js", "search.*.js"])
def test_a_part_of_the_search_that_does_not_come_leaves_a_way_on(chromium, site, tmp_path, missing):
    copy = shutil.copytree(site, tmp_path / "site", ignore=shutil.ignore_patterns(missing))
    server, tab = serve(copy), chromium.new_page()
    tab.goto(f"http://127.0.0.1:{server.server_port}/")
    tab.locator(".search-open").click()
    tab.locator(BOX).press_sequentially("coffee")

    tab.locator(".search-nothing a[href^='tel:']").first.wait_for()
    tab.close()
    server.shutdown()


@pytest.mark.parametrize(("query", "sign"), [("cant swallow coffee", "breath-and-throat"), ("lip wont stop jumping", "over-2-weeks-or-elsewhere"),
                                             ("my face droops", "face"), ("stopped drinking", "drink-or-strong-medicines")])
def test_the_first_sign_shown_and_the_enter_key_lead_to_the_danger_sign_itself(tab, address, query, sign):
    tab.goto("")
    open_search(tab)
    assert ask(tab, [query])[0][0] == "get-help"
    assert tab.locator(f"{RESULT}[href*='#']").first.get_attribute("href").split("#")[1].split("?")[0] == sign
    tab.keyboard.press("Enter")

    tab.wait_for_url(re.compile(f"get-help/#{sign}$"))


@pytest.mark.parametrize("path", ["", "about/"])
def test_an_emergency_sign_brings_the_numbers_above_what_is_found(tab, path):
    tab.goto(path)
    open_search(tab)
    numbers = tab.locator(".md-search a[href^='tel:']")

    ask(tab, ["coffee"])
    assert numbers.count() == 0
    ask(tab, ["my face droops"])
    assert numbers.first.bounding_box()["y"] < tab.locator(RESULT).first.bounding_box()["y"]
    assert numbers.first.is_visible()
    ask(tab, ["twitching for 3 weeks"])
    assert numbers.count() == 0


def test_the_tab_key_goes_round_in_the_search(tab):
    tab.goto("")
    open_search(tab)
    ask(tab, ["magnesium"])
    met = []
    for _ in range(60):
        tab.keyboard.press("Tab")
        met.append(tab.evaluate("document.activeElement.className || document.activeElement.tagName"))
        assert tab.evaluate("Boolean(document.activeElement.closest('.md-search'))"), met
        if "md-search__input" in met[-1]:
            break

    assert [name.split()[0] for name in met[:2]] == ["search-reset", "search-close"]
    assert "md-search-result__link" in " ".join(met)
    assert "md-search__input" in met[-1]
    tab.keyboard.press("Shift+Tab")
    assert tab.evaluate("Boolean(document.activeElement.closest('.md-search-result'))")
    tab.keyboard.press("Escape")
    tab.locator(BOX).wait_for(state="hidden")


@pytest.mark.parametrize("width", [195, 320, 390])
def test_what_is_typed_can_be_read(reader, width):
    tab = reader(width, 422)
    tab.goto("")
    open_search(tab)
    tab.keyboard.type("face numb")

    assert tab.locator(BOX).bounding_box()["width"] >= 140


def test_the_words_of_the_search_stand_on_no_page(tab):
    tab.goto("medicines/antidepressants/")
    assert "Zoloft" not in tab.content()
    open_search(tab)

    assert ask(tab, ["zoloft"])[0][0] == "medicines/antidepressants"
    assert tab.locator(".md-tags:visible, .md-search-result__terms:visible").count() == 0


@pytest.mark.parametrize("path", ["", "404.html"])
def test_a_search_box_within_the_page_asks_in_the_dialog(tab, path):
    tab.goto(path)
    tab.locator(".search-box input").fill("cofee")
    tab.keyboard.press("Enter")

    tab.locator(f"{RESULT}[href$='/triggers/caffeine-and-stimulants/']").first.wait_for()
    assert tab.locator(BOX).input_value() == "cofee"
    assert tab.mistakes == []


def test_a_link_can_ask(tab):
    tab.goto("all-pages/?q=face+drooping")

    tab.locator(f"{RESULT}[href*='/get-help/']").first.wait_for()
    assert tab.locator(RESULT).first.get_attribute("href").endswith("get-help/")


def test_without_a_script_the_box_leads_to_the_list_of_all_pages(reader, pages, address):
    tab = reader(java_script_enabled=False)
    tab.goto("")
    tab.locator(".search-box input").fill("coffee")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/all-pages/?q=coffee")

    listed = {link.get_attribute("href") for link in tab.locator("main :is(h2, li) a").all()}
    assert {f"../{page}" for page in pages if page not in ("404.html", "all-pages/")} <= listed


def test_the_sets_are_what_they_say():
    counts = {name: sum(map(len, kinds.values())) for name, kinds in SETS.items()}
    asked = [query for kinds in SETS.values() for queries in kinds.values() for query in queries]

    assert all(tuple(kinds) == KINDS for kinds in SETS.values())
    assert sum(counts.values()) >= 150
    assert counts["untouched"] * 3 >= sum(counts.values())
    assert len(set(asked)) == len(asked)


def test_the_sets_ask_for_every_page(pages):
    wanted = {page for kinds in SETS.values() for queries in kinds.values() for some in queries.values() for page in some}

    assert wanted >= {page.strip("/") or "home" for page in pages} - {"404.html", "all-pages", "checked"}
    assert wanted <= {page.strip("/") or "home" for page in pages}
