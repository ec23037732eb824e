"""The one adapter to what MkDocs and its theme promise to nobody. `tests/project/test_theme.py` names each thing, and fails first on a version that lacks it.

It is handed MkDocs' objects and imports none of MkDocs.
"""

import datetime
import os
from collections.abc import Callable
from typing import Any

END = datetime.date(2027, 5, 5)  # Material for MkDocs: "Critical fixes and security updates continue until that date"
NEAR = datetime.timedelta(days=365)


def take_words_alone(theme: Any) -> None:
    """Take of the theme its words in many languages, and nothing else: no page needs its templates, scripts, styles or 14,000 icons.

    `theme.dirs` is where MkDocs looks for templates and for files to publish: ours, the theme's, its own.
    """
    ours, material, mkdocs = theme.dirs
    theme.dirs[:] = [ours, os.path.join(material, "partials"), mkdocs]


def watch_closely(server: Any, paths: tuple[str, ...]) -> None:
    """Look for edits twenty times a second, not twice, and wait no longer for others: one look finds all of a save."""
    from watchdog.observers.polling import PollingObserverVFS  # here, since a build has no use for it

    for path in paths:
        server.unwatch(path)
    roots = {os.path.realpath(path) for path in paths}
    server.observer, server.build_delay = PollingObserverVFS(watching(roots), os.scandir, polling_interval=0.05), 0.01
    for path in roots:
        server.watch(path)


def watching(roots: set[str]) -> Callable[[str], os.stat_result]:
    """Return what an observer asks of each path: no link is followed, and a root that is gone is waited for, where the observer would give it up."""
    def stat(path: str) -> os.stat_result:
        return os.lstat(os.sep if path in roots and not os.path.exists(path) else path)

    return stat


def end_of_care(today: datetime.date) -> str:
    """Return a sentence about the end of the theme once it is near, or nothing."""
    left = END - today
    if left > NEAR:
        return ""
    when = f"in {left.days} days" if left.days > 0 else "that is past"
    return f"The theme, Material for MkDocs, gets no care after {END:%Y-%m-%d} ({when}). See \"What when Material ends\" in .github/CONTRIBUTING.md."
