"""What a guide is. The one law: loader, checks, editors' schemas and documentation read it from here.

A field's description is the contributor's documentation of that field. Words for the reader stand
in fields of their own, apart from ids, care levels, sources and dates, so that a translation can
replace the words and never the facts.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, get_args

from load import Bare, Document, Location
from problem import Problem
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PrivateAttr, RootModel, model_validator
from pydantic_core import PydanticCustomError

CARE_LEVELS = ("emergency", "same-day", "appointment", "pharmacist", "self-care")  # most urgent first
CareLevelId = Literal["emergency", "same-day", "appointment", "pharmacist", "self-care"]

_MARKUP = re.compile(r"<[A-Za-z/!?]|&#?\w+;")
_LINK = re.compile(r"\]\(|\]\[|\b(?:https?|ftp|file)://|\bwww\.|\b(?:java|vb)script:|\bdata:\w+/", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def _wrong(found: str, expected: str, repair: str) -> PydanticCustomError:
    return PydanticCustomError("content", "{found}", {"found": found, "expected": expected, "repair": repair})


def _plain_text(value: Any) -> Any:
    """Accept one paragraph of plain text; fold its line breaks; refuse markup, links and bare words."""
    if isinstance(value, Bare) and not value.word:
        raise _wrong("no value", "text", "Write the words after the colon.")
    if isinstance(value, Bare):
        raise _wrong(f"{value.word}, which YAML reads as {value.read_as}", "text", f'Put it in quotes: "{value.word}".')
    if isinstance(value, bool):
        raise _wrong(f"{str(value).lower()}, which YAML reads as true or false", "text", f'Put it in quotes: "{str(value).lower()}".')
    if isinstance(value, int):
        raise _wrong(f"{value}, which YAML reads as a number", "text", f'Put it in quotes: "{value}".')
    if isinstance(value, datetime.date):
        raise _wrong(f"{value}, which YAML reads as a date", "text", f'Put it in quotes: "{value}".')
    if not isinstance(value, str):
        return value
    text = " ".join(value.split())
    if not text:
        raise _wrong("empty text", "words", "Write them, or delete the key.")
    if found := HIDDEN.search(value):
        raise _wrong(f"a hidden character (U+{ord(found[0]):04X})", "text that can be seen", "Delete it, and type the words again.")
    if found := _MARKUP.search(text):
        raise _wrong(f'HTML ("{text[found.start():found.start() + 12]}")', "plain words", "Write them without tags or entities; the page adds the form.")
    if found := _LINK.search(text):
        raise _wrong(f'a link ("{text[found.start():found.start() + 12]}")', "plain words", "Put the address into sources.yml and cite its id.")
    return text


def _url(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"https://[a-z0-9.-]+\.[a-z]{2,}(?:[/?#][^\s<>\"'`\\{}|^\[\]\x00-\x1f\x7f]*)?", value, re.IGNORECASE):
        raise _wrong(f'the address "{value[:60]}"', "an address that begins with https://", "Copy it from the browser, or leave it out.")
    return value


def _slug(value: Any) -> Any:
    if isinstance(value, str) and not _SLUG.fullmatch(value):
        raise _wrong(f'"{value}"', "an id of small letters, digits and single hyphens", "Rename it like this: deep-breathing.")
    return value


def is_slug(word: str) -> bool:
    """Tell whether a word may be a file name, an id and an address at once."""
    return bool(_SLUG.fullmatch(word)) and word != "index"


@dataclass(frozen=True)
class Reference:
    """Marks a field whose value is the id of an entry of `kind`."""

    kind: str


@dataclass(frozen=True)
class Shown:
    """Marks a field that a reader sees: a label of a few words, or sentences."""

    sentences: bool


Text = Annotated[str, Field(min_length=2, max_length=400), BeforeValidator(_plain_text), Shown(sentences=True)]
_Typed = Annotated[str, Field(min_length=1, max_length=65), BeforeValidator(_plain_text)]
Words = Annotated[str, Field(min_length=1, max_length=65), BeforeValidator(_plain_text), Shown(sentences=False)]
Certainty = Annotated[Literal["strong", "moderate", "limited", "none-found"], Field(examples=["limited"])]
Slug = Annotated[str, BeforeValidator(_slug)]
Url = Annotated[str, Field(max_length=500), BeforeValidator(_url)]
SourceId = Annotated[Slug, Reference("sources")]
RedFlagId = Annotated[Slug, Reference("red-flags")]
TriggerId = Annotated[Slug, Reference("triggers")]
ConditionId = Annotated[Slug, Reference("conditions")]
MedicineId = Annotated[Slug, Reference("medicines")]
ManagementId = Annotated[Slug, Reference("management")]


SearchWords = Annotated[list[_Typed], Field(max_length=60, description=(
    "What people type who mean this page: lay words, brand names of this class, misspellings. They feed the search and stand on no page. "
    "Not needed: the words of the name, other forms of a word, a slip of one or two letters. No word here may be another page's name or word."))]
SharedWords = Annotated[list[_Typed], Field(max_length=30, description=(
    "Search words that this page shares with another page, such as: coffee. Each page lists the word here; that is how both say so."))]


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
            raise _wrong("a claim without a source", 'at least one id under "sources"', "Cite a source, or set certainty to none-found.")
        return self


class Points(Part):
    """A short list that rests on sources, or says that it is our own choice."""

    items: list[Text] = Field(min_length=1, max_length=8, description="One thing a line; six or fewer where you can.")
    sources: list[SourceId] = Field(default=[], description="Ids from sources.yml that carry the list.")
    note: Text | None = Field(default=None, description="What in the list no source gives. Needed when there are no sources.")

    @model_validator(mode="after")
    def _has_a_source(self) -> "Points":
        if not self.sources and not self.note:
            raise _wrong("a list without a source", 'at least one id under "sources"', 'Cite a source, or say in "note" that this is our own choice.')
        return self


class Steps(Points):
    """What to do, in order."""

    items: list[Text] = Field(min_length=2, max_length=6, description="2 to 6 steps; each starts with a verb.")


class CareCard(Cited):
    """When to get which help."""

    care: CareLevelId = Field(description="The care level; care-levels.yml says what to do at it.")
    when: list[Text] = Field(min_length=1, max_length=8, description="The signs, one a line, most dangerous first.")


class Picture(Part):
    """A drawing from images/, with its words."""

    file: Annotated[Slug, Reference("images")] = Field(description="Name of a file in images/, without .svg.")
    description: Text = Field(description="What it shows, for someone who cannot see it.")
    caption: Text = Field(description="The sentence below it.")


LONGEST_REVIEW = 3  # years between two checks against the sources; more is a slip of the pen


class Review(Part):
    """When this was last checked, and by whom."""

    status: Literal["not-yet-reviewed", "reviewed"] = Field(description="reviewed: a named clinician has read it. Never invent one.")
    reviewed: datetime.date = Field(description="The day it was last checked against its sources, like 2026-11-22.")
    next_review: datetime.date = Field(description="The day it must be checked again.")
    reviewed_by: list[Words] = Field(default=[], description="Names and roles of the clinicians who read it.")

    @model_validator(mode="after")
    def _is_honest(self) -> "Review":
        if self.next_review <= self.reviewed:
            raise _wrong(f"next_review {self.next_review} before reviewed {self.reviewed}", "a later day", "Set it to a year after.")
        if self.next_review.year > self.reviewed.year + LONGEST_REVIEW:
            raise _wrong(f"next_review {self.next_review}, more than {LONGEST_REVIEW} years after reviewed {self.reviewed}",
                         "an earlier day", "Set it to a year after.")
        if (self.status == "reviewed") != bool(self.reviewed_by):
            raise _wrong(f'the status "{self.status}" with {len(self.reviewed_by)} reviewers', "a name exactly when it is reviewed",
                         'Add the clinician to "reviewed_by", or set status to not-yet-reviewed.')
        return self


class Entry(BaseModel):
    """What every file has in common: it knows its id, its kind and its lines."""

    model_config = ConfigDict(extra="forbid", strict=True)
    kind: ClassVar[str]
    _document: Document = PrivateAttr()
    _id: str = PrivateAttr(default="")

    @property
    def id(self) -> str:
        return self._id

    @property
    def path(self) -> str:
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
    icon: Annotated[Slug, Reference("images")] | None = Field(default=None, description="A small drawing for tiles: a file in images/, without .svg.")
    picture: Picture | None = None
    care_cards: list[CareCard] = Field(min_length=1, description="When to get help, one card a care level.")
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

    breathe_in: int = Field(ge=2, le=10, description="Seconds.")
    breathe_out: int = Field(ge=2, le=10, description="Seconds.")
    minutes: int = Field(ge=1, le=10, description="How long it runs before it stops by itself.")


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
    days: int = Field(ge=3, le=21, description="How many days it has.")
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
    question: Text = Field(max_length=130, description="One plain question that can be answered yes or no.")
    handout: Text | None = Field(default=None, max_length=40, description="A sign that the question leaves out, asked on the printed guide too.")
    looks_like: list[Text] = Field(default=[], max_length=7, description="What it looks like; other words for it; a test a person can do.")
    care: Literal["emergency", "same-day", "appointment", "pharmacist"] = Field(description="How urgent it is.")
    how_soon: Text = Field(description="How soon, for this sign: now, today, within days.")
    action: list[Text] = Field(min_length=1, max_length=4, description="First whom to call or see; then what to do while waiting.")
    why: Text = Field(description="Why it matters, without the name of a disease where that frightens.")
    certainty: Certainty = Field(description="How sure the care level is.")
    how_sure: Text = Field(description="Who gives this level; where authorities disagree, and which we took.")
    sources: list[SourceId] = Field(min_length=1, description="Ids from sources.yml.")
    review: Review

    @property
    def asked_on_paper(self) -> str:
        """The question, and the sign that it leaves out."""
        return f"{self.question} {self.handout}" if self.handout else self.question


class CareLevel(Part):
    """What a reader does at one level of urgency."""

    name: Words = Field(description="The card's heading, such as: Call the emergency number now.")
    who: Text = Field(description="Who to turn to.")
    how_soon: Words = Field(description="How soon.")
    action: list[Text] = Field(min_length=1, max_length=5, description="What to do, first things first.")
    handout: Text = Field(max_length=90, description="The one thing to know besides, for the printed management guide.")
    safety_net: list[Text] = Field(min_length=3, max_length=5, description="That it is uncertain, what to watch for, how to get help, how long it may take.")
    sources: list[SourceId] = Field(min_length=1, description="Ids from sources.yml.")

    def says_how_soon(self, flag: RedFlag) -> bool:
        """Tell whether a reader knows from the level alone how soon a sign needs help."""
        return flag.how_soon.rstrip(".") == self.how_soon


class CareLevels(Entry):
    """The five levels of urgency, most urgent first."""

    kind: ClassVar[str] = "care-levels"

    emergency: CareLevel
    same_day: CareLevel = Field(alias="same-day")
    appointment: CareLevel
    pharmacist: CareLevel
    self_care: CareLevel = Field(alias="self-care")
    crisis_line: Text = Field(description="A line on every card for someone who might harm themselves.")
    crisis_sources: list[SourceId] = Field(min_length=1, description="Ids from sources.yml.")

    def level(self, care: CareLevelId) -> CareLevel:
        return getattr(self, care.replace("-", "_"))


class Source(Part):
    """A page, a book or a paper that carries a claim."""

    title: Text = Field(description="Its title, as it stands on the page.")
    publisher: Text = Field(description="Who publishes it.")
    kind: Literal["national-health-service", "government", "guideline", "charity", "hospital", "reference-book", "review", "study"] = Field(
        description="What kind of source it is.")
    link: bool = Field(description="true: the publisher's own address, seen again with this content. Only then is it linked.")
    url: Url | None = Field(
        default=None, examples=["https://write-here.example/"], description="The address, with https. Needed when link is true, and only then.")
    not_linked: Literal["copy", "not-found", "seen-once"] | None = Field(
        default=None, description="Why there is no link. copy: only a copy was read. not-found: the address was not found again. "
                                  "seen-once: not yet checked a second time.")
    date: Text | None = Field(default=None, description="The date on the page, if it has one.")
    read: datetime.date | None = Field(default=None, description="The day someone of this project read it, if known.")

    @model_validator(mode="after")
    def _links_or_says_why(self) -> "Source":
        if self.link != bool(self.url) or self.link == bool(self.not_linked):
            raise _wrong(f"link: {str(self.link).lower()} {'with' if self.url else 'without'} url, {'with' if self.not_linked else 'without'} not_linked",
                         "a url exactly when link is true, else a reason in not_linked", "Add one and delete the other.")
        return self


class Sources(RootModel[dict[Slug, Source]]):
    """Every source, by id."""

    kind: ClassVar[str] = "sources"


class Term(Part):
    """A medical word in plain words."""

    term: Words = Field(description="The word as it stands on the pages.")
    forms: list[Words] = Field(default=[], description="Other forms that mean the same: plurals, abbreviations, spellings.")
    say: Words | None = Field(default=None, description="How to say it.")
    means: Text = Field(description="What it means, in a sentence.")
    sources: list[SourceId] = Field(default=[], description="Ids from sources.yml, where the meaning is more than a plain word.")


class Glossary(RootModel[dict[Slug, Term]]):
    """Medical words, by id."""

    kind: ClassVar[str] = "glossary"


class Question(Cited):
    """Something that is asked at the visit."""

    ask: Text = Field(description="The question, as it is put to the reader.")
    why: Text = Field(description="Why it is asked.")


class Test(Cited):
    """Something that is done at the visit."""

    name: Words = Field(description="What it is called.")
    looks_for: Text = Field(description="What it can show.")


class Treatment(Cited):
    """A treatment a doctor may offer."""

    name: Words = Field(description="What it is called.")
    for_what: Text = Field(description="What it is for.")
    note: Text = Field(description="What to know of it: how well it works, what it can harm.")
    conditions: list[ConditionId] = Field(min_length=1, description="The conditions it is for.")


class Appointment(PageText, Entry):
    """What happens at a visit."""

    kind: ClassVar[str] = "appointment"

    prepare: Points = Field(description="How to get ready.")
    questions: list[Question] = Field(min_length=3, max_length=10, description="What is asked, and why.")
    examination: Points = Field(description="What is looked at.")
    tests: list[Test] = Field(min_length=1, max_length=8, description="What may be done, and what it can show.")
    after: list[Claim] = Field(min_length=1, description="What happens next: wait, return, see a specialist.")
    treatments: list[Treatment] = Field(min_length=1, max_length=10, description="What may be offered, in brief.")
    care_cards: list[CareCard] = Field(min_length=1, description="When to get help, one card a care level.")
    review: Review


class Number(Part):
    """A number to call."""

    number: Annotated[str, Field(pattern=r"^[0-9][0-9 ]*$", max_length=16), BeforeValidator(_plain_text)] = Field(
        description='Digits and spaces, in quotes: "112".')
    for_what: Words | None = Field(default=None, description="What sets it apart: from a mobile, text phone.")


class Country(Cited):
    """A country's numbers, as an official page gives them."""

    country: Words = Field(description="The country's name.")
    region: Words = Field(description="A short name for a button; countries of one region share their first number.")
    emergency: list[Number] = Field(min_length=1, max_length=4, description="Numbers for an emergency, the one to call first at the top.")
    advice_line: Words | None = Field(default=None, description="Name of the line for advice that is not an emergency.")
    advice_number: Number | None = Field(default=None, description="Its number.")
    note: Text | None = Field(default=None, description="What else a caller must know.")


