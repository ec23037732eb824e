"""Send generated files through the loader and the model: `make fuzz`. No crash, no hang, little memory.

Each file begins as a real one and is changed by a grammar of what goes wrong: lines lost, doubled, moved, indented,
keys and values exchanged between files, YAML's own signs put anywhere, bytes broken. One in five is a drawing that was
generated, plain or hostile, and may be changed in the same way. A seed gives the same files again.
"""

import random
import re
import signal
import sys
import tempfile
import time
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent / "hooks"), str(Path(__file__).parent)]

from builds import CONTENT, SMALL  # noqa: E402
from drawings import hostile, plain  # noqa: E402
from guide.document import Document  # noqa: E402
from guide.drawing import read_drawing  # noqa: E402
from guide.model.kinds import FILES, FOLDERS  # noqa: E402
from guide.problem import Problem  # noqa: E402
from guide.validation import validate  # noqa: E402
from guide.written_page import read_written_page  # noqa: E402
from guide.yaml_reader import load_text  # noqa: E402
from sure import sure  # noqa: E402

LONGEST = 2  # seconds for one file, on a machine with other things to do
SIGNS = [
    b"&a ", b"*a", b"<<: *a", b"!!python/object:os.system ", b"!a ", b"? ", b": ", b"- ", b"[", b"]", b"{", b"}", b"|", b">", b"|+9\n", b"%YAML 1.1\n", b"---\n", b"...\n", b"#", b"@", b"`",
    b'"', b"'", b"\t", b"\r\n", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b'"\\ud800"', b'"\\x01"', b'"\\U00110000"', b"\xe2\x80\xa8", b"\xc2\x85", b"1e3", b"0x1F", b"1_000",
    b"2026-02-30", b"2026-11-22T00:00:00Z", b"99999-01-01", b"~", b"null", b"no", b"12:30:45", b".nan", b"9" * 400, b"[" * 60, b"{a: " * 60, b"a: " * 60, b"- " * 60, b"x" * 5000, b"<script>", b"javascript:",
]


def mutate(raw: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Return a file with one to four things gone wrong."""
    lines = raw.split(b"\n")
    for _ in range(chance.randint(1, 4)):
        at, other = chance.randrange(len(lines)), chance.choice(others).split(b"\n")
        match chance.randrange(9):
            case 0:
                del lines[at : at + chance.randint(1, 4)]
            case 1:
                lines[at:at] = lines[at : at + chance.randint(1, 5)] * chance.choice([1, 1, 2, 40])
            case 2:
                lines[at] = b" " * chance.randrange(12) + lines[at].strip()
            case 3:
                lines[at:at] = other[: chance.randint(1, 8)]
            case 4:
                lines[at] = lines[at].partition(b":")[0] + b": " + chance.choice(other).partition(b":")[2]
            case 5 | 6:
                place = chance.randrange(len(lines[at]) + 1)
                lines[at] = lines[at][:place] + chance.choice(SIGNS) + lines[at][place:]
            case 7:
                chance.shuffle(lines)
            case 8:
                whole = bytearray(b"\n".join(lines) or b"\n")
                for _ in range(chance.randint(1, 8)):
                    whole[chance.randrange(len(whole))] = chance.randrange(256)
                lines = bytes(whole).split(b"\n")
        lines = lines or [b""]
    return b"\n".join(lines)


def seeds() -> list[tuple[str, bytes]]:
    """Every real content file, small ones first: the fuzzer needs their shapes, not their length."""
    files = [file for guide in (SMALL, CONTENT) for file in sorted(guide.rglob("*")) if file.suffix in (".yml", ".md", ".svg")]
    return [(file.relative_to(CONTENT if file.is_relative_to(CONTENT) else SMALL).as_posix(), file.read_bytes()[:12_000]) for file in files]


def generate(originals: list[tuple[str, bytes]], texts: list[bytes], chance: random.Random) -> tuple[str, bytes]:
    """Return the name and the bytes of a file that nobody wrote."""
    if chance.randrange(5):
        name, raw = chance.choice(originals)
        return name, mutate(raw, texts, chance)
    raw = chance.choice([plain, hostile])(chance)
    return "images/drawn.svg", mutate(raw, texts, chance) if chance.randrange(2) else raw


def read(name: str, raw: bytes) -> tuple[object, list[Problem]]:
    """Read one file as the engine does; return what it made of it and the problems."""
    document, path = Document(name), Path(name)
    if path.suffix == ".svg":
        return read_drawing(name, raw)
    if path.suffix == ".md":
        return read_written_page(document, raw)
    problems = load_text(raw, document)
    model = sure(FILES.get(path.stem) or FOLDERS.get(path.parent.name))
    return (None, problems) if problems else validate(model, document)


def fuzz(count: int, seed: int) -> dict[str, float]:
    """Read `count` generated files; return what was seen. A crash or a hang ends it, with the file that brought it."""
    chance, originals = random.Random(seed), seeds()
    texts = [raw for _, raw in originals]
    seen = {"files": 0, "taken": 0, "refused": 0, "slowest": 0.0}

    def hang(*_: object) -> None:
        raise TimeoutError(f"more than {LONGEST} s")

    before = signal.signal(signal.SIGALRM, hang)
    for number in range(count):
        name, raw = generate(originals, texts, chance)
        start = time.perf_counter()
        signal.alarm(LONGEST)
        try:
            _, problems = read(name, raw)
            for problem in problems:
                str(problem).encode()
                assert problem.line >= 1 and problem.column >= 1, problem
        except Exception as error:
            kept = Path(tempfile.mkdtemp(prefix="fuzz-")) / Path(name).name
            kept.write_bytes(raw)
            raise AssertionError(f"file {number} of seed {seed}, kept as {kept}: {type(error).__name__}: {error}") from error
        finally:
            signal.alarm(0)
        seen["files"] += 1
        seen["refused" if problems else "taken"] += 1
        seen["slowest"] = max(seen["slowest"], time.perf_counter() - start)
    signal.signal(signal.SIGALRM, before)
    peak = sure(re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text()))  # getrusage would count the program that started this one
    seen["megabytes"] = int(peak[1]) / 1024
    return seen


if __name__ == "__main__":
    count, seed = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000, int(sys.argv[2]) if len(sys.argv) > 2 else 1
    begin = time.perf_counter()
    seen = fuzz(count, seed)
    print(f"{seen['files']:,} files in {time.perf_counter() - begin:.0f} s: {seen['taken']:,} taken, {seen['refused']:,} refused, "
          f"slowest {seen['slowest'] * 1000:.0f} ms, at most {seen['megabytes']:.0f} MB")
