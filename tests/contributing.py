"""Write the samples, the messages and the table of commands in CONTRIBUTING.md anew: part of `make schema`.

The commands come from the Makefile, where `make help` finds them, too. A block of YAML there is a sample; a diff is a mistake made in the sample of a trigger, and the text after it is what the
check says of it. A test compares what stands there with what this writes.
"""

import re
import shutil
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "hooks"))

from guide.checker import check  # noqa: E402
from guide.problem import Problem  # noqa: E402
from guide.samples import sample  # noqa: E402

PAGE = ROOT / ".github" / "CONTRIBUTING.md"
MISTAKE = re.compile(r"(?<=```diff\n)(.*?)(```\n\n```text\n)(.*?)(?=```)", re.DOTALL)


def rewrite(page: str) -> str:
    """Return the page with its samples and messages as they are today."""
    page = re.sub(r"(?<=```yaml\n)# yaml-language-server.*?(?=```)", lambda _: sample("trigger"), page, count=1, flags=re.DOTALL)
    page = re.sub(r"(?<=```yaml\n)([\w-]+):\n.*?(?=```)", lambda found: sample("source", found[1]), page, count=1, flags=re.DOTALL)
    page = re.sub(r'(?<=```text\n)[^`]*Found "WRITE HERE".*?(?=```)', lambda _: f"{problems(sample('trigger'))[0]}\n", page, count=1, flags=re.DOTALL)
    page = re.sub(r"(?<=\| command \| does \|\n\|---\|---\|\n).*?(?=\n\n)", lambda _: commands(), page, count=1, flags=re.DOTALL)
    return MISTAKE.sub(lambda found: f"{found[1]}{found[2]}{message(found[1])}\n", page)


def commands() -> str:
    """Return a row for each command, as the Makefile explains it."""
    lines = re.findall(r"^## (.*?) \| (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    return "\n".join(f"| `{command}` | {does} |" for command, does in lines)


def message(diff: str) -> Problem:
    """Return what the check says where the sample is changed as a diff says."""
    old, new = ("".join(line[1:] for line in diff.splitlines(keepends=True) if line[0] == sign) for sign in "-+")
    text = _lined(sample("trigger"), old, new)
    first = text[: text.index(new)].count("\n") + 1
    return next(problem for problem in problems(text) if first <= problem.line < first + new.count("\n") and "the sample left" not in problem.found)


def _lined(text: str, old: str, new: str) -> str:
    """Replace lines, whatever their indent."""
    pattern = "".join(rf"(?P<indent>[ ]*){re.escape(line)}" if not number else re.escape(line) for number, line in enumerate(old.splitlines(keepends=True)))
    assert re.search(rf"^{pattern}", text, re.MULTILINE), old
    return re.sub(rf"^{pattern}", lambda found: found["indent"] + new, text, count=1, flags=re.MULTILINE)


def problems(text: str) -> list[Problem]:
    """Check the real guide with one trigger more."""
    with tempfile.TemporaryDirectory() as folder:
        guide = Path(shutil.copytree(ROOT / "content", Path(folder) / "content"))
        (guide / "triggers" / "chewing-gum.yml").write_text(text, encoding="utf-8")
        return check(guide)[1]


if __name__ == "__main__":
    PAGE.write_text(rewrite(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
