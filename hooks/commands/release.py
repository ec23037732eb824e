"""`make release`: note a new version of the printed guide at the top of changes.yml."""

import datetime
import json
import sys
from pathlib import Path

from guide.checker import check, report
from handout.leaflet import version


def note(folder: Path, says: str, clinical: bool, date: datetime.date) -> str:
    """Write a change of the newest version at the top of changes.yml, and say what was done. Fails where there is nothing to release."""
    guide, problems = check(folder)
    if guide is None:
        raise SystemExit(report(problems))
    newest, file = version(guide, folder), folder / "changes.yml"
    if guide.changes.releases and guide.changes.releases[0].version == newest:
        raise SystemExit(f"{guide.changes.path}: The printed guide has not changed since {newest}. Nothing to note.")
    entry = (f'  - version: "{newest}"\n    date: {date}\n    changes:\n'
             f"      - says: {json.dumps(says, ensure_ascii=False)}\n        clinical: {str(clinical).lower()}\n")
    before, _, after = file.read_text(encoding="utf-8").partition("releases:")
    file.write_text(f"{before}releases:\n{entry}{after.removeprefix(' []').lstrip(chr(10))}", encoding="utf-8")
    return f"{guide.changes.path}: version {newest}. Add more changes below it if there are any."


def main(arguments: list[str]) -> int:
    """Note what the arguments say: the folder, what changed, and whether the advice did."""
    if len(arguments) < 2:
        raise SystemExit('Say what changed: make release SAYS="The pregnancy limit of caffeine is named" CLINICAL=yes')
    print(note(Path(arguments[0]), arguments[1], arguments[2:] not in ([], [""], ["no"]), datetime.date.today()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
