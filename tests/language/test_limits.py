"""Words stay easy: each limit has its sentence and its place, the formulas count right, and the guide meets them all."""

import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from builds import COMMANDS, CONTENT, HICCUPS, ROOT, command
from guide.document import Document
from guide.problem import Problem
from guide.reader import read_draft
from language.grades import compare
from language.limits import RULES, check_language, the_guide_is_easy
from language.passages import Passage
from language.readability import Measure, Reading
from language.syllables import syllables
from language.tokens import words
from sure import sure
from whole import whole

STEP = """\
name: Slow breathing
answer: Slow breathing for 5 minutes can calm you.
key_points:
  - Breathe slowly.
  - Stop if you feel dizzy.
  - See a doctor after 2 weeks.
steps:
  items:
    - Sit down.
    - Breathe in while you count to 5.
  sources: [a]
how_long: 5 minutes.
how_often: 2 times a day.
how_it_may_help: {says: It may help you rest., certainty: limited, sources: [a]}
what_to_expect: You may feel calm.
cautions:
  items:
    - Do not force it.
  sources: [a]
if_you_do_nothing: It fades.
when_to_stop: Stop if it hurts.
how_sure: We are not sure.
when_to_get_help:
  signs:
    - sign: fit
      says: You have a fit.
  sources: [a]
claims:
  - {says: One study found that it helps., certainty: limited, sources: [a]}
review: {status: not-yet-reviewed, reviewed: 2026-11-22, next_review: 2027-11-22}
handout: {do: Rest for 5 minutes., caution: Stop if it hurts.}
"""
FLAG = """\
name: Fit
statement: You have a fit
hint: You shake or pass out.
care: emergency
how_soon: Now.
action: [Call now.]
why: It can harm you.
certainty: strong
how_sure: All say so.
sources: [a]
review: {status: not-yet-reviewed, reviewed: 2026-11-22, next_review: 2027-11-22}
"""
GLOSSARY = """\
coeliac-disease:
  term: coeliac disease
  forms: [CD]
  means: An illness of the gut.
"""

