"""Each value is escaped for the place where a template puts it: text, attribute, address, data, style."""

import re
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest
from builds import ROOT, build
from markupsafe import Markup
from pages.escape import attribute
from pages.templates import environment

OVERRIDES = ROOT / "overrides"
MARKDOWN = sorted(OVERRIDES.rglob("*.md"))
HTML = sorted(OVERRIDES.rglob("*.html"))
MADE_BY_US = {"page.content | safe", "content_security_policy | safe", "style_sheet | safe"}  # what is let into an HTML template as it stands: HTML that was made of Markdown, a constant
IN_AN_ATTRIBUTE_LIST = {"care", "flag.id", "id", "name", "number", "size(drawing.file)", "size(page.picture.file)", "size(page.where.picture.file)"}  # ids and numbers, which hold no sign


def faults(text: str, suffix: str) -> list[str]:
    """Name every value in a template that is not escaped for its place."""
    text = re.sub(r"\{#.*?#\}|\{%.*?%\}", "", text, flags=re.DOTALL)
    values = [value.strip() for value in re.findall(r"\{\{(.*?)\}\}", text, re.DOTALL)]
    marked = re.sub(r"\{\{.*?\}\}", "\0", text, flags=re.DOTALL)
    found = [value for value in values if re.search(r"\|\s*(?:safe|e|escape|forceescape)\b", value) and value not in MADE_BY_US]
    for tag in re.finditer(r"<[a-zA-Z][^<>]*>", marked):
        first = marked.count("\0", 0, tag.start())
        inside = values[first: first + tag[0].count("\0")]
        quoted = re.findall(r'[\w-]="([^"]*)"', tag[0])
        if sum(part.count("\0") for part in quoted) != len(inside) or re.search(r'(?:\son\w+|\sstyle|\ssrcdoc)="[^"]*\0', tag[0]):
            found += inside  # outside quotes, or in a place where text is a program
        elif suffix == ".md":
            found += [value for value in inside if not re.search(r"\|\s*attribute$", value)]
    for script in re.finditer(r"<(?:script|style)\b[^<>]*>(.*?)</", marked, re.DOTALL):
        first = marked.count("\0", 0, script.start(1))
        found += ["a value in a script or a style" for value in values[first: first + script[1].count("\0")] if value not in MADE_BY_US]
    if suffix == ".md":
        for braces in re.finditer(r"(?:\{:|\{ )[^{}\n]*\}", marked):
            first = marked.count("\0", 0, braces.start())
            found += [value for value in values[first: first + braces[0].count("\0")] if value not in IN_AN_ATTRIBUTE_LIST and not re.search(r"\|\s*attribute$", value)]
        for link in re.finditer(r"\]\(([^)\n]*)\)", marked):
            first = marked.count("\0", 0, link.start(1))
            found += [value for value in values[first: first + link[1].count("\0")] if not re.search(r"\|\s*address$|^(?:image|file)\(", value)]
    return found


@pytest.mark.parametrize("file", [*MARKDOWN, *HTML], ids=lambda file: file.relative_to(OVERRIDES).as_posix())
def test_every_value_in_a_template_is_escaped_for_its_place(file: Path) -> None:
    assert faults(file.read_text(encoding="utf-8"), file.suffix) == []


@pytest.mark.parametrize(("text", "suffix"), [
    ('<p title="{{ a }}">', ".md"), ('<p title="{{ a|attribute }}" class="b {{ c }}">', ".md"), ("<p title={{ a|attribute }}>", ".md"), ("<p {{ a }}>", ".html"), ("<p title='{{ a }}'>", ".html"),
    ('<p style="color: {{ a }}">', ".html"), ('<p onclick="{{ a }}">', ".html"), ("<script>{{ a }}</script>", ".html"), ("{{ a | safe }}", ".html"), ("{{ a | e }}", ".html"),
    ("# {{ a }} {: #{{ a }} }", ".md"), ("[a]({{ a }})", ".md"), ("[a](tel:{{ a|safe }})", ".md")])
def test_a_value_that_is_not_would_be_found(text: str, suffix: str) -> None:
    assert len(faults(text, suffix)) >= 1


def test_the_html_templates_escape_by_themselves() -> None:
    """What `faults` takes for granted of them, since MkDocs' own environment does not."""
    assert ".autoescape = True" in (ROOT / "hooks" / "publish.py").read_text(encoding="utf-8")
    assert environment().autoescape is True


class Tags(HTMLParser):
    """The tags of a text with their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))

    def handle_data(self, text: str) -> None:
        self.text += text


HOSTILE = ['a "b" c', "a' hidden='", 'a" hidden="', "a\\", "`a`", "*a* _b_", "[a](b)", "![a](b)", "{: hidden=1 }", "a & b &amp", "$a~^|", "http: //a", "a  b\n\nc", "> a", "</p><p hidden>"]


@pytest.mark.parametrize("form", ['<div class="a" title="@" markdown="block">\n\nb\n\n</div>', '<p title="@">b</p>', 'a <small title="@">b</small>', '### <input title="@"> b {: #c }'])
@pytest.mark.parametrize("value", [*HOSTILE, *map(Markup, HOSTILE)], ids=repr)
def test_an_attribute_holds_its_value_as_it_stands_and_ends_where_it_ends(form: str, value: str) -> None:
    made = Tags(markdown.markdown(form.replace("@", attribute(value)), extensions=["attr_list", "md_in_html"]))

    [attributes] = [attributes for _, attributes in made.found if "title" in attributes]
    assert attributes["title"] == str(value)
    assert set(attributes) <= {"class", "title"}


@pytest.mark.parametrize("name", ['The "Hiccups" guide', 'A" hidden="', "A' & B", "<3 A &amp B"])
def test_a_name_with_a_quote_is_shown_everywhere_and_ends_nothing(guide: Path, tmp_path: Path, name: str) -> None:
    written = name.replace('"', '\\"')
    for file, old in (("guide.yml", "name: Hiccups"), ("triggers/strong-feelings.yml", "name: Strong feelings"), ("guide.yml", "description: What hiccups are"), ("guide.yml", "danger: Face")):
        key = old.partition(":")[0]
        text = (guide / file).read_text(encoding="utf-8")
        (guide / file).write_text(re.sub(rf"^{key}: .*$", f'{key}: "{written}"', text, count=1, flags=re.MULTILINE), encoding="utf-8")

    result = build(guide, tmp_path / "site")

    assert result.returncode == 0, result.stderr
    help_ = Tags((tmp_path / "site/get-help/index.html").read_text(encoding="utf-8"))
    assert [attributes for tag, attributes in help_.found if tag == "red-flag-checklist"][0].keys() == {"data-words", "data-urgency", "data-guide"}
    assert [attributes["data-guide"] for tag, attributes in help_.found if tag == "red-flag-checklist"] == [name]
    home = Tags((tmp_path / "site/index.html").read_text(encoding="utf-8"))
    for page in (help_, home):
        assert page.text.count(name) >= 3
    page = Tags((tmp_path / "site/triggers/strong-feelings/index.html").read_text(encoding="utf-8"))
    assert f"{name} - {name}" in page.text
    assert [attributes["content"] for _, attributes in home.found if attributes.get("name") == "description"] != []
