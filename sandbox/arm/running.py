"""Long-running operations, as long as they are remembered: a restart forgets them, and so does a reset."""

import math
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

from sandbox.arm.errors import ArmError

# The oldest go first. Not documented: how long Azure remembers them.
_KEPT = 10_000


def _new_id() -> str:
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """What was accepted, and what will come of it: content, or ``failure``.

    ``subject`` is the service key of the circuit that it works on, ``version`` the api-version of who asked,
    ``ends_at`` a time by the clock of Operations: infinity for one that never ends.
    """

    subscription_id: str
    subject: str
    location: str
    version: str
    ends_at: float
    result: Callable[[], dict[str, Any] | None]
    failure: ArmError | None = None
    is_write: bool = False
    id: str = field(default_factory=_new_id)

    def outcome(self) -> dict[str, Any] | None:
        """What it answers at its end; raises ArmError where it failed."""
        if self.failure is not None:
            raise replace(self.failure)
        return self.result()


class Operations:
    """Those that were accepted, oldest first."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._known: dict[str, Operation] = {}

    def end_after(self, seconds: float) -> float:
        """When an operation ends that is accepted now."""
        return self._clock() + seconds

    def add(self, operation: Operation) -> None:
        """One more; where there are too many, the oldest is forgotten."""
        self._known[operation.id] = operation
        if len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]

    def find(self, operation_id: str, subscription_id: str) -> Operation | None:
        """The operation of that id, in any case, if the subscription started it."""
        operation = self._known.get(operation_id.casefold())
        return operation if operation and operation.subscription_id == subscription_id else None

    def is_running(self, operation: Operation) -> bool:
        """Whether it has not ended yet."""
        return self._clock() < operation.ends_at

    def running_on(self, subject: str, *, is_write: bool | None = None) -> Operation | None:
        """The oldest that still works on a circuit, of writes or of reads where it matters."""
        here = (one for one in self._known.values() if one.subject == subject and self.is_running(one))
        return next((one for one in here if is_write in {None, one.is_write}), None)

    def clear(self) -> None:
        """None was ever started."""
        self._known.clear()


NEVER = math.inf
