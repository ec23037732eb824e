"""Any drawing that is taken can be set, and soon: Typst could not be interrupted."""

import re
import subprocess
import sys

from builds import ROOT

LONGEST = 2000  # milliseconds for one, on a machine with other things to do


def test_the_worst_and_1000_generated_drawings_are_set_without_a_hang() -> None:
    run = subprocess.run([sys.executable, "tests/drawings.py", "1000"], cwd=ROOT, capture_output=True, text=True, timeout=120)

    assert run.returncode == 0, run.stderr
    slowest = re.fullmatch(r"slowest (\d+) ms\n", run.stdout)
    assert slowest and int(slowest[1]) < LONGEST
