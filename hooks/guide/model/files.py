"""Files of which a guide has one each: care levels, sources, glossary, visit, emergency numbers, changes; and the head of a page written by hand."""

import datetime
import re
from typing import Annotated, Any, ClassVar, Literal

from pydantic import BeforeValidator, Field, PrivateAttr, RootModel, model_validator

from guide.care_levels import CareLevelId
from guide.model.entries import Entry, PageText, RedFlag
from guide.model.field_types import ConditionId, Slug, SourceId, Text, Url, Words, plain_text, refusal
from guide.model.marks import Fact, Record
from guide.model.parts import Cited, Claim, Part, Points, Review, WhenToGetHelp


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
        """Return what a reader does at a care level."""
        level: CareLevel = getattr(self, care.replace("-", "_"))
        return level


class Source(Part):
    """A page, a book or a paper that carries a claim."""

    title: Text = Field(description="Its title, as it stands on the page.")
    publisher: Text = Field(description="Who publishes it.")
    kind: Annotated[Literal["national-health-service", "government", "guideline", "charity", "hospital", "reference-book", "review", "study"], Fact()] = Field(
        description="What kind of source it is.")
    link: Annotated[bool, Record()] = Field(description="true: the publisher's own address, seen again with this content. Only then is it linked.")
    url: Url | None = Field(
        default=None, examples=["https://write-here.example/"], description="The address, with https. Needed when link is true, and only then.")
    not_linked: Annotated[Literal["copy", "not-found", "seen-once"] | None, Record()] = Field(
        default=None, description="Why there is no link. copy: only a copy was read. not-found: the address was not found again. "
                                  "seen-once: not yet checked a second time.")
    date: Annotated[Text, Record()] | None = Field(default=None, description="The date on the page, if it has one.")
    read: Annotated[datetime.date | None, Record()] = Field(default=None, description="The day someone of this project read it, if known.")

    @model_validator(mode="after")
    def _links_or_says_why(self) -> "Source":
        if self.link != bool(self.url) or self.link == bool(self.not_linked):
            raise refusal(f"link: {str(self.link).lower()} {'with' if self.url else 'without'} url, {'with' if self.not_linked else 'without'} not_linked",
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
    when_to_get_help: WhenToGetHelp
    review: Review


class Number(Part):
    """A number to call."""

    number: Annotated[str, Field(pattern=r"^[0-9][0-9 ]*$", max_length=16), BeforeValidator(plain_text), Fact()] = Field(
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

    @property
    def first_numbers(self) -> dict[str, str]:
        """The number to call first by region, in the order of the buttons."""
        numbers: dict[str, str] = {}
        for country in self.countries:
            numbers.setdefault(country.region, country.emergency[0].number)
        return numbers


def _version(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[0-9a-f]{8}", value):
        raise refusal(f'"{value[:60]}"', "the 8 signs of a version", "Copy it from the foot of the printed guide, in quotes.")
    return value


class Change(Part):
    """Something that a release changed."""

    says: Text = Field(description="What changed, for a reader of the older version.")
    clinical: Annotated[bool, Fact()] = Field(description="true: the advice changed. false: only its words.")


class Release(Part):
    """A version of the printed guide that was given out."""

    version: Annotated[str, BeforeValidator(plain_text), BeforeValidator(_version), Fact()] = Field(
        description="The 8 signs at the foot of the printed guide, in quotes.")
    date: Annotated[datetime.date, Record()] = Field(description="The day it was given out.")
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

    def holds(self, body: str) -> None:
        """Note the Markdown that stands below the head."""
        self._body = body

    @property
    def body(self) -> str:
        """The page itself, as Markdown."""
        return self._body

    def headings(self) -> list[tuple[int, str]]:
        """List the lines of its file that are headings, with their numbers: "## Words", or words above a line of = or -."""
        lines = [*self.document.text.splitlines(), ""]
        start = len(lines) - len(self._body.splitlines()) - 1
        return [(number + 1, line) for number, line in enumerate(lines[:-1])
                if number >= start and (line.startswith("#") or re.fullmatch(r"(?:=+|-+)\s*", lines[number + 1]))]
