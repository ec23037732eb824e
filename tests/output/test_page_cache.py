"""A page that was made before is not made again, and only the very same page."""

import json
import logging
from collections import namedtuple
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from output.page_cache import ROOM, PageCache, fingerprint

Linked = namedtuple("Linked", "src_uri")
LOG = logging.getLogger("a-generator")


def page(url: str, **meta: Any) -> SimpleNamespace:
    return SimpleNamespace(url=url, meta=meta, file=SimpleNamespace(src_uri=f"{url}index.md"), present_anchor_ids={"top"}, links_to_anchors=None)


def build(cache: PageCache, texts: dict[str, str], world: str = "", warn: bool = False) -> tuple[list[str], list[dict[str, Any]]]:
    """Build pages as MkDocs does; return the texts that had to be made, and the entries of the search."""
    cache.begin(LOG, world)
    made, entries, pages = [], [], {url: page(url) for url in texts}
    for url, text in texts.items():
        markdown = cache.markdown(pages[url], text)
        made += [markdown] if markdown else []
        assert cache.html(pages[url], f"<p>{markdown}</p>", None) == f"<p>{text}</p>"
        if not pages[url].meta.get("search"):
            entries.append({"location": f"{url}#top", "text": markdown})
    if warn:
        LOG.warning("A link leads nowhere.")
    return made, cache.finish(entries)


def test_a_page_is_found_again_by_another_process_with_its_entries_in_their_order(tmp_path: Path) -> None:
    first = PageCache(tmp_path / "cache" / "pages.json")
    build(first, {"a/": "one", "b/": "two"})
    first.save()

    made, entries = build(PageCache(tmp_path / "cache" / "pages.json"), {"b/": "two", "c/": "new", "a/": "one"})

    assert made == ["new"]
    assert [entry["location"] for entry in entries] == ["b/#top", "c/#top", "a/#top"]


def test_a_page_in_another_world_or_with_another_text_is_made_anew(tmp_path: Path) -> None:
    cache = PageCache(tmp_path / "pages.json")
    build(cache, {"a/": "one"})

    assert build(cache, {"a/": "one"})[0] == []
    assert build(cache, {"a/": "one"}, world="another")[0] == ["one"]
    assert build(cache, {"a/": "other"})[0] == ["other"]
    assert build(cache, {"b/": "one"})[0] == ["one"]


def test_a_kept_page_has_its_anchors_and_links_again(tmp_path: Path) -> None:
    cache, files = PageCache(tmp_path / "pages.json"), SimpleNamespace(get_file_from_path=lambda uri: f"the file {uri}")
    for _ in range(2):
        cache.begin(LOG)
        one = page("a/")
        one.links_to_anchors = {Linked("b.md"): {"top": "b.md#top"}}
        cache.html(one, cache.markdown(one, "one"), files)
        cache.finish([])

    assert one.meta == {"search": {"exclude": True}}
    assert (one.present_anchor_ids, one.links_to_anchors) == ({"top"}, {"the file b.md": {"top": "b.md#top"}})


def test_a_build_that_told_of_a_fault_keeps_nothing(tmp_path: Path) -> None:
    cache = PageCache(tmp_path / "pages.json")

    assert build(cache, {"a/": "one"}, warn=True)[0] == ["one"]
    assert build(cache, {"a/": "one"})[0] == ["one"]
    assert build(cache, {"a/": "one"}, warn=True)[0] == []


def test_the_oldest_make_room(tmp_path: Path) -> None:
    cache = PageCache(tmp_path / "pages.json")
    for number in range(ROOM + 3):
        build(cache, {"a/": str(number)})

    assert build(cache, {"a/": "0"})[0] == ["0"]
    assert build(cache, {"a/": str(ROOM)})[0] == []


WHOLE = {"html": "", "ids": [], "links": {}, "search": []}


@pytest.mark.parametrize("spoilt", [b"", b"{", b"\xff", b'{"key": ', b"[1]", b"7", b"null", b"[" * 100_000, json.dumps({"key": 1}).encode(), json.dumps({"key": WHOLE | {"ids": 3}}).encode(),
                                    *(json.dumps({"key": {name: value for name, value in WHOLE.items() if name != lost}}).encode() for lost in WHOLE)])
def test_a_spoilt_file_of_any_form_costs_only_time(tmp_path: Path, spoilt: bytes) -> None:
    (tmp_path / "pages.json").write_bytes(spoilt)

    cache = PageCache(tmp_path / "pages.json")
    assert build(cache, {"a/": "one"})[0] == ["one"]
    cache.save()

    assert build(PageCache(tmp_path / "pages.json"), {"a/": "one"})[0] == []


def test_a_place_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    cache = PageCache(tmp_path / "cache" / "pages.json")
    build(cache, {"a/": "one"})
    cache.save()

    assert build(cache, {"a/": "one"})[0] == []


def test_different_things_have_different_fingerprints() -> None:
    things = [("a", "b"), ("ab",), ("a", "", "b"), ("a", ["b"]), (["a", "b"],), (1, "b"), ("1", "b")]

    assert len({fingerprint(*thing) for thing in things}) == len(things)
    assert fingerprint("a", ["b"]) == fingerprint("a", ["b"])
