"""What people are given to fill is valid, explained, and never published by mistake."""

import re
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from builds import COMMANDS, HICCUPS, ROOT, build, command
from guide.checker import check
from guide.document import Document
from guide.model.entries import Entry
from guide.model.kinds import FOLDERS
from guide.reader import read_draft
from guide.samples import ID, KINDS, WORDS, sample
from guide.schemas import schemas
from guide.yaml_reader import load_text
from sure import sure

FOLDER = {kind: model.kind for kind, model in KINDS.items() if issubclass(model, Entry) and model in FOLDERS.values()}
IN_FOLDERS = list(FOLDER)
LEFT = "which the sample left for you"


def read(text: str) -> Any:
    document = Document("sample.yml")
    assert load_text(text.encode(), document) == []
    return document.data


def taken_in(text: str) -> str:
    """Take in every key that may be left out; who names a reviewer says that it is reviewed."""
    def uncommented(found: re.Match[str]) -> str:
        return found[1] + re.sub(r"^( *)# ", r"\1", found[2], flags=re.MULTILINE)

    return re.sub(r"(# May be left out\..*\n)(( *)# \w+:.*\n(?:\3#  .*\n)*)", uncommented, text).replace("status: not-yet-reviewed", "status: reviewed")


@pytest.mark.parametrize("kind", IN_FOLDERS)
def test_a_sample_is_valid_with_and_without_what_may_be_left_out(kind: str) -> None:
    assert KINDS[kind].model_validate(read(sample(kind)))
    assert KINDS[kind].model_validate(read(taken_in(sample(kind))))


@pytest.mark.parametrize("kind", IN_FOLDERS)
def test_a_sample_obeys_the_schema_that_its_first_line_names(kind: str, guide: Path) -> None:
    text = sample(kind)
    name = sure(re.match(r"# yaml-language-server: \$schema=\.\./schema/(\S+)\n", text))[1]

    assert list(jsonschema.Draft202012Validator(yaml.safe_load(schemas()[name])).iter_errors(yaml.load(text, yaml.BaseLoader))) == []


def test_the_samples_of_a_source_and_a_term_are_valid() -> None:
    for kind in ("source", "term"):
        assert KINDS[kind].model_validate(read(sample(kind))[ID])


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_stands_in_the_sample_below_its_explanation(kind: str) -> None:
    lines = sample(kind).splitlines()
    for name, info in KINDS[kind].model_fields.items():
        place = next(number for number, line in enumerate(lines) if re.match(rf"\s*(?:- |# )*{info.alias or name}:", line))
        explanation = lines[place - 1].strip()
        assert explanation.startswith("# "), name
        assert info.description is None or info.description in explanation, name


@pytest.mark.parametrize("kind", IN_FOLDERS)
def test_the_check_points_at_every_mark_that_is_left(kind: str, guide: Path) -> None:
    file = guide / FOLDER[kind] / "new-one.yml"
    file.write_text(sample(kind), encoding="utf-8")
    marks = [(number, line.index(mark) + 1) for number, line in enumerate(sample(kind).splitlines(), 1) if not line.strip().startswith("#")
             for mark in (WORDS, ID, "2000-01-01", "2001-01-01") if mark in line]

    found = [(problem.line, problem.column) for problem in check(guide)[1] if LEFT in problem.found]

    assert found == marks


def test_the_name_that_the_site_suggests_is_a_mark_too(guide: Path) -> None:
    (guide / "triggers" / f"{ID}.yml").write_text((guide / "triggers" / "strong-feelings.yml").read_text().replace("Strong feelings", "Another"))

    assert (f'content/triggers/{ID}.yml:1:1: Found the file name "{ID}.yml", which the sample left for you. Expected its own name. '
            "Name it as its address shall read: deep-breathing.yml.") in map(str, check(guide)[1])


def test_a_source_or_a_word_without_an_id_of_its_own_is_named(guide: Path) -> None:
    for name, kind in {"sources": "source", "glossary": "term"}.items():
        with (guide / f"{name}.yml").open("a") as file:
            file.write(sample(kind))

    found = [str(problem) for problem in check(guide)[1]]

    assert sum(f'Found "{ID}", {LEFT}' in sentence for sentence in found) >= 2


def filled(kind: str, guide: Path) -> str:
    """Fill a sample as a person would: words, ids that are there, days."""
    whole = read_draft(guide)[0]
    linked = next(id_ for id_, source in whole.sources.items() if source.link)
    text = sample(kind).replace(f"sources: [{ID}]", f"sources: [{linked}]")
    for other in FOLDERS:
        text = text.replace(f"\n{other.replace('-', '_')}: [{ID}]", f"\n{other.replace('-', '_')}: [{next(iter(whole.entries[other]))}]")
    text = text.replace(f"- sign: {ID}", f"- sign: {next(iter(whole.entries['red-flags']))}")
    text = text.replace(f"name: {WORDS}", f"name: A new {kind}").replace(f"do_not:\n  - {WORDS}", "do_not:\n  - Do not stop it by yourself.")
    text = text.replace(f"how_soon: {WORDS}", "how_soon: Now.")
    return text.replace(WORDS, "Take a short walk.").replace("2000-01-01", "2026-11-22").replace("2001-01-01", "2027-11-22")


