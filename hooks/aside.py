"""Work done aside: by another process on another processor, while this one goes on. Knows nothing of MkDocs."""

import json
import os
import warnings
from collections.abc import Callable
from contextlib import suppress
from typing import Any


def processors() -> int:
    """Return how many processors this process may use at once; 1 where a process cannot be split in two."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "fork") and hasattr(os, "sched_getaffinity") else 1


class Aside:
    """A piece of work in a process of its own, which begins as a copy of this one and ends with the work, or soon after this one."""

    def __init__(self, work: Callable[[], Any]):
        """Begin; what `work` returns must fit into JSON. Raise OSError where the system has no room for another process."""
        reading, writing = os.pipe()
        try:
            with warnings.catch_warnings(action="ignore", category=DeprecationWarning):  # of threads of libraries, which the copy leaves alone
                self._process = os.fork()
        except OSError:
            os.close(reading)
            os.close(writing)
            raise
        if not self._process:
            os.close(reading)  # or it would wait for itself to read, once the other process is gone
            _do(work, writing)
        os.close(writing)
        self._reading = reading

    def answer(self) -> Any:
        """Wait for what the work returned; None if it failed or was killed, whatever the cause."""
        with open(self._reading, encoding="ascii") as pipe:
            said = pipe.read()
        with suppress(ChildProcessError):  # nobody waits for processes where the signal of their end is ignored
            os.waitpid(self._process, 0)
        return json.loads(said) if said.endswith("\n") else None


def _do(work: Callable[[], Any], writing: int) -> None:
    """Do the work, say its result in one line, and end at once: nothing that this process was about to do happens twice."""
    with suppress(BaseException), open(writing, "w", encoding="ascii") as pipe:
        pipe.write(json.dumps(work()) + "\n")  # ASCII, so that it can be read wherever a kill cuts it off
    os._exit(0)
