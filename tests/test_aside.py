"""Work done aside comes back whole, or not at all, and nothing else happens twice."""

import os
import select
import signal
import subprocess
import sys

import pytest
from aside import Aside, processors
from builds import ROOT
from reuse import FEWEST, _shares


def test_what_the_work_returns_comes_back_whole():
    long = {"words": ["é\n" * 500_000]}  # far more than a pipe holds

    works = [Aside(lambda: long), Aside(os.getpid), Aside(lambda: None)]

    assert [work.answer() for work in works[::2]] == [long, None]
    assert works[1].answer() != os.getpid()


def fail():
    raise ValueError("a fault")


@pytest.mark.parametrize("work", [fail, lambda: os.kill(os.getpid(), signal.SIGKILL), lambda: sys.exit(1), lambda: {1, 2}],
                         ids=["a fault", "a kill", "an exit", "what is no JSON"])
def test_work_that_fails_has_no_answer(work):
    assert Aside(work).answer() is None


def test_work_that_is_killed_in_the_middle_of_its_answer_has_none():
    work = Aside(lambda: "é" * 500_000)
    while not select.select([work._reading], [], [], 10)[0]:
        pass  # until it has begun to write more than a pipe holds
    os.kill(work._process, signal.SIGKILL)

    assert work.answer() is None


def test_work_ends_when_nobody_is_left_to_hear_its_answer():
    program = "import os; from aside import Aside; print(Aside(lambda: 'x' * 500_000)._process, flush=True); os._exit(1)"

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=20, env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")})

    assert result.returncode == 1  # and its output has ended, which a process left behind would hold open
    assert int(result.stdout) > 0


def test_where_there_is_no_room_for_a_process_nothing_is_left_open(monkeypatch):
    def no_room():
        raise BlockingIOError("Resource temporarily unavailable")

    before = set(os.listdir("/proc/self/fd"))
    monkeypatch.setattr(os, "fork", no_room)

    with pytest.raises(OSError, match="unavailable"):
        Aside(lambda: 1)

    assert set(os.listdir("/proc/self/fd")) == before


def test_nothing_that_was_about_to_happen_happens_twice():
    program = "import atexit; atexit.register(print, 'the end'); print('said once'); from aside import Aside; print(Aside(lambda: 1).answer())"

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")})

    assert result.stdout == "said once\n1\nthe end\n", result.stderr


def test_no_process_and_no_file_is_left_behind():
    before = set(os.listdir("/proc/self/fd"))

    for _ in range(5):
        work = Aside(lambda: 1)
        assert work.answer() == 1
        with pytest.raises(ChildProcessError):
            os.waitpid(work._process, os.WNOHANG)

    assert set(os.listdir("/proc/self/fd")) == before


def test_only_the_processors_that_this_process_may_use_are_counted():
    program = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); from aside import processors; print(processors())"

    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")})

    assert result.stdout == "1\n", result.stderr
    assert processors() == len(os.sched_getaffinity(0))


class Page:
    def __init__(self, length: int):
        self.markdown = "x" * length


@pytest.mark.parametrize("count", [1, 2, 3, 8])
@pytest.mark.parametrize("lengths", [[100] * 64, [1] * 63 + [5000], [5000] + [1] * 63, [*range(1, 81)]], ids=["even", "heavy end", "heavy start", "growing"])
def test_pages_are_shared_out_in_order_and_about_evenly(count, lengths):
    pages = [Page(length) for length in lengths]

    shares = _shares(pages, count)

    assert len(shares) == count
    assert [page for share in shares for page in share] == pages
    even = sum(lengths) / (count + 0.25)
    assert all(sum(len(page.markdown) for page in share) <= 1.25 * even + max(lengths) for share in shares)


def test_a_few_pages_are_made_by_few_processes():
    pages = [Page(100)] * (8 * FEWEST - 1)

    assert _shares(pages[: 2 * FEWEST - 1], 2) == [pages[: 2 * FEWEST - 1]]
    assert len(_shares(pages, 16)) == 7
