"""Parts of which entries are made: claims, lists, when to get help, pictures, reviews."""

import datetime
from typing import Annotated, Literal, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict, Field, model_validator

from guide.model.field_types import Certainty, ImageId, RedFlagId, SourceId, Text, Words, refusal
from guide.model.marks import EasyList, Instructions, Record, Signs


class Part(BaseModel):
    """A piece of an entry."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Cited(Part):
    """A piece of an entry that rests on sources."""

    sources: list[SourceId] = Field(min_length=1, description="Ids from sources.yml that carry this.")


class Claim(Part):
    """One thing we say, how sure it is, and who says so."""

    says: Text = Field(description="The claim, in one to three short sentences.")
    certainty: Certainty = Field(description="How sure this sentence is, as written. none-found: we looked and found nothing.")
    sources: list[SourceId] = Field(default=[], description="Ids from sources.yml. May be left out only with certainty none-found.")

    @model_validator(mode="after")
    def _has_a_source(self) -> "Claim":
        if not self.sources and self.certainty != "none-found":
            raise refusal("a claim without a source", 'at least one id under "sources"', "Cite a source, or set certainty to none-found.")
        return self


class Points(Part):
    """A short list that rests on sources, or says that it is our own choice."""

    items: Annotated[list[Text], EasyList()] = Field(min_length=1, max_length=8, description="One thing a line; six or fewer where you can.")
    sources: list[SourceId] = Field(default=[], description="Ids from sources.yml that carry the list.")
    note: Text | None = Field(default=None, description="What in the list no source gives. Needed when there are no sources.")

    @model_validator(mode="after")
    def _has_a_source(self) -> "Points":
        if not self.sources and not self.note:
            raise refusal("a list without a source", 'at least one id under "sources"', 'Cite a source, or say in "note" that this is our own choice.')
        return self


class Steps(Points):
    """What to do, in order."""

    items: Annotated[list[Text], Instructions()] = Field(min_length=2, max_length=6, description="2 to 6 steps; each starts with a verb.")


class Case(Part):
    """A red flag as a page meets it. How urgent it is stands in the red flag alone."""

    sign: RedFlagId = Field(description="The red flag of which this is a case; its care level is the level here.")
    says: Annotated[Text | None, Signs()] = Field(default=None, description="The case that this page knows. Left out, the red flag's own statement stands.")


class WhenToGetHelp(Cited):
    """When to get which help. The page shows it by care level, most urgent first, and always leads to the other danger signs."""

    signs: list[Case] = Field(min_length=1, max_length=16, description="Only what belongs to this page; most dangerous first.")


class Picture(Part):
    """A drawing from images/, with its words."""

    file: ImageId = Field(description="Name of a file in images/, without .svg.")
    description: Text = Field(description="What it shows, for someone who cannot see it.")
    caption: Text = Field(description="The sentence below it.")


LONGEST_REVIEW = 3  # years between two checks against the sources; more is a slip of the pen


class Review(Part):
    """When this was last checked, and by whom."""

    status: Annotated[Literal["not-yet-reviewed", "reviewed"], Record()] = Field(description="reviewed: a named clinician has read it. Never invent one.")
    reviewed: Annotated[datetime.date, Record()] = Field(description="The day it was last checked against its sources, like 2026-11-22.")
    next_review: Annotated[datetime.date, Record()] = Field(description="The day it must be checked again.")
    reviewed_by: Annotated[list[Words], Record()] = Field(default=[], description="Names and roles of the clinicians who read it.")

    @model_validator(mode="after")
    def _is_honest(self) -> "Review":
        if self.next_review <= self.reviewed:
            raise refusal(f"next_review {self.next_review} before reviewed {self.reviewed}", "a later day", "Set it to a year after.")
        if self.next_review.year > self.reviewed.year + LONGEST_REVIEW:
            raise refusal(f"next_review {self.next_review}, more than {LONGEST_REVIEW} years after reviewed {self.reviewed}",
                         "an earlier day", "Set it to a year after.")
        if (self.status == "reviewed") != bool(self.reviewed_by):
            raise refusal(f'the status "{self.status}" with {len(self.reviewed_by)} reviewers', "a name exactly when it is reviewed",
                         'Add the clinician to "reviewed_by", or set status to not-yet-reviewed.')
        return self


@runtime_checkable
class Reviewed(Protocol):
    """Whatever bears a review. Most files of a guide do."""

    @property
    def path(self) -> str:
        """The path of its file."""

    @property
    def review(self) -> Review:
        """Its review."""
