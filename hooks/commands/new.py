"""`make new`: write a commented file to fill, or a whole small guide."""

import re
import sys
from pathlib import Path

from guide.model.field_types import is_slug
from guide.problem import did_you_mean, one_of
from guide.samples import ID, IN_ONE_FILE, KINDS, WORDS, folder_of, sample, schemas_from

from commands.writing import write_whole


def main(arguments: list[str]) -> int:
    """Write a new file and say what comes next; or say what is wrong, and write nothing."""
    folder, kind, id_, *example = arguments
    try:
        print(_new_guide(Path(example[0]), id_) if kind == "guide" else _new(Path(folder), kind, id_))
    except _Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    return 0


class _Refused(Exception):
    pass


def _new(guide: Path, kind: str, id_: str) -> str:
    if kind not in KINDS:
        kinds = [*KINDS, "guide"]
        repair = did_you_mean(kind, kinds, "Write it like this: make new KIND=trigger ID=chewing-gum")
        raise _Refused(f'Found KIND={kind or "nothing"}. Expected {one_of(kinds)}. {repair}')
    _check_id(id_)
    if kind in IN_ONE_FILE:
        return _append(guide / f"{IN_ONE_FILE[kind]}.yml", kind, id_)
    file = guide / folder_of(kind) / f"{id_}.yml"
    if file.exists():
        raise _Refused(f"Found {file} already there. Expected a new id. Open that file, or choose another ID.")
    write_whole(file, sample(kind, id_, schemas_from(file.parent)))
    order = "red_flags" if kind == "red-flag" else f"pages: {folder_of(kind)}: order"
    return (f'Wrote {file}.\nNext: open it, put your words for each "{WORDS}" and an id for each "{ID}", and run: {_check(guide)}\n'
            f"In lists it comes last until you name it in {guide / 'guide.yml'} under {order}.")


def _append(file: Path, kind: str, id_: str) -> str:
    text = file.read_text(encoding="utf-8")
    if re.search(rf'^["\']?{re.escape(id_)}["\']?:', text, re.MULTILINE):
        raise _Refused(f'Found "{id_}" already in {file}. Expected a new id. Use the one that is there, or choose another ID.')
    line = text.rstrip("\n").count("\n") + 2
    write_whole(file, text.rstrip("\n") + "\n" + sample(kind, id_))
    return f'Added "{id_}" to {file}, line {line}.\nNext: open it, put your words for each "{WORDS}", and run: {_check(file.parent)}'


def _check(guide: Path) -> str:
    return "make check" if guide == Path("content") else f"make check GUIDE={guide}"


def _new_guide(example: Path, id_: str) -> str:
    """Copy a whole small guide, and lead its files to the schemas from where they now are."""
    _check_id(id_)
    folder = Path("guides", id_)
    if folder.exists():
        raise _Refused(f"Found {folder} already there. Expected a new id. Go on in that folder, or choose another ID.")
    for file in filter(Path.is_file, example.rglob("*")):
        new = folder / file.relative_to(example)
        text = file.read_text(encoding="utf-8")
        write_whole(new, re.sub(r"(?<=\$schema=)\S*(?=/[\w-]+\.json)", schemas_from(new.parent), text, count=1))
    return f"Wrote {folder}, a copy of {example}.\nNext: make serve GUIDE={folder}, then change {folder}/guide.yml."


def _check_id(id_: str) -> None:
    if not is_slug(id_):
        likely = re.sub(r"[^a-z0-9]+", "-", id_.lower()).strip("-")
        raise _Refused(f'Found ID={id_ or "nothing"}. Expected an id of small letters, digits and single hyphens. '
                       + (f'Did you mean "{likely}"?' if is_slug(likely) else "Write it like this: ID=chewing-gum"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
