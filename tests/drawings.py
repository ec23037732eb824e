"""Generated drawings: plain ones, which must be taken, and hostile ones, which must be refused; and the worst that may be taken.

Called with a number, it has Typst set so many of them and prints the slowest: a program of its own, which can be ended if Typst hangs.
"""

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent / "hooks")]

from guide.drawing import LARGEST_IMAGE, MOST_ELEMENTS  # noqa: E402

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">\n<title>Face</title>\n'
_FORM: dict[str, Callable[[random.Random], str]] = {
    "d": lambda chance: f"M{_number(chance)} {_number(chance)}" + "".join(
        letter + " ".join(_number(chance) for _ in range(count)) for letter, count in chance.choices(
            [("l", 2), ("H", 1), ("v", 1), ("C", 6), ("s", 4), ("Q", 4), ("t", 2), ("z", 0)], k=chance.randrange(12))),
    "points": lambda chance: " ".join(_number(chance) for _ in range(2 * chance.randrange(9))),
    "transform": lambda chance: " ".join(chance.choice(["translate(9 -9)", "rotate(45,1,1)", "translate(.001)", "translate(-9999 9999)", "rotate(360)"]) for _ in range(chance.randint(1, 4))),
    "fill": lambda chance: chance.choice(["none", "#0b5a5c", "#fff", "red", "currentColor", "nosuchcolour"]),
    "opacity": lambda chance: chance.choice(["0", "1", ".5", "0.123456789"]),
    "stroke-linecap": lambda chance: chance.choice(["butt", "round", "square"]),
    "font-family": lambda chance: chance.choice(["system-ui, sans-serif", "Nosuch Font"]),
}
_FORM |= {"stroke": _FORM["fill"], "stroke-opacity": _FORM["opacity"]} | dict.fromkeys(
    ("x", "y", "x1", "y2", "cx", "cy", "r", "rx", "dx", "width", "height", "stroke-width", "stroke-miterlimit", "stroke-dashoffset", "font-size"), lambda chance: _number(chance))


def _number(chance: random.Random) -> str:
    return chance.choice([str(chance.randint(-20, 20)), "0", "-.5", ".000000001", "0.1", f"{chance.random() * 20:.4f}"])


def _element(chance: random.Random, depth: int = 0) -> str:
    name = chance.choice(["g", "path", "circle", "ellipse", "rect", "line", "polyline", "polygon", "text"])
    attributes = "".join(f' {key}="{_FORM[key](chance)}"' for key in chance.sample(sorted(_FORM), chance.randrange(6)))
    inside = "Drink <tspan dy='3'>water</tspan>" if name == "text" else "".join(_element(chance, depth + 1) for _ in range(chance.randrange(4))) if name == "g" and depth < 6 else ""
    return f"<{name}{attributes}>{inside}</{name}>"


def plain(chance: random.Random) -> bytes:
    """Return a drawing of lines, shapes and words: it looks like nothing, and must be taken."""
    body = ""
    for _ in range(chance.choice([1, 3, 9, 60])):
        more = body + _element(chance)
        if len(more) > LARGEST_IMAGE - 200 or more.count("<") - more.count("</") > MOST_ELEMENTS - 3:
            break
        body = more
    return f"{HEAD}{body}</svg>".encode()


def hostile(chance: random.Random) -> bytes:
    """Return a drawing with something hostile among the plain."""
    before, after = (_element(chance) for _ in range(2))
    return f"{HEAD}{before}{chance.choice(list(LIVELY.values()))}{after}</svg>".encode()


def _full(piece: str, head: str = "", tail: str = "") -> bytes:
    """Return a drawing that repeats a piece until it is as large as it may be."""
    most = (LARGEST_IMAGE - len(HEAD) - len(head) - len(tail) - 6) // len(piece)
    elements = piece.count("<") - piece.count("</")
    return f"{HEAD}{head}{piece * (min(most, (MOST_ELEMENTS - 12) // elements) if elements else most)}{tail}</svg>".encode()


