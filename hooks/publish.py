"""Guide → MkDocs. The only file that knows MkDocs; its events call the other rooms and do no more."""

import gc

gc.set_threshold(500_000)  # a build makes many objects and few circles; looking for them takes a quarter of the imports and a tenth of the rest

import datetime
import json
import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import Any

from guide.checker import check, report
from guide.document import Document
from guide.folder import obstacles
from guide.model.guide import Guide
from guide.problem import Problem
from guide.routes import DOORS
from handout.sheets import Sheet, print_sheets
from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from output.content_security_policy import Gate, content_security_policy, headers
from output.page_cache import PageCache
from output.theme import end_of_care, take_words_alone, watch_closely
from pages import explained_words
from pages.assets import assets, style_sheet
from pages.contribute import Repository
from pages.escape import attribute
from pages.proof import read_proof
from pages.render import Page, Sheets, look_book, render
from pages.routes import Proof, menu
from pages.search import sharpen
from pages.template_problems import tell, told
from pages.templates import CACHE, template_cache
from words.catalogue import read_words

log = logging.getLogger("mkdocs.guide")


@dataclass
class Build:
    """What one build makes its pages from."""

    guide: Guide | None = None  # in a preview the last good one; None until there is one
    pages: list[Page] = field(default_factory=list)
    sheets: Sheets = list  # printed from the guide
    proof: Proof | None = None
    repository: Repository | None = None
    problems: list[Problem] = field(default_factory=list)  # what is wrong with the newest content
    refused: list[Problem] = field(default_factory=list)  # what the gate found on the finished pages
    broken: list[Problem] = field(default_factory=list)  # templates that could not be used

    @property
    def words(self) -> dict[str, Any]:
        """The engine's own words in the guide's language; English until a guide could be read."""
        return read_words(self.guide.about.language if self.guide else "en")


class Session:
    """What outlives a build of `make serve`."""

    def __init__(self, serving: bool):
        self.serving = serving
        self.gate, self.style_sheet = Gate(preview=serving), ""
        self.cache = PageCache(CACHE / "pages.json")
        self.build = Build()

    def dress(self, style_sheet: str) -> None:
        """Take the style sheet that every page bears, and let no other through."""
        if style_sheet != self.style_sheet:
            self.gate, self.style_sheet = Gate(style_sheet, self.serving), style_sheet


session = Session(serving=False)


def on_startup(command: str, dirty: bool) -> None:
    global session
    session = Session(serving=command == "serve")
    gc.freeze()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]) -> LiveReloadServer:
    watch_closely(server, (config.docs_dir, config.config_file_path))
    return server


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check the content before MkDocs cleans the old site, so that a mistake never costs the last good one."""
    session.dress(style_sheet())
    folder = Path(config.docs_dir)
    guide, problems = check(folder)
    if guide:
        proof = read_proof(Path(os.environ.get("CHECKLIST_PROOF", "")), guide.version)
        address = _address(config, guide)
        with told(problems):
            pages, sheets, problems = _pages_and_sheets(guide, folder, address, proof)
        if not address:
            log.info("The printed guide bears no code to scan, since no site address is set (guide.yml: address).")
    if problems and (not session.serving or obstacles(folder)):  # MkDocs would follow a link
        raise PluginError("\n" + report(problems))
    if problems or not guide:
        last = session.build
        pages = last.pages
        with told(problems):
            pages = render(last.guide, last.sheets, last.proof) if last.guide else []  # anew, since the templates may have been edited
        log.error("\n" + report(problems))
        session.build = replace(last, pages=pages, problems=problems, refused=[], broken=[])
    else:
        session.build = Build(guide, pages, lambda: sheets, proof, _repository(config, guide, folder))
    if guide := session.build.guide:
        _describe(config, guide)
        config.markdown_extensions.append(explained_words.__name__)
        config.mdx_configs[explained_words.__name__] = {"terms": guide.glossary}
    take_words_alone(config.theme)
    if sentence := end_of_care(datetime.date.today()):
        log.info(sentence)
    return config


def _pages_and_sheets(guide: Guide, folder: Path, address: str | None, proof: Proof | None) -> tuple[list[Page], list[Sheet], list[Problem]]:
    """Render the pages while another thread has the sheets set; a page that tells of the sheets waits for them, and bears an empty list."""
    with ThreadPoolExecutor(1) as thread:
        printing = thread.submit(print_sheets, guide, folder, address)
        pages = render(guide, lambda: printing.result()[0], proof)
        return pages, *printing.result()


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Publish what the guide is made into and its drawings, and no other file that lies in a folder of ours, the theme's or the author's."""
    guide, published = session.build.guide, [File.generated(config, "_headers", content=headers(session.style_sheet))]
    published += [File.generated(config, f"assets/{name}", content=text) for name, text in assets().items()]
    if not guide:
        return Files([*published, File.generated(config, "index.md", content="# …\n")])
    published += [file for file in files if file.src_uri in {f"images/{name}.svg" for name in guide.images}]
    published += [File.generated(config, sheet.uri, content=sheet.pdf) for sheet in session.build.sheets()]
    if session.serving or os.environ.get("LOOK_BOOK"):
        with told(session.build.broken):
            page = look_book(guide, session.build.sheets, session.build.proof)
            published.append(File.generated(config, page.uri, content=page.markdown, inclusion=InclusionLevel.NOT_IN_NAV))
    for page in session.build.pages:
        published.append(File.generated(config, page.uri, content=page.markdown))
        published[-1].edit_uri = page.source
    return Files(published)


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> Navigation:
    maker = Files.__module__.partition(".")[0]  # mkdocs, or its maintained fork, whose logger bears its own name
    libraries = [(name, version(name)) for name in (maker, "mkdocs-material", "markdown")]
    markdown = Path(explained_words.__file__).read_bytes(), config.markdown_extensions, config.mdx_configs, config.validation, config.use_directory_urls
    session.cache.begin(logging.getLogger(maker), libraries, markdown, sorted(files.src_uris))
    return nav


