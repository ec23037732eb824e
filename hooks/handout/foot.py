"""The foot of every sheet: its dates, its version, and a code that leads to the newest guide."""

import io
import re
from functools import lru_cache

from guide.model.guide import Guide
from words.catalogue import day, read_words

from handout.leaflet import Facts


def foot_facts(guide: Guide, version: str, address: str | None) -> Facts:
    """Gather what stands at the foot of every sheet, and the engine's own words."""
    review, words = guide.about.review, read_words(guide.about.language)
    until = day(review.next_review, words)
    status = words["status"][review.status] + (f" {', '.join(review.reviewed_by)}." if review.reviewed_by else "")
    page = f"{address.rstrip('/')}/changes/#copy-{version}" if address else None
    return {
        "language": guide.about.language, "version": version,
        "words": words["handout"] | {name: words[name] for name in ("how_sure", "time_line", "not_a_diagnosis")},
        "date": [review.reviewed.year, review.reviewed.month, review.reviewed.day],
        "dates": [f"{words['checked']} {day(review.reviewed, words)}. {words['next_check']} {until}.", status,
                  words["handout"]["version"].format(version=version)],
        "age": words["handout"]["scan" if address else "no_scan"].format(date=until),
        "short_address": re.sub(r"^https?://|/$", "", address) if address else None,
        "code": {"address": page, "svg": _code(page), "description": words["handout"]["code"]} if page else None,
    }


@lru_cache
def _code(address: str) -> str:
    """Return a QR code as SVG; an eighth of it may be lost to a bad copier."""
    import segno  # here, since it brings much with it, and only a site with an address bears a code

    out = io.BytesIO()
    segno.make(address, error="m", micro=False, boost_error=False).save(out, kind="svg", border=4, xmldecl=False)
    return out.getvalue().decode()
