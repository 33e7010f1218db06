"""The loop that watches the parts until it is told to stop."""

import signal
import time
from collections.abc import Callable, Mapping, Sequence
from types import FrameType

from portal.supervisor.part import Part

SECONDS_BETWEEN_LOOKS = 0.1
SECONDS_TO_STOP_IN = 12.0


class Stopped(Exception):  # noqa: N818 - reads as what happened
    """Somebody asked for the end: Ctrl-C, or SIGTERM to make."""


class StepFailed(Exception):  # noqa: N818 - reads as what happened
    """A step that must succeed before the parts can start did not."""


def say(text: str) -> None:
    """A line to the person at the terminal."""
    print(text, flush=True)  # noqa: T201 - it talks to a terminal


class Supervisor:
    """A context: leaving it, however that comes about, stops every part."""

    def __init__(self) -> None:
        self._parts: list[Part] = []
        self._stop_asked = False

    def __enter__(self) -> "Supervisor":
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._ask_to_stop)
        return self

    def __exit__(self, *_: object) -> None:
        self._stop_parts()

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start a part and watch it from now on."""
        part = Part(name, command, environment)
        self._parts.append(part)
        part.start()

    def carry_out(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Run a step to its end.

        Raises:
            StepFailed: it ended with anything but 0.
            Stopped: the end was asked for meanwhile.
        """
        step = Part(name, command, environment)
        step.start()
        try:
            self.wait_until(lambda: step.exit_code() is not None)
        finally:
            step.kill()
        if step.exit_code() != 0:
            raise StepFailed(name)

    def wait_until(self, condition: Callable[[], bool]) -> None:
        """Watch the parts until the condition holds.

        Raises:
            Stopped: the end was asked for meanwhile.
        """
        while not condition():
            if self._stop_asked:
                raise Stopped
            for news in filter(None, [part.watch() for part in self._parts]):
                say(news)
            time.sleep(SECONDS_BETWEEN_LOOKS)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        self._stop_asked = True

    def _stop_parts(self) -> None:
        for part in reversed(self._parts):
            part.ask_to_stop()
        deadline = time.monotonic() + SECONDS_TO_STOP_IN
        while time.monotonic() < deadline and not all(part.has_stopped() for part in self._parts):
            time.sleep(SECONDS_BETWEEN_LOOKS)
        for part in self._parts:
            part.kill()