# what is planted: (text in the step, what it becomes, where, the sentence)
PLANTED = {
    "a long sentence": (
        "what_to_expect: You may feel calm.",
        "what_to_expect: You may feel calm. In the first days you may sleep badly and wake up tired which is no reason to stop this step too soon.",
        '15:36: Found 22 words in "In the first days you may sleep badly and wake up tired which is no reason to stop this step too soon.". '
        'Expected 20 or fewer in a sentence. Try two sentences at "which".'),
    "a long sentence folded over lines": (
        "what_to_expect: You may feel calm.",
        "what_to_expect: >\n  You may feel calm. In the first days\n  you may sleep badly and wake up tired which is no reason to stop this step too soon.",
        '16:22: Found 22 words in "In the first days you may sleep badly and wake up tired which is no reason to stop this step too soon.". '
        'Expected 20 or fewer in a sentence. Try two sentences at "which".'),
    "a long sentence with no joint": (
        "if_you_do_nothing: It fades.",
        "if_you_do_nothing: It fades in a day, in a week, in a month, in a year, in a life, in one long slow life of rest.",
        '20:20: Found 24 words in "It fades in a day, in a week, in a month, in a year, in a life, in one long slow life of rest.". '
        "Expected 20 or fewer in a sentence. Make two sentences of it."),
    "a long paragraph": (
        "if_you_do_nothing: It fades.", "if_you_do_nothing: It fades. It may come back. Then it fades. It does no harm.",
        '20:63: Found 4 sentences in one paragraph ("It fades. …"). Expected 3 or fewer. Begin a new one at "It does no harm.".'),
    "a long list": (
        "    - Do not force it.\n", "".join(f"    - Do not force it on day {number}.\n" for number in range(1, 8)),
        '24:7: Found 7 items in a list. Expected 6 or fewer. Join or drop some, from "Do not force it" on.'),
    "a step that begins with no verb": (
        "- Sit down.", "- You should sit down.",
        '9:7: Found "You" at the start of a step ("You should sit down."). Expected a verb, such as Breathe or Write. '
        "Turn the sentence round. If it is a verb, add it to step_verbs in hooks/words/en-rules.yml."),
    "a number as a word": (
        "how_often: 2 times", "how_often: two times",
        '13:12: Found "two" in "two times a day.". Expected a numeral. Write it in digits: 2, 15, 1 in 7.'),
    "a share as words": (
        "says: One study found that it helps.", "says: It helped one in seven.",
        '29:22: Found "one in seven" in "It helped one in seven.". Expected a numeral. Write it in digits: 2, 15, 1 in 7.'),
    "per cent": (
        "says: One study found that it helps.", "says: It helped 14.3 % of them.",
        '29:22: Found "14.3 %" in "It helped 14.3 % of them.". Expected a natural number. Write how many of how many: 1 in 7, or 14 in 100.'),
    "a number as a word in a label": (
        "name: Slow breathing", "name: Two slow breaths",
        '1:7: Found "Two" in "Two slow breaths". Expected a numeral. Write it in digits: 2, 15, 1 in 7.'),
    "don't": (
        "- Do not force it.", "- Don't force it.",
        '18:7: Found "Don\'t" in "Don\'t force it.". Expected "do not". Write it out.'),
    "can't": (
        "We are not sure.", "We can't be sure.",
        '22:14: Found "can\'t" in "We can\'t be sure.". Expected "cannot". Write it out.'),
    "a medical word in brackets that the glossary lacks": (
        "says: You have a fit.", "says: You have a fit (convulsion).",
        '26:28: Found "(convulsion)", which the glossary does not explain. Expected a word of glossary.yml in brackets. '
        "Add it there if it is a medical word. If it is plain, write it without brackets."),
    "an abbreviation that nothing explains": (
        "We are not sure.", "No RCT was found.",
        '22:14: Found "RCT" in "No RCT was found.". Expected plain words first, and it in brackets. Say what it is, or add it to glossary.yml.'),
    "a hard word first": (
        "We are not sure.", "It may not suit coeliac disease.",
        '22:27: Found "coeliac disease" where the page first uses it ("It may not suit coeliac disease."). '
        "Expected plain words first, and it in brackets. Write it like this: an illness of the gut (coeliac disease)."),
    "a hard emergency card": (
        "says: You have a fit.", "says: Respiratory difficulty necessitates immediate medical evaluation.",
        '25:7: Found reading grade 35.9 on a card for emergency. Expected 5 or less. '
        'Use shorter words and sentences; begin with "Respiratory difficulty necessitates immediate medical evaluation."'),
}


def write(folder: Path, step: str) -> Reading:
    """Read a guide that is nothing but one step and a glossary."""
    (folder / "content" / "management").mkdir(parents=True)
    (folder / "content" / "management" / "slow-breathing.yml").write_text(step, encoding="utf-8")
    (folder / "content" / "red-flags").mkdir()
    (folder / "content" / "red-flags" / "fit.yml").write_text(FLAG, encoding="utf-8")
    (folder / "content" / "glossary.yml").write_text(GLOSSARY, encoding="utf-8")
    return Reading(read_draft(folder / "content")[0])


def test_plain_words_bring_no_problem(tmp_path: Path) -> None:
    assert check_language(write(tmp_path, STEP)) == []


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_named_with_its_place_and_a_repair(fault: str, tmp_path: Path) -> None:
    old, new, sentence = PLANTED[fault]
    assert STEP.count(old) == 1

    problems = [str(problem) for problem in check_language(write(tmp_path, STEP.replace(old, new)))]

    assert [problem for problem in problems if "whole file" not in problem] == [f"content/management/slow-breathing.yml:{sentence}"]


