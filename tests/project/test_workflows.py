"""What GitHub runs: the site is built apart from the tests, each job may do only what it must, and two linters agree."""

import ast
import functools
import importlib.metadata
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from builds import ROOT

FOLDER = ROOT / ".github" / "workflows"
WORKFLOWS: dict[str, Any] = {path.stem: yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader) for path in sorted(FOLDER.glob("*.yml"))}
JOBS: dict[str, Any] = {f"{workflow} {name}": job for workflow, read in WORKFLOWS.items() for name, job in read["jobs"].items()}
PUBLISH: dict[str, Any] = WORKFLOWS["publish"]["jobs"]


def using(job: Any, action: str) -> list[dict[str, str]]:
    """Return what each step of a job gives to an action."""
    return [step.get("with", {}) for step in job["steps"] if step.get("uses", "").startswith(f"actions/{action}@")]


def scripts(job: Any) -> list[str]:
    return [step["run"] for step in job["steps"] if "run" in step]


# The published site

def test_the_published_site_is_built_where_no_test_and_no_package_of_a_test_has_run() -> None:
    assert {name: job.get("needs") for name, job in PUBLISH.items()} == {"test": None, "build": "test", "attest": "build", "deploy": "attest"}
    assert scripts(PUBLISH["test"]) == ["bash .ci/run"]
    assert [script for script in scripts(PUBLISH["build"]) if re.search(r"make|\.ci|pip|npm", script)] == ["make site"]
    assert [name for name, job in PUBLISH.items() if using(job, "upload-pages-artifact")] == ["build"]


def test_a_fresh_machine_needs_only_the_requirements_of_the_build(tmp_path: Path) -> None:
    for name in ("Makefile", "requirements.txt", "requirements-test.txt"):
        shutil.copy(ROOT / name, tmp_path)
    planned = subprocess.run(["make", "--dry-run", "site"], cwd=tmp_path, capture_output=True, text=True, check=True).stdout

    assert re.findall(r"install .*-r (\S+)", planned) == ["requirements.txt"]
    assert not re.search(r"\bnpm\b|playwright|requirements-test", planned)


def foreign(source: str) -> set[str]:
    """Return the packages that a file imports from neither Python nor this project, by the names they are installed under."""
    nodes = list(ast.walk(ast.parse(source)))
    modules = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    modules |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}
    return {package.lower().replace("_", "-") for module in modules for package in installed().get(module.split(".")[0], [])}


@functools.cache
def installed() -> Mapping[str, list[str]]:
    """Return the packages on this machine by the modules that they bring; to ask for them takes seconds."""
    return importlib.metadata.packages_distributions()


def beyond(source: str) -> set[str]:
    """Return the packages that a file imports though the build does not install them."""
    return foreign(source) - set(re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE))


def test_the_engine_imports_nothing_that_only_the_tests_install() -> None:
    sources = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "hooks").rglob("*.py"))]

    assert "pydantic" in set().union(*map(foreign, sources))
    assert set().union(*map(beyond, sources)) == set()
    assert beyond("from playwright.sync_api import Page\nimport yaml, json") == {"playwright"}


def test_of_the_job_of_the_tests_only_the_checklists_proof_reaches_the_build_and_outside_its_folder() -> None:
    """A page that is kept from an earlier build lies in .cache too: nothing of another job may land there."""
    (sent,), (fetched,) = using(PUBLISH["test"], "upload-artifact"), using(PUBLISH["build"], "download-artifact")
    site = next(step for step in PUBLISH["build"]["steps"] if step.get("run") == "make site")

    assert sent["path"] == ".cache/checklist-proof.json" and sent["if-no-files-found"] == "error"
    assert sent["include-hidden-files"] == "true", "the folder's own name begins with a dot"
    assert fetched == {"name": sent["name"], "path": "${{ runner.temp }}/proof"}
    assert site["env"]["CHECKLIST_PROOF"] == "${{ runner.temp }}/proof/checklist-proof.json"


def test_no_name_in_the_site_begins_with_a_dot(site: Path) -> None:
    """The action that hands the site to GitHub Pages leaves such files out."""
    assert [path for path in site.rglob("*") if path.name.startswith(".")] == []


@pytest.mark.parametrize(("says", "address"), [
    ("https://owner.github.io/guide/", "https://owner.github.io/guide/"), ("https://guide.example", "https://guide.example/"), (None, None)])
def test_the_build_asks_github_where_the_site_will_stand_and_ends_without_an_answer(tmp_path: Path, says: str | None, address: str | None) -> None:
    asks = next(step for step in PUBLISH["build"]["steps"] if step.get("id") == "pages")
    program, output = tmp_path / "gh", tmp_path / "output"
    program.write_text(f'#!/bin/sh\n[ "$*" = "api repos/owner/guide/pages --jq .html_url" ] && {f"echo {says}" if says else "exit 1"}\n')
    program.chmod(0o755)
    run = subprocess.run(["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", asks["run"]], capture_output=True, text=True, env={
        **os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "GITHUB_REPOSITORY": "owner/guide", "GITHUB_OUTPUT": str(output)})

    assert (run.returncode == 0) == bool(says)
    assert (output.read_text() if output.exists() else None) == (address and f"address={address}\n")
    site = next(step for step in PUBLISH["build"]["steps"] if step.get("run") == "make site")
    assert site["env"]["SITE_ADDRESS"] == "${{ steps.pages.outputs.address }}"
    assert "GH_TOKEN" in asks["env"] and "GH_TOKEN" not in site["env"]


