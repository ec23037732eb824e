"""The built-in search finds every page by its title."""

import html
import re


def test_every_page_is_found_by_its_title(tab, site, address):
    titles = {}
    for page in sorted(site.rglob("*.html")):
        if page.name == "404.html":
            continue
        path = page.relative_to(site).as_posix().removesuffix("index.html")
        titles[path] = html.unescape(re.search(r"<h1[^>]*>(.*?)</h1>", page.read_text(encoding="utf-8"), re.DOTALL)[1])
    tab.goto("")
    tab.locator(".search-open").click()
    box = tab.locator("input.md-search__input")
    missing = []

    for path, title in titles.items():
        box.fill(title)
        box.press("End")  # the theme searches when a key comes up
        result = tab.locator(f'.md-search-result__link[href="{address}{path}"]')
        try:
            result.first.wait_for(state="attached", timeout=3000)
        except Exception:
            missing.append((path, title))

    assert len(titles) >= 59
    assert missing == []
    assert tab.foreign == []
    assert tab.mistakes == []
