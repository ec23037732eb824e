"""Values that a template prints, escaped for the place where each stands. So content never becomes markup, a link or a template.

As text a value is escaped by itself, unless it is Markup already. An attribute takes the filter `attribute`, a link the filter `address`.
The templates in HTML need neither: MkDocs' environment escapes for text and for attributes alike (hooks/publish.py).
"""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

_INLINE = re.compile(r"[\\`*_\[\]{}<>&|~^$#]|!(?=\[)|(?<=:)//")
_IN_QUOTES = re.compile(rf"{_INLINE.pattern}|[\"'\t-\r]")
_BLOCK = re.compile(r"^(?:[#+\-=:!?>~]|\d+(?=[.)]))")


def escape(value: Any) -> Markup:
    """Return one line of text that Markdown and HTML show exactly as it stands."""
    return value if isinstance(value, Markup) else _escape(str(value))


@lru_cache(maxsize=20_000)
def _escape(value: str) -> Markup:
    text = " ".join(value.split())
    text = _INLINE.sub(_numbered, text)
    return Markup(_BLOCK.sub(lambda found: f"{found[0][:-1]}&#{ord(found[0][-1])};", text))


def _numbered(found: re.Match[str]) -> str:
    """Write signs as their numbers, which neither Markdown nor HTML takes for anything else."""
    return "".join(f"&#{ord(sign)};" for sign in found[0])


def attribute(value: Any) -> Markup:
    """Return a value for an attribute between double quotes; Markup, too, is but letters there."""
    return Markup(_IN_QUOTES.sub(_numbered, str(value)))


def address(url: str) -> Markup:
    """Return an address that Markdown reads as one, whole: a bracket or a star in it ends nothing and begins nothing."""
    return Markup(quote(url, safe=":/?#@!$&+,;=%~").replace("&", "&amp;"))
