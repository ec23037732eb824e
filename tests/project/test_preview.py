"""A preview outlives what its author does: a broken template, a folder that is away for a while, what an editor leaves."""

import os
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import preview
import pytest
from builds import ROOT, clone
from output.theme import watching

PAGE = "/triggers/strong-feelings/"
BROKEN = {  # template → (what is written into it, what the sentence says)
    "pages/trigger.md": ("\n{% if %}\n", "Found a template that cannot be used (Expected an expression"),
    "pages/layout.md": ("\n{{ nothing_of_this_name.x }}\n", "Found a template that cannot be used ('nothing_of_this_name' is undefined)"),
    "components/care-card/care-card.md": ("\n{% endmacro %}\n", "Found a template that cannot be used (Encountered unknown tag"),
    "base.html": ("\n{% endblock %}\n", "Found a template that cannot be used (Encountered unknown tag"),
    "main.html": ("\n{% endif %}\n", "Found a template that cannot be used (Encountered unknown tag"),
    "partials/header.html": ("\n{{ 1 // 0 }}\n", "Found a template that cannot be used (integer division"),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, the templates of which may be spoilt."""
    return clone(tmp_path_factory.mktemp("preview") / "project")


def shows(fetch: Callable[[str], str], *pieces: str) -> bool:
    page = fetch(PAGE)
    return all(piece in page for piece in pieces)


def test_a_broken_template_is_shown_with_its_place_and_the_preview_heals(project: Path, guide: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "ROOT", project)
    with preview.preview(guide, tmp_path / "log") as fetch:
        preview.wait_for(lambda: "Stress or excitement sets" in fetch(PAGE), "the first page")
        for name, (spoilt, sentence) in BROKEN.items():
            file = project / "overrides" / name
            good = file.read_text(encoding="utf-8")
            file.write_text(good + spoilt, encoding="utf-8")
            preview.wait_for(partial(shows, fetch, f"overrides/{name}:", sentence.partition("'")[0]), f"the problem of {name}")
            file.write_text(good, encoding="utf-8")
            preview.wait_for(lambda: "cannot be used" not in fetch(PAGE) and "Stress or excitement sets" in fetch(PAGE), f"the page without the problem of {name}")
    assert "Traceback" not in (tmp_path / "log").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["pages/layout.md", "base.html", "partials/header.html"])
def test_a_build_with_a_broken_template_ends_with_its_sentence(project: Path, guide: Path, tmp_path: Path, name: str) -> None:
    file = project / "overrides" / name
    good = file.read_text(encoding="utf-8")
    file.write_text(good + "\n{% endif %}\n", encoding="utf-8")
    result = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path / "site")], cwd=project, capture_output=True, text=True,
                            timeout=120, env={**os.environ, "GUIDE": str(guide), "NO_MKDOCS_2_WARNING": "1"})
    file.write_text(good, encoding="utf-8")

    assert result.returncode == 1
    assert f"overrides/{name}:{good.count(chr(10)) + 2}:1: Found a template that cannot be used (Encountered unknown tag 'endif'" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_folder_that_goes_and_comes_back_is_followed(guide: Path, tmp_path: Path) -> None:
    with preview.preview(guide, tmp_path / "log") as fetch:
        preview.wait_for(lambda: "Stress or excitement sets" in fetch(PAGE), "the first page")
        guide.rename(tmp_path / "away")
        preview.wait_for(lambda: "docs_dir" in (tmp_path / "log").read_text(), "a word about the folder that is gone")

        (tmp_path / "away").rename(guide)
        for name in ("4913", ".strong-feelings.yml.swp", "strong-feelings.yml~", ".DS_Store"):
            (guide / "triggers" / name).write_text("x", encoding="utf-8")
        (guide / "triggers" / ".#strong-feelings.yml").symlink_to("writer@machine.1234:5678")
        file = guide / "triggers" / "strong-feelings.yml"
        file.write_text(file.read_text(encoding="utf-8").replace("Stress or excitement sets", "Joy sets"), encoding="utf-8")
        preview.wait_for(lambda: "Joy sets" in fetch(PAGE), "the page of the folder that came back")
        assert "no part of the guide reads" not in fetch(PAGE)


def test_a_preview_of_a_guide_with_links_does_not_begin(guide: Path, tmp_path: Path) -> None:
    for name in "abc":
        (guide / name).symlink_to(guide, target_is_directory=True)
    result = subprocess.run([sys.executable, "-m", "mkdocs", "serve", "-a", "127.0.0.1:0"], cwd=ROOT, capture_output=True, text=True, timeout=60,
                            env={**os.environ, "GUIDE": str(guide), "NO_MKDOCS_2_WARNING": "1"})

    assert result.returncode == 1
    assert "content/a:1:1: Found a link." in result.stderr


def test_no_link_is_watched_and_a_root_that_is_gone_may_come_back(tmp_path: Path) -> None:
    stat = watching({str(tmp_path / "root")})
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)

    assert stat(str(tmp_path / "loop")).st_ino == (tmp_path / "loop").lstat().st_ino
    assert stat(str(tmp_path / "root")).st_mode
    with pytest.raises(FileNotFoundError):
        stat(str(tmp_path / "other"))
