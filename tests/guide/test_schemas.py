"""Editors and the build follow one law: the schemas are written from the model, and the content obeys them."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml
from builds import CONTENT, HICCUPS, ROOT
from guide.model.kinds import FILES, FOLDERS
from guide.schemas import schemas

FILES_OF_A_GUIDE = [path for guide in (CONTENT, HICCUPS) for path in sorted(guide.rglob("*.yml"))]


@pytest.mark.parametrize("name", [f"{kind}.json" for kind in (*FILES, *FOLDERS)])
def test_the_exported_schema_is_in_step_with_the_model(name: str) -> None:
    assert (CONTENT / "schema" / name).read_text(encoding="utf-8") == schemas()[name], "run: make schema"


def test_no_schema_is_left_over() -> None:
    assert {path.name for path in (CONTENT / "schema").iterdir()} == set(schemas())


@pytest.mark.parametrize("path", FILES_OF_A_GUIDE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_opens_with_its_schema_and_obeys_it(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# yaml-language-server: $schema=")
    schema = json.loads((path.parent / first.partition("=")[2]).read_text(encoding="utf-8"))
    text = yaml.load(path.read_text(encoding="utf-8"), Loader=_AsEditorsRead)

    problems = [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(text)]

    assert problems == []


def test_a_wrong_file_fails_its_schema() -> None:
    schema = json.loads(schemas()["triggers.json"])

    assert list(jsonschema.Draft202012Validator(schema).iter_errors({"name": "x", "anwser": "y"}))


class _AsEditorsRead(yaml.SafeLoader):
    """Dates are text to a JSON Schema."""


_AsEditorsRead.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}