def on_page_markdown(markdown: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    return session.cache.markdown(page, markdown)


def on_page_content(html: str, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str:
    return session.cache.html(page, html, files)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Let the HTML templates escape what they print, and know the guide, the engine's words, and what is wrong in a preview."""
    build = session.build
    env.autoescape = True  # as text and between double quotes; MkDocs' own environment escapes nothing
    env.filters["attribute"] = attribute  # for the components that are read in Markdown too
    env.bytecode_cache = template_cache("theme", b"escaped")
    tell(env, build.broken)
    env.globals.update(guide=build.guide, words=build.words, problems=build.problems)
    env.globals["content_security_policy"] = content_security_policy(session.style_sheet, session.serving)
    env.globals["style_sheet"] = session.style_sheet
    env.globals["ways_to_help"] = lambda uri: build.repository.ways_to_help(uri, Path(config.docs_dir), build.words) if build.repository else []
    env.globals["doors"] = [file.page for uri in DOORS if (file := files.get_file_from_path(uri))]
    return env


def on_shutdown() -> None:
    session.cache.save()


def on_post_page(output: str, page: MkDocsPage, config: MkDocsConfig) -> str:
    by_hand = session.build.guide.pages.get(Path(page.file.src_uri).stem) if session.build.guide else None
    return _let_through(output, page.file.dest_uri, by_hand.document if by_hand and page.file.edit_uri == f"{by_hand.id}.md" else None)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    return _let_through(output_content, template_name) if template_name.endswith(".html") else output_content


def _let_through(html: str, path: str, written: Document | None = None) -> str:
    """Return a page, or nothing in its place if anything on it is alive that must not be."""
    problems = session.build.broken or session.gate.problems(html, path, written)
    if problems and session.serving:
        log.error("\n" + report(problems))
        return f"<!doctype html><meta charset=utf-8><title>{escape(path)}</title><pre>{escape(report(problems))}</pre>"
    session.build.refused += [problem for problem in problems if problem not in session.build.refused]
    return "" if problems else html


def on_post_build(config: MkDocsConfig) -> None:
    """End a build in which a page was not let out; complete the search index and sharpen it."""
    build = session.build
    if (wrong := build.refused or build.broken) and not session.serving:
        raise PluginError("\n" + report(wrong))
    file = Path(config.site_dir) / "search" / "search_index.json"
    index = json.loads(file.read_text(encoding="utf-8"))
    index["docs"] = session.cache.finish(index["docs"])
    if build.guide:
        index = sharpen(index, build.guide, build.words)
    file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _describe(config: MkDocsConfig, guide: Guide) -> None:
    """Give MkDocs the guide's own name, description, menu and addresses; none is invented."""
    about = guide.about
    config.site_name = about.name
    config.site_description = about.description
    config.nav = menu(guide, session.build.proof)
    if not session.serving:
        config.site_url = _address(config, guide)
    if repository := session.build.repository:
        config.edit_uri_template = repository.edit("{path}")


def _address(config: MkDocsConfig, guide: Guide) -> str | None:
    """Return where the site will be published, if anyone has said so."""
    return os.environ.get("SITE_ADDRESS") or guide.about.address or (None if session.serving else config.site_url)


def _repository(config: MkDocsConfig, guide: Guide, folder: Path) -> Repository | None:
    """Return where the guide's files are kept, if it says so or GitHub's own runner does."""
    name = os.environ.get("GITHUB_REPOSITORY")
    address = guide.about.repository or (f"{os.environ.get('GITHUB_SERVER_URL', 'https://github.com')}/{name}" if name else None)
    here = Path(config.config_file_path).parent
    path = folder.relative_to(here) if folder.is_relative_to(here) else Path(folder.name)
    return Repository(address.rstrip("/"), path.as_posix()) if address else None
