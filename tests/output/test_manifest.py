"""The list of what this program wrote into a folder: true, readable for others, and worth nothing once someone has touched it."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from output import manifest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of ours, with names that a list of lines could trip over."""
    folder = tmp_path / "site"
    for name in (b"index.html", b"about/index.html", b"a  b.html", b"back\\slash.html", b"two\nlines.html", b"\xff.html", "ü\u2028.html".encode()):
        file = folder / os.fsdecode(name)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(name)
    manifest.write(folder)
    return folder


def test_everything_that_was_written_is_known_again(folder: Path) -> None:
    assert manifest.strangers(folder) == []
    assert len(manifest.proved(folder)) == 8


def test_the_list_is_the_same_for_the_same_files(folder: Path, tmp_path: Path) -> None:
    again = shutil.copytree(folder, tmp_path / "again")
    manifest.write(again)

    assert (again / manifest.NAME).read_bytes() == (folder / manifest.NAME).read_bytes()


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="the system has no sha256sum")
def test_sha256sum_reads_the_list(folder: Path) -> None:
    check = ["sha256sum", "--check", "--strict", "--quiet", manifest.NAME]
    assert subprocess.run(check, cwd=folder, capture_output=True).returncode == 0

    (folder / "two\nlines.html").write_text("spoilt")

    assert subprocess.run(check, cwd=folder, capture_output=True).returncode == 1


def append(folder: Path) -> None:
    (folder / "zzz.txt").write_text("mine")
    with (folder / manifest.NAME).open("a") as file:
        file.write(f"{manifest._digest(folder / 'zzz.txt')}  zzz.txt\n")


def pipe(folder: Path) -> None:
    (folder / manifest.NAME).unlink()
    os.mkfifo(folder / manifest.NAME)


def link(folder: Path) -> None:
    (folder / manifest.NAME).rename(folder.parent / "list")
    (folder / manifest.NAME).symlink_to(folder.parent / "list")


@pytest.mark.parametrize("touch", [
    append, pipe, link,
    lambda folder: (folder / manifest.NAME).unlink(),
    lambda folder: (folder / manifest.NAME).write_bytes(b""),
    lambda folder: (folder / manifest.NAME).write_bytes((folder / manifest.NAME).read_bytes().partition(b"\n")[2]),  # as sha256sum itself would write it
    lambda folder: (folder / manifest.NAME).write_bytes((folder / manifest.NAME).read_bytes() + b"# a note\n"),
], ids=["a file listed by hand", "a pipe", "a link", "none", "empty", "no first line", "a note"])
def test_a_list_that_someone_touched_proves_nothing(folder: Path, touch: Callable[[Path], object]) -> None:
    touch(folder)

    assert manifest.proved(folder) == {}
    assert "index.html" in manifest.strangers(folder)


@pytest.mark.parametrize(("touch", "named"), [
    (lambda folder: (folder / "notes.txt").write_text("mine"), "notes.txt"),
    (lambda folder: (folder / "about" / "empty").mkdir(), "about/empty/"),
    (lambda folder: (folder / "about" / "more.html").symlink_to("index.html"), "about/more.html"),
    (lambda folder: (folder / "index.html").write_text("mine"), "index.html"),
    (lambda folder: ((folder / "index.html").rename(folder.parent / "kept"), (folder / "index.html").symlink_to(folder.parent / "kept")), "index.html"),
    (lambda folder: ((folder / "index.html").unlink(), (folder / "index.html").mkdir()), "index.html/"),
    (lambda folder: ((folder / "about").rename(folder.parent / "kept"), (folder / "about").symlink_to(folder.parent / "kept")), "about"),
], ids=["file", "empty folder", "link", "change", "link to the same words", "folder for a file", "folder behind a link"])
def test_what_someone_put_or_changed_there_is_named_and_outlives_the_rest(folder: Path, touch: Callable[[Path], object], named: str) -> None:
    touch(folder)
    before = {path: path.read_bytes() for path in folder.parent.rglob("*") if path.is_file()}

    assert manifest.strangers(folder) == [named]
    manifest.delete(folder)

    assert list(manifest._below(folder)) == [named]
    assert all(path.read_bytes() == before[path] for path in folder.parent.rglob("*") if path.is_file())
    assert all(path.exists() for path in before if not path.is_relative_to(folder))


def test_behind_a_link_nothing_is_ours_to_delete(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(folder)

    assert manifest.proved(tmp_path / "link") == {}
    manifest.delete(tmp_path / "link")

    assert (tmp_path / "link").is_symlink()
    assert manifest.strangers(folder) == []
    assert len(manifest.proved(folder)) == 8


def test_what_is_listed_and_gone_is_no_loss_and_nothing_stays_of_a_folder_that_is_ours(folder: Path) -> None:
    (folder / "index.html").unlink()
    (folder / "about" / "index.html").unlink()

    assert manifest.strangers(folder) == []
    manifest.delete(folder)

    assert not folder.exists()
    assert folder.parent.exists()
