"""Types of fields: plain text, ids, addresses, levels; and what of them is refused."""

import datetime
import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from guide.document import Bare
from guide.hidden import hidden
from guide.model.marks import Fact, Record, Reference, Shown, Typed

_MARKUP = re.compile(r"<[A-Za-z/!?]|&#?\w+;")
_LINK = re.compile(r"\]\(|\]\[|\b(?:https?|ftp|file)://|\bwww\.|\b(?:java|vb)script:|\bdata:\w+/", re.IGNORECASE)
_HOST = r"https://(?:(?!-)[a-z0-9-]{1,63}(?<!-)\.)+[a-z]{2,63}"
_URL = re.compile(_HOST + r"(?:[/?#][^\s<>\"'`\\{}|^\[\]]*)?", re.IGNORECASE)
_ADDRESS = re.compile(_HOST + r"(?:/[a-z0-9_~][a-z0-9_.~-]*)*/?", re.IGNORECASE)  # to which paths are added
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def refusal(found: str, expected: str, repair: str) -> PydanticCustomError:
    """Return the error that tells a contributor what was found, what was expected, and what to do."""
    return PydanticCustomError("content", "{found}", {"found": found, "expected": expected, "repair": repair})


def plain_text(value: Any) -> Any:
    """Accept one paragraph of plain text; fold its line breaks; refuse markup, links and bare words."""
    if isinstance(value, Bare) and not value.word:
        raise refusal("no value", "text", "Write the words after the colon.")
    if isinstance(value, Bare):
        raise refusal(f"{value.word}, which YAML reads as {value.read_as}", "text", f'Put it in quotes: "{value.word}".')
    if isinstance(value, bool):
        raise refusal(f"{str(value).lower()}, which YAML reads as true or false", "text", f'Put it in quotes: "{str(value).lower()}".')
    if isinstance(value, int):
        raise refusal(f"{value}, which YAML reads as a number", "text", f'Put it in quotes: "{value}".')
    if isinstance(value, datetime.date):
        raise refusal(f"{value}, which YAML reads as a date", "text", f'Put it in quotes: "{value}".')
    if not isinstance(value, str):
        return value
    text = " ".join(value.split())
    if not text:
        raise refusal("empty text", "words", "Write them, or delete the key.")
    for at in hidden(value):
        raise refusal(f"a hidden character (U+{ord(value[at]):04X})", "text that can be seen", "Delete it, and type the words again.")
    if not any(map(str.isalnum, text)):
        raise refusal(f'"{text[:60]}", without a letter or a digit', "words", "Write them, or delete the key.")
    if found := _MARKUP.search(text):
        raise refusal(f'HTML ("{text[found.start():found.start() + 12]}")', "plain words", "Write them without tags or entities; the page adds the form.")
    if found := _LINK.search(text):
        raise refusal(f'a link ("{text[found.start():found.start() + 12]}")', "plain words", "Put the address into sources.yml and cite its id.")
    return text


def _url(value: Any) -> Any:
    if isinstance(value, str) and (not _URL.fullmatch(value) or next(hidden(value), None) is not None):
        raise refusal(f'the address "{value[:60]}"', "an address that begins with https://", "Copy it from the browser, or leave it out.")
    return value


def _address(value: Any) -> Any:
    if isinstance(value, str) and not _ADDRESS.fullmatch(value):
        raise refusal(f'the address "{value[:60]}"', "https://, a host, and plain folders after it, such as https://example.org/guide",
                      "Take out what stands after them, or leave it out.")
    return value


def _slug(value: Any) -> Any:
    if isinstance(value, str) and not _SLUG.fullmatch(value):
        raise refusal(f'"{value}"', "an id of small letters, digits and single hyphens", "Rename it like this: deep-breathing.")
    return value


def is_slug(word: str) -> bool:
    """Tell whether a word may be a file name, an id and an address at once."""
    return bool(_SLUG.fullmatch(word)) and word != "index"


Text = Annotated[str, Field(min_length=2, max_length=400), BeforeValidator(plain_text), Shown(sentences=True)]
_SearchWord = Annotated[str, Field(min_length=1, max_length=65), BeforeValidator(plain_text), Typed()]
Words = Annotated[str, Field(min_length=1, max_length=65), BeforeValidator(plain_text), Shown(sentences=False)]
Certainty = Annotated[Literal["strong", "moderate", "limited", "none-found"], Field(examples=["limited"]), Fact()]
Slug = Annotated[str, BeforeValidator(_slug)]
Address = Annotated[str, Field(max_length=500), BeforeValidator(_address), Record()]
Url = Annotated[str, Field(max_length=500), BeforeValidator(_url), Record()]
ImageId = Annotated[Slug, Reference("images"), Record()]
SourceId = Annotated[Slug, Reference("sources")]
RedFlagId = Annotated[Slug, Reference("red-flags")]
TriggerId = Annotated[Slug, Reference("triggers")]
ConditionId = Annotated[Slug, Reference("conditions")]
MedicineId = Annotated[Slug, Reference("medicines")]
ManagementId = Annotated[Slug, Reference("management")]


SearchWords = Annotated[list[_SearchWord], Field(max_length=60, description=(
    "What people type who mean this page: lay words, brand names of this class, misspellings. They feed the search and stand on no page. "
    "Not needed: the words of the name, other forms of a word, a slip of one or two letters. No word here may be another page's name or word."))]
SharedWords = Annotated[list[_SearchWord], Field(max_length=30, description=(
    "Search words that this page shares with another page, such as: coffee. Each page lists the word here; that is how both say so."))]
