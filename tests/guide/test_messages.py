"""Every message of the checks, beside what brings it. test_checker.py has the commonest; here are the others.

A trigger is written out here, so that line and column can be read off; `{step}` and `{source}` become ids of the small guide.
"""

import ast
import os
import re
from pathlib import Path

import pytest
from builds import ROOT
from guide.checker import check
from whole import whole

TRIGGER = """\
name: Loud music
answer: Some people say that loud music sets it off.
key_points: [Turn it down., Rest., See a doctor if it lasts.]
how_it_works: {says: Nobody knows., certainty: none-found}
signs: {items: [It starts at a concert.], note: This is our own choice.}
what_to_do: {items: [Go outside.], note: This is our own choice.}
management: [{step}]
claims: [{says: No study was found., certainty: none-found}]
when_to_get_help: {signs: [{sign: over-48-hours, says: It goes on.}], sources: [{source}]}
review: {status: not-yet-reviewed, reviewed: 2026-11-22, next_review: 2027-11-22}
"""
HERE = "content/triggers/loud-music.yml"

# what goes wrong in the trigger above: (text in it, what it becomes, the sentence)
IN_A_TRIGGER = {
    "a bracket too many": (
        "[Turn it down., Rest., See a doctor if it lasts.]", "[Turn it down.]]",
        f"{HERE}:3:28: Found text that cannot be read as YAML (did not find expected key). Expected a key, a colon, a space and a value, indented like its neighbours. "
        "Compare this line and the one above with another file of the same folder."),
    "a line that is indented otherwise": (
        "name: Loud music", "name: Loud music\n also_called: [concert]",
        f"{HERE}:2:2: Found a line that begins with too many spaces, or too few. Expected keys that belong together in one column, and so with dashes. "
        "Give it as many spaces as its neighbours have."),
    "an item that is indented otherwise": (
        "key_points: [Turn it down., Rest., See a doctor if it lasts.]", "key_points:\n  - Rest.\n- Wait.\n  - Go.",
        f"{HERE}:5:1: Found a line that begins with too many spaces, or too few. Expected keys that belong together in one column, and so with dashes. "
        "Give it as many spaces as its neighbours have."),
    "no space after a colon": (
        "name: Loud music", "name:Loud music", f'{HERE}:1:1: Found "name:" without a space after it. Expected a space after the colon. Put one there.'),
    "no space after a dash": (
        "key_points: [Turn it down., Rest., See a doctor if it lasts.]", "key_points:\n  - Rest.\n  -Wait.\n  - Go.",
        f'{HERE}:5:3: Found "-" without a space after it. Expected a space after the dash. Put one there.'),
    "words after a closing quote": (
        "name: Loud music", "name: 'Loud' music",
        f"{HERE}:1:7: Found words after a closing quote. Expected quotes round the whole text, or none. Take these quotes away, or use the other kind inside."),
    "a bracket that is not closed": (
        "[Turn it down., Rest., See a doctor if it lasts.]", "[Turn it down., Rest.", f'{HERE}:3:13: Found a bracket that is not closed. Expected a "]" at the end. Close it, or look for a comma that is missing.'),
    "a line that goes on without more spaces": (
        "answer: Some people say that loud music sets it off.", "answer: Some people say\nthat loud music sets it off.",
        f"{HERE}:3:1: Found a line that is neither a key nor an item. Expected a key, a colon, a space and a value. "
        "If it goes on from the line above, begin it with more spaces than that line."),
    "a list as a key": (
        "name: Loud music", "[name]: Loud music",
        f"{HERE}:1:1: Found a list, a mapping or an alias as a key. Expected a word as a key. Look for a stray bracket."),
    "an anchor on a key": (
        "name: Loud music", "&n name: Loud music", f"{HERE}:1:1: Found an anchor or a tag on a key. Expected a plain key. Delete it."),
    "a control character": (
        "Loud music", "Loud\x07 music", f"{HERE}:1:11: Found a control character (code U+0007). Expected text that can be printed. Delete it, and type the words again."),
    "a file too large": (
        "name: Loud music", "# " + "x" * 262_144 + "\nname: Loud music", f"{HERE}:1:1: Found a file over 256 KiB. Expected a smaller one. Split it into several entries."),
    "brackets without end": (
        "[{step}]", "[" * 13 + "x" + "]" * 13, f"{HERE}:7:25: Found more than 12 levels of nesting. Expected a flat list or a few keys. Look for a bracket or an indent too many."),
    "empty text": ("name: Loud music", 'name: "  "', f"{HERE}:1:7: Found empty text. Expected words. Write them, or delete the key."),
    "a hidden character": (
        "Loud music", '"Loud\\u202emusic"', f"{HERE}:1:7: Found a hidden character (U+202E). Expected text that can be seen. Delete it, and type the words again."),
    "a list without a source": (
        "signs: {items: [It starts at a concert.], note: This is our own choice.}", "signs: {items: [It starts at a concert.]}",
        f'{HERE}:5:8: Found a list without a source. Expected at least one id under "sources". Cite a source, or say in "note" that this is our own choice.'),
    "a review before the last": (
        "2027-11-22", "2026-11-22", f"{HERE}:10:9: Found next_review 2026-11-22 before reviewed 2026-11-22. Expected a later day. Set it to a year after."),
    "a review in the next century": (
        "2027-11-22", "2127-11-22",
        f"{HERE}:10:9: Found next_review 2127-11-22, more than 3 years after reviewed 2026-11-22. Expected an earlier day. Set it to a year after."),
    "words after a hash": (
        "name: Loud music", "name: Tip #1 is loud music",
        f'{HERE}:1:7: Found a "#" after unquoted text, which YAML drops with all that follows. Expected quotes round text that holds a #. '
        'Put the whole text between double quotes: "like this #".'),
    "an id in capitals": (
        "[{step}]", "[Deep Breathing]",
        f'{HERE}:7:14: Found "Deep Breathing". Expected an id of small letters, digits and single hyphens. Rename it like this: deep-breathing.'),
    "an unknown key like no other": (
        "name: Loud music", "name: Loud music\nxyzzy: 1",
        f'{HERE}:2:1: Found the unknown key "xyzzy". Expected one of "name", "answer", "key_points", "search_words", "shared_words", "also_called", '
        '"short", "icon", "picture", "when_to_get_help", "claims", "review" and 7 more. Delete it.'),
    "an unknown word like no other": (
        "certainty: none-found}\nsigns", "certainty: perhaps}\nsigns",
        f'{HERE}:4:48: Found "perhaps". Expected one of "strong", "moderate", "limited", "none-found". Choose one of them.'),
    "a name too long": (
        "Loud music", "Loud music " * 7, f"{HERE}:1:7: Found 76 characters. Expected 65 or fewer. Shorten it, or make two of it."),
    "a colon in a point of a list": (
        "key_points: [Turn it down., Rest., See a doctor if it lasts.]", "key_points:\n  - Turn it down: now.\n  - Rest.\n  - Wait.",
        f'{HERE}:4:5: Found keys and values. Expected text. If the words hold a colon, put them between double quotes: "like: this".'),
    "text too short": ("answer: Some people say that loud music sets it off.", "answer: x", f'{HERE}:2:9: Found "x". Expected 2 characters or more. Write it out.'),
    "too many points": (
        "Turn it down., Rest.,", "Turn it down., Rest., Rest., Rest., Rest.,", f"{HERE}:3:13: Found 6 items. Expected 5 or fewer. Join or drop some."),
    "text where a part belongs": (
        "signs: {items: [It starts at a concert.], note: This is our own choice.}", "signs: Loud",
        f'{HERE}:5:8: Found "Loud". Expected keys and values. Compare it with another file of the same folder.'),
    "a mark of the sample": (
        "Loud music", "WRITE HERE",
        f'{HERE}:1:7: Found "WRITE HERE", which the sample left for you. Expected your own words. Write it, or take the line out if it may be left out.'),
    "an id of the sample": (
        "[{step}]", "[write-here]",
        f'{HERE}:7:14: Found "write-here", which the sample left for you. Expected an id or an address. Write it, or take the line out if it may be left out.'),
    "a day of the sample": (
        "reviewed: 2026-11-22", "reviewed: 2000-01-01",
        f'{HERE}:10:46: Found "2000-01-01", which the sample left for you. Expected the true day. Write it, or take the line out if it may be left out.'),
}

