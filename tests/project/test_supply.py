"""Nothing comes in unlocked, nothing unknown goes out, no workflow can do more than it must."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import licences
import pytest
import yaml
from builds import ROOT
from sure import sure

WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
LOCKED = re.compile(r"[a-z0-9._-]+(?:\[[a-z,]+\])?==[^ ;\\]+(?: ;[^\\]+)?(?: \\\n    --hash=sha256:[0-9a-f]{64})+")


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
def test_every_requirement_is_locked_by_hash(name: str) -> None:
    text = (ROOT / name).read_text()

    assert re.sub(LOCKED, "", text).strip() == ""
    assert "://" not in text


def test_every_dependency_is_among_the_locked_ones() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    def locked(name: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9._-]+)", (ROOT / name).read_text(), re.MULTILINE))

    def names(lines: list[str]) -> set[str]:
        return {sure(re.match(r"[A-Za-z0-9._-]+", line))[0].lower() for line in lines}

    assert names(project["project"]["dependencies"]) <= locked("requirements.txt")
    assert names(project["dependency-groups"]["test"]) <= locked("requirements-test.txt")


def test_every_install_asks_for_the_locked_hashes() -> None:
    commands = [line for file in [ROOT / "Makefile", *WORKFLOWS] for line in file.read_text().splitlines()]

    assert [line for line in commands if re.search(r"pip install", line) and "--require-hashes" not in line] == []
    assert [line for line in commands if re.search(r"\bnpm (?:install|i|ci)\b", line) and not re.search(r"npm ci .*--ignore-scripts", line)] == []
    packages = json.loads((ROOT / "tests" / "package-lock.json").read_text())["packages"]
    assert all(package["integrity"].startswith("sha512-") for name, package in packages.items() if name)


PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*")


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_pinned_by_commit_with_its_version_beside_it(workflow: Path) -> None:
    used = re.findall(r"uses: (.+)", workflow.read_text())

    assert [line for line in used if not PINNED.fullmatch(line)] == []


@pytest.mark.parametrize("line", ["actions/checkout@v4", "actions/checkout@main # v4", "actions/checkout@11bd719 # v4.2.2", "actions/checkout@11bd71901bbe5b1630ceea73d27597364c9af683"])
def test_a_planted_action_is_not_taken_for_pinned(line: str) -> None:
    assert not PINNED.fullmatch(line)


def zizmor(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).parent / "zizmor"
    return subprocess.run([program, "--offline", "--no-progress", str(folder)], capture_output=True, text=True, timeout=60)


def test_the_workflows_pass_zizmor() -> None:
    run = zizmor(ROOT / ".github")

    assert run.returncode == 0, run.stdout + run.stderr
    assert all(workflow.name in run.stderr for workflow in WORKFLOWS)


PLANTED = {
    "dangerous-triggers": ("pull_request:", "pull_request_target:"),
    "artipacked": ("          persist-credentials: false\n", "          fetch-depth: 1\n"),
    "unpinned-uses": ("@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1", "@v7"),
    "excessive-permissions": ("permissions:\n  contents: read\n", ""),
    "template-injection": ("bash .ci/run", "bash .ci/run ${{ github.event.pull_request.title }}"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_zizmor_finds_a_planted_fault(tmp_path: Path, fault: str) -> None:
    old, new = PLANTED[fault]
    text = (ROOT / ".github" / "workflows" / "check.yml").read_text()
    assert old in text
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "check.yml").write_text(text.replace(old, new))

    run = zizmor(tmp_path)

    assert run.returncode != 0
    assert fault in run.stdout


def test_a_pull_request_needs_no_secret_and_may_only_read() -> None:
    for workflow in WORKFLOWS:
        text, steps = workflow.read_text(), yaml.load(workflow.read_text(), yaml.BaseLoader)
        if "pull_request" in steps["on"]:
            assert "secrets." not in text
            for permissions in [steps["permissions"], *(job.get("permissions", {}) for job in steps["jobs"].values())]:
                assert set(permissions.values()) <= {"read", "none"}, workflow.name


def test_what_is_published_is_signed_by_a_job_that_runs_nothing_of_ours() -> None:
    jobs = yaml.safe_load((ROOT / ".github" / "workflows" / "publish.yml").read_text())["jobs"]

    assert jobs["attest"]["permissions"] == {"id-token": "write", "attestations": "write"}
    assert any("actions/attest-build-provenance@" in step.get("uses", "") for step in jobs["attest"]["steps"])
    assert not any("checkout" in step.get("uses", "") or "make" in step.get("run", "") for step in jobs["attest"]["steps"])
    assert "attest" in jobs["deploy"]["needs"]
    assert set(jobs["build"]["permissions"].values()) == {"read"}


def test_everything_shipped_has_a_known_licence_and_none_is_the_gpl(site: Path) -> None:
    shipped = {**{what: licence for what, (licence, _) in licences.of_site(site).items()}, **dict(licences.of_packages())}

    assert {what: licence for what, licence in shipped.items() if licences.forbidden(licence)} == {}
    assert {"mkdocs-material", "MiniSearch", "drawings"} <= set(shipped)


@pytest.mark.parametrize("licence", ["GPL-3.0-only", "LGPL-3.0-or-later", "GNU Affero General Public License v3", licences.UNKNOWN])
def test_a_planted_licence_is_refused(licence: str) -> None:
    assert licences.forbidden(licence)
    assert not licences.forbidden(f"{licence} OR MIT") or licence == licences.UNKNOWN


def test_a_planted_file_of_nobody_is_refused(tmp_path: Path) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "tracker.wasm").write_bytes(b"\0asm")

    assert licences.of_site(tmp_path) == {"assets/tracker.wasm": (licences.UNKNOWN, 1)}


def test_the_command_lists_the_licences(site: Path) -> None:
    run = subprocess.run([sys.executable, "tests/licences.py", str(site)], cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert run.returncode == 0, run.stdout
    assert re.search(r"mkdocs-material +MIT", run.stdout)


def test_security_says_what_is_promised_and_how_to_report() -> None:
    text = (ROOT / ".github" / "SECURITY.md").read_text()

    assert "Report a vulnerability" in text
    assert not re.search(r"[\w.]+@[\w-]+\.\w+", text), "no address is invented"
    for command in re.findall(r"`make ([a-z]+)`", text):
        assert f"\n{command}:" in (ROOT / "Makefile").read_text()
