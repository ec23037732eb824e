"""List the licence of everything that is shipped: `make licences`. Every file of the finished site has its origin here."""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path

from builds import ROOT

CONTENT, ENGINE = "CC-BY-4.0 (LICENSE-content)", "MIT (LICENSE)"
# What a file of the site is, by its path: the first that fits. A file that none fits is a question nobody has asked yet.
FILES = {
    "MiniSearch": (r"assets/minisearch\.js", "MIT (in the file itself)"),
    "our style, scripts and icon": (r"assets/[\w-]+\.(?:css|js|svg)", ENGINE),
    "drawings": (r"images/.+\.svg", CONTENT),
    "printed guides": (r".+\.pdf", f"{CONTENT}, set in Atkinson Hyperlegible, OFL-1.1"),
    "pages, indexes, exports": (r".+\.(?:html|json|jsonld|csv|xml|xml\.gz)", CONTENT),
    "headers, list of the files": (r"_headers|SHA256SUMS", ENGINE),
}
UNKNOWN = "not known: add it to tests/licences.py"


def forbidden(licence: str) -> bool:
    """Tell whether a licence is unknown, or of the GPL family with nothing else to choose."""
    return licence == UNKNOWN or bool(re.search(r"\b[AL]?GPL|GNU .*General Public", licence)) and not re.search(r"\b(?:MPL|Mozilla|MIT|BSD|Apache)\b", licence)


def of_site(site: Path) -> dict[str, tuple[str, int]]:
    """Return every licence in a finished site with what it covers, or a question; and how many files."""
    found: dict[str, tuple[str, int]] = {}
    for file in sorted(file for file in site.rglob("*") if file.is_file()):
        path = file.relative_to(site).as_posix()
        what, licence = next(((what, licence) for what, (pattern, licence) in FILES.items() if re.fullmatch(pattern, path)), (path, UNKNOWN))
        found[what] = licence, found.get(what, ("", 0))[1] + 1
    return found


def of_packages() -> Iterator[tuple[str, str]]:
    """Yield every locked package of the build with its licence, as its own metadata give it."""
    for name in sorted(set(re.findall(r"^([a-z0-9._-]+)==", (ROOT / "requirements.txt").read_text(), re.MULTILINE))):
        try:
            metadata = distribution(name).metadata
        except ModuleNotFoundError:
            continue  # for another system than this one
        classifiers = [line.rpartition(" :: ")[2] for line in metadata.get_all("Classifier", []) if line.startswith("License ::")]
        expression, licence = ((metadata.get_all(name) or [""])[0] for name in ("License-Expression", "License"))
        stated = expression or ", ".join(classifiers) or licence.strip().partition("\n")[0]
        yield name, stated or UNKNOWN


def main(site: Path) -> int:
    site_, packages = of_site(site), dict(of_packages())
    print("In the site")
    for what, (licence, number) in site_.items():
        print(f"  {number:4} × {what:31} {licence}")
    print("In the build, not in the site")
    for name, licence in packages.items():
        print(f"  {name:30} {licence}")
    return int(any(map(forbidden, [*(licence for licence, _ in site_.values()), *packages.values()])))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "site")))
