"""What README and CONTRIBUTING say works, word for word."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from builds import ROOT, clone
from contributing import MISTAKE, PAGE, message, problems, rewrite
from guide.samples import sample
from sure import sure

DOCS = [ROOT / "README.md", PAGE]
TOO_LONG = {"make test", "make serve"}  # make test would run itself; a preview runs until it is stopped, and test_build.py runs one


def chapters() -> dict[str, list[str]]:
    """The commands of each chapter, in order, by file and heading."""
    found = {}
    for page in DOCS:
        for chapter in re.split(r"^## ", page.read_text(encoding="utf-8"), flags=re.MULTILINE):
            blocks = re.findall(r"```sh\n(.*?)```", chapter, re.DOTALL)
            commands = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
            if commands:
                found[f"{page.name}: {chapter.splitlines()[0]}"] = commands
    return found


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy as it was before anyone did what the pages say."""
    project = clone(tmp_path_factory.mktemp("docs") / "project")
    (project / "content" / "triggers" / "chewing-gum.yml").unlink(missing_ok=True)
    shutil.rmtree(project / "guides", ignore_errors=True)
    makefile = project / "Makefile"
    makefile.write_text(re.sub(r"(?m)^GUIDE \?= .*$", "GUIDE ?= content", makefile.read_text(encoding="utf-8")), encoding="utf-8")
    subprocess.run(["git", "commit", "--quiet", "--all", "--allow-empty", "--message", "As before"], cwd=project, check=True)
    return project


@pytest.mark.parametrize("chapter", chapters())
def test_every_command_works_in_a_fresh_copy(chapter: str, project: Path) -> None:
    for command in ("git switch --quiet main", "git checkout --quiet .", "git clean --quiet --force -d"):
        subprocess.run(command.split(), cwd=project, check=True)
    expected = [command for command in chapters()[chapter] if command not in TOO_LONG]
    for command in chapters()[chapter]:
        shown = command.replace("make ", "make --dry-run ", 1) if command in TOO_LONG else command
        result = subprocess.run(["bash", "-c", shown], cwd=project, capture_output=True, text=True)
        if command == "make check" and "make new KIND=trigger ID=chewing-gum" in expected:  # as the page says: every mark is named
            assert result.returncode != 0 and str(problems(sample("trigger"))[0]) in result.stderr
        else:
            assert result.returncode == 0, f"{command}\n{result.stdout}{result.stderr}"


def test_the_chapters_that_promise_commands_have_them() -> None:
    assert {"README.md: Two commands", "CONTRIBUTING.md: Add a page", "CONTRIBUTING.md: Add a source", "CONTRIBUTING.md: Start another guide"} <= set(chapters())


def test_the_page_opens_with_a_whole_sample_and_every_sample_and_message_is_todays() -> None:
    page = PAGE.read_text(encoding="utf-8")

    assert sure(re.search(r"```(\w+)\n(.*?)```", page, re.DOTALL)).groups() == ("yaml", sample("trigger"))
    assert re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) == [sample("trigger"), sample("source", "nhs-chewing-gum")]
    assert rewrite(page) == page, "run: make schema"


@pytest.mark.parametrize("number", range(10))
def test_each_of_the_ten_commonest_mistakes_brings_the_message_beside_it(number: int) -> None:
    mistakes = MISTAKE.findall(PAGE.read_text(encoding="utf-8"))

    assert len(mistakes) == 10
    diff, _, sentence = mistakes[number]
    assert sentence == f"{message(diff)}\n"


def test_every_file_and_every_command_that_is_named_exists() -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = "\n".join(page.read_text(encoding="utf-8") for page in DOCS)
    text = re.sub(r"```yaml.*?```|```diff.*?```", "", text, flags=re.DOTALL)

    commands = {f"make {name}" for name in re.findall(r"(?:`|^)make ([a-z][\w-]*)", text, re.MULTILINE) if name not in targets}
    paths = {path for path in re.findall(r"`((?:hooks|overrides|content|tests|\.github)/[\w./-]*)`", text) if not (ROOT / path).exists()}

    assert commands | paths == set()


def test_every_room_and_every_command_is_in_the_tables() -> None:
    page = PAGE.read_text(encoding="utf-8")
    public = set(sure(re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE))[1].split()) - {"chromium", "java", "pdf-readers"}

    rooms = [file.relative_to(ROOT).as_posix() for file in sorted((ROOT / "hooks").rglob("*.py"))]
    assert [room for room in rooms if f"`{room}`" not in page and "/commands/" not in room and not room.endswith("__init__.py")] == []
    assert [target for target in sorted(public) if not re.search(rf"`make {target}[ `]", page)] == []


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_no_link_is_broken(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        path, _, anchor = target.partition("#")
        file = page.parent / path if path else page
        assert file.is_file(), target
        headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE) if anchor else []
        assert not anchor or anchor in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}, target


def test_the_readme_is_short_and_its_picture_small() -> None:
    assert len((ROOT / "README.md").read_text().splitlines()) < 50
    assert (ROOT / ".github" / "home.png").stat().st_size < 150_000