class EmergencyNumbers(Entry):
    """Numbers by country. Only what an official page of that country or body gives."""

    kind: ClassVar[str] = "emergency-numbers"

    elsewhere: Claim = Field(description="What to do where no number is listed.")
    countries: list[Country] = Field(min_length=1, description="The countries, in the order of their buttons.")
    review: Review


class TimeSpan(Cited):
    """One block of the time line."""

    when: Words = Field(description="The time it speaks of, such as: More than 2 weeks.")
    what: Text = Field(description="What is usual then, and what to do.")
    care: CareLevelId = Field(description="The care level of that time.")


class Lookalike(Cited):
    """A movement that is taken for the symptom."""

    name: Words = Field(description="What it is called, in plain words.")
    how_it_differs: Text = Field(description="What sets it apart.")


class Section(Part):
    """A heading with its claims."""

    heading: Words = Field(description="The heading, in sentence case.")
    picture: Picture | None = None
    claims: list[Claim] = Field(min_length=1, description="What is said below it, claim by claim.")


class PageHead(PageText):
    """The opening of a page that gathers other entries."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    sources: list[SourceId] = Field(default=[], description="Ids from sources.yml that carry the answer and the key points.")


class Index(PageHead):
    """The opening of a section's list of pages, and their order."""

    order: list[Slug] = Field(min_length=1, description="Every entry named here must exist, and stands in this order. Others come after, by name.")


