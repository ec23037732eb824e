"""What people type (search.yml), asked of the real search in Chromium: `make search-report` prints what falls short.

Prints, for each set and kind, how often a page that may come first does, and for each query that
falls short what came first instead.
"""

import statistics
import sys
from dataclasses import dataclass
from pathlib import Path

import yaml
from playwright.sync_api import Page

SETS = yaml.safe_load((Path(__file__).parent / "search.yml").read_text(encoding="utf-8"))
KINDS = ("keyword", "lay word", "sentence", "misspelling", "danger sign")

# Ask one query after the other in the dialog's own box; return for each the pages found, in their order, and the milliseconds until they stand there.
_ASK = """async (queries) => {
  const dialog = document.querySelector(".search"), box = dialog.querySelector("input");
  const root = new URL("..", new URL(dialog.dataset.index, document.baseURI)).pathname;
  const found = [];
  for (const query of queries) {
    const start = performance.now();
    box.value = query;
    box.dispatchEvent(new Event("input"));
    const pages = [...dialog.querySelectorAll(".search__hit")].map((item) => item.querySelector("a").pathname);
    dialog.getBoundingClientRect();  // laid out, as before a reader sees it
    found.push([pages.map((page) => page.slice(root.length).replace(/[/]$/, "") || "home"), performance.now() - start]);
  }
  return found;
}"""


@dataclass
class Answer:
    """What the search found for one query."""

    query: str
    kind: str
    wanted: list[str]
    found: list[str]
    milliseconds: float

    def among(self, first: int) -> bool:
        return bool(set(self.found[:first]) & set(self.wanted))


def open_search(tab: Page) -> None:
    """Open the search and wait until it has its index."""
    tab.locator(".search-open").click()
    tab.locator(".search input").fill("st")
    tab.locator(".search__hit").first.wait_for()


def ask(tab: Page, queries: list[str]) -> list[list[str]]:
    """Return the pages found for each query by the open search of a tab, best first."""
    return [pages for pages, _ in tab.evaluate(_ASK, queries)]


def answers(tab: Page, queries: dict[str, dict[str, list[str]]]) -> list[Answer]:
    """Ask the queries of one set, by kind."""
    asked = [(kind, query, wanted) for kind in queries for query, wanted in queries[kind].items()]
    found = tab.evaluate(_ASK, [query for _, query, _ in asked])
    return [Answer(query, kind, wanted, *one) for (kind, query, wanted), one in zip(asked, found, strict=True)]


def share(some: list[Answer], first: int) -> float:
    """Return how many of 1 have a wanted page among the first ones."""
    return sum(answer.among(first) for answer in some) / len(some)


def report(name: str, some: list[Answer]) -> str:
    """Write the figures of one set, kind by kind, and every query that falls short."""
    lines = [f"{name}: {len(some)} queries, first {share(some, 1):.3f}, first three {share(some, 3):.3f}, "
             f"empty {sum(not answer.found for answer in some)}, median {statistics.median(answer.milliseconds for answer in some):.1f} ms"]
    for kind in KINDS:
        these = [answer for answer in some if answer.kind == kind]
        lines.append(f"  {kind}: {len(these)} queries, first {share(these, 1):.3f}, first three {share(these, 3):.3f}")
        lines += [f"    {answer.query!r} finds {', '.join(answer.found[:3]) or 'nothing'}, not {' or '.join(answer.wanted)}"
                  for answer in these if not answer.among(1)]
    return "\n".join(lines)


def main(site: Path) -> None:
    from browser.conftest import browser, serve

    server = serve(site)
    with browser() as chromium:
        tab = chromium.new_page()
        tab.goto(f"http://127.0.0.1:{server.server_port}/")
        open_search(tab)
        for name, queries in SETS.items():
            print(report(name, answers(tab, queries)))
    server.shutdown()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main(Path(sys.argv[1]))
