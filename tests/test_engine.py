"""The engine knows nothing of its subject, and its rooms open one way."""

import ast
import re

import pytest
from builds import CONTENT, HICCUPS, ROOT

ENGINE = [path for folder in ("hooks", "overrides") for path in sorted((ROOT / folder).rglob("*")) if path.is_file() and path.parent.name not in ("__pycache__", "fonts")]

# a room → the rooms it may open
DOORS = {
    "problem": set(),
    "load": {"problem"},
    "model": {"load", "problem"},
    "read": {"load", "model", "problem"},
    "sample": {"model", "problem"},
    "handout": {"model", "problem", "render"},
    "reading": {"load", "model", "problem"},
    "language": {"load", "model", "problem", "read", "reading"},
    "check": {"handout", "language", "load", "model", "problem", "read", "reading", "sample"},
    "release": {"check", "handout"},
    "review": {"model", "read"},
    "compare": {"load", "model", "read", "reading"},
    "schema": {"model"},
    "policy": {"problem"},
    "manifest": set(),
    "target": {"manifest"},
    "swap": {"manifest", "target"},
    "render": {"model"},
    "search": {"model"},
    "lighten": set(),
    "theme": {"lighten"},
    "memory": set(),
    "aside": set(),
    "reuse": {"aside", "memory"},
    "publish": {"check", "handout", "lighten", "memory", "model", "policy", "problem", "render", "reuse", "sample", "search", "theme"},
}


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_of_the_engine_names_a_subject(path):
    words = re.compile(r"\b(lips?|twitch\w*|mouth|hiccups?)\b", re.IGNORECASE)

    found = [line for line in path.read_text(encoding="utf-8").splitlines() if words.search(line) and "such as: " not in line and "such as \"" not in line]

    assert found == []


@pytest.mark.parametrize("room", sorted(DOORS))
def test_imports_go_one_way_and_only_publish_knows_mkdocs(room):
    tree = ast.parse((ROOT / "hooks" / f"{room}.py").read_text())
    imported = {name.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module}

    assert imported & set(DOORS) <= DOORS[room]
    assert ("mkdocs" in imported) == (room == "publish")


def test_every_room_is_on_the_plan():
    assert {path.stem for path in (ROOT / "hooks").glob("*.py")} == set(DOORS)


def test_the_doors_make_no_circle():
    seen: list[str] = []
    while len(seen) < len(DOORS):
        ready = [room for room, doors in DOORS.items() if room not in seen and doors <= set(seen)]
        assert ready, f"a circle among {set(DOORS) - set(seen)}"
        seen += ready


def test_the_guide_to_another_symptom_shares_no_word_of_its_subject_with_the_real_one():
    assert "lip" not in (HICCUPS / "guide.yml").read_text().lower()
    assert "hiccup" not in (CONTENT / "guide.yml").read_text().lower()
