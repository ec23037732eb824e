"""The real preview, `mkdocs serve`, of a guide that a test may spoil."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from builds import ROOT


@dataclass(frozen=True)
class Preview:
    """A preview that runs: called with a path, it fetches that page, or nothing as long as none is there."""

    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def __call__(self, path: str) -> str:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("GET", path)
            return connection.getresponse().read().decode()
        except OSError:
            return ""
        finally:
            connection.close()


@contextmanager
def preview(guide: Path, log: Path) -> Iterator[Preview]:
    """Run the real `mkdocs serve`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"], cwd=ROOT, stdout=output, stderr=output,
            env={**os.environ, "GUIDE": str(guide), "NO_MKDOCS_2_WARNING": "1"})
        try:
            yield Preview(port)
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(condition: Callable[[], object], what: str, seconds: float = 40) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError(f"{what} did not come within {seconds} s")
