"""Rules that no single field can say: one function a rule. Its type says whether a rule bears gaps (Draft) or needs the whole (Guide)."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from guide.care_levels import URGENT
from guide.document import Location
from guide.model.entries import Entry, EntryPage, Medicine, RedFlag
from guide.model.files import Appointment
from guide.model.guide import Draft, Guide
from guide.model.guide_file import MOST_SIGNS
from guide.model.kinds import FOLDERS
from guide.model.marks import Fact, mark, parts, shown
from guide.model.searched import SEARCH_KEYS, Searched, search_words
from guide.problem import Problem, did_you_mean
from guide.routes import ON_EVERY_PAGE, heading_id, is_taken
from guide.samples import ID, is_left_over
from guide.terms import TermMatcher


def references_exist(draft: Draft) -> Iterator[Problem]:
    """Ensure every id that is named is the id of an entry."""
    for _, document, location, kind, id_ in draft.references:
        known = draft.ids.get(kind)  # None: its file cannot be read, and that alone is said
        if known is not None and id_ not in known and id_ != ID:  # a sample's id: nothing_is_left_to_write says so
            other_end = f"sources.yml has no {id_}" if kind == "sources" else f"there is no {kind}/{id_}.{'svg' if kind == 'images' else 'yml'}"
            yield document.problem(location, f'the unknown {_singular(kind)} "{id_}" ({other_end})',
                                   f"the id of an entry in {kind}", did_you_mean(id_, known, "Add the entry, or take the id out here."))


def nothing_is_left_to_write(draft: Draft) -> Iterator[Problem]:
    """Ensure every mark that a sample left has given way to words, an id or a day."""
    left = "which the sample left for you"
    for name, document in draft.documents.items():
        if Path(name).stem == ID:
            yield Problem(document.path, 1, 1, f'the file name "{Path(name).name}", {left}', "its own name",
                          "Name it as its address shall read: deep-breathing.yml.")
        for location, value in _left_over(document.data, ()):
            expected = "the true day" if not isinstance(value, str) else "an id or an address" if ID in value else "your own words"
            yield document.problem(location, f'"{value}", {left}', expected, "Write it, or take the line out if it may be left out.")


def _left_over(value: Any, location: Location) -> list[tuple[Location, Any]]:
    """List the marks of a sample inside a value, keys among them, with their places."""
    if isinstance(value, dict):
        keys: list[tuple[Location, Any]] = [((*location, key), key) for key in value if is_left_over(key)]
        return keys + [mark for key, inside in value.items() for mark in _left_over(inside, (*location, key))]
    if isinstance(value, list):
        return [mark for number, inside in enumerate(value) for mark in _left_over(inside, (*location, number))]
    return [(location, value)] if is_left_over(value) else []


def references_are_named_once(draft: Draft) -> Iterator[Problem]:
    """Ensure no list names the same id twice."""
    seen: set[tuple[str, Location, str, str]] = set()
    for _, document, location, kind, id_ in draft.references:
        place = (document.path, location[:-1], kind, id_)
        if isinstance(location[-1], int) and place in seen:
            yield document.problem(location, f'"{id_}" a second time', "each id once in a list", "Delete one of the two.")
        seen.add(place)


def entries_in_order_exist(draft: Draft) -> Iterator[Problem]:
    """Ensure every entry that the guide's own order names has its file."""
    if not draft.about:
        return
    for kind in FOLDERS:
        if kind == RedFlag.kind:
            continue  # a reference: references_exist covers it
        for number, id_ in enumerate(draft.about.pages.index(kind).order):
            if id_ not in draft.ids[kind]:
                yield draft.about.problem(("pages", kind, "order", number), f'"{id_}" (there is no {kind}/{id_}.yml)', "an entry with its file",
                                          did_you_mean(id_, draft.ids[kind], f"Bring {kind}/{id_}.yml back, or take the name out here."))


def emergencies_rest_on_a_linked_source(draft: Draft) -> Iterator[Problem]:
    """Ensure every emergency cites at least one source that a reader can open."""
    def linked(ids: list[str]) -> bool:
        return not draft.sources or ID in ids or any(id_ in draft.sources and draft.sources[id_].link for id_ in ids)

    for entry, location, sources in _emergencies(draft):
        if not linked(sources):
            yield entry.problem((*location, "sources"), "no linked source for an emergency", "at least one source with link: true",
                                "Cite a national body that calls this an emergency.")


def _emergencies(draft: Draft) -> Iterator[tuple[Entry, Location, list[str]]]:
    """Yield (entry, place in its file, sources) of every part of the model, however deep, that bears the care level emergency or is it."""
    for entry in draft.all_entries():
        for location, part in parts(entry):
            if location[-1:] == ("emergency",) or any(getattr(part, name) == "emergency" for name, info in type(part).model_fields.items() if mark(info, Fact)):
                yield entry, location, getattr(part, "sources", [])


