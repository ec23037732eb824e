"""The last good site survives whatever happens to the next build, and so does everything else that stands there.

What may be replaced is tried in test_target.py, with a builder that takes no time; here everything is real.
"""

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from builds import ROOT, SMALL, clone, files_below
from output import atomic_swap, manifest
from sure import sure

States = dict[str, tuple[Path, dict[str, bytes]]]  # "old" and "new" → a guide, and each file of its site
SWAP = [sys.executable, "-m", "commands.site"]


def start(guide: Path, site: Path, *before: str, **options: Any) -> subprocess.Popen[str]:
    """Start what `make site` starts, as a group of processes of its own."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks"), "GUIDE": str(guide), "NO_MKDOCS_2_WARNING": "1", "SOURCE_DATE_EPOCH": "1790000000"}
    return subprocess.Popen([*before, *SWAP, str(site)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, **options)


def finish(guide: Path, site: Path, *before: str, **options: Any) -> tuple[int, str]:
    process = start(guide, site, *before, **options)
    _, said = process.communicate(timeout=120)
    return process.returncode, said


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> States:
    """Two versions of one guide, each with every file of its site."""
    folder, states = tmp_path_factory.mktemp("states"), {}
    for name in ("old", "new"):
        guide = shutil.copytree(SMALL, folder / name / "content")
        (guide / "about.md").write_text(f"{(guide / 'about.md').read_text()}\nThis is the {name} one.\n")
        assert finish(guide, folder / name / "site")[0] == 0
        states[name] = guide, files_below(folder / name / "site")
    return states


@pytest.fixture
def site(states: States, tmp_path: Path) -> Path:
    """The old site, where it has always stood."""
    assert finish(states["old"][0], tmp_path / "place" / "site")[0] == 0
    assert files_below(tmp_path / "place" / "site") == states["old"][1]
    return tmp_path / "place" / "site"


def stands(site: Path, states: States) -> str:
    """Return which of the two sites stands there whole, or that none does."""
    found = files_below(site)
    return next((name for name, (_, files) in states.items() if files == found), "none")


def test_a_new_site_takes_the_place_of_the_old_one_and_leaves_nothing_beside_it(site: Path, states: States) -> None:
    status, said = finish(states["new"][0], site)

    assert (status, stands(site, states)) == (0, "new"), said
    assert [path.name for path in site.parent.iterdir()] == ["site"]
    assert site.stat().st_mode & 0o555 == 0o555, "a web server must be able to read it"


def test_a_content_error_leaves_the_old_site(site: Path, states: States, guide: Path) -> None:
    (guide / "guide.yml").write_text((guide / "guide.yml").read_text().replace("answer:", "anwser:", 1))

    status, said = finish(guide, site)

    assert (status, stands(site, states)) == (1, "old")
    assert "content/guide.yml:7:1: Found the unknown key" in said
    assert f"The last good site still stands in {site}." in said
    assert [path.name for path in site.parent.iterdir()] == ["site"]


MOMENTS = 10


def test_a_build_killed_at_any_moment_leaves_a_whole_site(site: Path, states: States) -> None:
    begin = time.monotonic()
    assert finish(states["new"][0], site)[0] == 0
    whole = time.monotonic() - begin
    found = []

    for moment in range(MOMENTS):
        goal = ("old", "new")[moment % 2]
        process = start(states[goal][0], site)
        time.sleep(whole * 1.1 * (moment + 1) / MOMENTS)
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        found.append(stands(site, states))

    assert set(found) <= {"old", "new"}, found
    assert finish(states["old"][0], site)[0] == 0
    assert [path.name for path in site.parent.iterdir()] == ["site"], "what a killed build left is cleared away by the next"


def test_a_swap_in_two_steps_would_be_caught(site: Path, states: States) -> None:
    """The planted fault: what the Makefile once did, killed between its steps."""
    process = subprocess.Popen(["sh", "-c", f"rm -rf {site}; echo gone; sleep 60; mv {site}.new {site}"], stdout=subprocess.PIPE, start_new_session=True)
    sure(process.stdout).readline()
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()

    assert stands(site, states) == "none"


def test_where_a_system_swaps_in_two_steps_a_kill_between_them_is_mended_by_the_next_build(site: Path, states: States, guide: Path) -> None:
    left = site.parent / f".{site.name}.kill_12d"
    left.mkdir()
    (left / atomic_swap.MARK).write_text(atomic_swap.SAYS)
    site.rename(left / "old")
    (guide / "guide.yml").write_text("nothing: good\n")

    status, _ = finish(guide, site)

    assert (status, stands(site, states)) == (1, "old")


def test_two_builds_at_once_leave_one_whole_site_and_a_reader_always_finds_one(site: Path, states: States) -> None:
    builds = [start(states[name][0], site) for name in ("old", "new", "old")]
    looks = []
    while any(build.poll() is None for build in builds):
        looks.append((site / "about" / "index.html").read_bytes() in [files["about/index.html"] for _, files in states.values()])
        time.sleep(0.005)

    assert [build.wait() for build in builds] == [0, 0, 0], [sure(build.stderr).read() for build in builds]
    assert all(looks)
    assert len(looks) > 10
    assert stands(site, states) in ("old", "new")
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def refused(site: Path, states: States, status: int, said: str, why: str) -> None:
    assert (status, stands(site, states)) == (1, "old"), said
    assert f'{site}: Found "{why}"' in said
    assert "Make room, or choose another place with SITE=path." in said
    assert f"The last good site still stands in {site}." in said
    assert "Traceback" not in said


@pytest.mark.parametrize("largest", [1, 10_000, 20_000])
def test_a_disk_that_takes_no_more_leaves_the_old_site(site: Path, states: States, largest: int) -> None:
    """No file may grow beyond some bytes: a write fails in the middle of the build, for every user and on every machine."""
    status, said = finish(states["new"][0], site, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest)))

    refused(site, states, status, said, "File too large")
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_full_disk_leaves_the_old_site(states: States, tmp_path: Path) -> None:
    """A real small disk, which only an administrator may make."""
    disk, administrator = tmp_path / "disk", [] if os.geteuid() == 0 else ["sudo", "-n"]
    disk.mkdir()
    size = sum(map(len, states["old"][1].values())) * 3 // 2
    made = subprocess.run([*administrator, "mount", "-t", "tmpfs", "-o", f"size={size},mode=777", "tmpfs", str(disk)], capture_output=True, text=True)
    if made.returncode and not os.environ.get("CI"):  # a contributor may have no such right; where CI is set, a disk that cannot be made fails below
        pytest.skip(f"no small disk can be made here ({made.stderr.strip()}); the test above stands for it")
    assert made.returncode == 0, made.stderr
    try:
        site = disk / "site"
        assert finish(states["old"][0], site)[0] == 0

        status, said = finish(states["new"][0], site)

        refused(site, states, status, said, "No space left on device")
    finally:
        subprocess.run([*administrator, "umount", str(disk)], check=True)


def test_a_read_only_folder_leaves_the_old_site(site: Path, states: States) -> None:
    """An administrator is not stopped by a folder's mode, unless he lays down his power to pass it."""
    powerless = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []
    site.parent.chmod(0o555)
    try:
        status, said = finish(states["new"][0], site, *powerless)
    finally:
        site.parent.chmod(0o755)

    refused(site, states, status, said, "Permission denied")