class HandoutPage(PageHead):
    """The printed management guide."""

    how_sure: Claim = Field(description="How sure we are of the steps as a whole.")
    papers: list[Literal["a4", "us-letter"]] = Field(default=["a4", "us-letter"], min_length=1, description="The papers it is printed for.")


class SelfCheck(Cited):
    """The answer to choose when no red flag applies."""

    question: Text = Field(max_length=130, description="One plain question, to which yes means that nothing is urgent.")
    why: Text = Field(description="Why waiting is safe then, and what would change that.")
    certainty: Certainty = Field(description="How sure that is.")


class Pages(Part):
    """The pages that gather other entries."""

    get_help: PageHead
    about_the_symptom: PageHead
    triggers: Index
    conditions: Index
    medicines: Index
    management: Index
    handout: HandoutPage
    glossary: PageHead
    sources: PageHead


class GuideFile(Entry):
    """The guide as a whole: its name, its answer, and what is said of the symptom itself."""

    kind: ClassVar[str] = "guide"

    name: Words = Field(description="The guide's name, such as: Hiccups.")
    picture: Picture | None = Field(default=None, description="The drawing on the home page.")
    symptom: Words = Field(description="The symptom inside a sentence, such as: a bout of hiccups.")
    description: Text = Field(max_length=160, description="One sentence for search engines.")
    language: Literal["en"] = Field(description="The language of the words.")
    address: Url | None = Field(default=None, description="Where the site will be published. Left out, nothing is invented.")
    repository: Url | None = Field(
        default=None, description="Where the files are kept, such as https://github.com/owner/name. Left out, there are no edit links.")
    also_called: list[Words] = Field(default=[], max_length=12, description="Other names people use.")
    search_words: SearchWords = []
    shared_words: SharedWords = []
    answer: Text = Field(description="Two sentences: what it usually is, and when to see someone.")
    danger: Text = Field(max_length=130, description="The danger line that stands before anything else.")
    key_points: list[Text] = Field(min_length=3, max_length=5, description="3 to 5 things to remember.")
    sources: list[SourceId] = Field(min_length=1, description="Ids from sources.yml that carry the answer, the danger line and the key points.")
    time_line: list[TimeSpan] = Field(min_length=2, max_length=4, description="What is normal, and for how long.")
    less_likely: Points = Field(description="What makes something serious less likely.")
    more_likely: Points = Field(description="What to tell a doctor.")
    fear: Section = Field(description="What is known of the illness readers fear most.")
    sections: list[Section] = Field(min_length=1, description="What the symptom is, how common, how long, and what nobody knows.")
    lookalikes: list[Lookalike] = Field(min_length=1, description="What is taken for the symptom, and how it differs.")
    none_of_these: SelfCheck
    red_flags: list[RedFlagId] = Field(
        min_length=1, max_length=30, description="The order of the red flags; the care level comes first. Every one named here must exist.")
    pages: Pages
    review: Review