def test_a_filled_sample_of_each_kind_passes_the_check_and_is_built(guide: Path, tmp_path: Path) -> None:
    for kind in IN_FOLDERS:
        (guide / FOLDER[kind] / f"new-{kind}.yml").write_text(filled(kind, guide), encoding="utf-8")
    trigger = guide / "triggers" / "new-trigger.yml"
    text = re.sub(r"management: \[", "management: [new-management, ", trigger.read_text())
    trigger.write_text(text.replace("# medicines: [write-here]", "medicines: [new-medicine]"), encoding="utf-8")
    condition = guide / "conditions" / "new-condition.yml"
    condition.write_text(condition.read_text().replace("red_flags: [", "red_flags: [new-red-flag, "), encoding="utf-8")

    assert [str(problem) for problem in check(guide)[1]] == []
    assert build(guide, tmp_path / "site").returncode == 0
    assert "A new trigger" in (tmp_path / "site" / "triggers" / "new-trigger" / "index.html").read_text()


def make_new(guide: Path, kind: str, id_: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command("new", guide, kind, id_, HICCUPS), env=COMMANDS,
                          cwd=guide.parent, capture_output=True, text=True)


@pytest.mark.parametrize("kind", IN_FOLDERS)
def test_make_new_writes_a_file_that_its_editor_knows(kind: str, guide: Path) -> None:
    result = make_new(guide, kind, "chewing-gum")

    file = guide / FOLDER[kind] / "chewing-gum.yml"
    assert result.returncode == 0 and str(file) in result.stdout and "make check" in result.stdout
    schema = (file.parent / sure(re.match(r".*\$schema=(\S+)", file.read_text()))[1]).resolve()
    assert schema == ROOT / "content" / "schema" / f"{FOLDER[kind]}.json"


@pytest.mark.parametrize(("kind", "name"), [("source", "sources"), ("term", "glossary")])
def test_make_new_adds_a_source_or_a_word_to_its_file(kind: str, name: str, guide: Path) -> None:
    before = yaml.safe_load((guide / f"{name}.yml").read_text())

    result = make_new(guide, kind, "chewing-gum")

    assert result.returncode == 0, result.stderr
    after = yaml.safe_load((guide / f"{name}.yml").read_text())
    assert {id_: after[id_] for id_ in before} == before and set(after) - set(before) == {"chewing-gum"}


@pytest.mark.parametrize(("kind", "id_", "sentence"), [
    ("trigers", "x", 'Found KIND=trigers. Expected one of "red-flag", "trigger", "condition", "medicine", "management", "source", "term", "guide". '
                     'Did you mean "trigger"?\n'),
    ("", "", 'Found KIND=nothing. Expected one of "red-flag", "trigger", "condition", "medicine", "management", "source", "term", "guide". '
             "Write it like this: make new KIND=trigger ID=chewing-gum\n"),
    ("trigger", "Chewing Gum", 'Found ID=Chewing Gum. Expected an id of small letters, digits and single hyphens. Did you mean "chewing-gum"?\n'),
    ("trigger", "", "Found ID=nothing. Expected an id of small letters, digits and single hyphens. Write it like this: ID=chewing-gum\n"),
    ("trigger", "../../x", 'Found ID=../../x. Expected an id of small letters, digits and single hyphens. Did you mean "x"?\n'),
    ("trigger", "strong-feelings", "strong-feelings.yml already there. Expected a new id. Open that file, or choose another ID.\n"),
    ("source", "hse-112", 'Expected a new id. Use the one that is there, or choose another ID.\n'),
])
def test_make_new_refuses_what_it_cannot_do_and_writes_nothing(kind: str, id_: str, sentence: str, guide: Path) -> None:
    before = {path: path.read_bytes() for path in guide.rglob("*.yml")}

    result = make_new(guide, kind, id_)

    assert result.returncode == 1
    assert result.stderr.endswith(sentence)
    assert {path: path.read_bytes() for path in guide.rglob("*.yml")} == before


def test_a_new_guide_is_whole_and_is_written_once(guide: Path) -> None:
    first, second = make_new(guide, "guide", "sneezing"), make_new(guide, "guide", "sneezing")

    folder = guide.parent / "guides" / "sneezing"
    assert first.returncode == 0 and "make serve GUIDE=guides/sneezing" in first.stdout
    assert check(folder)[1] == []
    for file in folder.rglob("*.yml"):
        assert (file.parent / sure(re.match(r".*\$schema=(\S+)", file.read_text()))[1]).resolve().parent == ROOT / "content" / "schema"
    assert second.returncode == 1 and second.stderr == "Found guides/sneezing already there. Expected a new id. Go on in that folder, or choose another ID.\n"
