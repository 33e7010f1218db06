"""Moments of a step that nobody could hit by waiting: people's worker holds a thread there while a drill wishes it."""

import json
import threading
import time
from contextlib import suppress
from pathlib import Path

PLACE = "DRILLS_MOMENT"
CLAIMED = "claimed"
SEEN = "Azure's answer to the GET is there"
RENEWED = "the lease is renewed for the write"
LEAVING = "the last look at the clock before the write leaves"
TOLD = "what came of a call is there and not written down"
_SECONDS_BETWEEN_LOOKS = 0.005
_one_at_a_time = threading.Lock()


class Wish:
    """A file; another one beside it says that somebody is there.

    At the ``nth`` time that a thread comes to the moment it waits until the wish is gone.
    """

    def __init__(self, file: Path) -> None:
        self._file, self._reached = file, file.with_suffix(".reached")

    def make(self, moment: str, nth: int) -> None:
        """From now on."""
        self._reached.unlink(missing_ok=True)
        self._write(moment, nth)

    def is_met(self) -> bool:
        """Whether a thread is held."""
        return self._reached.exists()

    def drop(self) -> None:
        """Whoever is held goes on."""
        self._file.unlink(missing_ok=True)

    def hold(self, moment: str) -> None:
        """Where this is the moment, wait as long as the wish is there."""
        if not self._is_for(moment):
            return
        self._reached.touch()
        while self._file.exists():
            time.sleep(_SECONDS_BETWEEN_LOOKS)

    def _is_for(self, moment: str) -> bool:
        with _one_at_a_time, suppress(FileNotFoundError):
            wished, nth = json.loads(self._file.read_text())
            if wished == moment and not self._reached.exists():
                self._write(moment, nth - 1)
                return bool(nth == 1)
        return False

    def _write(self, moment: str, nth: int) -> None:
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps([moment, nth]))
        new.rename(self._file)
