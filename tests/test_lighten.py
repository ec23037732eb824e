"""Rules that no page can use are left out, and nothing else."""

import pytest
from lighten import StyleSheet


def cut(css: str, *pages: str, words=()) -> str:
    sheet = StyleSheet(css, words)
    for page in pages:
        sheet.see(page)
    return sheet.text()


@pytest.mark.parametrize("selector", [
    "p", ".note", "#top", "p.note > a", "a[href]", "a[href^='#']", '[data-kind="good"]', "[data-kind=good]", ".note::before", "a:hover", "p:not(.other)", ":is(.other, p)",
    ".note:has(.other)", ":is(.other, p:has(.more), p:nth-child(2))", "details[open]", "p:nth-child(2n+1)", "*", ":root", ".a\\:b", "p:is(.other, .note):not([hidden]) ~ a"])
def test_a_selector_that_some_page_may_fit_stays(selector):
    page = '<html><p class="note a:b" id="top" data-kind="good"><a href="#x">x</a></p><details></details></html>'

    assert cut(f"{selector}{{color:red}}", page) == f"{selector}{{color:red}}"


@pytest.mark.parametrize("selector", ["table", ".other", "#bottom", "p.other", ".other > a", "[data-kind=bad]", '[dir="rtl"] p', "[title]", ".other:not(p)"])
def test_a_selector_that_no_page_fits_goes(selector):
    assert cut(f"{selector}{{color:red}}", '<p class="note" id="top" data-kind="good" dir="ltr">other table<a>x</a></p>') == ""


def test_a_page_needs_what_another_does_not():
    assert cut(".a{x:1}.b{x:2}.c{x:3}", '<p class="a">', '<p class="c">') == ".a{x:1}.c{x:3}"


def test_what_a_script_sets_stays():
    assert cut(".later{x:1}", "<p>") == ""
    assert cut(".later{x:1}", "<p>", words=["later"]) == ".later{x:1}"


def test_a_list_keeps_the_selectors_that_fit():
    assert cut("p,table,a:is(td, th){x:1}", "<p><a>") == "p,a:is(td, th){x:1}"


def test_an_empty_group_goes_and_a_full_one_stays():
    assert cut("@media print{table{x:1}}@media screen{p{x:1}table{x:2}}@supports (x:y){@media print{p{x:3}}}", "<p>") == "@media screen{p{x:1}}@supports (x:y){@media print{p{x:3}}}"


def test_other_statements_stay_as_they_are():
    css = '@charset "UTF-8";@page{margin:1cm}@keyframes turn{from{x:1}to{x:2}}'

    assert cut(css, "<p>") == css


def test_braces_and_commas_in_texts_are_no_structure():
    css = """p{content:"}, {;";background:url("data:image/svg+xml,<a b='{}'>;")}p::after{content:'\\'}'}a{background:url(data:x;y)}"""

    assert cut(css, "<p><a>") == css


def test_comments_go_but_not_what_looks_like_one_in_a_text():
    assert cut("/* p{ */p{content:'/* x */'}/* end */", "<p>") == "p{content:'/* x */'}"


def test_a_property_that_nothing_reads_goes_with_those_that_only_it_reads():
    assert cut(":root{--a:1;--b:var(--a);--c:2}p{x:var(--c)}", "<p>") == ":root{--c:2}p{x:var(--c)}"


def test_a_sheet_that_ends_within_a_rule_is_refused():
    with pytest.raises(ValueError, match="ends within a rule"):
        StyleSheet("p{color:red", [])