def test_a_list_of_warning_signs_may_be_longer(tmp_path: Path) -> None:
    signs = "".join(f"    - {{sign: fit, says: Sign {number} is new.}}\n" for number in range(8))

    assert check_language(write(tmp_path, STEP.replace("    - sign: fit\n      says: You have a fit.\n", signs))) == []


def test_a_medical_word_after_plain_ones_is_welcome(tmp_path: Path) -> None:
    step = STEP.replace("We are not sure.", "It may not suit an illness of the gut (CD). With coeliac disease, ask first.")

    assert check_language(write(tmp_path, step)) == []


HARD = "Physiological interventions demonstrate questionable therapeutic applicability."


def test_a_hard_page_is_named(tmp_path: Path) -> None:
    step = STEP.replace("We are not sure.", HARD).replace("It fades.", HARD).replace("You may feel calm.", HARD).replace("Stop if it hurts.", HARD)

    problems = [str(problem) for problem in check_language(write(tmp_path, step))]

    assert any(problem.startswith("content/management/slow-breathing.yml:1:1: Found reading grade ") and
               problem.endswith(f' for the whole file. Expected 7 or less. Use shorter words and sentences; begin with "{HARD}"') for problem in problems)


def test_a_hard_guide_is_named() -> None:
    reading = Reading(read_draft(CONTENT)[0])
    reading.pages["content/guide.yml"] = [Passage(sure(reading.draft.about).document, (), HARD, (1, 1))] * 2000

    problems = [str(problem) for problem in the_guide_is_easy(reading)]

    assert [problem.partition(" for the whole guide")[0].rpartition(" ")[0] + " " for problem in problems] == [
        "content/guide.yml:2:1: Found reading grade ", "content/guide.yml:2:1: Found SMOG grade "]
    assert [problem.partition("guide. ")[2] for problem in problems] == [
        "Expected 6 or less. Begin with the hardest pages.", "Expected 9 or less. Use fewer words of 3 syllables or more."]


@pytest.mark.parametrize("text, sentences", [
    ("Call now. Do not drive.", ["Call now.", "Do not drive."]),
    ("Does it hurt? Call!", ["Does it hurt?", "Call!"]),
    ("About 1.4 litres, e.g. water. 2 is too much.", ["About 1.4 litres, e.g. water.", "2 is too much."]),
    ('He said "stop." Then he left (at once). So did I.', ['He said "stop."', "Then he left (at once).", "So did I."]),
    ("A label", ["A label"]),
])
def test_sentences_are_told_apart(text: str, sentences: list[str]) -> None:
    assert Passage(Document("a.yml"), (), text, (1, 1)).sentences == sentences


@pytest.mark.parametrize("text, count", [("same-day visit", 2), ("3.5 mmol/L", 2), ("1,000 people", 2), ("don't", 1), ("one – two", 2), ("…", 0)])
def test_words_are_counted(text: str, count: int) -> None:
    assert len(words(text)) == count


# Counted by hand, with the Oxford way of saying them.
SYLLABLES = {
    1: "lip face call now twitch bite clench month scale breath months caused stopped lips once eyes times gets goes does speech changed hours health weeks",
    2: "muscle doctor swallow little sudden weakness number tingle older begin needed started table people seizure caffeine eyelid breathing quiet being doing "
       "slightly sometimes something helpful painful awake syndrome movement stiffness notice noticed pieces likely safety prescribed bruises quickly create minutes tired",
    3: "medicine calcium exercise area serious idea hospital everyday tiredness unlikely carefully prescriber prescription dizziness reaction nausea "
       "ambulance radio video anyone family pharmacist appointment alcohol vitamin energy anything nicotine gradual description typical unwanted government",
    4: "emergency magnesium potassium diarrhoea anxiety dystonia unusual experience evaluate influenza meditation specialist operation electrolyte neurologist",
    5: "involuntary electricity university antidepressant laboratory deficiency",
}
KNOWN = {word: count for count, row in SYLLABLES.items() for word in row.split()}


