"""An address leads where it says; that of the guide's own site or files bears nothing after it."""

from pathlib import Path
from typing import Any

import pytest
from guide.checker import check
from guide.model.field_types import Address, Url
from pydantic import TypeAdapter, ValidationError

ODD_HOSTS = ["https://.org/", "https://a..org/", "https://-a.org/", "https://a-.org/", "https://a.org./x", "https://a.-b.org/", f"https://{'a' * 64}.org/", "https://a_b.org/"]


def takes(kind: Any, address: str) -> bool:
    try:
        TypeAdapter(kind).validate_python(address)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize("address", ODD_HOSTS)
def test_a_host_that_cannot_be_is_refused(address: str) -> None:
    assert not takes(Url, address) and not takes(Address, address)


def test_a_true_address_is_taken() -> None:
    for address in ("https://example.org", "https://a-b.example.co.uk/c/d/", "https://xn--bcher-kva.example/"):
        assert takes(Url, address) and takes(Address, address)
    assert takes(Url, "https://example.org/a?b=c#d")


@pytest.mark.parametrize("key", ["address", "repository"])
@pytest.mark.parametrize("rest", ["?a=b", "#a", "/owner/name?a", "/owner/name#readme", "/a//b", "/../x"])
def test_nothing_can_be_put_after_the_guide_s_own_addresses(guide: Path, key: str, rest: str) -> None:
    file = guide / "guide.yml"
    text = "\n".join(line for line in file.read_text(encoding="utf-8").splitlines() if not line.startswith(f"{key}:"))
    file.write_text(f'{key}: "https://example.org{rest}"\n{text}\n', encoding="utf-8")

    assert [str(problem).partition(" Found ")[2] for problem in check(guide)[1]] == [
        f'the address "https://example.org{rest}". Expected https://, a host, and plain folders after it, such as https://example.org/guide. '
        "Take out what stands after them, or leave it out."]
