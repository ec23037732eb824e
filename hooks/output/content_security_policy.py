"""What a page may do in a reader's browser, and the gate that no page passes with anything else alive in it. Knows nothing of MkDocs."""

import base64
import hashlib
import html
import re
from collections.abc import Iterator
from functools import lru_cache

from guide.document import Document
from guide.problem import Problem

# Scripts that stand in a page itself, by their hash. Each was read by a person; hashing whatever is found would bless an injected one.
REVIEWED_SCRIPTS = {
    "sha256-WhDPN8ExUyIBZfJGrusllF9GqUV6Ld5EBjLFxYwncP4=": "components/colours/before-first-paint.html: the reader's colours before the first paint",
}

_RULES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'none'",  # but the one sheet that every page bears, by its hash
    "img-src": "'self'",
    "connect-src": "'self'",  # the search index
    "base-uri": "'none'",
    "form-action": "'self'",
}


def content_security_policy(style_sheet: str = "", preview: bool = False) -> str:
    """Return the policy every page bears; a preview's adds the one script with which `mkdocs serve` reloads the page, new each time."""
    scripts = "'unsafe-inline'" if preview else " ".join(f"'{digest}'" for digest in REVIEWED_SCRIPTS)
    rules = _RULES | {"script-src": f"{_RULES['script-src']} {scripts}"} | ({"style-src": f"'{hash_of(style_sheet)}'"} if style_sheet else {})
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def headers(style_sheet: str = "") -> str:
    """Return the `_headers` file, for a host that reads one: the same policy, and what only a header can say."""
    closed = ("accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "payment", "usb")
    lines = {
        "Content-Security-Policy": f"{content_security_policy(style_sheet)}; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in closed),
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    return "".join(["/*\n", *(f"  {name}: {value}\n" for name, value in lines.items())])


# Elements that only show something, or are ruled below. Whatever else comes is refused until somebody has thought about it.
_ELEMENTS = set(re.findall(r"\w+", """
    html head meta link title body header footer main nav aside article section search div span p br hr wbr
    h1 h2 h3 h4 h5 h6 hgroup ul ol li dl dt dd blockquote pre code kbd samp var a b strong i em u s small sub sup mark abbr cite q dfn del ins
    time data bdi bdo ruby rt rp table caption colgroup col thead tbody tfoot tr th td figure figcaption img picture source
    details summary dialog template form fieldset legend label input button select option optgroup textarea output progress meter
    svg g path circle ellipse rect line polyline polygon text tspan title desc defs use symbol clippath mask lineargradient radialgradient stop
"""))
_OUR_ELEMENT = re.compile(r"[a-z]+(?:-[a-z]+)+")  # a component of our own, such as red-flag-checklist

# A finished page is cut at every "<". A piece must be a script or a style with all its text, or one tag in the one form that all browsers read alike:
# values between quotes, with no angle bracket in them. So no page can hide a tag from this reader that a browser would see.
_PIECE = re.compile(r"<script\b[^>]*>.*?</script>|<style\b[^>]*>.*?</style>|<[^>]*>?", re.DOTALL | re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""[ \t\n\f\r]+([^ \t\n\f\r"'<>/=]+)(?:=(?:"([^"<>]*)"|'([^'<>]*)'|([^ \t\n\f\r"'<>=`]+)))?""")
_TAG = re.compile(rf"</[a-z][a-z0-9-]*>|<([a-z][a-z0-9-]*)((?:{_ATTRIBUTE.pattern})*)[ \t\n\f\r]*/?>", re.IGNORECASE)
_SCRIPT = re.compile(r"(<script\b[^>]*>)(.*)</script>", re.DOTALL | re.IGNORECASE)

# What an element may bear, or an element of one class. Content that finds a way into a tag can hide nothing and rename nothing.
MAY_BEAR = {selector: set(names.split()) for selector, _, names in (line.strip().partition(" ") for line in """
    * class id
    html lang dir
    meta charset name content
    link rel href type
    script src defer data-base
    main tabindex
    a href rel title aria-current
    img src alt title width height
    ol start
    h2 data-search-exclude data-note
    h3 data-search-exclude
    nav aria-label aria-labelledby
    p role
    aside role
    form action autocomplete role aria-label
    fieldset data-care
    input aria-describedby type name value maxlength placeholder aria-label autocapitalize autocomplete enterkeyhint spellcheck
    button type title aria-label popovertarget
    button.colours__button hidden
    button.search-open hidden
    details open data-search-exclude data-needs-script
    dialog aria-label data-index data-words
    div.red-flag data-needs-script
    div.word-note popover role tabindex data-search-exclude
    div.search__help hidden
    div.search__nothing hidden
    div.breathing-pacer data-in data-out data-minutes data-start data-pause data-go-on data-done data-breathe-in data-breathe-out
    red-flag-checklist data-words data-urgency data-guide
    svg viewbox width height fill stroke stroke-width aria-hidden
    path d fill
    circle cx cy r
""".strip().splitlines())}
_ADDRESSES = {"href", "src", "action"}
_LINK = re.compile(r"(?:https:|mailto:|tel:)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|[/\\]{2}", re.IGNORECASE)


class Gate:
    """Reads every finished page. A piece that was found in order once, on whatever page, is not read again."""

    def __init__(self, style_sheet: str = "", preview: bool = False):
        self._policy = f'<meta http-equiv="Content-Security-Policy" content="{html.escape(content_security_policy(style_sheet, preview), quote=False)}">'
        self._in_order = {"<!doctype html>": "", self._policy: "", f"<style>{style_sheet}</style>": ""}  # each piece with the id that it gives

    def problems(self, page: str, path: str, written: Document | None = None) -> list[Problem]:
        """Return everything on a page that could act, load from elsewhere, or be read in two ways.

        `path` is where the page will stand; `written` is the file it was written in by hand, and what comes from there is named there.
        """
        found = []
        if self._policy not in re.split(r"<(?:script|style|link|body)\b", page, maxsplit=1)[0]:
            found.append((0, "no Content-Security-Policy", "it before anything is loaded", "Bring it back to overrides/base.html."))
        pieces = _PIECE.findall(page)
        for piece in set(pieces) - self._in_order.keys():
            wrong = list(_wrong(piece))
            found += [(page.index(piece), *sentence) for sentence in wrong]
            if not wrong:
                self._in_order[piece] = _id(piece)
        found += self._twice(page, [id_ for piece in pieces if (id_ := self._in_order.get(piece))])
        return sorted(Problem(*(_origin(page, at, written) or (path, *_place(page, at))), *sentence) for at, *sentence in found)

    def _twice(self, page: str, ids: list[str]) -> Iterator[tuple[int, str, str, str]]:
        """Yield every id that stands on a page a second time: a link to it leads a reader to the first alone."""
        if len(set(ids)) == len(ids):
            return
        first: dict[str, int] = {}
        for piece in _PIECE.finditer(page):
            id_ = self._in_order.get(piece[0])
            if id_ and id_ in first:
                found = f'the id "{id_}" a second time (first in line {_place(page, first[id_])[0]})'
                yield piece.start(), found, "each id once on a page", "Rename one of the two."
            elif id_:
                first[id_] = piece.start()


def _place(page: str, at: int) -> tuple[int, int]:
    return page.count("\n", 0, at) + 1, at - page.rfind("\n", 0, at)


def _origin(page: str, at: int, written: Document | None) -> tuple[str, int, int] | None:
    """Return where the values of a tag, or the words right behind it, stand below the head of a page written by hand."""
    tag = _TAG.match(page, at)
    if not written or not tag:
        return None
    start = written.text.split("\n---", 1)[0].count("\n") + 2, 1
    words = re.compile(r"[^<]*").match(page, tag.end())
    values = [value for name, value in _attributes(tag[2] or "").items() if name not in ("id", "class")]
    for text in (*values, html.unescape(words[0]) if words else ""):
        if len(text.strip()) > 2 and (mark := written.find(text, start)) != start:
            return written.path, *mark
    return None


def _id(piece: str) -> str:
    tag = _TAG.match(piece) if "id" in piece.lower() else None
    return _attributes(tag[2] or "").get("id", "") if tag else ""


def _wrong(piece: str) -> Iterator[tuple[str, str, str]]:
    """Yield what was found, what was expected and what to do, for everything that is wrong with a piece."""
    if script := _SCRIPT.fullmatch(piece):
        yield from _wrong_script(*script.groups())
        return
    tag = _TAG.fullmatch(piece)
    if re.match(r"<style\b", piece, re.IGNORECASE):
        yield f'a style in the page ("{_shown(piece)}")', "the one style sheet of every page", "Move it into a style sheet in overrides/."
    elif not tag:
        yield f'"{_shown(piece)}"', "a tag with its values between quotes", "Escape the text where it enters the page."
    elif tag[1]:
        name = tag[1].lower()
        if name not in _ELEMENTS and not _OUR_ELEMENT.fullmatch(name):
            yield f"the element <{name}>", "one that only shows something", "Take it out, or add it to hooks/output/content_security_policy.py after thought."
        yield from _wrong_attributes(name, tag[2])


def _wrong_script(tag: str, text: str) -> Iterator[tuple[str, str, str]]:
    match = _TAG.fullmatch(tag)
    if not match:
        yield f'"{_shown(tag)}"', "a tag with its values between quotes", "Escape the text where it enters the page."
        return
    attributes = _attributes(match[2])
    yield from _wrong_attributes("script", match[2])
    if "src" in attributes:
        if text.strip():
            yield "text in a script that has a file", "none", "Move it into the file."
    elif hash_of(text) not in REVIEWED_SCRIPTS:
        yield (f'a script in the page that nobody has reviewed ("{_shown(text.strip())}")', "a file, or a hash in hooks/output/content_security_policy.py",
               f"Read it. Move it into a file of overrides/components, or add {hash_of(text)}.")


def hash_of(text: str) -> str:
    """Return the name by which a policy knows a script or a style sheet."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _attributes(text: str) -> dict[str, str]:
    """Return the attributes of a tag; of one that is given twice the first, as a browser takes it."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(text):
        found.setdefault(match[1].lower(), html.unescape(match[2] or match[3] or match[4] or ""))
    return found


def _wrong_attributes(element: str, text: str) -> Iterator[tuple[str, str, str]]:
    attributes = _attributes(text)
    names = [match[1].lower() for match in _ATTRIBUTE.finditer(text)]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"the attribute {name} twice on <{element}>", "each attribute once", "Escape the text where it enters the page."
    may = _may_bear(element, attributes.get("class", ""))
    for name, value in attributes.items():
        if name not in may:
            yield (f'the attribute {name}="{_shown(value)}" on <{element}>', f"none but {', '.join(sorted(may))}",
                   "Take it out, or add it to hooks/output/content_security_policy.py after thought.")
        elif name in _ADDRESSES:
            yield from _wrong_address(element, name, value, attributes)


@lru_cache
def _may_bear(element: str, classes: str) -> set[str]:
    return MAY_BEAR["*"].union(*(MAY_BEAR.get(selector, set()) for selector in (element, *(f"{element}.{name}" for name in classes.split()))))


def _wrong_address(element: str, name: str, value: str, attributes: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    address = re.sub(r"[\t\n\r]", "", value).strip("".join(map(chr, range(33))))  # as a browser reads it
    if not _SCHEME.match(address) or (element == "link" and attributes.get("rel") == "canonical"):  # a name, which no browser follows
        return
    if element != "a":
        yield f'{name}="{_shown(value)}" on <{element}>', "a file of this site", "Bring the file into this site, or take it out."
    elif not _LINK.match(address):
        yield f'a link to "{_shown(value)}"', "https, mailto, tel or a page of this site", "Mend the address, or take the link out."


def _shown(text: str) -> str:
    return " ".join(text.split())[:60]
