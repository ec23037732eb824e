"""What a first view may cost, in bytes and requests; nothing here depends on a time."""

import gzip
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from budget import first_view, serve_zipped
from playwright.sync_api import Browser

# kB over the wire, headers and pictures included; Starlight's default takes 52 for an empty page.
SHARED = {"css": 0, "js": 6.5}
HTML = {"get-help/": 42, "sources/": 35}  # the style sheet is in it, 7 kB
HTML_ELSEWHERE = 19
PICTURES = 9


def over_budget(view: dict[str, float], page: str) -> list[str]:
    """Say which parts of a first view are too heavy."""
    limits = {**SHARED, "html": HTML.get(page, HTML_ELSEWHERE), "other": PICTURES}
    faults = [f"{view[kind] / 1000:.1f} kB of {kind}, more than {limit}" for kind, limit in limits.items() if view[kind] > limit * 1000]
    faults += [f"{view['scripts']} scripts, more than 1"] * (view["scripts"] > 1) + [f"{view['sheets']} style sheets, more than the one in the page"] * (view["sheets"] > 0)
    return faults + [f"moves while it loads: {view['cls']:.4f}"] * (view["cls"] > 0)


@pytest.fixture(scope="module")
def zipped(site: Path) -> str:
    return serve_zipped(site)


def test_every_kind_of_page_stays_within_its_budget(chromium: Browser, zipped: str, kinds: list[str]) -> None:
    """On a busy machine a browser may paint half of a heading, and move it by a hair when the rest comes; what a page does by itself it does again."""
    def faults(page: str) -> list[str]:
        return over_budget(first_view(chromium, zipped + page), page)

    assert {page: again for page in kinds if faults(page) and (again := faults(page))} == {}


PLANTED: dict[str, tuple[str, Callable[[str], str]]] = {
    "kB of css": ("about/index.html", lambda text: text.replace("style-src ", "style-src 'self' ").replace("</head>", '<link rel="stylesheet" href="../heavy.css"></head>')),
    "kB of js": ("assets/guide.js", lambda text: text + "".join(f"const x{number}={number * 7919};" for number in range(2000))),
    "kB of html": ("about/index.html", lambda text: text.replace("</main>", "".join(f"<p>{number * 7919:x}</p>" for number in range(4000)) + "</main>")),
    "scripts, more than 1": ("about/index.html", lambda text: text.replace("</body>", '<script src="../assets/guide.js?2"></script></body>')),
    "style sheets, more than the one in the page": ("about/index.html", lambda text: text.replace("style-src ", "style-src 'self' ").replace("</head>", '<link rel="stylesheet" href="../heavy.css"></head>')),
    "kB of other": ("about/index.html", lambda text: text.replace("</main>", '<img src="../heavy.svg" alt=""></main>')),
    "moves while it loads": ("assets/guide.js", lambda text: text + "addEventListener('load', () => setTimeout(() => { document.querySelector('h1').style.marginTop = '300px'; }, 100));"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_planted_weight_is_found(chromium: Browser, site: Path, tmp_path: Path, fault: str) -> None:
    heavy = shutil.copytree(site, tmp_path / "site", ignore=lambda folder, names: [name for name in names if name in ("triggers", "conditions", "search")])
    lines = " ".join(str(number * 7919 % 100_003) for number in range(10_000))
    (heavy / "heavy.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><path d="M {lines}"/></svg>')
    (heavy / "heavy.css").write_text("p{color:red}")
    file, spoil = PLANTED[fault]
    (heavy / file).write_text(spoil((heavy / file).read_text(encoding="utf-8")), encoding="utf-8")

    assert fault in " ".join(over_budget(first_view(chromium, serve_zipped(heavy) + "about/"), "about/"))


def test_no_script_of_the_theme_no_source_map_and_no_language_pack_is_published(site: Path) -> None:
    assert [path.name for path in site.rglob("*") if path.suffix == ".map" or "lunr" in path.parts or "javascripts" in path.parts] == []
    assert sorted(path.name for path in site.rglob("*.js")) == ["guide.js", "language.js", "minisearch.js"]


def test_the_search_fetches_little(site: Path) -> None:
    """In bytes over the wire, when the reader turns to it."""
    cost = {name: len(gzip.compress((site / name).read_bytes())) for name in ("assets/language.js", "assets/minisearch.js", "search/search_index.json")}

    assert cost["assets/language.js"] <= 2_500
    assert cost["assets/minisearch.js"] <= 9_500
    assert cost["search/search_index.json"] <= 75_000
