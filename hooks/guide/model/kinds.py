"""Which file of a guide holds what: the model of every folder and every file."""

from pydantic import BaseModel

from guide.model.entries import Condition, FolderEntry, Management, Medicine, RedFlag, Trigger
from guide.model.files import Appointment, CareLevels, Changes, EmergencyNumbers, Glossary, Sources
from guide.model.guide_file import GuideFile

FOLDERS: dict[str, type[FolderEntry]] = {model.kind: model for model in (RedFlag, Trigger, Condition, Medicine, Management)}
FILES: dict[str, type[BaseModel]] = {
    "guide": GuideFile, "care-levels": CareLevels, "appointment": Appointment,
    "emergency-numbers": EmergencyNumbers, "glossary": Glossary, "sources": Sources, "changes": Changes,
}