# what goes wrong elsewhere: (file, pattern of text in it, what it becomes, how the sentence ends)
ELSEWHERE = {
    "an entry in the order that has no file": (
        "guide.yml", r"(?s)(\n  triggers:.*?\n    order:\s*)(\[|\n?\s*- )", r"\1\2no-such-trigger§",
        'Found "no-such-trigger" (there is no triggers/no-such-trigger.yml). Expected an entry with its file. '
        "Bring triggers/no-such-trigger.yml back, or take the name out here."),
    "no front matter": (
        "about.md", r"\A---", "", 'content/about.md:1:1: Found no front matter. Expected YAML between two lines of "---" at the top. Copy the head of about.md.'),
    "a number to call that is no number": (
        "emergency-numbers.yml", r'number: "[\d ]+"', 'number: "call us"', 'Found "call us". Expected digits and spaces. Write it like this: "112".'),
    "link that is neither true nor false": (
        "sources.yml", r"link: true", 'link: "true"', 'Found "true". Expected true or false. Write one of the two, without quotes.'),
    "a medical word that no page uses": (
        "glossary.yml", r"\Z", "\nxylophonia:\n  term: xylophonia\n  means: A word that stands nowhere else.\n",
        'Found the word "xylophonia", which no page uses. Expected a word that stands in the guide. Use it, or delete it.'),
    "a pacer that breathes too fast": (
        "management/*.yml", r"\n(how_long:)", r"\nbreathing_pacer: {breathe_in: 1, breathe_out: 6, minutes: 5}\n\1",
        "Found 1. Expected a whole number from 2 to 10. Write digits, without quotes."),
}


