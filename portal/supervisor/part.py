"""One part: a process that is started again when it dies."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence

_LIBC = ctypes.CDLL(None)
_PR_SET_PDEATHSIG = 1

MOST_SECONDS_BEFORE_RESTART = 5.0
SECONDS_OF_A_HEALTHY_LIFE = 30.0


def _end_with_the_supervisor() -> None:
    """Let the kernel send SIGTERM when the supervisor dies, even by SIGKILL (prctl(2), Linux only)."""
    if hasattr(_LIBC, "prctl"):
        _LIBC.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class Part:
    """A process in a process group of its own, so that its children can be ended with it.

    It stays in the terminal's session: nothing that make started is ever out of make's reach.
    """

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self.name = name
        self._command = command
        self._environment = environment
        self._deaths = 0
        self._start_at = 0.0
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the process."""
        self._start_at = time.monotonic()
        self._process = subprocess.Popen(  # noqa: S603 - our own commands
            self._command,
            env=dict(self._environment),
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=_end_with_the_supervisor,  # noqa: PLW1509 - safe here: the supervisor has no threads
        )

    def exit_code(self) -> int | None:
        """None while it lives."""
        return self._process.poll() if self._process else None

    def watch(self) -> str:
        """Start it again when it is dead and its pause is over; what to tell about it, mostly nothing."""
        if self._process is not None and self._process.poll() is not None:
            return self._bury()
        if self._process is None and time.monotonic() >= self._start_at:
            self.start()
        return ""

    def ask_to_stop(self) -> None:
        """SIGTERM to the process itself: it knows how to end its children."""
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def has_stopped(self) -> bool:
        """Whether nothing of its process group is left."""
        return self._process is None or (self._process.poll() is not None and not self._signal_group(0))

    def kill(self) -> None:
        """SIGKILL to all that is left of its process group."""
        self._signal_group(signal.SIGKILL)
        if self._process:
            self._process.wait()

    def _bury(self) -> str:
        code = self.exit_code()
        self.kill()
        self._process = None
        lived = time.monotonic() - self._start_at
        self._deaths = 1 if lived > SECONDS_OF_A_HEALTHY_LIFE else self._deaths + 1
        pause = min(MOST_SECONDS_BEFORE_RESTART, 0.25 * 2 ** min(self._deaths, 10))
        self._start_at = time.monotonic() + pause
        return f"{self.name} ended with {code}; starting it again in {pause:.1f} s"

    def _signal_group(self, number: int) -> bool:
        """Whether there was anything to signal. Group 0 would be our own: never without a process."""
        if self._process is None:
            return False
        try:
            os.killpg(self._process.pid, number)
        except ProcessLookupError:
            return False
        return True