def test_syllables_come_out_right_in_95_of_100_words_and_never_far_off() -> None:
    wrong = {word: (syllables(word), count) for word, count in KNOWN.items() if syllables(word) != count}

    assert len(KNOWN) >= 100
    assert len(wrong) <= len(KNOWN) * 5 / 100, wrong
    assert all(abs(counted - count) == 1 for counted, count in wrong.values())
    assert abs(sum(syllables(word) for word in KNOWN) / sum(KNOWN.values()) - 1) < 0.01


def test_the_grades_are_those_of_the_formulas() -> None:
    """11 words, 2 sentences, 16 syllables, 1 word of three: worked out by hand."""
    measure = Measure(sentences=2, words=11, syllables=16, long_words=1)

    assert measure.grade == round(0.39 * 5.5 + 11.8 * 16 / 11 - 15.59, 1) == 3.7
    assert measure.smog == round(1.0430 * 15 ** 0.5 + 3.1291, 1) == 7.2


def test_a_text_is_measured(tmp_path: Path) -> None:
    reading = write(tmp_path, STEP)
    passage = Passage(Document("a.yml"), (), "Call the doctor now. Do not wait for the appointment to come round.", (1, 1))

    assert reading.measure([passage]) == Measure(sentences=2, words=13, syllables=16, long_words=1)


def test_words_of_the_glossary_lengthen_a_sentence_but_count_no_syllables(tmp_path: Path) -> None:
    reading = write(tmp_path, STEP)
    passage = Passage(Document("a.yml"), (), "You may have coeliac disease.", (1, 1))

    assert reading.measure([passage]) == Measure(sentences=1, words=5, exempt=2, syllables=3)


def test_the_interface_and_the_written_pages_are_read_too() -> None:
    reading = Reading(read_draft(CONTENT)[0])

    assert len(reading.pages["hooks/words/en.yml"]) > 20
    assert any("No clinician has reviewed it." in passage.text for passage in reading.pages["content/about.md"])


def test_every_file_of_the_guide_is_read_but_its_sources() -> None:
    reading = Reading(read_draft(CONTENT)[0])
    files = {f"content/{path.relative_to(CONTENT).as_posix()}" for path in CONTENT.rglob("*") if path.suffix in (".yml", ".md")}

    assert files - set(reading.pages) - {"content/changes.yml"} == {"content/sources.yml"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_guide_itself_meets_every_limit(rule: Callable[[Reading], Iterable[Problem]], read_once: Reading) -> None:
    assert [str(problem) for problem in rule(read_once)] == []


@pytest.fixture(scope="module", params=[CONTENT, HICCUPS], ids=["content", "hiccups"])
def read_once(request: pytest.FixtureRequest) -> Reading:
    return Reading(whole(request.param))


def test_a_difference_is_shown_page_by_page(tmp_path: Path) -> None:
    before, after = write(tmp_path / "a", STEP), write(tmp_path / "b", STEP.replace("We are not sure.", HARD))

    lines = compare(before, after).splitlines()

    assert lines[:2] == ["| Reading grade | before | after |", "|---|---|---|"]
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| management/slow-breathing.yml", "| the whole guide"]
    assert compare(before, before) == "No reading grade changed."


def test_the_command_prints_problems_or_grades(tmp_path: Path) -> None:
    def run(folder: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command("check", folder), cwd=ROOT, env=COMMANDS, capture_output=True, text=True)

    write(tmp_path, STEP.replace("how_often: 2 times", "how_often: two times"))
    bad, good = run(tmp_path / "content"), run(CONTENT)

    assert bad.returncode == 1
    assert 'slow-breathing.yml:13:12: Found "two"' in bad.stderr
    assert good.returncode == 0
    assert "  content/triggers/" in good.stdout
    assert "the whole guide (limit 6, a page 7)" in good.stdout
