"""Guide → MkDocs. The only file that knows MkDocs; its events call the other rooms and do no more."""

import datetime
import gc
import json
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import escape
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote_plus

from assets import assets
from check import check, report
from handout import print_sheets
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from model import Guide
from page_cache import PageCache
from policy import Gate, content_security_policy, headers
from problem import Problem
from render import CACHE, Page, look_book, menu, read_words, render, template_cache
from sample import ID, KINDS, sample, schemas_from
from search import sharpen
from theme import end_of_care, take_words_alone, watch_closely

log = logging.getLogger("mkdocs.guide")


# The five ways in that stand in the header; all other pages are in the menu.
DOORS = ("get-help.md", "triggers/index.md", "conditions/index.md", "management/index.md", "visit.md")


@dataclass
class Build:
    """What one build makes its pages from."""

    guide: Guide | None = None  # in a preview the last good one; None until there is one
    pages: list[Page] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)  # what is wrong with the newest content
    refused: list[Problem] = field(default_factory=list)  # what the gate found on the finished pages

    @property
    def words(self) -> dict:
        """The engine's own words in the guide's language; English until a guide could be read."""
        return read_words(self.guide.about.language if self.guide else "en")


class Session:
    """What outlives a build of `make serve`."""

    def __init__(self, serving: bool):
        self.serving = serving
        self.gate = Gate(preview=serving)
        self.cache = PageCache(CACHE / "pages.json")
        self.build = Build()


session = Session(serving=False)


def on_startup(command: str, dirty: bool) -> None:
    global session
    session = Session(serving=command == "serve")
    gc.freeze()  # a build makes many objects and few circles; looking for them costs a tenth of its time
    gc.set_threshold(500_000)


def on_serve(server, config: MkDocsConfig, builder):
    watch_closely(server, (config.docs_dir, config.config_file_path))
    return server


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check the content before MkDocs cleans the old site, so that a mistake never costs the last good one."""
    folder = Path(config.docs_dir)
    guide, problems = check(folder)
    if not problems:
        guide.proof = _proof(guide.version)
        address = _address(config, guide)
        pages, problems = _pages_and_sheets(guide, folder, address)
        if not address:
            log.info("The printed guide bears no code to scan, since no site address is set (guide.yml: address).")
    if problems and not session.serving:
        raise PluginError("\n" + report(problems))
    if problems:
        log.error("\n" + report(problems))
        last_good = session.build.guide
        session.build = Build(last_good, render(last_good) if last_good else [], problems)  # anew, since the templates may have been edited
    else:
        session.build = Build(guide, pages)
    if session.build.guide:
        _describe(config, session.build.guide, folder)
    take_words_alone(config.theme)
    if sentence := end_of_care(datetime.date.today()):
        log.info(sentence)
    return config


def _pages_and_sheets(guide: Guide, folder: Path, address: str | None) -> tuple[list[Page], list[Problem]]:
    """Render the pages while another thread has the sheets set; a page that tells of the sheets waits for them, and bears an empty list."""
    with ThreadPoolExecutor(1) as thread:
        printing = thread.submit(print_sheets, guide, folder, address)
        guide.printed = lambda: printing.result()[0]
        return render(guide), printing.result()[1]


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish what the guide is made into and its drawings, and no other file that lies in a folder of ours, the theme's or the author's."""
    guide, published = session.build.guide, [File.generated(config, "_headers", content=headers())]
    published += [File.generated(config, f"assets/{name}", content=text) for name, text in assets().items()]
    if not guide:
        return Files([*published, File.generated(config, "index.md", content="# …\n")])
    published += [file for file in files if file.src_uri in {f"images/{name}.svg" for name in guide.images}]
    published += [File.generated(config, sheet.uri, content=sheet.pdf) for sheet in guide.sheets]
    if session.serving or os.environ.get("LOOK_BOOK"):
        page = look_book(guide)
        published.append(File.generated(config, page.uri, content=page.markdown, inclusion=InclusionLevel.NOT_IN_NAV))
    for page in session.build.pages:
        published.append(File.generated(config, page.uri, content=page.markdown))
        published[-1].edit_uri = page.source
    return Files(published)


def on_nav(nav, config: MkDocsConfig, files: Files):
    maker = Files.__module__.partition(".")[0]  # mkdocs, or its maintained fork, whose logger bears its own name
    libraries = [(name, version(name)) for name in (maker, "mkdocs-material", "markdown")]
    markdown = config.markdown_extensions, config.mdx_configs, config.validation, config.use_directory_urls
    session.cache.begin(logging.getLogger(maker), libraries, markdown, sorted(files.src_uris))
    return nav


def on_page_markdown(markdown: str, page, config: MkDocsConfig, files: Files) -> str:
    return session.cache.markdown(page, markdown)


