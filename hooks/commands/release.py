"""`make release`: note a new version of the printed guide at the top of changes.yml."""

import datetime
import json
import re
import sys
import textwrap
from pathlib import Path

from guide.checker import check, report
from guide.document import Document
from guide.model.files import Changes
from guide.validation import validate
from guide.yaml_reader import load_text
from handout.leaflet import version

from commands.writing import write_whole

MEANS = {"yes": True, "true": True, "no": False, "false": False, "": False}


def note(folder: Path, says: str, clinical: bool, date: datetime.date) -> str:
    """Write a change of the newest version at the top of changes.yml, and say what was done. Fails where there is nothing to release."""
    guide, problems = check(folder)
    if guide is None:
        raise SystemExit(report(problems))
    newest, path = version(guide, folder), guide.changes.path
    versions = [release.version for release in guide.changes.releases]
    if newest in versions[:1]:
        raise SystemExit(f"{path}: The printed guide has not changed since {newest}. Nothing to note.")
    if newest in versions:
        raise SystemExit(f"{path}: Version {newest} is noted already, below newer ones. Nothing to note.")
    entry = (f'- version: "{newest}"\n  date: {date}\n  changes:\n'
             f"    - says: {json.dumps(says, ensure_ascii=False)}\n      clinical: {str(clinical).lower()}\n")
    text = _with(entry, guide.documents["changes.yml"], bool(versions))
    _ensure_readable(text, path)
    write_whole(folder / "changes.yml", text)
    return f"{path}: version {newest}. Add more changes below it if there are any."


def _with(entry: str, document: Document, has_releases: bool) -> str:
    """Return the text of changes.yml with an entry more, right below the key."""
    line, column = document.mark(("releases",))
    rows = document.text.split("\n")
    start = sum(len(row) + 1 for row in rows[: line - 1]) + column - 1
    value = re.compile(r"- " if has_releases else r"\[\s*\]").match(document.text, start)
    if not value:
        raise SystemExit(document.problem(("releases",), "a list in brackets", 'a line for each release, begun with "- "', "Write it so, and try again."))
    text = document.text if has_releases else document.text[:start] + document.text[value.end():]
    rows, key_line = text.split("\n"), document.mark(("releases",), at_key=True)[0]
    indent = column - 1 if has_releases else 2
    return "\n".join([*(row.rstrip() for row in rows[:key_line]), textwrap.indent(entry, " " * indent).rstrip("\n"), *rows[key_line:]])


def _ensure_readable(text: str, path: str) -> None:
    """End with every problem of a text that would be refused when it is read again."""
    document = Document(path)
    problems = load_text(text.encode("utf-8", "surrogatepass"), document) or validate(Changes, document)[1]
    if problems:
        raise SystemExit(report(problems))


def main(arguments: list[str]) -> int:
    """Note what the arguments say: the folder, what changed, and whether the advice did."""
    if len(arguments) < 2:
        raise SystemExit('Say what changed: make release SAYS="The pregnancy limit of caffeine is named" CLINICAL=yes')
    clinical = "".join(arguments[2:3])
    if clinical.lower() not in MEANS:
        raise SystemExit(f"Found CLINICAL={clinical}. Expected yes or no. Write it like this: CLINICAL=yes")
    print(note(Path(arguments[0]), arguments[1], MEANS[clinical.lower()], datetime.date.today()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
