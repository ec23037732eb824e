"""Text that a template prints: escaped for Markdown and HTML, unless it is Markup already. So content never becomes markup, a link or a template."""

import re
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

_INLINE = re.compile(r"[\\`*_\[\]{}<>&|~^$#]|!(?=\[)|(?<=:)//")
_BLOCK = re.compile(r"^(?:[#+\-=:!?>~]|\d+(?=[.)]))")


def escape(value: Any) -> Markup:
    """Return one line of text that Markdown and HTML show exactly as it stands."""
    return value if isinstance(value, Markup) else _escape(str(value))


@lru_cache(maxsize=20_000)
def _escape(value: str) -> Markup:
    text = " ".join(value.split())
    text = _INLINE.sub(lambda found: "".join(f"&#{ord(sign)};" for sign in found[0]), text)
    return Markup(_BLOCK.sub(lambda found: f"{found[0][:-1]}&#{ord(found[0][-1])};", text))


def address(url: str) -> Markup:
    """Return an address that Markdown reads as one, whole: a bracket or a star in it ends nothing and begins nothing."""
    return Markup(quote(url, safe=":/?#@!$&+,;=%~").replace("&", "&amp;"))