def on_page_content(html: str, page, config: MkDocsConfig, files: Files) -> str:
    return session.cache.html(page, html, files)


def on_env(env, config: MkDocsConfig, files: Files):
    """Let the HTML templates know the guide, the engine's words, and what is wrong in a preview."""
    build = session.build
    env.bytecode_cache = template_cache("theme")
    env.globals.update(guide=build.guide, words=build.words, problems=build.problems)
    env.globals["content_security_policy"] = content_security_policy(preview=session.serving)
    env.globals["ways_to_help"] = lambda page: _ways_to_help(page, config)
    env.globals["doors"] = [files.get_file_from_path(uri).page for uri in DOORS] if build.guide else []
    return env


def on_shutdown() -> None:
    session.cache.save()


def on_post_page(output: str, page, config: MkDocsConfig) -> str:
    return _let_through(output, page.file.dest_uri)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    return _let_through(output_content, template_name) if template_name.endswith(".html") else output_content


def _let_through(html: str, path: str) -> str:
    """Return a page, or nothing in its place if anything on it is alive that must not be."""
    problems = session.gate.problems(html, path)
    if problems and session.serving:
        log.error("\n" + report(problems))
        return f"<!doctype html><meta charset=utf-8><title>{escape(path)}</title><pre>{escape(report(problems))}</pre>"
    session.build.refused += problems
    return "" if problems else html


def on_post_build(config: MkDocsConfig) -> None:
    """End a build in which a page was not let out; complete the search index and sharpen it."""
    build = session.build
    if build.refused and not session.serving:
        raise PluginError("\n" + report(build.refused))
    file = Path(config.site_dir) / "search" / "search_index.json"
    index = json.loads(file.read_text(encoding="utf-8"))
    index["docs"] = session.cache.finish(index["docs"])
    if build.guide:
        index = sharpen(index, build.guide, build.words)
    file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _describe(config: MkDocsConfig, guide: Guide, folder: Path) -> None:
    """Give MkDocs the guide's own name, description, menu and addresses; none is invented."""
    about = guide.about
    config.site_name = escape(about.name)
    config.site_description = escape(about.description)
    config.nav = menu(guide)
    if not session.serving:
        config.site_url = _address(config, guide)
    repository = about.repository or _repository_in_ci()
    if repository:
        here = Path(config.config_file_path).parent
        path = folder.relative_to(here) if folder.is_relative_to(here) else Path(folder.name)
        config.edit_uri_template = f"{repository.rstrip('/')}/edit/main/{path.as_posix()}/{{path}}"


def _ways_to_help(page, config: MkDocsConfig) -> list[tuple[str, str]]:
    """List, as (text, address), what a reader can do about a page besides editing it."""
    words = session.build.words
    edit = config.edit_uri_template.removesuffix("{path}")  # …/edit/main/content/
    new = edit.replace("/edit/", "/new/", 1)
    ways = [(words["say_so"], edit.partition("/edit/")[0] + "/issues/new/choose")]
    kinds = {f"{model.kind}/index.md": kind for kind, model in KINDS.items() if hasattr(model, "kind")} | {"get-help.md": "red-flag"}
    uri = page.file.src_uri
    if uri == "get-help.md":
        ways.append((words["edit_signs"], edit.replace("/edit/", "/tree/", 1) + "red-flags"))
    if uri in ("sources.md", "glossary.md"):
        ways.append((words["suggest"][page.file.name], page.edit_url))
    if kind := kinds.get(uri):
        folder = KINDS[kind].kind
        text = sample(kind, schemas=schemas_from(Path(config.docs_dir) / folder))
        ways.append((words["suggest"][folder], f"{new}{folder}?filename={ID}.yml&value={quote_plus(text, safe=':/,')}"))
    return ways


def _address(config: MkDocsConfig, guide: Guide) -> str | None:
    """Return where the site will be published, if anyone has said so."""
    return os.environ.get("SITE_ADDRESS") or guide.about.address or (None if session.serving else config.site_url)


def _proof(version: str) -> dict | None:
    """Return what the checklist's own test wrote, if it tried this very content and this very program; never an older claim."""
    file = Path(os.environ.get("CHECKLIST_PROOF", ""))
    program = (Path(__file__).parent.parent / "overrides" / "components" / "red-flag-checklist").iterdir()
    if not file.is_file() or any(part.stat().st_mtime > file.stat().st_mtime for part in program):
        return None
    proof = json.loads(file.read_text(encoding="utf-8"))
    return proof if proof.get("version") == version else None


def _repository_in_ci() -> str | None:
    name = os.environ.get("GITHUB_REPOSITORY")
    return f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{name}" if name else None
