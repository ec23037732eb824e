"""What we rely on in MkDocs and its theme beyond what they promise; these tests run first, so that another version is told of before all else."""

import datetime
import inspect
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jinja2
import material
import pytest
from builds import ROOT
from material.plugins.search.plugin import SearchPlugin
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.pages import Page
from output.theme import END, end_of_care, take_words_alone

TEMPLATES = Path(material.__file__).parent / "templates"


def relied_on(config: MkDocsConfig) -> dict[str, bool]:
    """Name each thing that hooks/output/theme.py and hooks/output/page_cache.py rely on, and whether this version has it."""
    server = inspect.getsource(LiveReloadServer)
    languages = [file.read_text(encoding="utf-8") for file in (TEMPLATES / "partials" / "languages").glob("*.html")]
    return {
        "MkDocs looks in three folders: ours, the theme's, its own": [Path(folder) for folder in config.theme.dirs[:2]] == [ROOT / "overrides", TEMPLATES]
            and len(config.theme.dirs) == 3 and (Path(config.theme.dirs[2]) / "sitemap.xml").is_file(),
        "the theme has words in 60 languages and more, some written from right to left": sum('"language":' in text for text in languages) >= 60
            and sum('"direction": "rtl"' in text for text in languages) >= 3,
        "MkDocs asks for main.html": "'main.html'" in inspect.getsource(__import__("mkdocs.commands.build", fromlist=["_build_page"])),
        "the preview has an observer, a delay, and lets go of a folder": all(word in server for word in ("self.observer =", "self.build_delay =", "def unwatch", "def watch")),
        "a page tells its anchors and its links to others'": {"present_anchor_ids", "links_to_anchors", "meta"} <= set(Page.__annotations__),
    }


@pytest.fixture
def config() -> MkDocsConfig:
    return load_config(str(ROOT / "mkdocs.yml"))


def test_this_version_of_mkdocs_and_the_theme_has_all_that_we_rely_on(config: MkDocsConfig) -> None:
    assert [what for what, has in relied_on(config).items() if not has] == []


def test_a_version_that_lacks_something_is_found(config: MkDocsConfig, monkeypatch: pytest.MonkeyPatch) -> None:
    config.theme.dirs.insert(0, "/another")
    monkeypatch.delitem(Page.__annotations__, "links_to_anchors")

    assert [what for what, has in relied_on(config).items() if not has] == [
        "MkDocs looks in three folders: ours, the theme's, its own", "a page tells its anchors and its links to others'"]


def test_the_search_plug_in_writes_sections_and_heeds_what_a_page_asks(tmp_path: Path) -> None:
    plugin, config = SearchPlugin(), SimpleNamespace(site_dir=str(tmp_path))
    plugin.load_config({"lang": "en", "separator": " ", "pipeline": []})
    plugin.on_config(config)
    pages: dict[str, dict[str, Any]] = {"a/": {"title": "A", "tags": ["word"]}, "kept/": {"title": "K", "search": {"exclude": True}}}
    for url, meta in pages.items():
        page = SimpleNamespace(url=url, meta=meta, title=meta["title"], toc=[], content='<h1 id="a">A</h1><p>one</p><h2 id="b">B</h2><p>two</p>')
        plugin.on_page_context({}, page=page, config=config, nav=None)
    plugin.on_post_build(config=config)

    docs = json.loads((tmp_path / "search" / "search_index.json").read_text())["docs"]
    assert [(place["location"], place["title"], place["text"], place["tags"]) for place in docs] == [
        ("a/", "A", "<p>one</p>", ["word"]), ("a/#b", "B", "<p>two</p>", ["word"])]


def test_of_the_theme_only_its_words_are_in_reach(config: MkDocsConfig) -> None:
    take_words_alone(config.theme)
    names = jinja2.FileSystemLoader(config.theme.dirs).list_templates()

    assert {"languages/en.html", "languages/ar.html", "base.html", "sitemap.xml"} <= set(names)
    assert [name for name in names if name.endswith((".js", ".css", ".map", ".svg", ".png")) and not (ROOT / "overrides" / name).is_file()] == []


def test_the_date_is_the_one_that_the_theme_gives() -> None:
    assert f"{END:%B} {END.day}, {END.year}" in (TEMPLATES / "__init__.py").read_text(encoding="utf-8")


@pytest.mark.parametrize(("day", "said"), [("2026-05-04", ""), ("2026-11-25", "(in 161 days)"), ("2027-05-05", "(that is past)"), ("2030-01-01", "(that is past)")])
def test_the_end_of_the_theme_s_care_is_told_when_it_is_near(day: str, said: str) -> None:
    sentence = end_of_care(datetime.date.fromisoformat(day))

    assert (said in sentence) and bool(sentence) == bool(said)
    assert not said or "2027-05-05" in sentence
