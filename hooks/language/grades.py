"""The reading grades of a guide, in tables for people."""

from language.limits import HARDEST_GUIDE, HARDEST_PAGE, HARDEST_SMOG
from language.readability import Measure, Reading


def table(reading: Reading) -> str:
    """Write the reading grade of every file and of the whole guide, hardest first."""
    rows = sorted(((reading.measure(passages), path) for path, passages in reading.pages.items()), key=lambda row: (-row[0].grade, row[1]))
    whole = sum((measure for measure, _ in rows), Measure())
    limits = f"(limit {HARDEST_GUIDE}, a page {HARDEST_PAGE}); SMOG {whole.smog} (limit {HARDEST_SMOG})"
    return "\n".join(["Grade  Words", *(f"{measure.grade:5}  {measure.words:5}  {path}" for measure, path in rows),
                      f"{whole.grade:5}  {whole.words:5}  the whole guide {limits}"])


def compare(before: Reading, after: Reading) -> str:
    """Write a Markdown table of the reading grades that differ between two versions of a guide."""
    def grades(reading: Reading) -> dict[str, float]:
        pages = {path.partition("/")[2]: reading.measure(passages) for path, passages in reading.pages.items() if not path.startswith("hooks/")}
        return {path: measure.grade for path, measure in pages.items()} | {"the whole guide": sum(pages.values(), Measure()).grade}

    old, new = grades(before), grades(after)
    rows = [f"| {path} | {old.get(path, 'new')} | {new.get(path, 'gone')} |" for path in sorted({*old, *new}) if old.get(path) != new.get(path)]
    return "\n".join(["| Reading grade | before | after |", "|---|---|---|", *rows]) if rows else "No reading grade changed."
