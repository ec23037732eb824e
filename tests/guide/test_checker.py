"""Bad input gets one clear sentence at the right line and column, and all of it at once."""

import inspect
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from builds import Spoil
from commands.check import main
from guide import rules
from guide.checker import check, examine
from guide.document import Document
from guide.model.guide import Draft, Guide
from guide.source_text import LARGEST_FILE
from guide.yaml_reader import DEEPEST_NESTING, load_text

TRIGGER = "triggers/strong-feelings.yml"

# what goes wrong: (file, text in it, what it becomes, the sentence)
SPOILT = {
    "misspelt key": (
        TRIGGER, "answer: Stress", "anwser: Stress",
        'content/triggers/strong-feelings.yml:5:1: Found the unknown key "anwser". Expected one of "name", "answer", "key_points", '
        '"search_words", "shared_words", "also_called", "short", "icon", "picture", "when_to_get_help", "claims", "review" and 7 more. '
        'Did you mean "answer"?'),
    "misspelt key in a list": (
        TRIGGER, "certainty: moderate, sources", "certinty: moderate, sources",
        'content/triggers/strong-feelings.yml:12:60: Found the unknown key "certinty". Expected one of "says", "certainty", "sources". Did you mean "certainty"?'),
    "missing key": (
        TRIGGER, "name: Strong feelings\n", "",
        'content/triggers/strong-feelings.yml:2:1: Found no key "name". Expected it here (The page\'s title, in sentence case, '
        '65 characters or fewer). Add a line that begins with "name:".'),
    "text where a list belongs": (
        TRIGGER, "also_called: [stress, excitement]", "also_called: stress",
        'content/triggers/strong-feelings.yml:4:14: Found "stress". Expected a list. Begin each line with "- ".'),
    "a list where text belongs": (
        TRIGGER, "answer: Stress or excitement sets hiccups off in some people.", "answer: [a, b]",
        "content/triggers/strong-feelings.yml:5:9: Found a list. Expected text. Write one piece of text after the colon."),
    "the no trap": (
        TRIGGER, "[stress, excitement]", "[stress, no]",
        'content/triggers/strong-feelings.yml:4:23: Found no, which YAML reads as true or false. Expected text. Put it in quotes: "no".'),
    "the date trap": (
        TRIGGER, "[stress, excitement]", "[stress, 2026-11-22]",
        'content/triggers/strong-feelings.yml:4:23: Found 2026-11-22, which YAML reads as a date. Expected text. Put it in quotes: "2026-11-22".'),
    "the 1e3 trap": (
        TRIGGER, "[stress, excitement]", "[stress, 1e3]",
        'content/triggers/strong-feelings.yml:4:23: Found 1e3, which YAML reads as a number. Expected text. Put it in quotes: "1e3".'),
    "no value": (
        TRIGGER, "short: Stress or joy", "short:",
        "content/triggers/strong-feelings.yml:3:7: Found no value. Expected text. Write the words after the colon."),
    "a date in quotes": (
        TRIGGER, "reviewed: 2026-11-22", 'reviewed: "2026-11-22"',
        'content/triggers/strong-feelings.yml:22:46: Found "2026-11-22". Expected a date like 2026-11-22, without quotes. Write year-month-day.'),
    "unknown word": (
        TRIGGER, "certainty: moderate", "certainty: modrate",
        'content/triggers/strong-feelings.yml:12:71: Found "modrate". Expected one of "strong", "moderate", "limited", "none-found". Did you mean "moderate"?'),
    "unknown reference": (
        TRIGGER, "[sip-cold-water, hold-your-breath]", "[sip-cold-watr, hold-your-breath]",
        'content/triggers/strong-feelings.yml:10:14: Found the unknown management step "sip-cold-watr" (there is no management/sip-cold-watr.yml). '
        'Expected the id of an entry in management. Did you mean "sip-cold-water"?'),
    "unknown source": (
        TRIGGER, "sources: [nidirect-hiccups]", "sources: [nidirect]",
        'content/triggers/strong-feelings.yml:7:95: Found the unknown source "nidirect" (sources.yml has no nidirect). '
        'Expected the id of an entry in sources. Did you mean "nidirect-hiccups"?'),
    "reference named twice": (
        TRIGGER, "[sip-cold-water, hold-your-breath]", "[sip-cold-water, sip-cold-water]",
        'content/triggers/strong-feelings.yml:10:30: Found "sip-cold-water" a second time. Expected each id once in a list. Delete one of the two.'),
    "duplicate key": (
        TRIGGER, "short: Stress or joy", "short: Stress or joy\nshort: Joy",
        'content/triggers/strong-feelings.yml:4:1: Found the key "short" a second time (first in line 3). Expected each key once. Join the two, or delete one.'),
    "duplicate id": (
        "sources.yml", "hse-112:", "nidirect-hiccups:",
        'content/sources.yml:5:1: Found the key "nidirect-hiccups" a second time (first in line 2). Expected each key once. Join the two, or delete one.'),
    "two pages of one name": (
        TRIGGER, "name: Strong feelings", "name: eating and drinking",
        'content/triggers/strong-feelings.yml:2:7: Found the name "eating and drinking", which content/triggers/eating-and-drinking.yml has too. '
        "Expected a name of its own. Say what sets this page apart."),
    "a search word that is another page's name": (
        TRIGGER, "also_called: [stress, excitement]", "search_words: [eating And drinking]",
        'content/triggers/strong-feelings.yml:4:16: Found "eating And drinking", which is the name of another page. Expected a word of this page only. '
        "Delete it: the other page comes first for its own name."),
    "a search word that another page has": (
        TRIGGER, "also_called: [stress, excitement]", "also_called: [stress, Big Meals]",
        'content/triggers/strong-feelings.yml:4:23: Found "Big Meals", which another page has too. Expected a word of this page only. '
        "Take it out of one of the two, or list it under shared_words of both."),
    "a shared word that no other page shares": (
        TRIGGER, "also_called: [stress, excitement]", "shared_words: [giggles]",
        'content/triggers/strong-feelings.yml:4:16: Found "giggles", which no other page has. Expected a word of two pages or more. '
        "Add it to the other page too, or move it to search_words."),
    "unquoted colon": (
        TRIGGER, "answer: Stress or", "answer: Note: Stress or",
        'content/triggers/strong-feelings.yml:5:13: Found a colon inside unquoted text. Expected quotes round text that holds a colon. '
        'Put the whole text between double quotes: "like: this".'),
    "tab": (
        TRIGGER, "name: Strong", "name:\n\tStrong",
        "content/triggers/strong-feelings.yml:3:1: Found a tab. Expected spaces before the words. Replace the tab by two spaces."),
    "alias": (
        TRIGGER, "[stress, excitement]", "[*stress]",
        'content/triggers/strong-feelings.yml:4:15: Found the alias "*stress". Expected the words themselves. Write them out; a guide uses no aliases.'),
    "anchor": (
        TRIGGER, "[stress, excitement]", "[&a stress]",
        'content/triggers/strong-feelings.yml:4:15: Found the anchor "&a". Expected a plain value. Delete the anchor.'),
    "merge key": (
        TRIGGER, "name: Strong", "<<: {a: b}\nname: Strong",
        'content/triggers/strong-feelings.yml:2:1: Found the merge key "<<". Expected the keys themselves. Write them out; a guide uses no merge keys.'),
    "custom tag": (
        TRIGGER, "name: Strong feelings", "name: !!python/name:os.system x",
        'content/triggers/strong-feelings.yml:2:7: Found the tag "tag:yaml.org,2002:python/name:os.system". Expected a plain value. Delete the tag.'),
    "two documents": (
        TRIGGER, "name: Strong", "name: Strong\n---\nname: Strong",
        'content/triggers/strong-feelings.yml:3:1: Found a second document after "---". Expected one document in a file. Move it into a file of its own.'),
    "unclosed quote": (
        TRIGGER, "name: Strong feelings", 'name: "Strong feelings',
        'content/triggers/strong-feelings.yml:2:7: Found a quote that is not closed. Expected a second quote at the end of the text. Close it, or take it away.'),
    "a sign YAML keeps for itself": (
        TRIGGER, "answer: Stress or", "answer: @Stress or",
        'content/triggers/strong-feelings.yml:5:9: Found a word that starts with "@", which YAML keeps for itself. Expected text between double quotes. '
        "Put the whole text between double quotes."),
    "HTML": (
        TRIGGER, "answer: Stress or", "answer: <b>Stress</b> or",
        'content/triggers/strong-feelings.yml:5:9: Found HTML ("<b>Stress</b"). Expected plain words. Write them without tags or entities; the page adds the form.'),
    "a link in text": (
        TRIGGER, "answer: Stress or", '"answer": "[Stress](javascript:alert(1)) or"\n#',
        'content/triggers/strong-feelings.yml:5:11: Found a link ("](javascript"). Expected plain words. Put the address into sources.yml and cite its id.'),
    "a link that is not https": (
        "sources.yml", "https://nidirect", "http://nidirect",
        'content/sources.yml:2:122: Found the address "http://nidirect.gov.uk/node/10800". Expected an address that begins with https://. '
        "Copy it from the browser, or leave it out."),
    "a source linked without an address": (
        "sources.yml", 'link: true, url: "https://nidirect.gov.uk/node/10800"', "link: true",
        "content/sources.yml:2:19: Found link: true without url, without not_linked. Expected a url exactly when link is true, else a reason in not_linked. "
        "Add one and delete the other."),
    "a red flag without a source": (
        "red-flags/over-48-hours.yml", "sources: [nidirect-hiccups, hull-hiccups]", "sources: []",
        "content/red-flags/over-48-hours.yml:12:10: Found 0 items. Expected 1 or more. Add what is missing."),
    "a claim without a source": (
        TRIGGER, "certainty: none-found", "certainty: strong",
        'content/triggers/strong-feelings.yml:13:5: Found a claim without a source. Expected at least one id under "sources". '
        "Cite a source, or set certainty to none-found."),
    "an emergency without a linked source": (
        "red-flags/stroke-signs.yml", "sources: [stroke-association]", "sources: [hse-112]",
        "content/red-flags/stroke-signs.yml:12:10: Found no linked source for an emergency. Expected at least one source with link: true. "
        "Cite a national body that calls this an emergency."),
    "a source nobody cites": (
        "sources.yml", "hse-112:", "spare: {title: Spare, publisher: Nobody, kind: study, link: false, not_linked: copy}\nhse-112:",
        'content/sources.yml:5:1: Found the source "spare", which nothing cites. Expected at least one claim that cites it. Cite it, or delete it.'),
    "an invented reviewer": (
        TRIGGER, "status: not-yet-reviewed", "status: reviewed",
        'content/triggers/strong-feelings.yml:22:9: Found the status "reviewed" with 0 reviewers. Expected a name exactly when it is reviewed. '
        'Add the clinician to "reviewed_by", or set status to not-yet-reviewed.'),
    "a do-not item that begins otherwise": (
        "medicines/any-new-medicine.yml", "do_not: [Do not stop", "do_not: [Never stop",
        'content/medicines/any-new-medicine.yml:7:10: Found "Never stop a prescribed medici". Expected a sentence that begins with "Do not". '
        "Turn the sentence round."),
    "a case given twice": (
        TRIGGER, "  signs:\n    - sign: stroke-signs\n", "  signs:\n    - sign: over-48-hours\n      says: The hiccups last more than 48 hours.\n    - sign: stroke-signs\n",
        'content/triggers/strong-feelings.yml:20:7: Found "The hiccups last more than 48 hours." a second time. Expected each case once. Delete one of the two.'),
    "a sign that is said to be less urgent than it is": (
        "red-flags/stroke-signs.yml", "how_soon: Now.", "how_soon: Today.",
        'content/red-flags/stroke-signs.yml:7:11: Found "Today." for the care level emergency. Expected "Now" at its beginning. Mend the one that is wrong.'),
    "a sign that is said to be more urgent than it is": (
        "red-flags/over-48-hours.yml", "how_soon: In the next days.", "how_soon: Now.",
        "content/red-flags/over-48-hours.yml:7:11: Found \"Now.\" for the care level appointment. Expected a later time than 'Now' or 'Today'. Mend the one that is wrong."),
    "a first action of another care level": (
        "red-flags/over-48-hours.yml", "Book a visit.", "Call the emergency number. Note the time it began.",
        'content/red-flags/over-48-hours.yml:8:10: Found "Call the emergency number. Note the time it began." for the care level appointment, '
        "and in content/red-flags/stroke-signs.yml for emergency. Expected another first action for another care level. Mend the one that is wrong."),
    "an emergency that is asked after others": (
        "guide.yml", "none_of_these:", "checklist: {asked_last: stroke-signs}\nnone_of_these:",
        'content/guide.yml:36:25: Found "stroke-signs", which is an emergency. Expected a sign of another care level. Take the line out: emergencies are asked first.'),
    "an unknown picture": (
        TRIGGER, "short: Stress or joy", "icon: joy",
        'content/triggers/strong-feelings.yml:3:7: Found the unknown picture "joy" (there is no images/joy.svg). Expected the id of an entry in images. '
        "Add the entry, or take the id out here."),
    "two numbers for one region": (
        "emergency-numbers.yml", "region: Australia", "region: Europe",
        'content/emergency-numbers.yml:4:34: Found "Europe" with 000 and 112. Expected one first number in a region. Give the country a region of its own.'),
    "a page's link that is not https": (
        "about.md", "The people who", "[The people](http://example.org) who",
        'content/about.md:14:12: Found a link to "http://example.org". Expected https, mailto, or a page of this guide. Use the https address, or take the link out.'),
    "HTML in a page": (
        "about.md", "The people who", "The <b>people</b> who",
        'content/about.md:14:5: Found HTML or a template ("<b>people</b"). Expected plain Markdown. Write it without tags; the page adds the form.'),
}