WORST = {
    "dots": _full('<path d="M0 0H20" stroke="red" stroke-dasharray="0 7"/>'),
    "short dots": f'{HEAD}<path d="M0 0{"H20H0" * 100}" stroke="red" stroke-width="20" stroke-linecap="round" stroke-dasharray="1 1"/></svg>'.encode(),
    "dots on curves": _full("c0 20 20 20 20 0", '<path stroke="red" stroke-width="20" stroke-linecap="round" stroke-dasharray="20 20 20 20" d="M0 0', '"/>'),
    "dots on loops": _full("a9 9 0 1 1 1 0", '<path stroke="red" stroke-width="9" stroke-linecap="round" stroke-dasharray="20 5" d="M0 0', '"/>'),
    "crossing lines": _full("L0 7L3 20", '<path d="M0 0', '"/>'),
    "broad lines": _full("q9 9-9 9", '<path stroke-width="20" stroke-linejoin="round" stroke-opacity=".5" d="M0 0', '"/>'),
    "arcs": _full("a1 9 3 0 1 9 9", '<path stroke="red" d="M0 0', '"/>'),
    "far away": _full("c0 20 20 20 20 0", '<g transform="translate(9999 9999) rotate(45)"><path stroke="red" d="M0 0', '"/></g>'),
    "veils": _full('<g opacity=".5"><rect width="20" height="20"/></g>', '<g opacity=".9">' * 8, "</g>" * 8),
    "letters": _full("h", '<text font-size="20">', "</text>"),
    "many letters": _full('<tspan x="1">h</tspan>', '<text font-size="20">', "</text>"),
}

# What a value could do in a browser, or keep it from doing anything else.
LIVELY = {
    "a foreign address": '<rect fill="url(https://example.org/a)"/>',
    "a foreign address behind a CSS escape": r'<rect fill="u\72l(https://example.org/a)"/>',
    "one behind an escaped colon": r'<rect fill="url(https\3a //example.org/a)"/>',
    "one behind a CSS remark": '<rect fill="/**/url(//example.org/a)"/>',
    "one behind a reference of XML": '<rect fill="&#117;rl(https://example.org/a)"/>',
    "one as a picture set": '<rect fill="image-set(\'https://example.org/a\' 1x)"/>',
    "one in an attribute nobody knows": '<rect mask-image="src(https://example.org)"/>',
    "one behind a variable": '<rect fill="var(--a)"/>',
    "a data address": '<rect fill="url(data:image/png,a)"/>',
    "a reference within the file": '<rect fill="url(#a)"/>',
    "a filter": '<rect filter="blur(99999px)"/>',
    "a mask": '<mask id="a"><rect mask="url(#a)"/></mask>',
    "a clipping": '<clipPath id="a"><rect/></clipPath>',
    "a pattern": '<pattern id="a"><rect fill="url(#a)"/></pattern>',
    "a marker": '<marker id="a"><path marker-start="url(#a)"/></marker>',
    "a copy": '<use href="#a"/>',
    "a copy by the old name": '<use xmlns:x="http://www.w3.org/1999/xlink" x:href="#a"/>',
    "a style sheet": "<style>@import 'https://example.org'</style>",
    "a style": '<g style="fill:red"/>',
    "a class": '<g class="a"/>',
    "a script": "<script>alert(1)</script>",
    "a script that is called": '<path onload="alert(1)"/>',
    "a link": '<a href="https://example.org">x</a>',
    "a picture": '<image href="x.png"/>',
    "a page": '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
    "a movement": '<animate attributeName="x" to="3"/>',
    "a value set later": '<set attributeName="href" to="javascript:alert(1)"/>',
    "a movement along a path": '<animateMotion path="M0 0"/>',
    "a drawing within the drawing": '<svg viewBox="0 0 1 1" width="9999"/>',
    "a namespace of others": '<g xmlns:x="https://example.org/a"/>',
    "a base": '<g xml:base="https://example.org/"/>',
    "an element of another namespace": '<g xmlns="https://example.org/a"/>',
    "an order to the program": '<?xml-stylesheet href="x.css"?>',
    "a number without end": '<rect width="1e999"/>',
    "a number of many digits": '<rect width="9999999"/>',
    "digits of another script": '<rect width="٣"/>',
    "no number": '<rect width="calc(1px*9)"/>',
    "a percentage": '<rect width="900%"/>',
    "words for path data": '<path d="javascript:alert(1)"/>',
    "path data in two numbers' place": '<path d="M1 1e99"/>',
    "a shear": '<g transform="skewX(90)"/>',
    "growth": '<g transform="scale(2)"/>',
    "what is far away": '<path d="M1 1H21"/>',
    "letters larger than the drawing": '<text font-size="99">a</text>',
    "dots without end": '<path d="M1 1h9" stroke-dasharray=".001"/>',
    "dots on a group": '<g stroke-dasharray="9"/>',
    "a font from elsewhere": '<text font-family="a;src:url(//example.org)"/>',
    "a line break in a value": '<g font-family="a&#10;b"/>',
}


if __name__ == "__main__":
    from handout.typesetting import typeset_alone

    chance, slowest = random.Random(1), 0.0
    for drawing in [*WORST.values(), *(plain(chance) for _ in range(int(sys.argv[1])))]:
        begin = time.perf_counter()
        typeset_alone(drawing.decode())
        slowest = max(slowest, time.perf_counter() - begin)
    print(f"slowest {slowest * 1000:.0f} ms")