@pytest.mark.parametrize("case", IN_A_TRIGGER)
def test_says_what_is_wrong_in_a_trigger_and_where(case: str, guide: Path) -> None:
    old, new, sentence = IN_A_TRIGGER[case]
    assert old in TRIGGER
    text = TRIGGER.replace(old, new, 1)
    step = next((guide / "management").glob("*.yml")).stem
    source = next(iter(whole(guide).sources))
    (guide / "triggers" / "loud-music.yml").write_text(text.replace("{step}", step).replace("{source}", source), encoding="utf-8")

    problems = [str(problem) for problem in check(guide)[1]]

    assert sentence in problems, "\n".join(problems)


def test_the_trigger_has_no_problem_before_it_is_spoilt(guide: Path) -> None:
    test_text = TRIGGER.replace("{step}", next((guide / "management").glob("*.yml")).stem).replace("{source}", next(iter(whole(guide).sources)))
    (guide / "triggers" / "loud-music.yml").write_text(test_text, encoding="utf-8")

    assert check(guide)[1] == []


@pytest.mark.parametrize("case", ELSEWHERE)
def test_says_what_is_wrong_elsewhere(case: str, guide: Path) -> None:
    name, pattern, new, sentence = ELSEWHERE[case]
    file = sorted(guide.glob(name))[0]
    text, count = re.subn(pattern, new, file.read_text(encoding="utf-8"), count=1)
    assert count == 1
    before = text.partition("§")[0].rpartition("\n")[2]
    file.write_text(text.replace("§", ", " if "[" in before else "\n      - ", 1), encoding="utf-8")

    problems = [str(problem) for problem in check(guide)[1]]

    assert any(problem.endswith(sentence) for problem in problems), "\n".join(problems)


def test_a_file_that_every_guide_has_is_missed(guide: Path) -> None:
    (guide / "appointment.yml").unlink()

    assert ("content/appointment.yml:1:1: Found no such file. Expected a file that describes: what happens at a visit. "
            "Bring it back, or copy one from another guide.") in map(str, check(guide)[1])


def test_a_mistake_in_the_list_of_sources_is_one_problem_and_not_one_for_each_page_that_cites(guide: Path) -> None:
    with (guide / "sources.yml").open("a") as file:
        file.write("new-one:\n  title: Gum: a page\n")

    line = (guide / "sources.yml").read_text().count("\n")
    assert [str(problem) for problem in check(guide)[1]] == [
        f"content/sources.yml:{line}:13: Found a colon inside unquoted text. Expected quotes round text that holds a colon. "
        'Put the whole text between double quotes: "like: this".']