@pytest.mark.parametrize("case", SPOILT)
def test_says_what_is_wrong_and_where(case: str, spoil: Spoil) -> None:
    name, old, new, sentence = SPOILT[case]

    problems = spoil(name, old, new)

    assert sentence in problems, "\n".join(problems)


def test_the_type_of_a_rule_says_in_which_list_it_is() -> None:
    def taking(model: type) -> list[str]:
        return [name for name, rule in vars(rules).items() if inspect.isfunction(rule) and rule.__module__ == rules.__name__ and not name.startswith("_")
                and list(inspect.signature(rule).parameters.values())[0].annotation is model]

    assert sorted(rule.__name__ for rule in rules.OF_A_DRAFT) == sorted(taking(Draft))
    assert sorted(rule.__name__ for rule in rules.OF_A_GUIDE) == sorted(taking(Guide))


def test_what_has_problems_is_no_guide_and_what_has_none_is_whole(guide: Path) -> None:
    whole, problems = check(guide)
    assert isinstance(whole, Guide) and problems == []

    (guide / "appointment.yml").unlink()

    assert check(guide)[0] is None
    draft, problems = examine(guide)
    assert draft.appointment is None and not isinstance(draft, Guide) and problems


def test_the_guide_has_no_problem_before_it_is_spoilt(guide: Path) -> None:
    assert check(guide)[1] == []


