"""A folder of content → a Draft, with every problem of every file."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from guide.care_levels import CARE_LEVELS
from guide.document import Document
from guide.drawing import read_drawing
from guide.folder import children, obstacles, path_in
from guide.model.entries import FolderEntry, RedFlag
from guide.model.field_types import is_slug
from guide.model.files import Appointment, CareLevels, Changes, EmergencyNumbers, Glossary, Sources, WrittenPage
from guide.model.guide import Draft
from guide.model.guide_file import GuideFile
from guide.model.kinds import FILES, FOLDERS
from guide.problem import Problem, did_you_mean, one_of
from guide.routes import RESERVED
from guide.source_text import read_bytes
from guide.validation import validate
from guide.written_page import read_written_page
from guide.yaml_reader import load_text

M = TypeVar("M", bound=BaseModel)
FolderEntries = dict[str, dict[str, FolderEntry]]


def read_draft(folder: Path) -> tuple[Draft, list[Problem]]:
    """Read every content file below `folder` (paths in problems begin with its name)."""
    if not folder.is_dir():
        return _nothing(), [Problem(str(folder), 1, 1, "no such folder", "the folder of a guide", "Look at its spelling, and where you are.")]
    if in_the_way := obstacles(folder):
        return _nothing(), in_the_way
    reader = _Reader(folder)
    draft = reader.draft()
    return draft, sorted(reader.problems)


def _nothing() -> Draft:
    return Draft(ids={kind: {} for kind in (*FOLDERS, *FILES, "images")}, entries={kind: {} for kind in FOLDERS})


class _Reader:
    """Reads the files of one folder, and gathers what is wrong with them."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.documents: dict[str, Document] = {}
        self.ids: dict[str, dict[str, str]] = {}
        self.problems: list[Problem] = []

    def draft(self) -> Draft:
        """Read all files."""
        about, care_levels, appointment = self._file("guide", GuideFile), self._file("care-levels", CareLevels), self._file("appointment", Appointment)
        emergency_numbers, glossary = self._file("emergency-numbers", EmergencyNumbers), self._file("glossary", Glossary)
        sources, changes = self._file("sources", Sources), self._file("changes", Changes)
        entries = {kind: self._entries(kind, model) for kind, model in FOLDERS.items()}
        images, pages = self._images(), self._pages()
        self._strangers()
        return Draft(
            version=_fingerprint(self.folder), documents=self.documents, ids=self.ids, images=images, pages=pages,
            entries=_in_order(entries, about) if about else entries, sources=sources.root if sources else {}, glossary=glossary.root if glossary else {},
            about=about, care_levels=care_levels, appointment=appointment, emergency_numbers=emergency_numbers, changes=changes)

    def _file(self, kind: str, model: type[M]) -> M | None:
        """Read a file of which a guide has but one."""
        name = f"{kind}.yml"
        file, shown = self.folder / name, self._shown(self.folder / name)
        if not file.is_file():
            self.documents[name] = Document(shown)
            self.problems.append(Problem(shown, 1, 1, "no such file", f"a file that describes: {_first_sentence(model)}",
                                         "Bring it back, or copy one from another guide."))
            return None
        self.documents[name], entry = self._yaml(file, model)
        if isinstance(self.documents[name].data, dict):
            self.ids[kind] = dict.fromkeys(self.documents[name].data, shown)
        return entry

    def _entries(self, kind: str, model: type[FolderEntry]) -> dict[str, FolderEntry]:
        """Read the files of one folder."""
        self.ids[kind] = {}
        entries: dict[str, FolderEntry] = {}
        for file in children(self.folder / kind):
            if file.is_dir() or file.suffix != ".yml" or not is_slug(file.stem):
                self._refuse_name(file, "small letters, digits and hyphens, then .yml, and not index", "deep-breathing.yml")
                continue
            self.ids[kind][file.stem] = self._shown(file)
            document, entry = self._yaml(file, model)
            self.documents[f"{kind}/{file.name}"] = document
            if entry is not None:
                entry.belongs_to(document, file.stem)
                entries[file.stem] = entry
        return entries

    def _yaml(self, file: Path, model: type[M]) -> tuple[Document, M | None]:
        shown = self._shown(file)
        raw, problems = read_bytes(file, shown)
        document, entry, found = (Document(shown), None, problems) if problems else _understood(raw, shown, model)
        self.problems += found
        return document, entry

    def _images(self) -> dict[str, tuple[int, int]]:
        """Return the sizes of the drawings in images/, and refuse one that could do more than be seen."""
        self.ids["images"] = {}
        sizes: dict[str, tuple[int, int]] = {}
        for file in children(self.folder / "images"):
            if file.suffix != ".svg" or not is_slug(file.stem):
                self._refuse_name(file, "small letters, digits and hyphens, then .svg", "ring-muscle.svg")
                continue
            shown = self.ids["images"][file.stem] = self._shown(file)
            raw, found = read_bytes(file, shown)
            size, found = (None, found) if found else read_drawing(shown, raw)
            self.problems += found
            if size:
                sizes[file.stem] = size
        return sizes

    def _pages(self) -> dict[str, WrittenPage]:
        """Read the pages written by hand."""
        pages: dict[str, WrittenPage] = {}
        for file in (file for file in children(self.folder) if file.suffix == ".md"):
            document = self.documents[file.name] = Document(self._shown(file))
            if not is_slug(file.stem):
                self._refuse_name(file, "small letters, digits and hyphens, and not index", "about.md")
                continue
            if file.stem in RESERVED:
                self._refuse_name(file, "a name that no page of the guide has", f"more-on-{file.name}")
                continue
            raw, found = read_bytes(file, document.path)
            page, found = (None, found) if found else read_written_page(document, raw)
            self.problems += found
            if page is not None:
                page.belongs_to(document, file.stem)
                pages[file.stem] = page
        return pages

    def _strangers(self) -> None:
        """Point at files that no part of the guide reads."""
        known = {*FOLDERS, "schema", "images"}
        for file in children(self.folder):
            if file.name in self.documents or (file.is_dir() and file.name in known):
                continue
            names = known if file.is_dir() else {f"{name}.yml" for name in FILES}
            self.problems.append(Problem(self._shown(file), 1, 1, f'"{file.name}", which no part of the guide reads',
                                         one_of(sorted(names)), did_you_mean(file.name, names, "Move it into one of the folders, or delete it.")))

    def _refuse_name(self, file: Path, expected: str, example: str) -> None:
        self.problems.append(Problem(self._shown(file), 1, 1, f'the file name "{file.name}"', expected, f"Rename it like this: {example}."))

    def _shown(self, file: Path) -> str:
        return path_in(self.folder, file)


