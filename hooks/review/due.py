"""What must be checked again, and what no clinician has seen."""

import datetime

from guide.model.guide import Draft
from guide.model.parts import Reviewed

SOON = datetime.timedelta(days=30)


def reviewed(draft: Draft) -> list[Reviewed]:
    """List every file that carries a review, the one that is due first at the top."""
    return sorted((entry for entry in draft.all_entries() if isinstance(entry, Reviewed)), key=lambda entry: (entry.review.next_review, entry.path))


def overdue(draft: Draft, on: datetime.date) -> list[Reviewed]:
    """List what should have been checked again before the day `on`."""
    return [entry for entry in reviewed(draft) if entry.review.next_review < on]


def report(draft: Draft, on: datetime.date) -> str:
    """Write three lists in Markdown: overdue, due soon, and seen by no clinician."""
    late = overdue(draft, on)
    soon = [entry for entry in reviewed(draft) if on <= entry.review.next_review <= on + SOON]
    unseen = sorted(entry.path for entry in reviewed(draft) if entry.review.status != "reviewed")
    return "\n".join([
        f"## Overdue on {on}: {len(late)}", "", *map(_due, late), *[""] * bool(late),
        f"## Due by {on + SOON}: {len(soon)}", "", *map(_due, soon), *[""] * bool(soon),
        f"## Seen by no clinician: {len(unseen)} of {len(reviewed(draft))}", "", *(f"- {path}" for path in unseen)]).rstrip()


def _due(entry: Reviewed) -> str:
    return f"- {entry.path}: due {entry.review.next_review}, last checked {entry.review.reviewed}"
