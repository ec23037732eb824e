"""Many style rules → those that some page can use. Knows neither the theme nor MkDocs.

A rule stays when every class, id, attribute and element its selector asks for stands somewhere in
the pages, or may be set by a script. Whatever is in doubt stays.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

# What a browser, or a script that says so with a property, sets on any element.
STATES = frozenset({"checked", "disabled", "hidden", "open", "js", "focus-visible"})

_QUOTED = r'"(?:\\.|[^"\\])*"' r"|'(?:\\.|[^'\\])*'" r"|url\((?:\\.|[^)\"'\\])*\)"
_PIECE = re.compile(rf"{_QUOTED}|[{{}};]", re.DOTALL)
_COMMENT = re.compile(rf"({_QUOTED})|/\*.*?\*/", re.DOTALL)
_TAG = re.compile(r"<[a-z][^>]*")
_WORD = re.compile(r"[\w-]+")
_GROUP = ("@media", "@supports", "@container", "@layer")
_ARGUMENTS = re.compile(r"\([^()]*\)")
_NEED = re.compile(r"\[([\w-]+)(?:~?=[\"']?([\w-]*))?[^\]]*\]|[.#]([\w-]+)|::?[\w-]+|([a-zA-Z][\w-]*)")
_SIGN = re.compile(rf"{_QUOTED}|\\.|[()\[\],]", re.DOTALL)
_READ = re.compile(r"var\(\s*(--[\w-]+)")

Rule = tuple[str, list | None]  # what stands before the braces and the rules or declarations inside; None for a plain statement


class StyleSheet:
    """A style sheet that has to see every page before it can tell what they need of it."""

    def __init__(self, css: str, words: Iterable[str]):
        """Take the whole sheet, and the classes and attributes that scripts may set."""
        _parse(css)  # a sheet that cannot be read is refused at once
        self._css = css
        self._tags: set[str] = set()
        self._words = STATES | set(words)

    def see(self, html: str) -> None:
        """Note what one page is made of."""
        self._tags.update(_TAG.findall(html))

    def text(self) -> str:
        """Return the rules that the pages seen so far can use."""
        return _cut(self._css, frozenset(self._words.union(*(_WORD.findall(tag) for tag in self._tags))))


@lru_cache(maxsize=2)  # an edit in a preview seldom brings or takes a word
def _cut(css: str, words: frozenset[str]) -> str:
    return _written(_without_idle(list(_usable(_parse(css), words)), words))


@lru_cache(maxsize=2)
def _parse(css: str) -> list[Rule]:
    css = _COMMENT.sub(lambda found: found[1] or "", css)
    heads: list[str] = []
    levels: list[list[Rule]] = [[]]
    start = 0
    for piece in _PIECE.finditer(css):
        if (sign := piece[0]) not in "{};":
            continue
        text = css[start:piece.start()].strip()
        start = piece.end()
        if sign == "{":
            heads.append(text)
            levels.append([])
            continue
        if text:
            levels[-1].append((text, None))
        if sign == "}":
            inside = levels.pop()
            levels[-1].append((heads.pop(), inside))
    if len(levels) != 1 or css[start:].strip():
        raise ValueError(f"Found a style sheet that ends within a rule: {css[start:start + 80]!r}")
    return levels[0]


def _usable(rules: list[Rule], words: frozenset[str]) -> Iterator[Rule]:
    for head, inside in rules:
        if inside is None or (head.startswith("@") and not head.startswith(_GROUP)):
            yield head, inside
        elif head.startswith("@"):
            if kept := list(_usable(inside, words)):
                yield head, kept
        elif inside and (selectors := [selector for selector in _selectors(head) if _needs(selector) <= words]):
            yield ",".join(selectors), inside


def _selectors(head: str) -> Iterator[str]:
    """Split a list of selectors at its own commas, not at those within brackets."""
    depth = start = 0
    for sign in _SIGN.finditer(head):
        depth += (sign[0] in "([") - (sign[0] in ")]")
        if sign[0] == "," and not depth:
            yield head[start:sign.start()].strip()
            start = sign.end()
    yield head[start:].strip()


def _needs(selector: str) -> set[str]:
    """Return the names that must stand in a page for a selector to fit; what stands in brackets, as of `:is()`, need not."""
    while (plain := _ARGUMENTS.sub("", selector)) != selector:
        selector = plain
    return {name for found in _NEED.finditer(re.sub(r"\\(.)", r"\1", plain)) for name in found.groups() if name}


def _written(rules: Iterable[Rule]) -> str:
    return "".join(f"{head};" if inside is None else f"{head}{{{_written(inside).removesuffix(';')}}}" for head, inside in rules)


def _without_idle(rules: list[Rule], words: frozenset[str]) -> list[Rule]:
    """Leave out the properties that nothing reads, and then those that only they read."""
    while True:
        lighter = list(_read(rules, words.union(_READ.findall(_written(rules)))))
        if lighter == rules:
            return rules
        rules = lighter


def _read(rules: list[Rule], names: frozenset[str]) -> Iterator[Rule]:
    for head, inside in rules:
        if inside is None:
            if not head.startswith("--") or head.partition(":")[0].strip() in names:
                yield head, None
        elif kept := list(_read(inside, names)):
            yield head, kept
