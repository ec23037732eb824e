"""The gate over the finished pages lets nothing through that could act, load from elsewhere, or be read in two ways."""

import re
from pathlib import Path

import pytest
from builds import ROOT, build
from output.content_security_policy import REVIEWED_SCRIPTS, Gate, content_security_policy, hash_of, headers
from pages.assets import style_sheet

HEAD = f'<!doctype html>\n<html lang="en"><head><meta http-equiv="Content-Security-Policy" content="{content_security_policy()}"><title>A page</title></head>\n'

PLANTED = {
    '<p onclick="go()">a</p>': 'the attribute onclick="go()" on <p>',
    '<img src=x.svg alt="" ONERROR=go()>': 'the attribute onerror="go()" on <img>',
    '<svg onload="go()"></svg>': 'the attribute onload="go()" on <svg>',
    '<p style="color: red">a</p>': 'the attribute style="color: red" on <p>',
    '<a href="javascript:go()">a</a>': 'a link to "javascript:go()"',
    '<a href="java&#x73;cript:go()">a</a>': 'a link to "javascript:go()"',
    '<a href="java&Tab;script&colon;go()">a</a>': 'a link to "java script:go()"',
    '<a href="\x01javascript:go()">a</a>': 'a link to "(U+0001)javascript:go()"',
    '<a rel="canonical" href="javascript:go()">a</a>': 'a link to "javascript:go()"',
    '<a href="data:text/html,a">a</a>': 'a link to "data:text/html,a"',
    '<a href="http://example.org/">a</a>': 'a link to "http://example.org/"',
    '<a href="//example.org/">a</a>': 'a link to "//example.org/"',
    r'<a href="\\example.org/">a</a>': r'a link to "\\example.org/"',
    "<script>go()</script>": 'a script in the page that nobody has reviewed ("go()")',
    "<script type=module>go()</script>": 'a script in the page that nobody has reviewed ("go()")',
    '<script src="https://example.org/a.js"></script>': 'src="https://example.org/a.js" on <script>',
    '<script src="a.js" onerror="go()"></script>': 'the attribute onerror="go()" on <script>',
    '<script src="a.js">go()</script>': "text in a script that has a file",
    '<script type="application/json">{"a": "<!--<script>"}</script>': 'the attribute type="application/json" on <script>',
    "<script>go()": "the element <script>",
    '<img src="https://example.org/a.png" alt="">': 'src="https://example.org/a.png" on <img>',
    '<img src="//example.org/a.png" alt="">': 'src="//example.org/a.png" on <img>',
    '<img src="a.png" srcset="https://example.org/a.png" alt="">': 'the attribute srcset="https://example.org/a.png" on <img>',
    '<link rel="stylesheet" href="https://example.org/a.css">': 'href="https://example.org/a.css" on <link>',
    '<link rel="preconnect" href="https://example.org">': 'href="https://example.org" on <link>',
    '<svg><use href="https://example.org/a.svg#a"/></svg>': 'the attribute href="https://example.org/a.svg#a" on <use>',
    '<form action="https://example.org/"></form>': 'action="https://example.org/" on <form>',
    '<form><button formaction="/a">a</button></form>': 'the attribute formaction="/a" on <button>',
    '<a href="a.html" ping="/a">a</a>': 'the attribute ping="/a" on <a>',
    '<meta http-equiv="refresh" content="0; url=https://example.org/">': 'the attribute http-equiv="refresh" on <meta>',
    '<iframe src="a.html"></iframe>': "the element <iframe>",
    '<object data="a.svg"></object>': "the element <object>",
    '<base href="https://example.org/">': "the element <base>",
    "<style>p { color: red }</style>": 'a style in the page ("<style>p { color: red }</style>")',
    '<template><p onclick="go()">a</p></template>': 'the attribute onclick="go()" on <p>',
    "<math><mtext>a</mtext></math>": "the element <math>",
    '<a/onclick="go()">a</a>': '"<a/onclick="go()">"',
    '<p title="a > b">a</p>': '"<p title="a >"',
    '<p title="<script>go()</script>">a</p>': '"<p title="<script>"',
    "<!-- a comment -->": '"<!-- a comment -->"',
    "a < b": '"< b"',
}


@pytest.mark.parametrize("fault", PLANTED)
def test_the_gate_refuses(fault: str) -> None:
    gate = Gate()
    assert gate.problems(f"{HEAD}<body><p>a</p></body></html>", "a/index.html") == []

    problems = gate.problems(f"{HEAD}<body>\n<p>a</p>{fault}", "a/index.html")

    assert PLANTED[fault] in [problem.found for problem in problems]
    assert all(str(problem).startswith("a/index.html:4:") and problem.column > 8 for problem in problems)


