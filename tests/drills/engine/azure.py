"""The sandbox, as it can also be: a process that holds everything and does nothing."""

import os
import signal

from tests.sandbox_process import SandboxProcess


class Azure(SandboxProcess):
    """With a pause."""

    def freeze(self) -> None:
        """It takes connections, and says nothing."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """It goes on as if nothing had been."""
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        os.kill(self._process.pid, number)
