"""Somebody who presses "Read tables now", in a process of their own with the portal's settings."""

import subprocess
import sys
from pathlib import Path

from tests.product import REPOSITORY

_PRESSES = """
import sys, django
django.setup()
from crossconnections.models import CrossConnection
from crossconnections.services.snapshots import request_snapshot
from portal.actors import at_terminal

for line in sys.stdin:
    row = CrossConnection.objects.select_related("subscription").get(service_key=line.strip())
    print(request_snapshot(row=row, by=at_terminal()).number, flush=True)
"""


class Clerk:
    """One press after another; what goes wrong stands in the log."""

    def __init__(self, environment: dict[str, str], log: Path) -> None:
        with log.open("a") as errors:
            self._process = subprocess.Popen(
                [sys.executable, "-c", _PRESSES],
                cwd=REPOSITORY,
                env=environment,
                process_group=0,
                text=True,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
            )

    def press(self, service_key: str) -> None:
        """Returns when it is acknowledged."""
        asked, told = self._process.stdin, self._process.stdout
        assert asked is not None
        assert told is not None
        asked.write(f"{service_key}\n")
        asked.flush()
        assert told.readline().strip(), "the press was not acknowledged"

    def end(self) -> None:
        """Whatever it is at."""
        self._process.kill()
        self._process.communicate()
