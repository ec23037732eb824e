"""The swap never deletes or changes a byte that this program did not write, whatever stands where the site shall be."""

import ctypes
import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import pytest
from builds import ROOT
from commands import site as command
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from output import atomic_swap, manifest, target

OLD = {"index.html": b"old", "about/index.html": b"old", "only/in/old.html": b"old"}
NEW = {"index.html": b"new", "about/index.html": b"new", "only/in/new.html": b"new"}
EXCHANGE = ctypes.CDLL(None).renameat2
Files = Mapping[str, bytes | Path]  # a path → what is written there, or where a link leads


def put(folder: Path, files: Files) -> None:
    """Write files and links; leave out what cannot stand beside another."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        file = folder / name
        if os.path.lexists(file) or any(os.path.lexists(parent) and (parent.is_symlink() or not parent.is_dir()) for parent in file.parents):
            continue
        file.parent.mkdir(parents=True, exist_ok=True)
        file.symlink_to(content) if isinstance(content, Path) else file.write_bytes(content)


def world(folder: Path) -> dict[str, bytes | str | None]:
    """Return everything below a folder: bytes of files, aims of links, None for folders and pipes. Follow no link."""
    found: dict[str, bytes | str | None] = {}
    for here, folders, files in os.walk(folder):
        for name in folders + files:
            path = os.path.join(here, name)
            link = os.path.islink(path)
            found[os.path.relpath(path, folder)] = os.readlink(path) if link else Path(path).read_bytes() if os.path.isfile(path) else None
    return found


def build(site: Path | str, files: Files, meanwhile: Callable[[], object] = lambda: None, status: int = 0) -> int:
    """Run the whole swap with a builder that writes these files in place of MkDocs."""
    def builder(folder: Path) -> int:
        put(folder, files)
        meanwhile()
        return status

    with patch.object(command, "_mkdocs", builder), patch.object(command, "_census", lambda *_: 0):
        return command.main(str(site))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with a guide and a home folder beside it."""
    return _place(tmp_path, monkeypatch)


