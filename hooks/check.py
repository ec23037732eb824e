"""Rules that no single field can say: one function a rule, one visible list of rules.

`python hooks/check.py content` prints every problem of a guide, sorted and counted, then those of its language;
where there are none, the reading grade of every page. A build asks for the rules alone: a hard sentence stops no site.
"""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from handout import print_sheets
from language import check_language, table
from load import Location
from model import FOLDERS, Entry, Guide, search_words
from problem import Problem, did_you_mean
from read import read_guide
from reading import Reading
from sample import ID, is_left_over

Rule = Callable[[Guide], Iterator[Problem]]


def references_exist(guide: Guide) -> Iterator[Problem]:
    """Ensure every id that is named is the id of an entry."""
    for _, document, location, kind, id_ in guide.references:
        known = guide.ids.get(kind)  # None: its file cannot be read, and that alone is said
        if known is not None and id_ not in known and id_ != ID:  # a sample's id: nothing_is_left_to_write says so
            other_end = f"sources.yml has no {id_}" if kind == "sources" else f"there is no {kind}/{id_}.{'svg' if kind == 'images' else 'yml'}"
            yield document.problem(location, f'the unknown {_singular(kind)} "{id_}" ({other_end})',
                                   f"the id of an entry in {kind}", did_you_mean(id_, known, "Add the entry, or take the id out here."))


def nothing_is_left_to_write(guide: Guide) -> Iterator[Problem]:
    """Ensure every mark that a sample left has given way to words, an id or a day."""
    left = "which the sample left for you"
    for name, document in guide.documents.items():
        if Path(name).stem == ID:
            yield Problem(document.path, 1, 1, f'the file name "{Path(name).name}", {left}', "its own name",
                          "Name it as its address shall read: deep-breathing.yml.")
        for location, value in _left_over(document.data, ()):
            expected = "the true day" if not isinstance(value, str) else "an id or an address" if ID in value else "your own words"
            yield document.problem(location, f'"{value}", {left}', expected, "Write it, or take the line out if it may be left out.")


def _left_over(value: Any, location: Location) -> list[tuple[Location, Any]]:
    """List the marks of a sample inside a value, keys among them, with their places."""
    if isinstance(value, dict):
        keys = [((*location, key), key) for key in value if is_left_over(key)]
        return keys + [mark for key, inside in value.items() for mark in _left_over(inside, (*location, key))]
    if isinstance(value, list):
        return [mark for number, inside in enumerate(value) for mark in _left_over(inside, (*location, number))]
    return [(location, value)] if is_left_over(value) else []


def references_are_named_once(guide: Guide) -> Iterator[Problem]:
    """Ensure no list names the same id twice."""
    seen: set = set()
    for _, document, location, kind, id_ in guide.references:
        place = (document.path, location[:-1], kind, id_)
        if isinstance(location[-1], int) and place in seen:
            yield document.problem(location, f'"{id_}" a second time', "each id once in a list", "Delete one of the two.")
        seen.add(place)


def entries_in_order_exist(guide: Guide) -> Iterator[Problem]:
    """Ensure every entry that the guide's own order names has its file."""
    if not guide.about:
        return
    for kind in FOLDERS:
        if kind == "red-flags":
            continue  # a reference: references_exist covers it
        for number, id_ in enumerate(getattr(guide.about.pages, kind).order):
            if id_ not in guide.ids[kind]:
                yield guide.about.problem(("pages", kind, "order", number), f'"{id_}" (there is no {kind}/{id_}.yml)', "an entry with its file",
                                          did_you_mean(id_, guide.ids[kind], f"Bring {kind}/{id_}.yml back, or take the name out here."))


def emergencies_rest_on_a_linked_source(guide: Guide) -> Iterator[Problem]:
    """Ensure every emergency cites at least one source that a reader can open."""
    no_link = "no linked source for an emergency", "at least one source with link: true", "Cite a national body that calls this an emergency."

    def linked(ids: list[str]) -> bool:
        return not guide.sources or ID in ids or any(id_ in guide.sources and guide.sources[id_].link for id_ in ids)

    for entry in guide.all_entries():
        if getattr(entry, "care", None) == "emergency" and not linked(entry.sources):
            yield entry.problem(("sources",), *no_link)
        for number, card in enumerate(getattr(entry, "care_cards", [])):
            if card.care == "emergency" and not linked(card.sources):
                yield entry.problem(("care_cards", number, "sources"), *no_link)


