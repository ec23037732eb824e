"""Small guides that a test may spoil, real sites built once."""

import shutil
from pathlib import Path

import pytest
from builds import CONTENT, HICCUPS, SMALL, Spoil, build
from guide.checker import check


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real guide, built."""
    folder = tmp_path_factory.mktemp("built") / "site"
    result = build(CONTENT, folder)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture(scope="session")
def hiccups_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide to another symptom, built."""
    folder = tmp_path_factory.mktemp("hiccups") / "site"
    result = build(HICCUPS, folder)
    assert result.returncode == 0, result.stderr
    return folder


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """A small guide that a test may spoil, named `content` so that messages read as they do in use."""
    return shutil.copytree(SMALL, tmp_path / "content")


@pytest.fixture
def spoil(guide: Path) -> Spoil:
    """Return a function that replaces text in one file of the small guide and returns the problems that follow."""
    def spoil(name: str, old: str, new: str) -> list[str]:
        file = guide / name
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{old!r} is not in {name}"
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return [str(problem) for problem in check(guide)[1]]

    return spoil


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Ask first whether this MkDocs and this theme have what we rely on, so that another version is told of before what it breaks."""
    items.sort(key=lambda item: item.path.name != "test_theme.py")