def red_flags_agree_with_their_level(draft: Draft) -> Iterator[Problem]:
    """Ensure how soon a red flag needs help, and what to do first, is said as its care level says it, and as no other level does."""
    if not draft.care_levels:
        return
    urgent = {care: draft.care_levels.level(care).how_soon for care in URGENT}
    flags = draft.every(RedFlag)
    first_actions = {flag.action[0]: flag for flag in reversed(flags)}
    for flag in flags:
        said = next((care for care, how_soon in urgent.items() if re.match(rf"{re.escape(how_soon)}(?!\w)", flag.how_soon)), None)
        if said != (flag.care if flag.care in urgent else None):
            expected = f'"{urgent[flag.care]}" at its beginning' if flag.care in urgent else f"a later time than {' or '.join(map(repr, urgent.values()))}"
            yield flag.problem(("how_soon",), f'"{flag.how_soon[:60]}" for the care level {flag.care}', expected, "Mend the one that is wrong.")
        other = first_actions[flag.action[0]]
        if other.care != flag.care:
            yield flag.problem(("action", 0), f'"{flag.action[0][:60]}" for the care level {flag.care}, and in {other.path} for {other.care}',
                               "another first action for another care level", "Mend the one that is wrong.")


def cases_are_named_once(draft: Draft) -> Iterator[Problem]:
    """Ensure a page says each thing once about when to get help."""
    for entry in draft.all_entries():
        cases = entry.when_to_get_help.signs if isinstance(entry, EntryPage | Appointment) else []
        for number, case in enumerate(cases):
            if case in cases[:number]:
                yield entry.problem(("when_to_get_help", "signs", number), f'"{case.says or case.sign}" a second time', "each case once",
                                    "Delete one of the two.")


def signs_can_be_counted(draft: Draft) -> Iterator[Problem]:
    """Ensure there are no more red flags than the checklist can tell apart: beyond them a tick would give another sign's level."""
    flags = draft.every(RedFlag)
    if len(flags) > MOST_SIGNS:
        yield flags[MOST_SIGNS].problem(("name",), f"{len(flags)} red flags", f"{MOST_SIGNS} or fewer, since the checklist counts no more",
                                        "Join two that have the same care level.")


def danger_is_asked_first(draft: Draft) -> Iterator[Problem]:
    """Ensure no emergency is asked by itself after others: the checklist begins with all of them."""
    apart = draft.about.checklist.model_dump() if draft.about else {}
    emergencies = {flag.id for flag in draft.every(RedFlag) if flag.care == "emergency"}
    for name, id_ in apart.items():
        if draft.about and id_ in emergencies:
            yield draft.about.problem(("checklist", name), f'"{id_}", which is an emergency', "a sign of another care level",
                                      "Take the line out: emergencies are asked first.")


def do_not_items_begin_with_do_not(draft: Draft) -> Iterator[Problem]:
    """Ensure every item of a don't list begins with "Do not", so that no listener hears the reverse."""
    for entry in draft.every(Medicine):
        for number, item in enumerate(entry.do_not):
            if not item.startswith("Do not "):
                yield entry.problem(("do_not", number), f'"{item[:30]}"', 'a sentence that begins with "Do not"', "Turn the sentence round.")


def regions_share_a_number(draft: Draft) -> Iterator[Problem]:
    """Ensure the countries of one region have the same first number, since one button stands for all of them."""
    if not draft.emergency_numbers:
        return
    first = draft.emergency_numbers.first_numbers
    for number, country in enumerate(draft.emergency_numbers.countries):
        if country.emergency[0].number != first[country.region]:
            yield draft.emergency_numbers.problem(
                ("countries", number, "region"), f'"{country.region}" with {country.emergency[0].number} and {first[country.region]}',
                "one first number in a region", "Give the country a region of its own.")


def names_differ(draft: Draft) -> Iterator[Problem]:
    """Ensure no two pages have the same name."""
    first: dict[str, str] = {}
    for entry in (entry for entries in draft.entries.values() for entry in entries.values() if not isinstance(entry, RedFlag)):
        name = entry.name.casefold()
        if name in first:
            yield entry.problem(("name",), f'the name "{entry.name}", which {first[name]} has too', "a name of its own", "Say what sets this page apart.")
        first.setdefault(name, entry.path)


def ids_are_not_taken(draft: Draft) -> Iterator[Problem]:
    """Ensure no sign and no source has the id of a part of the page on which it stands: a link to that part would lead to it."""
    for kind, example in (("red-flags", "sign.yml"), ("sources", "page")):
        for id_ in filter(is_taken, draft.ids.get(kind, {})):
            document, place = (draft.documents["sources.yml"], (id_,)) if kind == "sources" else (draft.documents[f"{kind}/{id_}.yml"], ())
            yield document.problem(place, f'the id "{id_}", which a part of the page has already', "an id of its own",
                                   f"Rename it like this: {id_}-{example}.", at_key=True)


