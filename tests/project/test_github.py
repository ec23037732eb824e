"""Forms, workflows and editor settings say what GitHub and VS Code can read, and what the model says."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
import yaml
from builds import CONTENT, HICCUPS, ROOT
from guide.model.field_types import Certainty
from guide.model.files import Source
from guide.schemas import schemas

GITHUB = ROOT / ".github"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
FORMS = sorted((GITHUB / "ISSUE_TEMPLATE").glob("[0-9]*.yml"))


def valid(schema: str, *files: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", *map(str, files)], capture_output=True, text=True)


@pytest.mark.parametrize(("schema", "files"), [
    ("github-workflows", WORKFLOWS), ("github-issue-forms", FORMS), ("github-issue-config", [GITHUB / "ISSUE_TEMPLATE" / "config.yml"])])
def test_workflows_and_forms_are_valid(schema: str, files: list[Path]) -> None:
    result = valid(schema, *files)

    assert files and result.returncode == 0, result.stdout + result.stderr


def test_a_broken_form_or_workflow_would_be_seen(tmp_path: Path) -> None:
    form, workflow = tmp_path / "form.yml", tmp_path / "workflow.yml"
    form.write_text(FORMS[0].read_text().replace("type: textarea", "type: textbox", 1))
    workflow.write_text(WORKFLOWS[0].read_text().replace("runs-on:", "run-on:", 1))

    assert valid("github-issue-forms", form).returncode == 1
    assert valid("github-workflows", workflow).returncode == 1


def test_there_is_a_form_for_each_reason_to_write() -> None:
    names = [yaml.safe_load(form.read_text())["name"] for form in FORMS]

    assert names == ["This is wrong", "This is unclear", "New evidence", "Code problem"]


def test_the_form_for_evidence_speaks_the_models_words() -> None:
    body = {part.get("id"): part for part in yaml.safe_load((GITHUB / "ISSUE_TEMPLATE" / "3-evidence.yml").read_text())["body"]}

    assert body["kind"]["attributes"]["options"] == list(get_args(Source.model_fields["kind"].annotation))
    assert body["certainty"]["attributes"]["options"] == list(get_args(get_args(Certainty)[0]))


def test_the_form_of_a_pull_request_asks_for_source_certainty_and_reviewer() -> None:
    headings = re.findall(r"^## (.*)$", (GITHUB / "PULL_REQUEST_TEMPLATE.md").read_text(), re.MULTILINE)

    assert {"Source", "Certainty", "Reviewer"} <= set(headings)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_commit_and_names_its_version(workflow: Path) -> None:
    for line in re.findall(r"uses: .*", workflow.read_text()):
        assert re.fullmatch(r"uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line


def test_the_check_of_a_pull_request_needs_no_secret_and_publishes_nothing() -> None:
    text = (GITHUB / "workflows" / "check.yml").read_text()
    workflow = yaml.safe_load(text)

    assert list(workflow[True]) == ["pull_request"]  # YAML 1.1 reads the key "on" as true
    assert workflow["permissions"] == {"contents": "read"}
    assert "secrets." not in text and "pages" not in text.replace("What this changes", "")
    assert [name for name, job in workflow["jobs"].items() if "permissions" in job or "environment" in job] == []


def as_pattern(glob: str) -> re.Pattern[str]:
    parts = re.split(r"(\*\*/|\*)", glob)
    return re.compile("".join({"**/": "(?:.*/)?", "*": "[^/]*"}.get(part, re.escape(part)) for part in parts))


SETTINGS = json.loads((ROOT / ".vscode" / "settings.json").read_text())["yaml.schemas"]


def test_vs_code_knows_every_schema() -> None:
    assert sorted(SETTINGS) == sorted(f"./content/schema/{name}" for name in schemas())
    assert all((ROOT / schema).is_file() for schema in SETTINGS)
    assert "redhat.vscode-yaml" in json.loads((ROOT / ".vscode" / "extensions.json").read_text())["recommendations"]


@pytest.mark.parametrize("path", [path for guide in (CONTENT, HICCUPS) for path in sorted(guide.rglob("*.yml"))], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_vs_code_gives_every_file_one_schema_that_it_obeys(path: Path) -> None:
    matching = [schema for schema, glob in SETTINGS.items() if as_pattern(glob).fullmatch(path.relative_to(ROOT).as_posix())]

    assert len(matching) == 1
    schema = json.loads((ROOT / matching[0]).read_text())
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(as_json(path))) == []


def as_json(path: Path) -> Any:
    """Read a file as an editor does: days are text."""
    return json.loads(json.dumps(yaml.safe_load(path.read_text(encoding="utf-8")), default=str))


def test_every_key_has_words_that_an_editor_can_show() -> None:
    """Completion and hover help come from the descriptions in the schema."""
    silent = []
    for name, text in schemas().items():
        schema = json.loads(text)
        for part, model in {"": schema, **schema.get("$defs", {})}.items():
            for key, field in model.get("properties", {}).items():
                shown = {**field, **({} if "$ref" not in str(field) else {"description": "of the part"})}
                if "description" not in shown:
                    silent.append(f"{name} {part} {key}")
        assert all("description" in model for model in schema.get("$defs", {}).values()), name

    assert silent == []
