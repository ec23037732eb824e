"""The one style sheet lacks nothing of the theme's and ours that any page, in any state, could use."""

from pathlib import Path

import material
import pytest
from builds import ROOT

from browser.checks import open_menu, search
from render import assets

THEME = Path(material.__file__).parent / "templates" / "assets" / "stylesheets"

# Every selector of the whole sheets that fits something on the page, with the states of a pointer and of the focus left out.
MISSED = """async (whole) => {
    const STATE = /::?(hover|focus-within|focus-visible|focus|active|before|after|placeholder|marker|selection|backdrop|details-content|target|(-webkit|-moz|-ms)-[\\w-]+)/g;
    const rules = (list) => [...list].flatMap((rule) => rule.selectorText ? [rule] : rule.cssRules ? rules(rule.cssRules) : []);
    const selectors = (rule) => rule.selectorText.split(/,(?![^(]*\\))(?![^\\[]*\\])/).map((selector) => selector.trim());
    const properties = (rule) => [...rule.style].filter((name) => !name.startsWith("--")).map((name) => `${name}: ${rule.style.getPropertyValue(name)}`);
    const sheet = new CSSStyleSheet();
    await sheet.replace(whole);
    const shipped = new Map();
    for (const rule of rules(document.styleSheets[0].cssRules)) {
        for (const selector of selectors(rule)) shipped.set(selector, [...(shipped.get(selector) ?? []), ...properties(rule)]);
    }
    const read = new Set([...document.styleSheets[0].cssRules].flatMap((rule) => rule.cssText.match(/var\\(\\s*--[\\w-]+/g) ?? []).map((text) => text.replace(/var\\(\\s*/, "")));
    const missed = [];
    for (const rule of rules(sheet.cssRules)) {
        for (const selector of selectors(rule)) {
            const still = selector.replaceAll(STATE, "").replace(/(^|[\\s>+~])(?=$|[\\s>+~])/g, "$1*");
            if (!document.querySelector(still)) continue;
            const kept = new Set(shipped.get(selector));
            if (!shipped.has(selector) || properties(rule).some((property) => !kept.has(property))) missed.push(selector);
            for (const name of rule.style) if (name.startsWith("--") && read.has(name) && !(shipped.get(selector) && document.styleSheets[0].ownerNode && [...rules(document.styleSheets[0].cssRules)].some((own) => own.style.getPropertyValue(name)))) missed.push(`${selector} ${name}`);
        }
    }
    return [...new Set(missed)];
}"""
