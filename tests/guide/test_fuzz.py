"""Generated files through the loader: no crash, no hang, little memory; tests/fuzz.py makes them."""

import re
import subprocess
import sys
import time
from collections.abc import Callable

import fuzz
import pytest
from builds import ROOT
from guide.problem import Problem
from sure import sure

MOST_MEGABYTES = 200


class Unwritable(Problem):
    """A planted problem, the sentence of which is no text."""

    def __str__(self) -> str:
        return "\ud800"


def test_100_000_generated_files_are_read_without_crash_hang_or_much_memory() -> None:
    run = subprocess.run([sys.executable, "tests/fuzz.py", "100000"], cwd=ROOT, capture_output=True, text=True, timeout=600)

    assert run.returncode == 0, run.stderr
    files, taken, refused, megabytes = (int(sure(re.search(rf"([\d,]+) {what}", run.stdout))[1].replace(",", "")) for what in ("files", "taken", "refused", "MB"))
    assert files == taken + refused == 100_000
    assert taken > 1000 and refused > 1000, "the generator makes too little of one of the two"
    assert megabytes < MOST_MEGABYTES
    print(run.stdout)


@pytest.mark.parametrize("fault, said", {
    lambda *_: 1 / 0: "ZeroDivisionError",
    lambda *_: time.sleep(60): "TimeoutError: more than 2 s",
    lambda *_: [Unwritable("a.yml", 1, 1, "a", "b", "c")]: "UnicodeEncodeError",
}.items(), ids=["a crash", "a hang", "a sentence that cannot be written"])
def test_a_planted_fault_is_found_and_its_file_kept(monkeypatch: pytest.MonkeyPatch, fault: Callable[..., object], said: str) -> None:
    monkeypatch.setattr(fuzz, "load_text", fault)

    with pytest.raises(AssertionError, match=rf"file \d+ of seed 7, kept as \S+: {said}"):
        fuzz.fuzz(100, seed=7)


def test_planted_hunger_for_memory_is_measured() -> None:
    spoilt = "import fuzz; fuzz.LONGEST = 30; fuzz.load_text = lambda *_: [b'1' * 300_000_000] and []; fuzz._validate = lambda *_: None; print(fuzz.fuzz(10, 1)['megabytes'])"
    run = subprocess.run([sys.executable, "-c", spoilt], cwd=ROOT / "tests", capture_output=True, text=True, check=True, timeout=60)

    assert float(run.stdout) > MOST_MEGABYTES