def test_a_file_in_place_of_the_folder_is_named(site: Path, states: States) -> None:
    status, said = finish(states["new"][0], site / "index.html" / "site")

    assert status == 1
    assert f'{site}/index.html/site: Found "' in said
    assert "Traceback" not in said
    assert stands(site, states) == "old"


# --- what this program did not write


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A whole copy of the project, which a broken swap may destroy (so nothing outside it is ever asked for here), with a home folder and a guide with a hard name beside it."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(SMALL, folder / "guides" / HARD)
    (folder / "home" / ".ssh").mkdir(parents=True)
    (folder / "home" / ".ssh" / "id").write_text("key")
    return clone(folder / "project")


HARD = "a guide's $HOME, \"über\" $(id)"


def everything(folder: Path) -> dict[str, bytes | str]:
    """Return each file, folder and link below a folder; of Git's own and of what Python keeps, nothing."""
    found: dict[str, bytes | str] = {}
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name not in (".git", "__pycache__", ".cache")]
        for name in folders + files:
            path = Path(here, name)
            found[path.relative_to(folder).as_posix()] = os.readlink(path) if path.is_symlink() else path.read_bytes() if path.is_file() else "folder"
    return found


def make(project: Path, *words: str, before: tuple[str, ...] = (), environment: Mapping[str, str] = MappingProxyType({})) -> tuple[int, str]:
    """Run real make in a copy of the project, as a person does."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "GUIDE", "SITE"))}
    process = subprocess.Popen([*before, "make", *words], cwd=project, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
                               env={**inherited, "HOME": str(project.parent / "home"), **environment})
    try:
        said, _ = process.communicate(timeout=120)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # one that hangs does not outlive its test
        raise
    return process.returncode, said


def a_folder(place: Path) -> str:
    (place / "photos").mkdir()
    (place / "photos" / "1.jpg").write_text("mine")
    return str(place / "photos")


def a_work_tree_for_pages(place: Path) -> str:
    (place / "gh-pages").mkdir()
    (place / "gh-pages" / ".git").write_text("gitdir: ../project/.git/worktrees/gh-pages")
    (place / "gh-pages" / "CNAME").write_text("example.org")
    return str(place / "gh-pages")


def a_link_to_a_folder(place: Path) -> str:
    (place / "www").mkdir()
    (place / "www" / "index.html").write_text("mine")
    (place / "link").symlink_to("www")
    return str(place / "link")


@pytest.mark.parametrize(("asked", "found"), [
    ("content", "the guide"), ("content/new", "a folder inside the guide"), (".", "the folder you work in"), ("..", "a folder that holds"),
    ("", "no name"), ("hooks", "this program's hooks/"), (".git/site", "a folder inside this program's .git/"), ("README.md", "something that is no folder"),
    ("../home", "your home folder"), ("~/www", "a ~, which your shell left as it is"), ("../guides", "and no true SHA256SUMS"),
    (a_folder, '"1.jpg", and no true SHA256SUMS'), (a_work_tree_for_pages, ".git, so a Git repository"), (a_link_to_a_folder, "delete it yourself"),
], ids=lambda value: getattr(value, "__name__", str(value)))
def test_make_site_refuses_a_place_of_something_else_with_one_sentence_and_touches_nothing(project: Path, tmp_path: Path, asked: str | Callable[[Path], str], found: str) -> None:
    asked = asked if isinstance(asked, str) else asked(tmp_path)
    before = everything(project.parent), everything(tmp_path)

    status, said = make(project, "site", f"SITE={asked}")

    sentence, end = said.splitlines()
    assert status != 0 and "Error 1" in end
    assert re.fullmatch(r".*: Found .*\. Expected .*\. .*\.", sentence) and found in sentence
    assert (everything(project.parent), everything(tmp_path)) == before


def test_our_own_site_is_refused_once_someone_put_a_file_there_and_taken_again_without_it(site: Path, states: States) -> None:
    (site / "CNAME").write_text("example.org")

    status, said = finish(states["new"][0], site)

    assert (status, said) == (1, f'{site}: Found "CNAME", added or changed since this program built the site. Expected a folder for the site alone. '
                                 "Move it out, or choose another place with SITE=path.\n")
    assert (site / "CNAME").read_text() == "example.org"
    (site / "CNAME").unlink()
    assert stands(site, states) == "old"
    assert finish(states["new"][0], site)[0] == 0
    assert stands(site, states) == "new"


def test_a_link_to_our_site_stays_and_the_site_behind_it_is_the_new_one(site: Path, states: States, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(site)

    assert finish(states["new"][0], tmp_path / "link")[0] == 0

    assert (tmp_path / "link").readlink() == site
    assert stands(site, states) == "new"
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_the_list_of_a_real_site_names_every_file_of_it_and_no_other(site: Path) -> None:
    lines = (site / manifest.NAME).read_text().splitlines()

    assert [line[66:] for line in lines[1:]] == sorted(set(files_below(site)) - {manifest.NAME})


# --- names, locks


@pytest.mark.skipif(not shutil.which("flock"), reason="the system has no flock")
def test_a_lock_on_the_folder_that_holds_the_site_stops_no_build(project: Path) -> None:
    """`flock . make site` is a habit of those who let cron build. Two builds need no lock, so none is waited for."""
    status, said = make(project, "site", f"GUIDE={SMALL}", before=("flock", "."))

    assert status == 0, said
    assert manifest.strangers(project / "site") == []


def test_a_guide_and_a_site_may_have_any_name(project: Path) -> None:
    """Each as it is typed: a space, a quote, a $ or a bracket is itself, on the command line of make and in the environment."""
    words, environment = (f"GUIDE=../guides/{HARD}",), {"SITE": f"../sites/{HARD}/it's a $SITE"}
    site, guide = project / environment["SITE"], project.parent / "guides" / HARD

    for command in (["check"], ["site"], ["site"], ["review"], ["compare", f"BEFORE=../guides/{HARD}"],
                    ["release", 'SAYS=It costs $5, says "she" `now`', "CLINICAL=yes"], ["new", "KIND=trigger", "ID=chewing-gum"]):
        status, said = make(project, *words, *command, environment=environment)
        assert status == 0 or command[0] == "review", said
        assert command[0] != "review" or "## Seen by no clinician" in said

    assert manifest.proved(site)
    assert os.listdir(site.parent) == [site.name]
    assert (guide / "triggers" / "chewing-gum.yml").exists()
    assert 'says: "It costs $5, says \\"she\\" `now`"' in (guide / "changes.yml").read_text()


@pytest.mark.parametrize(("words", "environment"), [(["SITE=../out/a$b $$ c"], {}), ([], {"SITE": "../out/a$b $$ c"})], ids=["command line", "environment"])
def test_a_dollar_is_a_dollar_wherever_it_is_given(project: Path, words: list[str], environment: dict[str, str]) -> None:
    status, said = make(project, "site", f"GUIDE={SMALL}", *words, environment=environment)

    assert status == 0, said
    assert os.listdir(project.parent / "out") == ["a$b $$ c"]
    shutil.rmtree(project.parent / "out")


def test_a_comparison_with_nothing_asks_for_a_folder(project: Path) -> None:
    status, said = make(project, "compare")

    assert status != 0
    assert "Name two folders: the guide before, and the guide after." in said