def _version(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[0-9a-f]{8}", value):
        raise _wrong(f'"{value[:60]}"', "the 8 signs of a version", "Copy it from the foot of the printed guide, in quotes.")
    return value


class Change(Part):
    """Something that a release changed."""

    says: Text = Field(description="What changed, for a reader of the older version.")
    clinical: bool = Field(description="true: the advice changed. false: only its words.")


class Release(Part):
    """A version of the printed guide that was given out."""

    version: Annotated[str, BeforeValidator(_plain_text), BeforeValidator(_version)] = Field(
        description="The 8 signs at the foot of the printed guide, in quotes.")
    date: datetime.date = Field(description="The day it was given out.")
    changes: list[Change] = Field(min_length=1, max_length=12, description="What it changed, most important first.")


class Changes(Entry):
    """What changed from release to release."""

    kind: ClassVar[str] = "changes"

    releases: list[Release] = Field(description="Every release, newest first. A list with nothing in it is [].")


class WrittenPage(PageText, Entry):
    """The head of a page written by hand in Markdown."""

    kind: ClassVar[str] = "pages"

    sources: list[SourceId] = Field(default=[], description="Ids from sources.yml.")
    review: Review
    _body: str = PrivateAttr(default="")

    @property
    def body(self) -> str:
        return self._body


FOLDERS: dict[str, type[Entry]] = {model.kind: model for model in (RedFlag, Trigger, Condition, Medicine, Management)}
FILES: dict[str, type[BaseModel]] = {
    "guide": GuideFile, "care-levels": CareLevels, "appointment": Appointment,
    "emergency-numbers": EmergencyNumbers, "glossary": Glossary, "sources": Sources, "changes": Changes,
}


@dataclass(frozen=True)
class Sheet:
    """A PDF to print: its place in the site, what it is, the version of its words, and how many pages it has."""

    uri: str
    kind: Literal["leaflet", "diary"]
    paper: Literal["a4", "us-letter"]
    large: bool
    title: str
    version: str
    pages: int
    pdf: bytes = dataclass_field(repr=False)


@dataclass
class Guide:
    """The whole guide. While problems remain, a file that could not be read is missing here."""

    proof: dict[str, Any] | None = None  # what the checklist's own test found for this very version
    printed: Callable[[], list[Sheet]] = list  # waits, if need be, for what is being printed from it
    version: str = ""  # a fingerprint of the content, so that a printed or copied page can name its version
    documents: dict[str, Document] = dataclass_field(default_factory=dict)  # by path from the guide's folder
    ids: dict[str, dict[str, str]] = dataclass_field(default_factory=dict)  # kind → id → path, even of files with problems
    entries: dict[str, dict[str, Any]] = dataclass_field(default_factory=dict)  # kind → id → entry, in order
    images: dict[str, tuple[int, int]] = dataclass_field(default_factory=dict)  # name → width and height of the drawing
    pages: dict[str, WrittenPage] = dataclass_field(default_factory=dict)  # hand-written pages by name
    about: GuideFile | None = None
    care_levels: CareLevels | None = None
    appointment: Appointment | None = None
    emergency_numbers: EmergencyNumbers | None = None
    changes: Changes | None = None
    sources: dict[str, Source] = dataclass_field(default_factory=dict)
    glossary: dict[str, Term] = dataclass_field(default_factory=dict)

    @property
    def sheets(self) -> list[Sheet]:
        """What was printed from it."""
        return self.printed()

    def all_entries(self) -> Iterator[Entry]:
        """Yield every entry that knows its file, single files first."""
        yield from (entry for entry in (self.about, self.care_levels, self.appointment, self.emergency_numbers, self.changes) if entry)
        for entries in self.entries.values():
            yield from entries.values()
        yield from self.pages.values()

    @cached_property
    def references(self) -> list[tuple[Entry | None, Document, Location, str, str]]:
        """List every reference in the guide: who makes it (None in the glossary), its file and place, the kind and the id it names."""
        found: list = [(entry, entry._document, *reference) for entry in self.all_entries() for reference in references(entry)]
        for id_, term in self.glossary.items():
            found += [(None, self.documents["glossary.yml"], (id_, *location), kind, source) for location, kind, source in references(term)]
        return found

    @cached_property
    def named_by(self) -> dict[tuple[str, str], list[Any]]:
        """Return, for each (kind, id), the entries that name it, in the guide's order: the way back of every link."""
        found: dict[tuple[str, str], list[Any]] = {}
        for entry, _, _, kind, id_ in self.references:
            naming = found.setdefault((kind, id_), [])
            if entry and (not naming or naming[-1] is not entry):
                naming.append(entry)
        return found

    def naming(self, entry: Any, among: str) -> list[Any]:
        """Return the entries of the kind `among` that name `entry`."""
        return [other for other in self.named_by.get((entry.kind, entry.id), []) if other.kind == among]


def search_words(part: BaseModel) -> list[str]:
    """Return the words by which the search knows a page or a red flag, apart from those that stand on it."""
    return [word for name in ("also_called", "search_words", "shared_words") for word in getattr(part, name, [])]


def references(part: BaseModel) -> Iterator[tuple[Location, str, str]]:
    """Yield (place, kind, id) for every field of `part`, however deep, that refers to another entry."""
    for location, reference, id_ in _marked(part, Reference):
        yield location, reference.kind, id_


def shown(part: BaseModel) -> Iterator[tuple[Location, bool, str]]:
    """Yield (place, whether it is sentences, text) for every field of `part`, however deep, that a reader sees."""
    for location, shown_as, text in _marked(part, Shown):
        yield location, shown_as.sentences, text


def _marked(part: BaseModel, sort: type) -> Iterator[tuple[Location, Any, str]]:
    for name, info in type(part).model_fields.items():
        location = (info.alias or name,)
        yield from _marked_in(getattr(part, name), sort, mark(info, sort), location)


def _marked_in(value: Any, sort: type, mark: Any, location: Location) -> Iterator[tuple[Location, Any, str]]:
    if isinstance(value, BaseModel):
        yield from ((location + deeper, mark_, text) for deeper, mark_, text in _marked(value, sort))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from _marked_in(item, sort, mark, (*location, number))
    elif mark and isinstance(value, str):
        yield location, mark, value


_marks: dict[tuple[int, type], Any] = {}


def mark(info: Any, sort: type) -> Any:
    """Find the mark of this sort in a field's annotation, wherever it is nested."""
    if (id(info), sort) not in _marks:
        def search(annotation: Any) -> Any:
            for argument in (*getattr(annotation, "__metadata__", ()), *get_args(annotation)):
                if isinstance(argument, sort):
                    return argument
                if found := search(argument):
                    return found
            return None

        _marks[id(info), sort] = next((mark for mark in info.metadata if isinstance(mark, sort)), None) or search(info.annotation)
    return _marks[id(info), sort]
