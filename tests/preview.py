"""The real preview, `mkdocs serve`, of a guide that a test may spoil."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from builds import ROOT


@contextmanager
def preview(guide: Path, log: Path):
    """Run the real `mkdocs serve`; give a function that fetches a path."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with log.open("w") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--livereload", "-a", f"127.0.0.1:{port}"], cwd=ROOT, stdout=output, stderr=output,
            env={**os.environ, "GUIDE": str(guide), "NO_MKDOCS_2_WARNING": "1"})

        def fetch(path: str) -> str:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
            try:
                connection.request("GET", path)
                return connection.getresponse().read().decode()
            except OSError:
                return ""
            finally:
                connection.close()

        fetch.address = f"http://127.0.0.1:{port}/"
        try:
            yield fetch
        finally:
            server.terminate()
            server.wait(timeout=20)


def wait_for(condition, what: str, seconds: float = 40):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if condition():
            return
        time.sleep(0.2)
    raise AssertionError(f"{what} did not come within {seconds} s")
