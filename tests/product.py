"""The whole product as ``make demo`` runs it, in a session of its own, so that whatever is left of it can be seen."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any, Self

REPOSITORY = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 120


class Product:
    """A context: portal, worker, clock and sandbox with a data folder of their own."""

    def __init__(self, var: Path, *, size: int) -> None:
        self.var = var
        self.size = size
        self.port = free_ports(1)
        self.sandbox_port = free_ports(2)
        self.url = f"http://localhost:{self.port}"
        self.log = var / "log"

    def __enter__(self) -> Self:
        self.var.mkdir(parents=True, exist_ok=True)
        arguments = ["--sandbox", "--port", self.port, "--sandbox-port", self.sandbox_port, "--size", self.size]
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "portal.supervisor", *map(str, arguments), "--var", str(self.var)],
                cwd=REPOSITORY,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait_until_ready()
        return self

    def __exit__(self, *_: object) -> None:
        self.end(signal.SIGTERM)

    @property
    def manifest(self) -> dict[str, Any]:
        """What the sandbox wrote of itself."""
        manifest: dict[str, Any] = json.loads((self.var / "sandbox" / "sandbox.json").read_text())
        return manifest

    def levels(self) -> dict[str, str]:
        """What /readyz says; empty while nobody answers."""
        try:
            with urllib.request.urlopen(f"http://localhost:{self.port}/readyz", timeout=5) as answer:
                levels: dict[str, str] = json.load(answer)
        except (urllib.error.URLError, OSError):
            return {}
        return levels

    def processes(self) -> list[tuple[int, str]]:
        """Whatever lives in its session, with command lines."""
        found = subprocess.run(
            ["ps", "-ww", "-o", "pid=,args=", "-s", str(self.process.pid)], capture_output=True, text=True, check=False
        )
        lines = [line.split(None, 1) for line in found.stdout.splitlines()]
        return [(int(pid), command) for pid, command in lines if "<defunct>" not in command]

    def end(self, number: signal.Signals) -> int:
        """Send a signal as make or a terminal would; the exit code."""
        if self.process.poll() is None:
            os.kill(self.process.pid, number)
        return self.process.wait(timeout=30)

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START
        while "Crossconnect is ready" not in self.log.read_text():
            if self.process.poll() is not None or time.monotonic() > deadline:
                self.end(signal.SIGTERM)
                raise AssertionError(f"the product did not start:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.1)


def free_ports(count: int) -> int:
    """The first of ``count`` ports in a row on which nobody listens."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            first: int = probe.getsockname()[1]
        if all(_is_free(first + offset) for offset in range(count)):
            return first


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True