# What a job may do

MAY_WRITE = {
    "publish attest": {"id-token": "write", "attestations": "write"},
    "publish deploy": {"pages": "write", "id-token": "write"},
    "review overdue": {"contents": "read", "issues": "write"},
}


@pytest.mark.parametrize("name", JOBS)
def test_a_job_may_read_and_a_few_may_write_what_they_must(name: str) -> None:
    job, workflow = JOBS[name], WORKFLOWS[name.split()[0]]
    permissions = job.get("permissions", workflow["permissions"])

    assert permissions == MAY_WRITE.get(name, permissions)
    assert name in MAY_WRITE or set(permissions.values()) == {"read"}
    assert job["name"] and int(job["timeout-minutes"]) <= 30
    assert "secrets." not in str(job)
    assert all(given["persist-credentials"] == "false" for given in using(job, "checkout"))


@pytest.mark.parametrize("name", WORKFLOWS)
def test_a_workflow_gives_nothing_by_default_and_runs_once_at_a_time(name: str) -> None:
    workflow = WORKFLOWS[name]

    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert set(workflow["concurrency"]) == {"group", "cancel-in-progress"}
    assert "pull_request_target" not in workflow["on"] and "workflow_run" not in workflow["on"]


# The actions

# What each action says at this very commit that it runs on, or calls in its turn: read in its own action.yml. Read it again when you move one:
# the linters believe the version that stands beside the commit, and do not look inside an action.
READ = {
    "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1": "node24",
    "actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97 # v7.0.0": "node24",
    "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0": "node24",
    "actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1": "node24",
    "actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0": "node24",
    "actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0": "actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f",
    "actions/attest-build-provenance@a2bbfa25375fe432b6a289bc6b6cd05ecd0c4c32 # v4.1.0": "actions/attest@59d89421af93a897026c735860bf21b6eb4f7b26",
}


def test_every_action_was_read_at_its_commit_and_pins_what_it_calls() -> None:
    used = {line for file in FOLDER.glob("*.yml") for line in re.findall(r"uses: (.+)", file.read_text(encoding="utf-8"))}

    assert used == set(READ)
    assert [runs for runs in READ.values() if not re.fullmatch(r"node24|[\w/-]+@[0-9a-f]{40}", runs)] == []


# Two linters, at their strictest

STRICTEST = {
    "zizmor": ["--offline", "--no-progress", "--persona=auditor"],
    "jactionlint": ["--profile=pedantic", "--strict-exit", "--shellcheck=", "--no-color"],  # shellcheck is under the GPL
}


def lint(program: str, files: list[Path]) -> subprocess.CompletedProcess[str]:
    words = [str(Path(sys.executable).parent / program), *STRICTEST[program], *map(str, files)]
    return subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("program", STRICTEST)
def test_the_workflows_pass_the_strictest_linting(program: str) -> None:
    run = lint(program, sorted(FOLDER.glob("*.yml")))

    assert run.returncode == 0, run.stdout + run.stderr


UPLOAD, CHECKOUT = "upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0", "checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"
PLANTED = {
    "an action for a Node.js that GitHub dropped": ("jactionlint", "deprecated-node-runtime", UPLOAD, "upload-artifact@ea165f8d65b6e75b540449e92b4886f43607fa02 # v4.6.2"),
    "an input that the action does not know": ("jactionlint", "action-input", "include-hidden-files:", "hidden-files:"),
    "a job that does not exist": ("jactionlint", "job-needs", "needs: build", "needs: biuld"),
    "an output that no step gives": ("jactionlint", "undefined-property", "steps.pages.outputs", "steps.page.outputs"),
    "an action by its tag": ("zizmor", "unpinned-uses", CHECKOUT, "checkout@v7"),
    "a token left in the folder": ("zizmor", "artipacked", "          persist-credentials: false\n", "          fetch-depth: 1\n"),
    "a permission without its reason": ("zizmor", "undocumented-permissions", "pages: write # to put the site in its place", "pages: write"),
    "power for every job": ("zizmor", "excessive-permissions", "permissions: {}", "permissions: write-all"),
    "an expression inside a script": ("zizmor", "template-injection", "bash .ci/run", "bash .ci/run ${{ github.event.head_commit.message }}"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(tmp_path: Path, fault: str) -> None:
    program, rule, old, new = PLANTED[fault]
    text, file = (FOLDER / "publish.yml").read_text(encoding="utf-8"), tmp_path / ".github" / "workflows" / "publish.yml"
    assert old in text
    file.parent.mkdir(parents=True)
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    run = lint(program, [file])

    assert run.returncode != 0
    assert rule in run.stdout, run.stdout