def headings_take_no_id(draft: Draft) -> Iterator[Problem]:
    """Ensure no heading is given the id of a part that every page has."""
    headings = [(entry.document, entry.document.mark(location), text)
                for entry in draft.all_entries() for location, _, sentences, text in shown(entry) if not sentences]
    headings += [(page.document, (number, 1), line) for page in draft.pages.values() for number, line in page.headings()]
    for document, at, text in headings:
        if heading_id(text) in ON_EVERY_PAGE:
            yield Problem(document.path, *at, f'the heading "{text.strip("# ")}", of which the page makes the id "{heading_id(text)}"',
                          "a heading whose id no part of the page has", "Add a word to it.")


def search_words_lead_to_one_page(draft: Draft) -> Iterator[Problem]:
    """Ensure no search word is another page's name or word, unless every page that has it lists it under shared_words."""
    searched = list(_searched(draft))
    names = {part.name.casefold(): part for _, _, part in searched}
    having = Counter(word for *_, part in searched for word in {word.casefold() for word in search_words(part)})
    for entry, place, part in searched:
        yield from _shared_words_are_shared(entry, place, part, having)
        shared = {word.casefold() for word in part.shared_words}
        for location, word in _placed_search_words(part):
            folded = word.casefold()
            if names.get(folded, part) is not part:
                yield entry.problem((*place, *location), f'"{word}", which is the name of another page', "a word of this page only",
                                    "Delete it: the other page comes first for its own name.")
            elif having[folded] > 1 and folded not in shared:
                yield entry.problem((*place, *location), f'"{word}", which another page has too', "a word of this page only",
                                    "Take it out of one of the two, or list it under shared_words of both.")


def _placed_search_words(part: Searched) -> Iterator[tuple[Location, str]]:
    for key in SEARCH_KEYS:
        yield from (((key, number), word) for number, word in enumerate(getattr(part, key, [])))


def _shared_words_are_shared(entry: Entry, place: Location, part: Searched, having: Counter[str]) -> Iterator[Problem]:
    for number, word in enumerate(part.shared_words):
        if having[word.casefold()] == 1:
            yield entry.problem((*place, "shared_words", number), f'"{word}", which no other page has', "a word of two pages or more",
                                "Add it to the other page too, or move it to search_words.")


def _searched(draft: Draft) -> Iterator[tuple[Entry, Location, Searched]]:
    """Yield (entry, place in its file, page or red flag) for all that the search can find."""
    if draft.about:
        yield draft.about, (), draft.about
        yield from ((draft.about, ("pages", name), getattr(draft.about.pages, name)) for name in type(draft.about.pages).model_fields)
    yield from ((entry, (), entry) for entry in draft.all_entries() if isinstance(entry, Searched) and entry is not draft.about)


def releases_are_newest_first(draft: Draft) -> Iterator[Problem]:
    """Ensure the list of releases runs from the newest to the oldest, each version once."""
    if not draft.changes:
        return
    releases = draft.changes.releases
    for number, release in enumerate(releases):
        above = releases[:number]
        if above and release.date > above[-1].date:
            yield draft.changes.problem(("releases", number, "date"), f"{release.date} below {above[-1].date}", "the newest release first", "Move it up.")
        if release.version in {other.version for other in above}:
            yield draft.changes.problem(("releases", number, "version"), f'the version "{release.version}" a second time', "each version once", "Join the two.")


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
    if not guide.flags_at("emergency"):
        yield guide.about.problem(("red_flags",), "no red flag that is an emergency", "at least one", "Add the signs for which the reader must call at once.")


def every_term_is_used(guide: Guide) -> Iterator[Problem]:
    """Ensure every word of the glossary stands on at least one page."""
    text = "\n".join(_words_of(guide))
    folded = text.casefold()
    for id_, term in guide.glossary.items():
        if not TermMatcher(term).stands_in(text, folded):
            yield guide.documents["glossary.yml"].problem(
                (id_,), f'the word "{term.term}", which no page uses', "a word that stands in the guide", "Use it, or delete it.", at_key=True)


def _words_of(guide: Guide) -> Iterator[str]:
    for entry in guide.all_entries():
        yield from (text for *_, text in shown(entry))
    yield from (page.body for page in guide.pages.values())


def _singular(kind: str) -> str:
    return {"management": "management step", "images": "picture"}.get(kind, kind.removesuffix("s").replace("-", " "))


OF_A_DRAFT: list[Callable[[Draft], Iterator[Problem]]] = [
    nothing_is_left_to_write,
    references_exist,
    references_are_named_once,
    entries_in_order_exist,
    emergencies_rest_on_a_linked_source,
    red_flags_agree_with_their_level,
    cases_are_named_once,
    signs_can_be_counted,
    danger_is_asked_first,
    do_not_items_begin_with_do_not,
    names_differ,
    ids_are_not_taken,
    headings_take_no_id,
    search_words_lead_to_one_page,
    regions_share_a_number,
    releases_are_newest_first,
]
OF_A_GUIDE: list[Callable[[Guide], Iterator[Problem]]] = [
    every_source_is_cited,
    every_entry_is_linked,
    every_care_level_can_be_reached,
    every_term_is_used,
]