@pytest.mark.parametrize("page", ["<!doctype html>\n<html><body>a</body></html>", HEAD.replace("default-src 'none'; ", ""), HEAD.replace("<meta http", '<script src="a.js"></script><meta http')])
def test_a_page_without_its_policy_before_all_else_is_refused(page: str) -> None:
    assert "no Content-Security-Policy" in [problem.found for problem in Gate().problems(page, "a/index.html")]


@pytest.mark.parametrize("fault", [fault for fault in PLANTED if re.match("<[a-z]", fault)])
def test_every_page_of_the_site_passes_and_fails_with_a_planted_fault(site: Path, fault: str) -> None:
    gate = Gate(style_sheet())
    pages = {path.relative_to(site).as_posix(): path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    assert [str(problem) for path, page in pages.items() for problem in gate.problems(page, path)] == []

    assert [path for path, page in pages.items() if not gate.problems(page.replace("</h1>", f"</h1>{fault}", 1), path)] == []


def test_a_page_that_is_refused_is_not_written_and_ends_the_build(guide: Path, tmp_path: Path) -> None:
    """A component gone wrong: what the model never lets in stands in for a mistake in a template."""
    spoilt = tmp_path / "spoilt.py"
    spoilt.write_text("def on_page_content(html, page, config, files):\n    return html + ('<img src=x onerror=go()>' if page.url in ('about/', 'visit/') else '')\n")
    configuration = tmp_path / "mkdocs.yml"
    ours = (ROOT / "mkdocs.yml").read_text().replace("watch: [overrides, hooks]\n", "").replace("custom_dir: overrides", f"custom_dir: {ROOT}/overrides")
    configuration.write_text(ours.replace("hooks: [hooks/publish.py]", f"hooks: [{ROOT}/hooks/publish.py, {spoilt}]"))

    result = build(guide, tmp_path / "site", configuration=configuration)

    assert result.returncode == 1
    for page in ("about/index.html", "visit/index.html"):
        assert re.search(rf'^{page}:\d+:\d+: Found the attribute onerror="go\(\)" on <img>\. Expected none', result.stderr, re.MULTILINE), result.stderr
        assert not (tmp_path / "site" / page).exists()
    assert "2 problems" in result.stderr
    assert "Traceback" not in result.stderr


def test_the_policy_is_strict_and_is_the_same_in_the_headers() -> None:
    policy = dict(rule.split(" ", 1) for rule in content_security_policy("p{color:red}").split("; "))

    assert policy["default-src"] == "'none'"
    assert policy["style-src"] == f"'{hash_of('p{color:red}')}'"
    assert "unsafe" not in content_security_policy()
    assert not re.search(r"https?:|\*|blob:", content_security_policy())
    assert f"Content-Security-Policy: {content_security_policy()}; frame-ancestors 'none'\n" in headers()
    for header in ("X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer", "Permissions-Policy: ", "Cross-Origin-Opener-Policy: same-origin"):
        assert f"\n  {header}" in headers()


def test_the_headers_are_published_at_the_root(site: Path) -> None:
    assert (site / "_headers").read_text() == headers(style_sheet())


def test_every_script_that_was_reviewed_is_still_there(site: Path) -> None:
    """A hash that nothing needs is a door left open."""
    scripts = {hash_of(text) for page in site.rglob("*.html") for text in re.findall(r"<script[^>]*>(.+?)</script>", page.read_text(encoding="utf-8"), re.DOTALL)}

    assert set(REVIEWED_SCRIPTS) <= scripts


def test_every_page_bears_the_one_style_sheet_which_fetches_nothing(site: Path) -> None:
    pages = [page.read_text(encoding="utf-8") for page in site.rglob("*.html")]

    assert {tuple(re.findall(r"<style>(.*?)</style>", page, re.DOTALL)) for page in pages} == {(style_sheet(),)}
    assert re.findall(r"@import[^;]*|url\([^)]*|image-set\([^)]*", style_sheet()) == []
    assert not list(site.rglob("*.css"))


@pytest.mark.parametrize("style", ["<style>p{color:red}</style>", "<style media=print>@layer a{}</style>", "<STYLE>@layer a{}</STYLE>", "<style>@layer a{}"])
def test_no_other_style_passes(style: str) -> None:
    gate = Gate("@layer a{}")
    page = f'<html lang="en"><head><meta http-equiv="Content-Security-Policy" content="{content_security_policy("@layer a{}")}"><style>@layer a{{}}</style></head>'

    assert gate.problems(page, "a/index.html") == []
    assert gate.problems(page + style, "a/index.html") != []
