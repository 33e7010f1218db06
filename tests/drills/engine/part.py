"""A process of the portal, started and restarted as the supervisor does, and killed and frozen as fate does."""

import os
import signal
from collections.abc import Mapping, Sequence
from pathlib import Path

from portal.supervisor import part

# What a part says goes into a file of its own: pytest's output is for the drills.
_INTO_A_FILE = ["sh", "-c", 'exec "$@" >>"$0" 2>&1']


class Part(part.Part):
    """The supervisor's own, with a log; one that was made to die stays dead until it is started."""

    def __init__(self, name: str, command: Sequence[str], environment: Mapping[str, str], folder: Path) -> None:
        self.log = folder / f"{name}.log"
        super().__init__(name, [*_INTO_A_FILE, str(self.log), *command], environment)
        self._is_wanted = False
        self._own = environment

    def start(self) -> None:
        """From now on it is started again when it dies by itself."""
        self._is_wanted = True
        super().start()

    def watch(self) -> str:
        """As the supervisor does, where it is to live."""
        return super().watch() if self._is_wanted else ""

    def die(self) -> None:
        """``kill -9`` to its whole process group, and nobody starts it again."""
        self._is_wanted = False
        self.kill()

    def start_with(self, **settings: str) -> None:
        """With these settings beside its own, until it is started so again."""
        self._environment = {**self._own, **settings}
        self.start()

    def revive(self) -> None:
        """Start it where it was killed, go on with it where it was frozen."""
        if self._is_wanted:
            self.thaw()
        else:
            self.start()

    def freeze(self) -> None:
        """It holds what it has, and does nothing from now on.

        The kernel stops one thread after the other; until the last one has stopped, some may still take a lock.
        """
        if self._signal_group(signal.SIGSTOP) and self._process:
            os.waitid(os.P_PID, self._process.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)

    def thaw(self) -> None:
        """It goes on as if nothing had been."""
        self._signal_group(signal.SIGCONT)

    def said(self, *, after: int = 0) -> str:
        """Its log, from so many characters on."""
        return self.log.read_text(errors="replace")[after:] if self.log.exists() else ""
