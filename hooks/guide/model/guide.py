"""A Draft, parts of which may be missing, and the whole Guide, of which nothing is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeVar

from guide.care_levels import CARE_LEVELS, CareLevelId
from guide.document import Document, Location
from guide.model.entries import Entry, FolderEntry, RedFlag
from guide.model.files import Appointment, CareLevels, Changes, EmergencyNumbers, Source, Term, WrittenPage
from guide.model.guide_file import GuideFile
from guide.model.marks import references

E = TypeVar("E", bound=FolderEntry)


class Mention(NamedTuple):
    """One place that names an entry: who names it (None in the glossary), where, and the kind and the id that it names."""

    entry: Entry | None
    document: Document
    location: Location
    kind: str
    id: str


class Group(NamedTuple):
    """A part of the checklist: signs of one care level that are answered together."""

    name: str  # the care level; or early, last: a sign that is asked by itself
    care: CareLevelId
    signs: list[RedFlag]


@dataclass(frozen=True, kw_only=True, eq=False)
class Draft:
    """A guide as it was read. What could not be read is missing."""

    version: str = ""  # a fingerprint of the content, so that a printed or copied page can name its version
    documents: dict[str, Document] = field(default_factory=dict)  # by path from the guide's folder
    ids: dict[str, dict[str, str]] = field(default_factory=dict)  # kind → id → path, even of files with problems
    entries: dict[str, dict[str, FolderEntry]] = field(default_factory=dict)  # kind → id → entry, in order
    images: dict[str, tuple[int, int]] = field(default_factory=dict)  # name → width and height of the drawing
    pages: dict[str, WrittenPage] = field(default_factory=dict)  # hand-written pages by name
    sources: dict[str, Source] = field(default_factory=dict)
    glossary: dict[str, Term] = field(default_factory=dict)
    about: GuideFile | None = None
    care_levels: CareLevels | None = None
    appointment: Appointment | None = None
    emergency_numbers: EmergencyNumbers | None = None
    changes: Changes | None = None

    def every(self, model: type[E]) -> list[E]:
        """List the entries of one model, in the guide's order."""
        return [entry for entry in self.entries.get(model.kind, {}).values() if isinstance(entry, model)]

    def all_entries(self) -> Iterator[Entry]:
        """Yield every entry that knows its file, single files first."""
        yield from (entry for entry in (self.about, self.care_levels, self.appointment, self.emergency_numbers, self.changes) if entry)
        for entries in self.entries.values():
            yield from entries.values()
        yield from self.pages.values()

    @cached_property
    def references(self) -> list[Mention]:
        """Every place in the guide that names an entry."""
        found = [Mention(entry, entry.document, *reference) for entry in self.all_entries() for reference in references(entry)]
        for id_, term in self.glossary.items():
            found += [Mention(None, self.documents["glossary.yml"], (id_, *location), kind, source) for location, kind, source in references(term)]
        return found

    @cached_property
    def named_by(self) -> dict[tuple[str, str], list[Entry]]:
        """For each (kind, id), the entries that name it, in the guide's order: the way back of every link."""
        found: dict[tuple[str, str], list[Entry]] = {}
        for entry, _, _, kind, id_ in self.references:
            naming = found.setdefault((kind, id_), [])
            if entry and (not naming or naming[-1] is not entry):
                naming.append(entry)
        return found

    def naming(self, entry: Entry, among: str) -> list[Entry]:
        """Return the entries of the kind `among` that name `entry`."""
        return [other for other in self.named_by.get((entry.kind, entry.id), []) if other.kind == among]


@dataclass(frozen=True, kw_only=True, eq=False)
class Guide(Draft):
    """A whole guide: every file is there and could be read."""

    about: GuideFile
    care_levels: CareLevels
    appointment: Appointment
    emergency_numbers: EmergencyNumbers
    changes: Changes

    def flags_at(self, care: str) -> list[RedFlag]:
        """List the red flags of one care level, in the guide's order."""
        return [flag for flag in self.every(RedFlag) if flag.care == care]

    def checklist(self) -> list[Group]:
        """List the parts of the checklist in the order in which they are asked: emergency first; a sign asked early comes right after it."""
        apart = {self.about.checklist.asked_early: "early", self.about.checklist.asked_last: "last"}
        groups = [Group(care, care, [flag for flag in self.flags_at(care) if flag.id not in apart]) for care in CARE_LEVELS]
        alone = {apart[flag.id]: Group(apart[flag.id], flag.care, [flag]) for flag in self.every(RedFlag) if flag.id in apart}
        first, *rest = [group for group in groups if group.signs]
        return [group for group in (first, alone.get("early"), *rest, alone.get("last")) if group]


def whole(draft: Draft) -> Guide | None:
    """Return the guide that a draft holds; None while any of its files is missing."""
    about, care_levels, appointment = draft.about, draft.care_levels, draft.appointment
    emergency_numbers, changes = draft.emergency_numbers, draft.changes
    if not (about and care_levels and appointment and emergency_numbers and changes):
        return None
    return Guide(
        version=draft.version, documents=draft.documents, ids=draft.ids, entries=draft.entries, images=draft.images, pages=draft.pages,
        sources=draft.sources, glossary=draft.glossary, about=about, care_levels=care_levels, appointment=appointment,
        emergency_numbers=emergency_numbers, changes=changes)
