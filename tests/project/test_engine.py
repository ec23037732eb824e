"""The engine knows nothing of its subject, and its rooms open one way."""

import ast
import re
import sys
from pathlib import Path

import pytest
from builds import CONTENT, HICCUPS, ROOT
from sure import sure

ENGINE = [path for folder in ("hooks", "overrides") for path in sorted((ROOT / folder).rglob("*")) if path.is_file() and path.parent.name not in ("__pycache__", "fonts")]

# a room, which is a folder or a file of hooks/ → the rooms from which it may import
ROOMS = {
    "guide": set(),
    "words": set(),
    "language": {"guide", "words"},
    "pages": {"guide", "words"},
    "handout": {"guide", "words"},
    "review": {"guide", "language"},
    "output": {"guide"},
    "commands": {"guide", "words", "language", "pages", "handout", "review", "output"},
    "publish": {"guide", "words", "pages", "handout", "output"},
}
HOOKS = ROOT / "hooks"
FILES = {file.relative_to(HOOKS).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__"): file for file in sorted(HOOKS.rglob("*.py"))}


def room_of(module: str) -> str:
    return module.partition(".")[0]


def imported(file: Path) -> set[str]:
    """Return the modules that a file imports, inside its functions too."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    assert not [node for node in nodes if isinstance(node, ast.ImportFrom) and node.level], f"{file} imports by dots"
    return {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names} | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_file_of_the_engine_names_a_subject(path: Path) -> None:
    words = re.compile(r"\b(lips?|twitch\w*|mouth|hiccups?)\b", re.IGNORECASE)

    found = [line for line in path.read_text(encoding="utf-8").splitlines() if words.search(line) and "such as: " not in line and "such as \"" not in line]

    assert found == []


@pytest.mark.parametrize("module", FILES)
def test_a_file_imports_only_from_the_rooms_that_its_room_may(module: str) -> None:
    rooms = {room_of(name) for name in imported(FILES[module])}

    assert rooms & set(ROOMS) <= ROOMS[room_of(module)] | {room_of(module)}
    assert ("mkdocs" in rooms) == (module == "publish")


def test_every_room_is_on_the_plan() -> None:
    assert {room_of(module) for module in FILES} == set(ROOMS)


def leaders(graph: dict[str, set[str]]) -> list[str]:
    """Return every name of a graph, each after those that it leads to; fail where there is a circle."""
    seen: list[str] = []
    while len(seen) < len(graph):
        ready = [name for name, others in graph.items() if name not in seen and others <= set(seen)]
        assert ready, f"a circle among {sorted(set(graph) - set(seen))}"
        seen += ready
    return seen


def test_neither_rooms_nor_files_import_in_a_circle() -> None:
    assert leaders(ROOMS)[0] == "guide"
    assert leaders({module: imported(file) & set(FILES) - {module} for module, file in FILES.items()})


def test_a_circle_would_be_seen() -> None:
    with pytest.raises(AssertionError, match="a circle among"):
        leaders({"a": {"b"}, "b": {"a"}, "c": set()})


def test_no_room_is_named_like_a_module_of_python() -> None:
    assert {room_of(module) for module in FILES} & set(sys.stdlib_module_names) == set()


def test_no_file_is_long_and_no_function_of_the_rooms_is() -> None:
    functions = {f"{module}:{node.name}": sure(node.end_lineno) - node.lineno + 1 for module, file in FILES.items()
                 for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)}

    assert {module: lines for module, file in FILES.items() if (lines := len(file.read_text(encoding="utf-8").splitlines())) > 350} == {}
    assert {name: lines for name, lines in functions.items() if lines > 40} == {}


def test_the_guide_to_another_symptom_shares_no_word_of_its_subject_with_the_real_one() -> None:
    assert "lip" not in (HICCUPS / "guide.yml").read_text().lower()
    assert "hiccup" not in (CONTENT / "guide.yml").read_text().lower()
