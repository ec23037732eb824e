"""The one style sheet lacks nothing of the theme's and ours that a page, in any state, could use."""

from pathlib import Path

import material
import pytest
from pages.components import assets

from browser.checks import open_menu, search

THEME = Path(material.__file__).parent / "templates" / "assets" / "stylesheets"

# Chromium reads both sheets; whatever of the whole one fits an element must be in the shipped one, under a pointer, with the focus, on any screen and on paper.
MISSED = r"""async (whole) => {
    const passing = /::?(hover|focus-within|focus-visible|focus|active|before|after|placeholder|marker|details-content|(-webkit|-moz|-ms)-[\w-]+)/g;
    const rules = (list) => [...list].flatMap((rule) => rule.selectorText ? [rule] : rule.cssRules ? rules(rule.cssRules) : []);
    const selectors = ({ selectorText }) => {
        let depth = 0;
        const cuts = [...selectorText].map((sign) => ((depth += "([".includes(sign) - ")]".includes(sign)), sign === "," && !depth ? "\n" : sign));
        return cuts.join("").split("\n").map((selector) => selector.trim());
    };
    const said = (rule) => [...rule.style].map((name) => [name, rule.style.getPropertyValue(name)]);
    const complete = new CSSStyleSheet();
    await complete.replace(whole);
    const shipped = rules(document.styleSheets[0].cssRules);
    const read = new Set(shipped.flatMap((rule) => rule.cssText.match(/(?<=var\(\s*)--[\w-]+/g) ?? []));
    const kept = new Set(shipped.flatMap((rule) => selectors(rule).flatMap((selector) => said(rule).map((words) => [selector, ...words].join(" ")))));
    const missed = new Set();
    for (const rule of rules(complete.cssRules)) {
        for (const selector of selectors(rule)) {
            const fits = selector.replaceAll(passing, "").replace(/(^|[\s>+~(,])(?=$|[\s>+~),])/g, "$1*").replaceAll(/\* +\*/g, "*");
            if (!document.querySelector(fits)) continue;
            for (const [name, value] of said(rule)) {
                if ((read.has(name) || !name.startsWith("--")) && !kept.has([selector, name, value].join(" "))) missed.add(`${selector} { ${name} }`);
            }
        }
    }
    return [...missed];
}"""

ACTIONS = {"at rest": lambda tab: None, "menu open": open_menu, "search with results": search}


@pytest.fixture(scope="module")
def whole() -> str:
    sheets = sorted(THEME.glob("*.css"))
    assert [sheet.name.split(".")[0] for sheet in sheets] == ["main", "palette"]
    return "".join(sheet.read_text(encoding="utf-8") for sheet in sheets) + assets()["guide.css"]


def test_every_rule_that_fits_something_on_a_page_is_shipped(tab, kinds, whole):
    missed = {}
    for page in kinds:
        tab.goto(page)
        for rule in tab.evaluate(MISSED, whole):
            missed.setdefault(rule, page)

    assert missed == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("action", ACTIONS)
def test_every_rule_for_what_a_script_shows_is_shipped(reader, whole, action, scheme):
    tab = reader(color_scheme=scheme)
    tab.goto("")
    ACTIONS[action](tab)

    assert tab.evaluate(MISSED, whole) == []


def test_every_rule_for_the_answered_checklist_is_shipped(tab, whole):
    tab.goto("get-help/")
    for sign in ("none", "sign"):
        tab.locator(f"form.checklist input[name={sign}]").first.check()

        assert tab.evaluate(MISSED, whole) == []


@pytest.mark.parametrize("rule", [".md-typeset h1{", ".md-typeset a{", ".site-bar summary{", "--md-typeset-a-color:"])
def test_a_rule_that_got_lost_is_found(tab, site, whole, rule):
    shipped = (site / "assets" / "guide.css").read_text(encoding="utf-8")
    assert rule in shipped
    tab.route("**/assets/guide.css", lambda route: route.fulfill(content_type="text/css", body=shipped.replace(rule, rule.replace("h1", "h7").replace("a{", "b{").replace("bar s", "bar .x s").replace("-a-", "-x-"))))
    tab.goto("")

    assert tab.evaluate(MISSED, whole)
