"""Guide → MkDocs. The only file that knows MkDocs; its events call the other rooms and do no more."""

import gc
import json
import logging
import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from html import escape
from pathlib import Path
from urllib.parse import quote_plus

from guide.checker import check, report
from guide.model.guide import Guide
from guide.problem import Problem
from guide.samples import ID, KINDS, sample, schemas_from
from handout.sheets import Sheet, print_sheets
from lighten import StyleSheet
from memory import Memory
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.toc import get_toc
from pages.components import assets
from pages.render import Page, Sheets, look_book, render
from pages.routes import Proof, menu
from pages.templates import CACHE, template_cache
from policy import Gate, content_security_policy, headers
from reuse import Reuse
from search import sharpen
from theme import lighten, mend, without_icons
from words.catalogue import read_words

log = logging.getLogger("mkdocs.guide")


# The five ways in that stand in the header; all other pages are in the menu.
DOORS = ("get-help.md", "triggers/index.md", "conditions/index.md", "management/index.md", "visit.md")


class _Preview:
    """What `make serve` keeps between builds: the last good guide, and what is wrong with the newest."""

    serving = False
    last_good: Guide | None = None
    sheets: Sheets = list  # printed from the last good guide
    proof: Proof | None = None  # of the last good guide
    pages: list[Page] = []  # of the last good guide
    problems: list[Problem] = []
    gate = Gate()
    refused: list[Problem] = []  # what the gate found on the finished pages
    style: StyleSheet
    reuse: Reuse


_made = Memory(CACHE / "pages.json")


def on_startup(command: str, dirty: bool) -> None:
    _Preview.serving = command == "serve"
    _Preview.gate = Gate(preview=_Preview.serving)
    gc.freeze()  # a build makes many objects and few circles; looking for them costs a tenth of its time
    gc.set_threshold(500_000)


def on_serve(server, config: MkDocsConfig, builder):
    """Look for edits twenty times a second, not twice, and wait no longer for others: one look finds all of a save."""
    from watchdog.observers.polling import PollingObserver  # here, since a build has no use for it

    paths = (config.docs_dir, config.config_file_path)
    for path in paths:
        server.unwatch(path)
    server.observer, server.build_delay = PollingObserver(timeout=0.05), 0.01
    for path in paths:
        server.watch(path)
    return server


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """Check the content before MkDocs cleans the old site, so that a mistake never costs the last good one."""
    folder = Path(config.docs_dir)
    guide, problems = check(folder)
    if guide:
        proof = _proof(guide.version)
        address = _address(config, guide)
        pages, sheets, problems = _pages_and_sheets(guide, folder, address, proof)
        if not address:
            log.info("The printed guide bears no code to scan, since no site address is set (guide.yml: address).")
    if problems and not _Preview.serving:
        raise PluginError("\n" + report(problems))
    _Preview.problems, _Preview.refused = problems, []
    if problems:
        log.error("\n" + report(problems))
        if _Preview.last_good:
            _Preview.pages = render(_Preview.last_good, _Preview.sheets, _Preview.proof)  # the templates may have been edited
    else:
        _Preview.last_good, _Preview.pages, _Preview.sheets, _Preview.proof = guide, pages, lambda: sheets, proof
    if _Preview.last_good:
        _describe(config, _Preview.last_good, folder)
    config.theme.get_env = partial(without_icons, config.theme.get_env)
    return config