def care_levels_are_given_once(guide: Guide) -> Iterator[Problem]:
    """Ensure an entry has at most one card for each care level."""
    for entry in guide.all_entries():
        levels = [card.care for card in getattr(entry, "care_cards", [])]
        for number, care in enumerate(levels):
            if care in levels[:number]:
                yield entry.problem(("care_cards", number, "care"), f'a second card for "{care}"', "one card a care level", "Join the two cards.")


def do_not_items_begin_with_do_not(guide: Guide) -> Iterator[Problem]:
    """Ensure every item of a don't list begins with "Do not", so that no listener hears the reverse."""
    for entry in guide.entries["medicines"].values():
        for number, item in enumerate(entry.do_not):
            if not item.startswith("Do not "):
                yield entry.problem(("do_not", number), f'"{item[:30]}"', 'a sentence that begins with "Do not"', "Turn the sentence round.")


def every_source_is_cited(guide: Guide) -> Iterator[Problem]:
    """Ensure every source carries something."""
    cited = {id_ for *_, kind, id_ in guide.references if kind == "sources"}
    for id_ in guide.sources:
        if id_ not in cited:
            yield guide.documents["sources.yml"].problem(
                (id_,), f'the source "{id_}", which nothing cites', "at least one claim that cites it", "Cite it, or delete it.", at_key=True)


def every_entry_is_linked(guide: Guide) -> Iterator[Problem]:
    """Ensure a reader can reach every step, medicine and red flag from another page."""
    named = Counter((kind, id_) for entry, _, _, kind, id_ in guide.references if entry is not guide.about)
    for kind in ("management", "medicines", "red-flags"):
        for id_, entry in guide.entries[kind].items():
            if not named[kind, id_]:
                yield entry.problem((), f'"{id_}", to which no other entry links', f"at least one entry that names it under {kind.replace('-', '_')}",
                                    "Name it in the trigger, condition or medicine it belongs to, or delete it.")


def every_care_level_can_be_reached(guide: Guide) -> Iterator[Problem]:
    """Ensure emergency comes from at least one red flag, and so can be seen on the checklist."""
    if not any(flag.care == "emergency" for flag in guide.entries["red-flags"].values()):
        yield guide.about.problem(("red_flags",), "no red flag that is an emergency", "at least one", "Add the signs for which the reader must call at once.")


def regions_share_a_number(guide: Guide) -> Iterator[Problem]:
    """Ensure the countries of one region have the same first number, since one button stands for all of them."""
    first: dict[str, str] = {}
    for number, country in enumerate(guide.emergency_numbers.countries if guide.emergency_numbers else []):
        if first.setdefault(country.region, country.emergency[0].number) != country.emergency[0].number:
            yield guide.emergency_numbers.problem(
                ("countries", number, "region"), f'"{country.region}" with {country.emergency[0].number} and {first[country.region]}',
                "one first number in a region", "Give the country a region of its own.")


def names_differ(guide: Guide) -> Iterator[Problem]:
    """Ensure no two pages have the same name."""
    first: dict[str, str] = {}
    for kind, entries in guide.entries.items():
        for entry in entries.values() if kind != "red-flags" else ():
            name = entry.name.casefold()
            if name in first:
                yield entry.problem(("name",), f'the name "{entry.name}", which {first[name]} has too', "a name of its own", "Say what sets this page apart.")
            first.setdefault(name, entry.path)


def search_words_lead_to_one_page(guide: Guide) -> Iterator[Problem]:
    """Ensure no search word is another page's name or word, unless every page that has it lists it under shared_words."""
    searched = list(_searched(guide))
    names = {part.name.casefold(): part for _, _, part in searched}
    having = Counter(word for *_, part in searched for word in {word.casefold() for word in search_words(part)})
    for entry, place, part in searched:
        shared = {word.casefold() for word in part.shared_words}
        for number, word in enumerate(part.shared_words):
            if having[word.casefold()] == 1:
                yield entry.problem((*place, "shared_words", number), f'"{word}", which no other page has', "a word of two pages or more",
                                    "Add it to the other page too, or move it to search_words.")
        for key in ("also_called", "search_words", "shared_words"):
            for number, word in enumerate(getattr(part, key, [])):
                folded = word.casefold()
                if names.get(folded, part) is not part:
                    yield entry.problem((*place, key, number), f'"{word}", which is the name of another page', "a word of this page only",
                                        "Delete it: the other page comes first for its own name.")
                elif having[folded] > 1 and folded not in shared:
                    yield entry.problem((*place, key, number), f'"{word}", which another page has too', "a word of this page only",
                                        "Take it out of one of the two, or list it under shared_words of both.")


