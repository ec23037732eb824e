"""What a reader can do about a page: the addresses at which a repository takes changes, new files and remarks."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

from guide.model.kinds import FOLDERS
from guide.routes import GET_HELP
from guide.samples import ID, sample, schemas_from

Way = tuple[str, str]  # what it says, and where it leads


@dataclass(frozen=True)
class Repository:
    """Where the files of a guide are kept, in the manner of GitHub."""

    address: str
    path: str  # of the guide's folder in it

    def edit(self, file: str) -> str:
        """Return the address at which a file of the guide can be edited."""
        return f"{self.address}/edit/main/{self.path}/{file}"

    def ways_to_help(self, uri: str, folder: Path, words: dict[str, Any]) -> list[Way]:
        """List what a reader can do about the page at `uri` besides editing it; `folder` holds the guide."""
        ways = [(words["say_so"], f"{self.address}/issues/new/choose")]
        if uri == GET_HELP:
            ways.append((words["edit_signs"], f"{self.address}/tree/main/{self.path}/red-flags"))
        if uri in ("sources.md", "glossary.md"):
            name = uri.removesuffix(".md")
            ways.append((words["suggest"][name], self.edit(f"{name}.yml")))
        kind = "red-flags" if uri == GET_HELP else uri.removesuffix("/index.md")
        if kind in FOLDERS:
            text = sample(kind.removesuffix("s"), schemas=schemas_from(folder / kind))
            ways.append((words["suggest"][kind], f"{self.address}/new/main/{self.path}/{kind}?filename={ID}.yml&value={quote_plus(text, safe=':/,')}"))
        return ways
