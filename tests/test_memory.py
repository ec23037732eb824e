"""What was made before is found again, and only for the very same thing."""

import pytest
from memory import ROOM, Memory, fingerprint


def test_an_answer_is_found_again_by_another_process(tmp_path):
    first = Memory(tmp_path / "cache" / "pages.json")
    first.keep("key", {"content": "a"})
    first.save()

    assert Memory(tmp_path / "cache" / "pages.json").recall("key") == {"content": "a"}
    assert Memory(tmp_path / "cache" / "pages.json").recall("other") is None


def test_the_oldest_make_room(tmp_path):
    memory = Memory(tmp_path / "pages.json")
    for number in range(ROOM + 2):
        memory.keep(f"old {number}", number)
    memory.save()
    assert memory.recall("old 0") == 0
    memory.keep("new", 1)
    memory.save()

    again = Memory(tmp_path / "pages.json")
    assert [again.recall(key) for key in ("old 0", "new", f"old {ROOM + 1}")] == [0, 1, ROOM + 1]
    assert again.recall("old 1") is None


@pytest.mark.parametrize("spoilt", [b"", b"{", b"\xff", b'{"key": ', b"[1]", b"7"])
def test_a_spoilt_file_costs_only_time(tmp_path, spoilt):
    (tmp_path / "pages.json").write_bytes(spoilt)

    memory = Memory(tmp_path / "pages.json")
    assert memory.recall("key") is None
    memory.keep("key", 1)
    memory.save()

    assert Memory(tmp_path / "pages.json").recall("key") == 1


def test_a_place_that_cannot_be_written_costs_only_time(tmp_path):
    (tmp_path / "cache").write_text("a file where the folder should be")
    memory = Memory(tmp_path / "cache" / "pages.json")
    memory.keep("key", 1)
    memory.save()

    assert memory.recall("key") == 1


def test_different_things_have_different_fingerprints():
    things = [("a", "b"), ("ab",), ("a", "", "b"), ("a", ["b"]), (["a", "b"],), (1, "b"), ("1", "b")]

    assert len({fingerprint(*thing) for thing in things}) == len(things)
    assert fingerprint("a", ["b"]) == fingerprint("a", ["b"])