@pytest.mark.parametrize("name", ["Strong Feelings.yml", "strong_feelings.yml", "index.yml", "x.yaml", "-x.yml"])
def test_a_file_name_that_is_no_slug_is_named(guide: Path, name: str) -> None:
    (guide / "triggers" / name).write_text("name: x\n")

    assert any(problem.path == f"content/triggers/{name}" and "the file name" in problem.found for problem in check(guide)[1])


def test_an_empty_file_is_named(guide: Path) -> None:
    (guide / "triggers" / "empty.yml").write_text("# nothing\n")

    assert "content/triggers/empty.yml:1:1: Found an empty file. Expected keys and values. Fill it, or delete the file." in map(str, check(guide)[1])


@pytest.mark.parametrize("text", ["a: b #c\n", "a:\n  - b\n  - some words\n    that go on # here\n", "a: [b,\n  c #d\n  ]\n"])
def test_a_hash_that_would_cut_the_words_off_is_refused(text: str) -> None:
    document = Document("a.yml")

    found = [problem.found for problem in load_text(text.encode(), document)]

    assert found == ['a "#" after unquoted text, which YAML drops with all that follows']


@pytest.mark.parametrize("text", ["# first\na: b\n# last\n", "a: 'b # c'\n", "a: b#c\n", "a:\n  # why\n  - b\n", 'a: "b" # c\n', "a: [b]  # c\n"])
def test_a_hash_that_cuts_nothing_off_is_none_of_our_business(text: str) -> None:
    assert load_text(text.encode(), Document("a.yml")) == []


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    found = [str(problem) for problem in check(tmp_path / "nope")[1]]

    assert found == [f"{tmp_path / 'nope'}:1:1: Found no such folder. Expected the folder of a guide. Look at its spelling, and where you are."]


