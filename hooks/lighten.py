"""Many style rules → those that some page can use. Knows neither the theme nor MkDocs.

A rule stays when every class, id, attribute and element its selector asks for stands somewhere in
the pages, or may be set by a script. Whatever is in doubt stays.
"""

import re
from collections.abc import Iterable, Iterator

# What a browser, or a script that says so with a property, sets on any element.
STATES = frozenset({"checked", "disabled", "hidden", "open", "js", "focus-visible"})

_QUOTED = r'"(?:\\.|[^"\\])*"' r"|'(?:\\.|[^'\\])*'" r"|url\((?:\\.|[^)\"'\\])*\)"
_PIECE = re.compile(rf"{_QUOTED}|[{{}};]", re.DOTALL)
_COMMENT = re.compile(rf"({_QUOTED})|/\*.*?\*/", re.DOTALL)
_TAG = re.compile(r"<[a-z][^>]*")
_WORD = re.compile(r"[\w-]+")
_GROUP = ("@media", "@supports", "@container", "@layer")
_FUNCTION = re.compile(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)")
_NEED = re.compile(r"\[([\w-]+)(?:[~^$*|]?=[\"']?([\w-]*))?[^\]]*\]|[.#]([\w-]+)|::?[\w-]+(?:\([^)]*\))?|([a-zA-Z][\w-]*)")
_COMMA = re.compile(r",(?![^(]*\))(?![^\[]*\])")
_PROPERTY = re.compile(rf"(--[\w-]+)\s*:(?:{_QUOTED}|[^;{{}}\"'])*;")

Rule = tuple[str, list | None]  # what stands before the braces and the rules or declarations inside; None for a plain statement


class Sheet:
    """A style sheet that has to see every page before it can tell what they need of it."""

    def __init__(self, css: str, words: Iterable[str]):
        """Take the whole sheet, and the classes and attributes that scripts may set."""
        self._rules = _parse(css)
        self._tags: set[str] = set()
        self._words = STATES | set(words)

    def see(self, html: str) -> None:
        """Note what one page is made of."""
        self._tags.update(_TAG.findall(html))

    def text(self) -> str:
        """Return the rules that the pages seen so far can use."""
        words = self._words.union(*(_WORD.findall(tag) for tag in self._tags))
        return _without_idle(_written(_usable(self._rules, words)), words)


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


def _usable(rules: list[Rule], words: set[str]) -> Iterator[Rule]:
    for head, inside in rules:
        if inside is None or (head.startswith("@") and not head.startswith(_GROUP)):
            yield head, inside
        elif head.startswith("@"):
            if kept := list(_usable(inside, words)):
                yield head, kept
        elif inside and (selectors := [selector.strip() for selector in _COMMA.split(head) if _needs(selector) <= words]):
            yield ",".join(selectors), inside


def _needs(selector: str) -> set[str]:
    """Return the names that must stand in a page for a selector to fit; one within `:is()` and its like need not."""
    plain = re.sub(r"\\(.)", r"\1", _FUNCTION.sub("", selector))
    return {name for found in _NEED.finditer(plain) for name in found.groups() if name}


def _written(rules: Iterable[Rule]) -> str:
    return "".join(f"{head};" if inside is None else f"{head}{{{_written(inside)}}}" for head, inside in rules)


def _without_idle(css: str, words: set[str]) -> str:
    """Leave out the properties that nothing reads, and then those that only they read."""
    while True:
        read = set(re.findall(r"var\(\s*(--[\w-]+)", css)) | words
        lighter = re.sub(r"[^{};]*\{\}", "", _PROPERTY.sub(lambda found, read=read: found[0] if found[1] in read else "", css))
        if lighter == css:
            return css
        css = lighter
