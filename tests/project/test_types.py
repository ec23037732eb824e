"""The types hold: what `make test` asks of mypy finds a planted fault."""

import subprocess
import sys
from pathlib import Path

import pytest
from builds import ROOT

PLANTED = {
    "an edge that is no text": ('from guide.care_levels import LOOKS\n\nwidth: str = LOOKS["emergency"].edge\n', "[assignment]"),
    "a draft that is no guide": ("from guide.model.guide import Draft, Guide\n\n\ndef name(draft: Draft) -> Guide:\n    return draft\n", "[return-value]"),
    "a function without types": ("def name(guide):\n    return guide\n", "[no-untyped-def]"),
    "an excuse for nothing": ("width: int = 1  # type: ignore[assignment]\n", "[unused-ignore]"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_found(tmp_path: Path, fault: str) -> None:
    code, kind = PLANTED[fault]
    (tmp_path / "planted.py").write_text(code)

    run = subprocess.run([sys.executable, "-m", "mypy", "--config-file", "pyproject.toml", str(tmp_path / "planted.py")], cwd=ROOT, capture_output=True, text=True, timeout=300)

    assert run.returncode == 1, run.stdout + run.stderr
    assert kind in run.stdout