def _place(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    put(folder, {"home/.ssh/id": b"key", "work/guide/guide.yml": b"name: x", "kept/notes.txt": b"mine"})
    monkeypatch.chdir(folder / "work")
    monkeypatch.setenv("HOME", str(folder / "home"))
    monkeypatch.setenv("GUIDE", "guide")
    return folder / "work"


# --- what is refused


@pytest.mark.parametrize(("asked", "found"), [
    ("", "no name"), (".", "the folder you work in"), ("..", "a folder that holds your home folder"), ("/", "the root of the disk"),
    ("guide", "the guide"), ("guide/new/site", "a folder inside the guide"), ("../home", "your home folder"), ("./guide/../guide", "the guide"),
    ("to-guide", "the guide"), ("to-home/..", "a folder that holds your home folder"), ("~/www", "a ~, which your shell left as it is"),
    *((str(ROOT / part), f"this program's {part}/") for part in target.PARTS),
    *((str(ROOT / part / "site"), f"a folder inside this program's {part}/") for part in target.PARTS),
    (str(ROOT), "this program"), (str(ROOT.parent), "a folder that holds this program"),
])
def test_a_place_of_something_else_is_refused_before_anything_is_built(place: Path, asked: str, found: str) -> None:
    """Asked of the rule itself: were it broken, a swap would take this very checkout."""
    put(place, {"to-guide": Path("guide"), "to-home": Path("../home")})
    before = world(place.parent)

    with pytest.raises(target.Refusal) as refusal:
        target.ensure_free(asked, "guide")

    assert f": Found {found}. Expected " in str(refusal.value)
    assert str(refusal.value).endswith(".") and "\n" not in str(refusal.value)
    assert world(place.parent) == before


def test_no_part_of_the_program_is_forgotten() -> None:
    tracked = subprocess.run(["git", "ls-tree", "-d", "-z", "--name-only", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert set(tracked.split("\0")) - {""} | {".git", ".venv"} == set(target.PARTS)


def sha256sum(files: dict[str, bytes]) -> bytes:
    return os.fsencode("".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(files.items())))


REFUSED: dict[str, tuple[Files, str]] = {
    "a folder": ({"notes.txt": b"mine"}, '"notes.txt", and no true SHA256SUMS that says this program wrote it'),
    "many files": ({f"{number}.jpg": b"photo" for number in range(9)}, '"0.jpg", "1.jpg", "2.jpg" and 6 more, and no true SHA256SUMS'),
    "a site of an earlier version": (OLD, "If it is a site that an earlier version built, delete it yourself; if not, choose another place"),
    "a work tree for GitHub Pages": ({".git": b"gitdir: ../x", "CNAME": b"example.org"}, ".git, so a Git repository"),
    "a repository": ({".git/HEAD": b"ref: x"}, ".git, so a Git repository"),
    "checksums of other things": ({"debian.iso": b"big", manifest.NAME: sha256sum({"debian.iso": b"big"})}, '"SHA256SUMS", "debian.iso", and no true SHA256SUMS'),
    "an empty list": ({"a.txt": b"mine", manifest.NAME: manifest._sealed("").encode()}, '"a.txt", added or changed'),
    "a hidden file": ({".htpasswd": b"mine"}, '".htpasswd", and no true'),
    "a link": ({"link": Path("/")}, '"link", and no true'),
}


@pytest.mark.parametrize("case", REFUSED)
def test_a_folder_that_someone_else_filled_is_refused_and_stays(place: Path, case: str, capsys: pytest.CaptureFixture[str]) -> None:
    files, found = REFUSED[case]
    put(place / "site", files)
    before = world(place.parent)

    assert build("site", NEW, pytest.fail) == 1

    said = capsys.readouterr().err
    assert said.startswith(f"{place}/site: Found ") and found in said
    assert said.count("\n") == 1 and "Choose another place with SITE=path" in said.replace("choose", "Choose")
    assert world(place.parent) == before


@pytest.mark.parametrize(("change", "found"), [
    (lambda site: put(site, {"CNAME": b"example.org"}), '"CNAME", added or changed since this program built the site'),
    (lambda site: put(site, {".git": b"gitdir: x"}), ".git, so a Git repository"),
    (lambda site: put(site, {"only/notes.txt": b"mine"}), '"only/notes.txt", added or changed'),
    (lambda site: (site / "index.html").write_bytes(b"mine"), '"index.html", added or changed'),
    (lambda site: (site / "two\nlines").write_bytes(b"mine"), '"two\\nlines", added or changed'),
    (lambda site: os.mkfifo(site / "pipe"), '"pipe", added or changed'),
    (lambda site: (site / manifest.NAME).write_bytes(b"mine"), "and no true SHA256SUMS"),
], ids=["file", "repository", "deep file", "change", "line break", "pipe", "list"])
def test_our_own_site_is_refused_once_someone_wrote_in_it(place: Path, change: Callable[[Path], object], found: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert build("site", OLD) == 0
    change(place / "site")
    before = world(place.parent)

    assert build("site", NEW, pytest.fail) == 1

    said = capsys.readouterr().err
    assert said.startswith(f"{place}/site: Found ") and found in said and said.count("\n") == 1
    assert world(place.parent) == before


@pytest.mark.parametrize("make", [lambda path: path.write_bytes(b"mine"), os.mkfifo, lambda path: path.symlink_to("site")], ids=["file", "pipe", "link to itself"])
def test_what_is_no_folder_is_refused(place: Path, make: Callable[[Path], object], capsys: pytest.CaptureFixture[str]) -> None:
    make(place / "site")
    before = world(place.parent)

    assert build("site", NEW, pytest.fail) == 1
    assert "Found something that is no folder" in capsys.readouterr().err
    assert world(place.parent) == before


# --- what is replaced


@pytest.mark.parametrize("before", ["absent", "empty", "ours", "a page is gone", "a copy of ours"])
def test_a_folder_that_is_absent_empty_or_ours_is_replaced(place: Path, before: str) -> None:
    if before == "empty":
        (place / "site").mkdir()
    elif before != "absent":
        assert build("site", OLD) == 0
    if before == "a page is gone":
        (place / "site" / "about" / "index.html").unlink()
    if before == "a copy of ours":
        shutil.copytree(place / "site", place / "copy")
        shutil.rmtree(place / "site")
        (place / "copy").rename(place / "site")

    assert build("site", NEW) == 0

    assert stands(place / "site") == "new"
    assert sorted(os.listdir(place)) == ["guide", "site"]


def stands(site: Path) -> str:
    """Return which site stands there whole."""
    found = {name: content for name, content in world(site).items() if content is not None and name != manifest.NAME}
    return "none" if manifest.strangers(site) else "old" if found == OLD else "new" if found == NEW else "none"


def test_a_link_is_followed_and_stays(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A web server's folder behind a link, on another disk perhaps: the site is swapped where it is."""
    assert build("../www/live", OLD) == 0
    put(place, {"site": Path("../www/live"), "strange": Path("../kept"), "absent": Path("../www/absent")})

    assert [build(name, NEW) for name in ("site", "absent", "strange")] == [0, 0, 1]

    assert os.readlink(place / "site") == "../www/live"
    assert stands(place.parent / "www" / "live") == stands(place.parent / "www" / "absent") == "new"
    assert f'{place.parent}/kept: Found "notes.txt"' in capsys.readouterr().err
    assert sorted(os.listdir(place)) == ["absent", "guide", "site", "strange"]
    assert sorted(os.listdir(place.parent / "www")) == ["absent", "live"]


# --- while it builds


def another_folder(site: Path) -> None:
    site.rename(site.parent / "away")
    put(site, {"index.html": b"mine"})


@pytest.mark.parametrize("before", ["empty", "ours"])
@pytest.mark.parametrize("write", [
    lambda site: put(site, {"notes.txt": b"mine"}),
    another_folder,
    lambda site: (site.rename(site.parent / "away"), site.symlink_to("../kept")),
], ids=["file", "another folder", "link"])
@pytest.mark.parametrize("steps", ["one", "three"])
def test_what_someone_writes_during_the_build_stays(place: Path, before: str, write: Callable[[Path], object], steps: str) -> None:
    if before == "ours":
        assert build("site", OLD) == 0
    else:
        (place / "site").mkdir()
    during: list[dict[str, bytes | str | None]] = []

    def meanwhile() -> None:
        write(place / "site")
        during.append(world(place.parent))

    with steps_of_a_swap(steps):
        status = build("site", NEW, meanwhile)

    assert status == 1
    after = world(place.parent)
    assert after == {path: content for path, content in during[0].items() if "/.site." not in path}


@contextmanager
def steps_of_a_swap(steps: str, before_each: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Swap as Linux does, or as a system that cannot exchange two folders in one step."""
    def renameat2(*paths: Any) -> int:
        before_each()
        status: int = EXCHANGE(*paths)
        return status

    system = SimpleNamespace(renameat2=renameat2) if steps == "one" else SimpleNamespace()
    with patch.object(atomic_swap, "ctypes", SimpleNamespace(CDLL=lambda _: system)):
        yield


def test_a_site_that_another_build_swaps_in_while_we_look_at_it_is_not_taken_for_changed(place: Path) -> None:
    for name, files in (("site", OLD), ("other", NEW)):
        assert build(name, files) == 0
    look = manifest.strangers

    def swapped(folder: Path) -> list[str]:
        manifest.strangers = look
        ours = manifest.proved(folder)
        atomic_swap._exchange(place / "other", place / "site")
        with patch.object(manifest, "proved", lambda _: ours):
            return look(folder)

    with patch.object(manifest, "strangers", swapped):
        assert target.ensure_free("site", "guide") == place / "site"


# --- killed at each step


def steps_until_killed(build_it: Callable[[], int], steps: str, last: int) -> bool:
    """Build in a process of its own that dies before its last step on the disk; tell whether it came that far."""
    child = os.fork()
    if child == 0:
        taken = count(1)

        def step() -> None:
            if next(taken) == last:
                os._exit(9)

        def counted(call: Callable[..., Any]) -> Callable[..., Any]:
            def counting(*paths: Any, **options: Any) -> Any:
                step()
                return call(*paths, **options)

            return counting

        names = ("mkdir", "rename", "unlink", "rmdir", "open", "scandir", "listdir")
        calls: dict[str, Any] = {name: counted(getattr(os, name)) for name in names}
        with steps_of_a_swap(steps, step), patch.multiple(os, **calls):
            build_it()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.parametrize("steps", ["one", "three"])
def test_a_build_killed_before_any_step_on_the_disk_leaves_a_whole_site_and_the_next_clears_up(place: Path, steps: str) -> None:
    swapped = []
    for last in count(1):
        assert build("site", OLD) == 0
        if not steps_until_killed(lambda: build("site", NEW), steps, last):
            break
        if steps == "one":
            assert stands(place / "site") in ("old", "new"), last
        assert build("site", {}, status=1) == 1  # where two steps are needed, the next build mends it, even one that fails
        swapped.append(stands(place / "site"))
        left = [name for name in os.listdir(place) if name.startswith(".site.")]
        assert all(not os.listdir(place / name) for name in left), "at most an empty folder, not yet marked"
        for name in left:
            (place / name).rmdir()

    assert set(swapped) == {"old", "new"} and sorted(swapped, reverse=True) == swapped, "first the old one, from some step on the new one"
    assert len(swapped) > 30


def test_a_left_folder_in_which_someone_wrote_keeps_what_he_wrote_and_is_named(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left = place / ".site.abcdefgh"
    assert build("site", OLD) == 0
    shutil.copytree(place / "site", left / "site")
    put(left, {atomic_swap.MARK: atomic_swap.SAYS.encode(), "building/half.html": b"half", "site/notes.txt": b"mine"})

    assert build("site", NEW) == 0

    assert sorted(os.listdir(place)) == [left.name, "guide", "site"]
    assert world(left) == {atomic_swap.MARK: atomic_swap.SAYS.encode(), "site": None, "site/notes.txt": b"mine"}
    assert f"{left}: Found files that this program did not write" in capsys.readouterr().err


@pytest.mark.parametrize("name", [".site.abcdefgh", ".site.backup", ".site.abcdefgh.old", ".sitexabcdefgh", "site.abcdefgh"])
@pytest.mark.parametrize("mark", [None, b"", b"mine", Path("../../kept/mark")], ids=["no mark", "empty", "other words", "link"])
def test_a_folder_beside_the_site_that_only_looks_like_ours_stays(place: Path, name: str, mark: bytes | Path | None) -> None:
    put(place.parent, {"kept/mark": atomic_swap.SAYS.encode()})
    put(place / name, {"old/index.html": b"mine", "building/index.html": b"mine", **({} if mark is None else {atomic_swap.MARK: mark})})
    before = world(place / name)

    assert build("site", {}, status=1) == 1
    assert not (place / "site").exists()
    assert build("site", NEW) == 0
    assert world(place / name) == before


def test_a_left_folder_of_another_site_is_not_ours_to_clear(place: Path) -> None:
    """The site `site` may not take what a killed build of `site.new` left."""
    put(place / ".site.new.abcdefgh", {atomic_swap.MARK: atomic_swap.SAYS.encode(), "old/index.html": b"other"})
    before = world(place)

    assert build("site", {}, status=1) == 1

    assert world(place) == before


# --- whatever stands there

PARTS = st.sampled_from([
    b"a", b"index.html", b"about", b"only", b"site", b"old", b"building", b"CNAME", b".git", b".htaccess", manifest.NAME.encode(), atomic_swap.MARK.encode(), b".site.abcdefgh",
    b"two words", b" ", b"$HOME", b"$(id)", b"'", b'"', b"`", b"back\\slash", b"two\nlines", b"-rf", b"*", b"#", "\u00fc\u2028".encode(), b"\xff\xfe",
]) | st.binary(min_size=1, max_size=8).map(lambda name: name.replace(b"/", b"_").replace(b"\0", b"_")).filter(lambda name: name not in (b".", b".."))
PATHS = st.lists(PARTS, min_size=1, max_size=3).map(lambda parts: os.fsdecode(b"/".join(parts)))
CONTENTS = st.binary(max_size=4) | st.sampled_from(sorted(set(OLD.values()) | set(NEW.values()))) | st.sampled_from(
    ["../../kept", "../../kept/notes.txt", ".", "/", "nowhere"]).map(Path)
TREES = st.dictionaries(PATHS, CONTENTS, max_size=5)
SITES = st.sampled_from(["absent", "empty", "theirs", "ours", "ours and theirs", "ours, changed", "ours, a page gone", "ours, a page linked", "forged", "stale", "a file"])


def prepare(site: Path, kind: str, theirs: Files, pages: Files) -> dict[str, bytes]:
    """Make what stands there before the build; return what this program wrote for it."""
    wrote: dict[str, bytes] = {}
    if kind.startswith("ours") or kind == "stale":
        assert build(site, pages) == 0
        wrote, page = {name: content for name, content in world(site).items() if isinstance(content, bytes)}, site / sorted(pages)[0]
    if kind == "a file":
        site.write_bytes(b"mine")
    elif kind == "empty":
        site.mkdir()
    elif kind in ("theirs", "ours and theirs"):
        put(site, theirs)
    elif kind == "ours, changed":
        page.write_bytes(b"mine")
    elif kind == "ours, a page gone":
        page.unlink()
    elif kind == "ours, a page linked":
        page.symlink_to(page.rename(site.parent / "page"))
    elif kind == "forged":  # a list as sha256sum would write it, for any files
        put(site, {manifest.NAME: sha256sum({name: content for name, content in theirs.items() if isinstance(content, bytes)}), **theirs})
    elif kind == "stale":  # the list of a site of ours, over files that are not
        shutil.rmtree(site)
        put(site, {manifest.NAME: wrote[manifest.NAME], **theirs})
    return wrote


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow], phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink])
@given(kind=SITES, name=PARTS.map(os.fsdecode), theirs=TREES, beside=TREES, meanwhile=TREES, linked=st.booleans(), steps=st.sampled_from(["one", "three"]),
       status=st.sampled_from([0, 0, 1]), old=st.sampled_from([OLD, {"a": b"a"}]))
def test_no_byte_of_another_hand_is_deleted_or_changed(kind: str, name: str, theirs: Files, beside: Files, meanwhile: Files, linked: bool, steps: str, status: int, old: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as holder, pytest.MonkeyPatch.context() as monkeypatch, steps_of_a_swap(steps):
        folder = Path(holder)
        place = _place(folder, monkeypatch)
        site, asked = place / "out" / name, place / "linked"
        put(site.parent, {path: content for path, content in beside.items() if Path(path).parts[0] != name})
        wrote = {str((site / path).relative_to(folder)): content for path, content in prepare(site, kind, theirs, old).items()}
        asked.symlink_to(site)
        before = world(folder)
        written: dict[str, bytes | str | None] = {}

        def write() -> None:
            """Write as another program may, while the build is at work."""
            known = world(folder)
            put(site.parent, {f"{name}/{path}" if site.is_dir() else path: content for path, content in meanwhile.items()})
            written.update({path: content for path, content in world(folder).items() if path not in known})

        ended = build(asked if linked else site, NEW, write, status)

        after = world(folder)
        theirs_then = {path: content for path, content in (before | written).items() if content is not None and wrote.get(path) != content}
        assert {path: after.get(path) for path in theirs_then} == theirs_then
        assert ended == 0 or {path: content for path, content in after.items() if path not in written} == before
        assert ended == 1 or stands(site) == "new"