def _searched(guide: Guide) -> Iterator[tuple[Entry, Location, Any]]:
    """Yield (entry, place in its file, page or red flag) for all that the search can find."""
    if guide.about:
        yield guide.about, (), guide.about
        yield from ((guide.about, ("pages", name), getattr(guide.about.pages, name)) for name in type(guide.about.pages).model_fields)
    yield from ((entry, (), entry) for entry in guide.all_entries() if entry is not guide.about and hasattr(entry, "search_words"))


def every_term_is_used(guide: Guide) -> Iterator[Problem]:
    """Ensure every word of the glossary stands on at least one page."""
    text = " ".join(_words_of(guide)).casefold()
    for id_, term in guide.glossary.items():
        if not any(form.casefold() in text for form in (term.term, *term.forms)):
            yield guide.documents["glossary.yml"].problem(
                (id_,), f'the word "{term.term}", which no page uses', "a word that stands in the guide", "Use it, or delete it.", at_key=True)


def releases_are_newest_first(guide: Guide) -> Iterator[Problem]:
    """Ensure the list of releases runs from the newest to the oldest, each version once."""
    seen: list = []
    for number, release in enumerate(guide.changes.releases if guide.changes else []):
        if seen and release.date > seen[-1].date:
            yield guide.changes.problem(("releases", number, "date"), f"{release.date} below {seen[-1].date}", "the newest release first", "Move it up.")
        if release.version in {other.version for other in seen}:
            yield guide.changes.problem(("releases", number, "version"), f'the version "{release.version}" a second time', "each version once", "Join the two.")
        seen.append(release)


ON_EVERY_FILE: list[Rule] = [
    nothing_is_left_to_write,
    references_exist,
    references_are_named_once,
    entries_in_order_exist,
    emergencies_rest_on_a_linked_source,
    care_levels_are_given_once,
    do_not_items_begin_with_do_not,
    names_differ,
    search_words_lead_to_one_page,
    regions_share_a_number,
    releases_are_newest_first,
]
ON_A_WHOLE_GUIDE: list[Rule] = [  # a file that cannot be read would make these complain of its neighbours
    every_source_is_cited,
    every_entry_is_linked,
    every_care_level_can_be_reached,
    every_term_is_used,
]


def check(folder: Path) -> tuple[Guide, list[Problem]]:
    """Read the guide in `folder` and apply every rule. The guide is whole only if there are no problems."""
    guide, problems = read_guide(folder)
    unreadable = bool(problems)
    for rule in ON_EVERY_FILE if unreadable else ON_EVERY_FILE + ON_A_WHOLE_GUIDE:
        problems.extend(rule(guide))
    return guide, sorted(set(problems))


def report(problems: list[Problem]) -> str:
    """Write the problems one a line, with their count."""
    count = f"{len(problems)} problem{'s' if len(problems) != 1 else ''}"
    return "\n".join([*map(str, problems), count])


def annotations(problems: list[Problem], folder: Path) -> str:
    """Write the problems as commands that GitHub shows beside the lines of a pull request."""
    def escaped(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def command(problem: Problem) -> str:
        path = escaped((folder.parent / problem.path).as_posix()).replace(":", "%3A").replace(",", "%2C")
        sentence = str(problem).partition(": ")[2]
        return f"::error file={path},line={problem.line},col={problem.column}::{escaped(sentence)}"

    return "\n".join(map(command, problems))


def _words_of(guide: Guide) -> Iterator[str]:
    for entry in guide.all_entries():
        yield entry.model_dump_json()
        yield getattr(entry, "body", "")


def _singular(kind: str) -> str:
    return {"management": "management step", "images": "picture"}.get(kind, kind.removesuffix("s").replace("-", " "))


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0] if arguments else "content")
    guide, problems = check(folder)
    if not problems:
        _, problems = print_sheets(guide, folder, "https://example.org/a-guide/")  # with the code that a published copy bears
    reading = Reading(guide)
    if all(getattr(guide, name) or not (folder / f"{name}.yml").is_file() for name in ("glossary", "sources")):
        problems += check_language(reading)  # while one of them cannot be read, its words would be found to be missing everywhere
    if problems:
        print(report(problems), file=sys.stderr)
        if os.environ.get("GITHUB_ACTIONS"):
            print(annotations(problems, folder))
        return 1
    print(table(reading))
    print(f"{folder}: {len(guide.documents)} files, {len(guide.sources)} sources, no problem")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
