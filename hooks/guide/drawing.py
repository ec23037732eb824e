"""SVG drawings: refused unless they hold nothing but lines, shapes and words."""

import re
from xml.parsers import expat

from guide.problem import Problem

LARGEST_IMAGE = 12 * 1024  # bytes

_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = set(re.findall(r"\w+", """
    svg title desc defs g path circle ellipse rect line polyline polygon text tspan linearGradient radialGradient stop clipPath mask marker pattern
"""))
_HEAD = re.compile(rb'(?:<\?xml [^>]*>\s*)?<svg\b[^>]*\bviewBox="0 0 (\d{1,4}) (\d{1,4})"[^>]*>\s*<title>[^<]+</title>')
_OUTSIDE = re.compile(r"url\(\s*[^#\s]", re.IGNORECASE)


def read_drawing(path: str, raw: bytes) -> tuple[tuple[int, int] | None, list[Problem]]:
    """Return the width and height of a drawing, and everything in it that is not a line, a shape or a word."""
    if len(raw) > LARGEST_IMAGE:
        return None, [Problem(path, 1, 1, f"a drawing of {len(raw) // 1024} KB", f"{LARGEST_IMAGE // 1024} KB or less", "Draw it with fewer points.")]
    problems = _Inspector(path).inspect(raw)
    head = _HEAD.match(raw)
    if not head:
        problems.append(Problem(path, 1, 1, "a drawing without viewBox and title", 'viewBox="0 0 width height", and then <title>',
                                "Add what it shows as its title."))
    return (int(head[1]), int(head[2])) if head else None, problems


class _Inspector:
    """Looks at every element and attribute of one drawing."""

    def __init__(self, path: str):
        self.path = path
        self.problems: list[Problem] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._element
        self.parser.StartDoctypeDeclHandler = lambda name, *_: self._refuse(f"<!DOCTYPE {name}")
        self.parser.ProcessingInstructionHandler = lambda target, _: self._refuse(f"<?{target}")
        self.parser.XmlDeclHandler = self._declaration

    def inspect(self, raw: bytes) -> list[Problem]:
        """Return everything in the drawing that could do more than be seen."""
        try:
            self.parser.Parse(raw, True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            self.problems.append(Problem(self.path, *self._place(), f"what cannot be read in a drawing ({error})", "well-formed SVG", "Draw or save it again."))
        return self.problems

    def _place(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _refuse(self, what: str) -> None:
        self.problems.append(Problem(self.path, *self._place(), f'"{what[:60]}" in a drawing', "lines, shapes and words only", "Take it out."))

    def _element(self, element: str, attributes: dict[str, str]) -> None:
        space, _, name = element.rpartition(" ")
        if space != _SVG or name not in _ELEMENTS:
            self._refuse(f"<{name}")
        for attribute, value in attributes.items():
            name = attribute.rpartition(" ")[2].lower()
            if name.startswith("on") or name in ("style", "href", "src", "base") or _OUTSIDE.search(value):
                self._refuse(f"{name}={value}")

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if (encoding or "utf-8").lower() != "utf-8":  # a browser would read its bytes in another way than this parser
            self._refuse(f"encoding={encoding}")
