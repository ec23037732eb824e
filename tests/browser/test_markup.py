"""The Nu HTML checker finds no error in any page."""

from pathlib import Path

from browser.checks import nu


def test_nu_finds_nothing(site: Path) -> None:
    errors = nu(site)

    assert not errors, errors


def test_nu_finds_a_planted_fault(site: Path, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text((site / "index.html").read_text(encoding="utf-8").replace("<h1", '<p id="twice"></p><p id="twice"></p><h1', 1), encoding="utf-8")

    assert "Duplicate ID “twice”" in nu(tmp_path)
