"""What the gate refuses on a page written by hand is named at its line in the content file."""

from pathlib import Path

import pytest
from builds import ROOT, build
from guide.document import Document
from output.content_security_policy import Gate, content_security_policy

HEAD = f'<!doctype html>\n<html lang="en"><head><meta http-equiv="Content-Security-Policy" content="{content_security_policy()}"><title>A page</title></head>\n'
WRITTEN = "---\nname: Who wrote it\n---\n\nWords.\n\n## Who wrote\nit\n\nSee [our  page](java&Tab;script:go())\nand [another](http://example.org/a?b&c).\n"


@pytest.mark.parametrize(("finished", "place"), {
    '<h2 id="main">Who wrote\nit</h2>': "7:4",
    '<a href="java&Tab;script:go()">our page</a>': "10:6",
    '<a href="http://example.org/a?b&amp;c">another</a>': "11:15",
    '<p onclick="stop()">Words.</p>': "5:1",
}.items())
def test_a_refusal_points_at_the_words_from_which_it_comes(finished: str, place: str) -> None:
    page = f'{HEAD}<body><main id="main">\n\n{finished}</main>'

    [problem] = Gate().problems(page, "about/index.html", Document("content/about.md", text=WRITTEN))

    assert str(problem).startswith(f"content/about.md:{place}: Found ")


@pytest.mark.parametrize("finished", ['<img src="x" onerror="spoilt()">', '<p onclick="stop()"></p>', '<p hidden>Not of the author</p>'])
def test_what_comes_from_elsewhere_is_named_on_the_finished_page(finished: str) -> None:
    [problem] = Gate().problems(f"{HEAD}<body>{finished}", "about/index.html", Document("content/about.md", text=WRITTEN))

    assert str(problem).startswith("about/index.html:3:7: Found ")


def test_a_build_names_the_line_of_the_content_file(guide: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.py"
    spoilt.write_text("def on_page_content(html, page, config, files):\n    return html.replace('who-wrote-it', 'main')\n")
    configuration = tmp_path / "mkdocs.yml"
    ours = (ROOT / "mkdocs.yml").read_text().replace("watch: [overrides, hooks]\n", "").replace("custom_dir: overrides", f"custom_dir: {ROOT}/overrides")
    configuration.write_text(ours.replace("hooks: [hooks/publish.py]", f"hooks: [{ROOT}/hooks/publish.py, {spoilt}]"))

    result = build(guide, tmp_path / "site", configuration=configuration)

    assert result.returncode == 1
    assert '\ncontent/about.md:12:4: Found the id "main" a second time (first in line ' in result.stderr