@pytest.mark.parametrize(("name", "old", "new"), [("glossary.yml", "means:", "meens:"), ("sources.yml", "publisher:", "publishers:")])
def test_one_slip_in_a_list_that_others_lean_on_brings_no_flood(guide: Path, name: str, old: str, new: str, capsys: pytest.CaptureFixture[str]) -> None:
    (guide / name).write_text((guide / name).read_text().replace(old, new, 1))

    assert main([str(guide)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert lines and all(line.startswith(f"content/{name}:") for line in lines[:-1]), lines
    assert len(lines) <= 4


def test_an_entry_nobody_links_to_is_named(guide: Path) -> None:
    (guide / "management" / "spare.yml").write_text((guide / "management" / "sip-cold-water.yml").read_text().replace("Sip cold water", "Spare"))

    assert ('content/management/spare.yml:2:1: Found "spare", to which no other entry links. Expected at least one entry that names it under management. '
            "Name it in the trigger, condition or medicine it belongs to, or delete it.") in map(str, check(guide)[1])


def test_a_file_no_part_reads_is_named(guide: Path) -> None:
    (guide / "trigers").mkdir()

    assert any(problem.found.startswith('"trigers"') and problem.repair == 'Did you mean "triggers"?' for problem in check(guide)[1])


def test_bytes_that_are_no_utf_8_are_placed(guide: Path) -> None:
    (guide / "triggers" / "latin.yml").write_bytes(b"name: fine\nanswer: caf" + b"\xe9\n")

    assert ("content/triggers/latin.yml:2:12: Found the byte 0xe9. Expected text saved as UTF-8. "
            "Save the file again with the encoding UTF-8.") in map(str, check(guide)[1])


def test_depth_and_size_have_caps() -> None:
    deep, large, bomb = Document("a.yml"), Document("b.yml"), Document("c.yml")

    assert f"more than {DEEPEST_NESTING} levels" in load_text(b"[" * 100_000, deep)[0].found
    assert "a file over 256 KiB" in load_text(b"a" * (LARGEST_FILE + 1), large)[0].found
    assert "the anchor" in load_text(b"a: &a [x]\nb: [*a, *a]\n", bomb)[0].found
    assert bomb.data["b"] == [None, None]


def test_all_problems_of_all_files_come_in_one_run(guide: Path) -> None:
    for name, old, new in [(TRIGGER, "answer:", "anwser:"), ("guide.yml", "language: en", "language: xx"),
                           ("red-flags/new-medicine.yml", "care: pharmacist", "care: pharmacy"), ("triggers/eating-and-drinking.yml", "sip-cold-water", "sip")]:
        (guide / name).write_text((guide / name).read_text().replace(old, new, 1))

    paths = {problem.path for problem in check(guide)[1]}

    assert {f"content/{name}" for name in (TRIGGER, "guide.yml", "red-flags/new-medicine.yml", "triggers/eating-and-drinking.yml")} <= paths


@pytest.mark.parametrize("danger", ["<script>alert(1)</script>", '<path onload="alert(1)"/>', '<a href="https://example.org">x</a>', "<!DOCTYPE svg>", '<g style="x"/>',
                                    '<image href="x.png"/>', '<x:script xmlns:x="http://www.w3.org/2000/svg">alert(1)</x:script>', '<x:image xmlns:x="http://www.w3.org/2000/svg"/>',
                                    '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>', '<?xml-stylesheet href="x.css"?>', '<p xmlns="http://www.w3.org/1999/xhtml"/>',
                                    '<rect fill="url(https://example.org)"/>'])
def test_a_drawing_that_could_do_more_than_be_seen_is_refused(guide: Path, danger: str) -> None:
    (guide / "images").mkdir()
    (guide / "images" / "face.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">\n<title>Face</title>\n{danger}\n</svg>\n')

    assert any(problem.path == "content/images/face.svg" and problem.line == 3 and "in a drawing" in problem.found for problem in check(guide)[1])


def test_a_drawing_in_another_encoding_is_refused(guide: Path) -> None:
    """A browser would read its bytes in another way than this engine does."""
    (guide / "images").mkdir()
    (guide / "images" / "face.svg").write_text('<?xml version="1.0" encoding="ISO-2022-JP"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>Face</title></svg>')

    assert any("in a drawing" in problem.found for problem in check(guide)[1])


@pytest.mark.parametrize("name", ["triggers/pipe.yml", "guide.yml", "about.md", "images/pipe.svg"])
@pytest.mark.parametrize("made", [os.mkfifo, Path.mkdir, lambda file: file.symlink_to("nowhere"), lambda file: file.symlink_to("/dev/zero")], ids=["pipe", "folder", "broken link", "device"])
def test_what_is_no_ordinary_file_is_refused_and_never_waited_for(guide: Path, name: str, made: Callable[[Path], None]) -> None:
    (guide / name).parent.mkdir(exist_ok=True)
    (guide / name).unlink(missing_ok=True)
    made(guide / name)

    assert any(problem.path == f"content/{name}" for problem in check(guide)[1])


def test_a_drawing_without_a_title_or_too_large_is_refused(guide: Path) -> None:
    (guide / "images").mkdir()
    (guide / "images" / "bare.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>')
    (guide / "images" / "large.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>Large</title>' + "<g/>" * 4000 + "</svg>")

    problems = [str(problem) for problem in check(guide)[1]]

    assert any(problem.startswith("content/images/bare.svg:1:1: Found a drawing without viewBox and title.") for problem in problems)
    assert any(problem.startswith("content/images/large.svg:1:1: Found a drawing of 15 KB. Expected 12 KB or less.") for problem in problems)
