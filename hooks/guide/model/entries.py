"""Entries: what stands in a folder, one file each, and becomes a page or a sign of its own."""

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr

from guide.document import Document, Location
from guide.model.field_types import (
    Certainty,
    ConditionId,
    ImageId,
    ManagementId,
    MedicineId,
    RedFlagId,
    SearchWords,
    SharedWords,
    SourceId,
    Text,
    TriggerId,
    Words,
)
from guide.model.marks import Fact, OnCard, Signs
from guide.model.parts import Claim, Part, Picture, Points, Review, Steps, WhenToGetHelp
from guide.problem import Problem


class Entry(BaseModel):
    """What every file has in common: it knows its id, its kind and its lines."""

    model_config = ConfigDict(extra="forbid", strict=True)
    kind: ClassVar[str]
    _document: Document = PrivateAttr()
    _id: str = PrivateAttr(default="")

    def belongs_to(self, document: Document, id_: str = "") -> None:
        """Note the file from which this entry was read, and its id where it has one."""
        self._document, self._id = document, id_

    @property
    def id(self) -> str:
        """The name of its file without the ending; empty for a file of which a guide has but one."""
        return self._id

    @property
    def document(self) -> Document:
        """The file from which it was read."""
        return self._document

    @property
    def path(self) -> str:
        """The path of its file, which begins with the guide's folder."""
        return self._document.path

    def problem(self, location: Location, found: str, expected: str, repair: str) -> Problem:
        """Make a problem that points at a place in this entry's file."""
        return self._document.problem(location, found, expected, repair)