def test_a_guide_without_an_emergency_is_refused(guide: Path) -> None:
    for flag in (guide / "red-flags").glob("*.yml"):
        flag.write_text(flag.read_text().replace("care: emergency", "care: same-day"))

    assert any(str(problem).endswith("Found no red flag that is an emergency. Expected at least one. Add the signs for which the reader must call at once.")
               for problem in check(guide)[1])


@pytest.mark.parametrize(("name", "raw", "sentence"), [
    ("triggers/Loud.yml", b"name: x", 'content/triggers/Loud.yml:1:1: Found the file name "Loud.yml". Expected small letters, digits and hyphens, then .yml, and not index. '
                                      "Rename it like this: deep-breathing.yml."),
    ("images/Face.png", b"", 'content/images/Face.png:1:1: Found the file name "Face.png". Expected small letters, digits and hyphens, then .svg. '
                             "Rename it like this: ring-muscle.svg."),
    ("images/big.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Big</title>' + b"<g/>" * 4000 + b"</svg>",
     "content/images/big.svg:1:1: Found a drawing of 15 KB. Expected 12 KB or less. Draw it with fewer points."),
    ("images/sly.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Sly</title><script>x</script></svg>',
     'content/images/sly.svg:1:77: Found "<script" in a drawing. Expected lines, shapes and words only. Take it out.'),
    ("images/bare.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', 'content/images/bare.svg:1:1: Found a drawing without viewBox and title. '
                                                                      'Expected viewBox="0 0 width height", and then <title>. Add what it shows as its title.'),
    ("About Us.md", b"---\nname: x\n---\n", 'content/About Us.md:1:1: Found the file name "About Us.md". Expected small letters, digits and hyphens, and not index. '
                                            "Rename it like this: about.md."),
    ("latin.md", b"---\nname: x\n---\ncaf\xe9\n", "content/latin.md:4:4: Found the byte 0xe9. Expected text saved as UTF-8. Save the file again with the encoding UTF-8."),
    ("images/torn.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><title>Torn</title>',
     'content/images/torn.svg:1:78: Found what cannot be read in a drawing (no element found: line 1, column 77). Expected well-formed SVG. Draw or save it again.'),
    ("notes.txt", b"x", 'content/notes.txt:1:1: Found "notes.txt", which no part of the guide reads. Expected one of "appointment.yml", "care-levels.yml", "changes.yml", '
                        '"emergency-numbers.yml", "glossary.yml", "guide.yml", "sources.yml". Move it into one of the folders, or delete it.'),
])
def test_a_file_that_does_not_belong_is_named(name: str, raw: bytes, sentence: str, guide: Path) -> None:
    (guide / name).parent.mkdir(exist_ok=True)
    (guide / name).write_bytes(raw)

    assert sentence in [str(problem) for problem in check(guide)[1]]


def test_what_is_no_file_is_named(guide: Path) -> None:
    os.mkfifo(guide / "triggers" / "waiting.yml")

    problems = [str(problem) for problem in check(guide)[1]]

    assert "content/triggers/waiting.yml:1:1: Found what cannot be read (no ordinary file). Expected an ordinary file. Save it again, or delete it." in problems


def _literals(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.Subscript):
        return _literals(node.value)  # what stands in brackets is a key and no message
    return [text for child in ast.iter_child_nodes(node) for text in _literals(child)]


ROOMS = ("guide", "language", "handout")  # that judge what a contributor writes


def _messages() -> list[tuple[str, str]]:
    """Every piece of text in every call that makes a problem, with where it stands."""
    found = []
    for file in sorted(file for room in ROOMS for file in (ROOT / "hooks" / room).rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in ("Problem", "problem", "refusal", "_refuse"):
                found += [(f"{file.name}:{node.lineno}", text) for argument in node.args[-3:] for text in _literals(argument) if len(text) > 8]
    return found


CANNOT_HAPPEN = {"something else"}  # the net below all others, for an error that no field of the model can bring today


def test_every_message_stands_in_a_table_beside_its_cause() -> None:
    told = "\n".join(text for room in ROOMS for file in sorted((ROOT / "tests" / room).glob("test_*.py"))
                     for text in _literals(ast.parse(file.read_text(encoding="utf-8"))))
    messages = _messages()

    assert len(messages) > 100
    assert [(place, text) for place, text in messages if text not in told and text not in CANNOT_HAPPEN] == []
