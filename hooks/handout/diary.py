"""The diary: what it says, as plain data."""

from guide.model.entries import Diary, Management
from guide.model.guide import Guide

from handout.leaflet import Facts


def diary_facts(guide: Guide, step: Management, diary: Diary) -> Facts:
    """Gather what the diary of a step says."""
    return {
        "title": diary.name, "guide": guide.about.name, "answer": step.answer, "description": step.answer, "danger": guide.about.danger,
        **diary.model_dump(exclude={"name"}),
    }
