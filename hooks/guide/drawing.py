"""SVG drawings: refused unless they hold nothing but lines, shapes and words.

The table says which attributes there may be, and in which form; what is not in it is refused. No form can name another
part of the file or another file, so each thing is drawn once, where it stands, and whoever draws it, a browser or Typst,
has no more to do than the file is long. What a short file can still blow up is bounded: no number is much larger than
the drawing, nothing is enlarged, and dashes, each of which a browser draws by itself, are few. Typst runs inside this
program, where nothing could interrupt it; with such drawings nothing needs to.
"""

import math
import re
from xml.parsers import expat

from guide.document import Mark, end_of
from guide.problem import Problem, did_you_mean, one_of

LARGEST_IMAGE = 12 * 1024  # bytes
MOST_ELEMENTS = 300
DEEPEST = 12  # elements within each other
MOST_DASHES = 1000
MOST_PROBLEMS = 50  # that are told of one drawing; with more it must be drawn anew

_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = {"title", "desc", "g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "text", "tspan"}

# Forms never go back over what they have read (++), so that no value keeps them busy.
_NUMBER = r"[-+]?+(?:\d{1,6}+(?:\.\d{0,9}+)?+|\.\d{1,9}+)(?!\d)"
_NUMBERS = rf"(?: *+,?+ *+{_NUMBER})*+ *+"
_MOVE = r"(?: *+,?+ *+-?+(?:\d{1,4}+(?:\.\d{1,9}+)?+|\.\d{1,9}+)(?!\d)){1,3}+ *+"
_FORMS = (
    ("x y x1 y1 x2 y2 cx cy r rx ry dx dy width height font-size stroke-width stroke-miterlimit stroke-dashoffset", "a number of 6 digits or fewer", _NUMBER),
    ("points stroke-dasharray", "numbers, such as 3 8.33", _NUMBERS),
    ("d", "the data of a path, such as M3 14v5", rf" *+[Mm]{_NUMBERS}(?:[MmZzLlHhVvCcSsQqTtAa]{_NUMBERS})*+"),
    ("transform", "translate or rotate, such as translate(120 122)", rf"(?:(?:translate|rotate)\({_MOVE}\) *){{1,4}}"),
    ("fill stroke", "none or a colour, such as #0b5a5c", r"#[\da-fA-F]{6}|#[\da-fA-F]{3}|[a-zA-Z]{3,20}"),
    ("opacity fill-opacity stroke-opacity", "a number from 0 to 1", r"0?\.\d{1,9}|[01](?:\.0{0,9})?"),
    ("font-family", "the names of fonts, such as system-ui, sans-serif", r"[a-zA-Z][\w ,'-]{0,99}"),
    ("id", "letters, digits and hyphens", r"[a-zA-Z][\w-]{0,99}"),
    ("viewBox", 'viewBox="0 0 width height"', r"[\d .-]*"),  # _HEAD judges it
)
_CHOICES = {
    "stroke-linecap": "butt round square", "stroke-linejoin": "miter round bevel", "fill-rule": "nonzero evenodd", "text-anchor": "start middle end",
    "font-style": "normal italic", "font-weight": "normal bold 100 200 300 400 500 600 700 800 900", "role": "img",
}
_ATTRIBUTES = {name: (expected, re.compile(form, re.ASCII)) for names, expected, form in _FORMS for name in names.split()} | {
    name: (one_of(words.split()), re.compile(words.replace(" ", "|"))) for name, words in _CHOICES.items()}
_SIZED = {name for names, _, form in _FORMS if _NUMBER in form for name in names.split()}  # by numbers that a drawing is measured in
_LENGTHS = _SIZED - {"font-size", "stroke-width", "stroke-miterlimit", "stroke-dashoffset", "stroke-dasharray"}  # along which a line may run
_SHAPES = _ELEMENTS - {"title", "desc", "g", "text", "tspan"}
_HEAD = re.compile(rb'(?:<\?xml [^>]*>\s*)?<svg\b[^>]*\bviewBox="0 0 ([1-9]\d{0,3}) ([1-9]\d{0,3})"[^>]*>\s*<title>[^<]+</title>')


def read_drawing(path: str, raw: bytes) -> tuple[tuple[int, int] | None, list[Problem]]:
    """Return the width and height of a drawing, and everything in it that is not a line, a shape or a word."""
    if len(raw) > LARGEST_IMAGE:
        return None, [Problem(path, 1, 1, f"a drawing of {len(raw) // 1024} KB", f"{LARGEST_IMAGE // 1024} KB or less", "Draw it with fewer points.")]
    problems = _Inspector(path, raw).inspect()
    head = _HEAD.match(raw)
    if not head:
        problems.append(Problem(path, 1, 1, "a drawing without viewBox and title", 'viewBox="0 0 width height", and then <title>',
                                "Add what it shows as its title."))
    return (int(head[1]), int(head[2])) if head else None, problems


def _numbers(value: str) -> list[float]:
    """List the numbers in a value, without their signs."""
    return [float(number) for number in re.findall(r"\d*\.?\d+", value, re.ASCII)]


class _Enough(Exception):
    """Ends the reading of a drawing whose rest could only cost time."""


class _Inspector:
    """Looks at every element and attribute of one drawing."""

    def __init__(self, path: str, raw: bytes):
        self.path, self.raw = path, raw
        self.problems: list[Problem] = []
        self.elements = self.depth = 0
        self.dashes = self.largest = 0.0
        self.parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self.parser.StartElementHandler = self._element
        self.parser.EndElementHandler = self._end
        self.parser.StartNamespaceDeclHandler = self._namespace
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = lambda target, _: self._refuse(f"<?{target}")
        self.parser.XmlDeclHandler = self._declaration

    def inspect(self) -> list[Problem]:
        """Return everything in the drawing that could do more than be seen."""
        try:
            self.parser.Parse(self.raw, True)
        except _Enough:
            pass
        except expat.ExpatError as error:
            place = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
            self.problems.append(Problem(self.path, *place, f"what cannot be read in a drawing ({error})", "well-formed SVG", "Draw or save it again."))
        return self.problems

    def _place(self, attribute: str = "") -> Mark:
        """Return where the element stands that is being read, or its attribute."""
        start = self.parser.CurrentByteIndex
        found = re.compile(rf"[\s:]{re.escape(attribute)}\s*=".encode()).search(self.raw, start) if attribute else None
        return end_of(self.raw[: found.start() + 1 if found else start].decode(errors="replace"))

    def _refuse(self, what: str, expected: str = "lines, shapes and words only", repair: str = "Take it out.", attribute: str = "") -> None:
        shown = " ".join(what.split())[:60]
        self.problems.append(Problem(self.path, *self._place(attribute), f'"{shown}" in a drawing', expected, repair))
        if len(self.problems) == MOST_PROBLEMS:
            raise _Enough

    def _element(self, element: str, attributes: dict[str, str]) -> None:
        self._count()
        space, _, name = element.rpartition(" ")
        if space != _SVG or name not in _ELEMENTS | ({"svg"} if self.elements == 1 else set()):
            self._refuse(f"<{name}")
            return
        if self.elements == 1:
            self.largest = 2 * max(_numbers(attributes.get("viewBox", "")), default=0.0)
        for attribute, value in attributes.items():
            self._attribute(attribute, value)
        if "stroke-dasharray" in attributes:
            self._dash(name, attributes)

    def _attribute(self, attribute: str, value: str) -> None:
        name = attribute.rpartition(" ")[2]
        expected, form = _ATTRIBUTES.get(attribute, (None, None))
        if form is None or expected is None:
            self._refuse(f"{name}={value}", one_of(_ATTRIBUTES), did_you_mean(name, _ATTRIBUTES, "Take it out."), name)
        elif not form.fullmatch(value):
            self._refuse(f"{name}={value}", expected, "Write it like that, or take it out.", name)
        elif name in _SIZED and max(_numbers(value), default=0) > self.largest:
            self._refuse(f"{name}={value}", f"numbers up to {self.largest:g}, twice the longer side of viewBox", "Draw it within viewBox.", name)

    def _dash(self, name: str, attributes: dict[str, str]) -> None:
        """Count about how many dashes a line has; a browser draws each by itself, and with too many it stands still."""
        if name not in _SHAPES:
            self._refuse(f"<{name} stroke-dasharray", "stroke-dasharray on lines and shapes only", "Move it to each line that has it.", "stroke-dasharray")
        length = sum(sum(_numbers(value)) for attribute, value in attributes.items() if attribute in _LENGTHS)
        self.dashes += length / (sum(_numbers(attributes["stroke-dasharray"])) or math.inf)
        if self.dashes > MOST_DASHES:
            self._stop(f"a drawing of more than about {MOST_DASHES} dashes", MOST_DASHES, "Make the dashes longer, or the line plain.")

    def _count(self) -> None:
        self.elements += 1
        self.depth += 1
        if self.elements > MOST_ELEMENTS:
            self._stop(f"a drawing of more than {MOST_ELEMENTS} elements", MOST_ELEMENTS, "Draw it with fewer of them.")
        if self.depth > DEEPEST:
            self._stop(f"elements {self.depth} deep in a drawing", DEEPEST, "Take some of the groups out.")

    def _stop(self, found: str, most: int, repair: str) -> None:
        self.problems.append(Problem(self.path, *self._place(), found, f"{most} or fewer", repair))
        raise _Enough

    def _end(self, element: str) -> None:
        self.depth -= 1

    def _namespace(self, prefix: str | None, address: str) -> None:
        if prefix and address != _SVG:  # the elements of one without a prefix are refused themselves
            self._refuse(f"xmlns:{prefix}={address}", attribute=prefix)

    def _doctype(self, name: str, *_: object) -> None:
        """Refuse what could define entities, before one of them grows."""
        self._refuse(f"<!DOCTYPE {name}")
        raise _Enough

    def _declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if (encoding or "utf-8").lower() != "utf-8":  # a browser would read its bytes in another way than this parser
            self._refuse(f"encoding={encoding}")
