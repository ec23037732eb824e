"""What we take of the theme, and what we put right in it. It is handed MkDocs' objects and imports none of MkDocs."""

import os
import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Any

from lighten import StyleSheet

# Source maps are for the theme's makers; its scripts do nothing that ours do not do here.
_UNUSED = re.compile(r"assets/.*\.map|assets/javascripts/.*")
_STYLE = re.compile(r"assets/stylesheets/.*\.css")

# What the base page gets wrong and offers no block for.
_MENDED = [
    (re.compile(r'(<input class="md-toggle"[^>]*) autocomplete="off"'), r"\1"),  # not allowed on a checkbox
    # let a single key turn the page, which speech input and a shaking hand set off
    (re.compile(r'<link rel="(?:prev|next)"[^>]*>'), ""),
    # led below the heading, or nowhere
    (re.compile(r'(<div data-md-component="skip">).*?(</div>)', re.DOTALL), r'\1<a href="#main" class="md-skip">{skip}</a>\2'),
    (re.compile(r'<main class="md-main" data-md-component="main">'), '<main class="md-main" data-md-component="main" id="main" tabindex="-1">'),
]


def mend(html: str, words: dict[str, Any]) -> str:
    """Put right what the theme's base page gets wrong."""
    for wrong, right in _MENDED:
        html = wrong.sub(right.replace("{skip}", escape(words["skip"])), html)
    return html


def lighten(files: Any, ours: dict[str, str]) -> StyleSheet:
    """Take from the theme's files what no page asks for; return its style sheets and ours as one, to be cut to the pages."""
    style = []
    for file in sorted(files, key=lambda file: file.src_uri):
        if _STYLE.fullmatch(file.src_uri):
            style.append(file.content_string)
            files.remove(file)
        elif _UNUSED.fullmatch(file.src_uri):
            files.remove(file)
    return StyleSheet("".join([*style, ours["guide.css"]]), re.findall(r"[\w-]+", ours["guide.js"]))


def without_icons(get_env: Callable) -> Any:
    """Have MkDocs look for the theme's files to publish without looking through its 14,000 icons, which it never publishes."""
    env = get_env()
    env.list_templates = lambda filter_func: sorted({name for top in env.loader.searchpath for name in _files_below(top) if filter_func(name)})
    return env


def _files_below(top: str) -> Iterator[str]:
    for folder, inside, names in os.walk(top):
        inside[:] = [name for name in inside if not name.startswith(".")]
        yield from (os.path.relpath(os.path.join(folder, name), top) for name in names)
