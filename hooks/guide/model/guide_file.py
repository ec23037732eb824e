"""guide.yml: the guide as a whole, and the openings of the pages that gather other entries."""

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from guide.care_levels import CareLevelId
from guide.model.entries import Entry, PageText
from guide.model.field_types import Address, ConditionId, RedFlagId, SearchWords, SharedWords, Slug, SourceId, Text, Words
from guide.model.marks import Fact, Record
from guide.model.parts import Cited, Claim, Part, Picture, Points, Review

MOST_SIGNS = 32  # the checklist counts its signs in the bits of a number, of which JavaScript has 32


class TimeSpan(Cited):
    """One block of the time line."""

    when: Words = Field(description="The time it speaks of, such as: More than 2 weeks.")
    what: Text = Field(description="What is usual then, and what to do.")
    care: CareLevelId = Field(description="The care level of that time.")


class Place(Part):
    """One of the places where the symptom may be, as the drawing shows them."""

    name: Words = Field(description="The place, in a few words.")
    sign: RedFlagId | None = Field(default=None, description="The red flag that it is; left out, it is the harmless place, and leads to what helps.")


class Where(Part):
    """A drawing by which a reader can tell which of a few things she has."""

    heading: Words = Field(description="The question that the drawing answers.")
    picture: Picture
    places: list[Place] = Field(min_length=2, max_length=4, description="What the drawing shows, in its order; each leads on.")


class Lookalike(Cited):
    """A movement that is taken for the symptom."""

    name: Words = Field(description="What it is called, in plain words.")
    how_it_differs: Text = Field(description="What sets it apart.")


class Section(Part):
    """A heading with its claims."""

    heading: Words = Field(description="The heading, in sentence case.")
    picture: Picture | None = None
    claims: list[Claim] = Field(min_length=1, description="What is said below it, claim by claim.")


class Fear(Section):
    """The illness that readers fear most: a few lines for everybody, and what is known one tap away."""

    lines: list[Text] = Field(min_length=1, max_length=3, description="What a frightened reader must know, read aloud once before it is sent.")
    condition: ConditionId = Field(description="The page of that illness.")


class PageHead(PageText):
    """The opening of a page that gathers other entries."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    sources: list[SourceId] = Field(default=[], description="Ids from sources.yml that carry the answer and the key points.")


class Index(PageHead):
    """The opening of a section's list of pages, and their order."""

    order: Annotated[list[Slug], Record()] = Field(
        min_length=1, description="Every entry named here must exist, and stands in this order. Others come after, by name.")


class HandoutPage(PageHead):
    """The printed management guide."""

    how_sure: Claim = Field(description="How sure we are of the steps as a whole.")
    papers: Annotated[list[Literal["a4", "us-letter"]], Fact()] = Field(default=["a4", "us-letter"], min_length=1, description="The papers it is printed for.")


class Checklist(Part):
    """What is special about the list of signs."""

    asked_early: RedFlagId | None = Field(default=None, description="The sign that most readers came for. It is asked right after the emergency signs.")
    asked_last: RedFlagId | None = Field(default=None, description="The sign of all that is no part of the list. It is asked by itself, at the end.")


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

    def index(self, kind: str) -> Index:
        """Return the opening of a section's list of pages, by the name of its folder."""
        index: Index = getattr(self, kind)
        return index


class GuideFile(Entry):
    """The guide as a whole: its name, its answer, and what is said of the symptom itself."""

    kind: ClassVar[str] = "guide"

    name: Words = Field(description="The guide's name, such as: Hiccups.")
    picture: Picture | None = Field(default=None, description="The drawing on the home page.")
    symptom: Words = Field(description="The symptom inside a sentence, such as: a bout of hiccups.")
    description: Text = Field(max_length=160, description="One sentence for search engines.")
    language: Annotated[Literal["en"], Record()] = Field(description="The language of the words.")
    address: Address | None = Field(default=None, description="Where the site will be published. Left out, nothing is invented.")
    repository: Address | None = Field(
        default=None, description="Where the files are kept, such as https://github.com/owner/name. Left out, there are no edit links.")
    also_called: list[Words] = Field(default=[], max_length=12, description="Other names people use.")
    search_words: SearchWords = []
    shared_words: SharedWords = []
    answer: Text = Field(description="Two sentences: what it usually is, and when to see someone.")
    danger: Text = Field(max_length=130, description="The danger line that stands before anything else.")
    key_points: list[Text] = Field(min_length=3, max_length=5, description="3 to 5 things to remember.")
    sources: list[SourceId] = Field(min_length=1, description="Ids from sources.yml that carry the answer, the danger line and the key points.")
    where: Where | None = Field(default=None, description="On the home page, in the place of the picture there.")
    time_line: list[TimeSpan] = Field(min_length=2, max_length=4, description="What is normal, and for how long.")
    less_likely: Points = Field(description="What makes something serious less likely.")
    more_likely: Points = Field(description="What to tell a doctor.")
    fear: Fear = Field(description="What is known of the illness readers fear most.")
    sections: list[Section] = Field(min_length=1, description="What the symptom is, how common, how long, and what nobody knows.")
    lookalikes: list[Lookalike] = Field(min_length=1, description="What is taken for the symptom, and how it differs.")
    none_of_these: Claim = Field(description="Why waiting is safe when no sign is true, and what would change that.")
    checklist: Checklist = Checklist()
    red_flags: list[RedFlagId] = Field(
        min_length=1, max_length=MOST_SIGNS, description="The order of the red flags; the care level comes first. Every one named here must exist.")
    pages: Pages
    review: Review