def _pages_and_sheets(guide: Guide, folder: Path, address: str | None, proof: Proof | None) -> tuple[list[Page], list[Sheet], list[Problem]]:
    """Render the pages while another thread has the sheets set; a page that tells of the sheets waits for them, and bears an empty list."""
    with ThreadPoolExecutor(1) as thread:
        printing = thread.submit(print_sheets, guide, folder, address)
        pages = render(guide, lambda: printing.result()[0], proof)
        return pages, *printing.result()


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the rendered pages; a hand-written page gives way to its rendered self."""
    _Preview.style = lighten(files, assets())
    if not _Preview.last_good:
        files.append(File.generated(config, "index.md", content="# …\n"))
        return files
    for file in list(files):
        if file.src_uri.startswith(("components/", "handout/")):
            files.remove(file)  # published in one piece instead, or as a PDF
    for name, text in assets().items():
        if not name.endswith(".css"):  # written when all pages have been seen
            files.append(File.generated(config, f"assets/{name}", content=text))
    for sheet in _Preview.sheets():
        files.append(File.generated(config, sheet.uri, content=sheet.pdf))
    files.append(File.generated(config, "_headers", content=headers()))
    if _Preview.serving or os.environ.get("LOOK_BOOK"):
        page = look_book(_Preview.last_good, _Preview.sheets, _Preview.proof)
        files.append(File.generated(config, page.uri, content=page.markdown, inclusion=InclusionLevel.NOT_IN_NAV))
    for page in _Preview.pages:
        if existing := files.get_file_from_path(page.uri):
            files.remove(existing)
        file = File.generated(config, page.uri, content=page.markdown)
        file.edit_uri = page.source
        files.append(file)
    return files


def on_nav(nav, config: MkDocsConfig, files: Files):
    """Have every page made but once, and the new ones by all processors."""
    index = next(plugin for name, plugin in config.plugins.items() if name.endswith("search")).search_index
    _Preview.reuse = Reuse(_made, config, files, get_toc)
    _Preview.reuse.of_index(index)
    if not _Preview.serving:  # a preview has threads, and makes few pages at a time
        _Preview.reuse.share_out(nav.pages, config, files, index)
    return nav


def on_pre_page(page, config: MkDocsConfig, files: Files):
    """Have the page's Markdown turned into HTML only if that was not done before."""
    _Preview.reuse.of_page(page)
    return page


def on_env(env, config: MkDocsConfig, files: Files):
    """Let the HTML templates know the guide, the engine's words, and what is wrong in a preview."""
    guide = _Preview.last_good
    env.bytecode_cache = template_cache("theme")
    env.globals.update(guide=guide, words=_words(), problems=_Preview.problems)
    env.globals["content_security_policy"] = content_security_policy(preview=_Preview.serving)
    env.globals["ways_to_help"] = lambda page: _ways_to_help(page, config)
    env.globals["doors"] = [files.get_file_from_path(uri).page for uri in DOORS] if guide else []
    return env


def on_shutdown() -> None:
    _made.save()


def on_post_page(output: str, page, config: MkDocsConfig) -> str:
    return _let_through(output, page.file.dest_uri)


def on_post_template(output_content: str, template_name: str, config: MkDocsConfig) -> str:
    return _let_through(output_content, template_name) if template_name.endswith(".html") else output_content


def _let_through(html: str, path: str) -> str:
    """Return a page with the theme's faults mended, or nothing in its place if anything on it is alive that must not be."""
    html = mend(html, _words())
    _Preview.style.see(html)
    problems = _Preview.gate.problems(html, path)
    if problems and _Preview.serving:
        log.error("\n" + report(problems))
        return f"<!doctype html><meta charset=utf-8><title>{escape(path)}</title><pre>{escape(report(problems))}</pre>"
    _Preview.refused += problems
    return "" if problems else html


def on_post_build(config: MkDocsConfig) -> None:
    """End a build in which a page was not let out; write the style sheet, cut to what the pages use; sharpen the search index."""
    if _Preview.refused and not _Preview.serving:
        raise PluginError("\n" + report(_Preview.refused))
    (Path(config.site_dir) / "assets" / "guide.css").write_text(_Preview.style.text(), encoding="utf-8")
    file = Path(config.site_dir) / "search" / "search_index.json"
    guide = _Preview.last_good
    if guide and file.is_file():
        index = sharpen(json.loads(file.read_text(encoding="utf-8")), guide, _words())
        file.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def _words() -> dict:
    """Return the engine's own words in the guide's language; English until a guide could be read."""
    return read_words(_Preview.last_good.about.language if _Preview.last_good else "en")


def _describe(config: MkDocsConfig, guide: Guide, folder: Path) -> None:
    """Give MkDocs the guide's own name, description, menu and addresses; none is invented."""
    about = guide.about
    config.site_name = escape(about.name)
    config.site_description = escape(about.description)
    config.nav = menu(guide, _Preview.proof)
    if not _Preview.serving:
        config.site_url = _address(config, guide)
    repository = about.repository or _repository_in_ci()
    if repository:
        here = Path(config.config_file_path).parent
        path = folder.relative_to(here) if folder.is_relative_to(here) else Path(folder.name)
        config.edit_uri_template = f"{repository.rstrip('/')}/edit/main/{path.as_posix()}/{{path}}"


def _ways_to_help(page, config: MkDocsConfig) -> list[tuple[str, str]]:
    """List, as (text, address), what a reader can do about a page besides editing it."""
    words = _words()
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
    return os.environ.get("SITE_ADDRESS") or guide.about.address or (None if _Preview.serving else config.site_url)


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
