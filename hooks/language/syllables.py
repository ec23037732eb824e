"""How many syllables an English word has."""

import re
from functools import lru_cache
from typing import Any

# Hyphenation misses some syllables ("an-y" is never divided) and spelling shows some that are not heard ("moved"):
# count the vowels that are heard, and take the larger of the two.
_SILENT = [
    (re.compile(r"(?<=[^aeiou])e(?=(?:ly|ful|fully|less|ness|ment|ments|ty|times|thing|one|body|where|head)$)"), ""),
    (re.compile(r"(?<![td])ed$"), ""),
    (re.compile(r"(?<=[^aeiouylscxzg])es$|(?<=[aeiouy]l)es$|(?<=ach)es$"), "s"),
    (re.compile(r"(?<=..)(?<![^aeiouy]l)e$"), ""),
]
_VOWELS = re.compile(r"[aeiouy]+")
_TWO_VOWELS = re.compile(r"(?<![ct])i[ao](?!us|n)|(?<=.)yo|eo(?!u|p)|[aeiou]ing$|(?<![qg])ua|iu|ie[tn]|eate|ea$|io(?=u)")
_LETTERS = re.compile(r"[a-z]+")


@lru_cache(maxsize=50_000)
def syllables(word: str) -> int:
    """Return how many syllables a word has; about 97 of 100 common words come out right."""
    return sum(map(_syllables, _LETTERS.findall(re.sub("['’]", "", word.lower())))) or 1


def _syllables(letters: str) -> int:
    heard = letters
    for ending, left in _SILENT:
        heard = ending.sub(left, heard)
    return max(1, len(_VOWELS.findall(heard)) + len(_TWO_VOWELS.findall(heard)), len(_hyphens().positions(letters)) + 1)


@lru_cache
def _hyphens() -> Any:
    from pyphen import Pyphen  # here, so that a build, which counts no syllables, does not wait for it

    return Pyphen(lang="en_US")