class PageText(BaseModel):
    """What every page opens with."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Words = Field(description="The page's title, in sentence case, 65 characters or fewer.")
    answer: Text = Field(description="One sentence that answers the page's question, with the threshold if there is one.")
    key_points: list[Text] = Field(min_length=3, max_length=5, description="3 to 5 things to remember.")
    search_words: SearchWords = []
    shared_words: SharedWords = []


class EntryPage(PageText, Entry):
    """A file that becomes a page of its own."""

    also_called: list[Words] = Field(default=[], max_length=12, description="Other names people use.")
    short: Text | None = Field(default=None, max_length=90, description="A few words for lists and tiles, such as: Weak evidence, easy to mend.")
    icon: ImageId | None = Field(default=None, description="A small drawing for tiles: a file in images/, without .svg.")
    picture: Picture | None = None
    when_to_get_help: WhenToGetHelp
    claims: list[Claim] = Field(min_length=1, description="What is known, claim by claim, and what nobody has tested.")
    review: Review


class Trigger(EntryPage):
    """Something in daily life that may set the symptom off."""

    kind: ClassVar[str] = "triggers"

    how_it_works: Claim = Field(description="How it may cause the symptom.")
    signs: Points = Field(description="Signs that this may be the trigger.")
    what_to_do: Points = Field(description="What the reader can do.")
    management: list[ManagementId] = Field(min_length=1, description="The steps that help; each step then names this trigger.")
    conditions: list[ConditionId] = Field(default=[], description="Conditions it is linked with.")
    medicines: list[MedicineId] = Field(default=[], description="Medicines it is linked with.")
    part_of: TriggerId | None = Field(default=None, description="The wider trigger it belongs to.")


class Condition(EntryPage):
    """An illness or a side effect that can show as the symptom."""

    kind: ClassVar[str] = "conditions"

    what_it_is: Claim = Field(description="What it is, in plain words.")
    how_it_shows: Claim = Field(description="How it can involve the symptom.")
    features: Points = Field(description="What it is usually like.")
    how_it_differs: Points = Field(description="What sets it apart from the harmless kind.")
    how_common: list[Claim] = Field(min_length=1, description="How common it is, in natural numbers (1 in 7), or that no figure was found.")
    tests: Points = Field(description="What doctors may check.")
    treatments: Points = Field(description="What can be done.")
    red_flags: list[RedFlagId] = Field(min_length=1, description="Its warning signs; each red flag then names this condition.")
    management: list[ManagementId] = Field(default=[], description="Steps of this guide that may help as well.")
    medicines: list[MedicineId] = Field(default=[], description="Medicines it is linked with.")
    part_of: ConditionId | None = Field(default=None, description="The wider condition it belongs to.")


class Medicine(EntryPage):
    """A class of medicines that can cause the symptom."""

    kind: ClassVar[str] = "medicines"

    examples: list[Words] = Field(min_length=1, max_length=8, description="Names of medicines of this class.")
    what_to_do: Points = Field(description="Whom to ask, and what to tell them.")
    do_not: list[Text] = Field(min_length=1, max_length=4, description='Each begins with "Do not".')
    red_flags: list[RedFlagId] = Field(min_length=1, description="The danger signs that go with it.")


class BreathingPacer(Part):
    """A circle that breathes with the reader."""

    breathe_in: Annotated[int, Fact()] = Field(ge=2, le=10, description="Seconds.")
    breathe_out: Annotated[int, Fact()] = Field(ge=2, le=10, description="Seconds.")
    minutes: Annotated[int, Fact()] = Field(ge=1, le=10, description="How long it runs before it stops by itself.")


class HandoutStep(Part):
    """A step in two short sentences, for the printed management guide."""

    do: Text = Field(max_length=110, description="What to do, how long and how often, in one or two short sentences.")
    caution: Text = Field(max_length=100, description="The one caution that must stand on paper.")


class DiaryColumn(Part):
    """A column of the printed diary."""

    name: Words = Field(max_length=20, description="What is written down, such as: Hours of sleep.")
    choices: list[Words] = Field(default=[], max_length=3, description="Boxes to tick instead of room to write, such as: yes, no.")


class Diary(Part):
    """A page to print and fill in, one line a day."""

    name: Words = Field(description="Its title on paper.")
    days: Annotated[int, Fact()] = Field(ge=3, le=21, description="How many days it has.")
    columns: list[DiaryColumn] = Field(min_length=2, max_length=6, description="What is written down each day, besides the date.")
    stop: Text = Field(description="When to stop keeping it.")
    show: Text = Field(description="When to take it to a doctor.")


class Management(EntryPage):
    """One thing a reader can do about the symptom."""

    kind: ClassVar[str] = "management"

    steps: Steps
    breathing_pacer: BreathingPacer | None = Field(default=None, description="Only for a step that is slow breathing.")
    how_long: Text = Field(description="How long one session, or the whole try, takes.")
    how_often: Text = Field(description="How often.")
    how_it_may_help: Claim = Field(description="Why it may help.")
    what_to_expect: Text = Field(description="What the reader may notice, and when.")
    cautions: Points = Field(description="Who should be careful, and of what.")
    if_you_do_nothing: Text = Field(description="What happens without it.")
    when_to_stop: Text = Field(description="When to stop, and what then.")
    how_sure: Text = Field(description="How sure we are that it helps this symptom.")
    our_choices: list[Text] = Field(default=[], max_length=4, description="Times, amounts or methods that are our own cautious choice.")
    handout: HandoutStep = Field(description="The step on the printed management guide, which has 2 pages for all steps.")
    diary: Diary | None = Field(default=None, description="Only for a step that is a diary: a page to print.")


class RedFlag(Entry):
    """A warning sign: one tick of the checklist."""

    kind: ClassVar[str] = "red-flags"

    name: Words = Field(description="A short label, such as: Face.")
    search_words: SearchWords = []
    shared_words: SharedWords = []
    statement: Annotated[Text, OnCard()] = Field(
        max_length=80, description="What is true of a reader who has this sign, in about 12 words, without a full stop: One side of your face has dropped.")
    hint: Annotated[Text, OnCard()] = Field(
        max_length=125, description="Always in view below it, 2 lines on a phone: its other cases, whom it is not meant for, how to test it.")
    handout: Annotated[Text | None, OnCard()] = Field(
        default=None, max_length=60, description="On the printed guide, which has no room for the hint: the worst case that the statement leaves out.")
    looks_like: Annotated[list[Text], Signs(), OnCard()] = Field(
        default=[], max_length=9, description="A tap away: what it looks like; other words for it; a test a person can do.")
    care: Annotated[Literal["emergency", "same-day", "appointment", "pharmacist"], Fact()] = Field(description="How urgent it is.")
    how_soon: Annotated[Text, OnCard()] = Field(description="How soon, for this sign: now, today, within days.")
    action: Annotated[list[Text], OnCard()] = Field(min_length=1, max_length=4, description="First whom to call or see; then what to do while waiting.")
    why: Annotated[Text, OnCard()] = Field(description="Why it matters, without the name of a disease where that frightens.")
    certainty: Certainty = Field(description="How sure the care level is.")
    how_sure: Text = Field(description="Who gives this level; where authorities disagree, and which we took.")
    sources: list[SourceId] = Field(min_length=1, description="Ids from sources.yml.")
    review: Review

    @property
    def asked_on_paper(self) -> str:
        """The statement with the worst case that it leaves out."""
        return f"{self.statement}. {self.handout}" if self.handout else f"{self.statement}."


FolderEntry = RedFlag | EntryPage  # what stands in a folder of the guide