@lru_cache(maxsize=4096)  # a preview reads anew only what an edit has changed; a cache smaller than the guide would keep nothing of it
def _understood(raw: bytes, shown: str, model: type[M]) -> tuple[Document, M | None, list[Problem]]:
    document = Document(shown)
    problems = load_text(raw, document)
    entry, found = (None, []) if problems else validate(model, document)
    return document, entry, problems + found


def _fingerprint(folder: Path) -> str:
    """Return ten characters that change when any content does, apart from what is said of older versions."""
    digest = hashlib.sha256()
    for file in sorted(file for part in (folder, *children(folder)) for file in children(part)):
        if file.is_file() and file.name != "changes.yml" and file.suffix in (".yml", ".md", ".svg"):
            digest.update(os.fsencode(file.relative_to(folder).as_posix()) + b"\0" + read_bytes(file, file.name)[0] + b"\0")
    return digest.hexdigest()[:10]


def _in_order(entries: FolderEntries, about: GuideFile) -> FolderEntries:
    """Sort the entries as the guide's own lists say; those not named there come after, by name."""
    return {kind: _sorted(unsorted, about.red_flags if kind == RedFlag.kind else about.pages.index(kind).order) for kind, unsorted in entries.items()}


def _sorted(entries: dict[str, FolderEntry], order: list[str]) -> dict[str, FolderEntry]:
    places = {id_: number for number, id_ in enumerate(order)}

    def place(entry: FolderEntry) -> tuple[int, int, str]:
        urgency = CARE_LEVELS.index(entry.care) if isinstance(entry, RedFlag) else 0
        return urgency, places.get(entry.id, len(places)), entry.name

    return {entry.id: entry for entry in sorted(entries.values(), key=place)}


def _first_sentence(model: type[BaseModel]) -> str:
    text = (model.__doc__ or model.__name__).split(".")[0]
    return text[0].lower() + text[1:]
