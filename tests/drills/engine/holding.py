"""What people's worker imports besides its own: it stands at the moments, and changes nothing of what happens there."""

import os
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from crossconnections.arm.transport import LastMoment
from crossconnections.services.changes.sending import Confirmation
from crossconnections.services.engine.steps import Step
from tests.drills.engine.moments import CLAIMED, LEAVING, PLACE, RENEWED, SEEN, TOLD, Wish

_wish = Wish(Path(os.environ[PLACE]))


def _hold_around(owner: type, name: str, *, before: str = "", after: str = "") -> None:
    inner: Callable[..., Any] = getattr(owner, name)

    @wraps(inner)
    def held(*args: Any, **kwargs: Any) -> Any:
        if before:
            _wish.hold(before)
        result = inner(*args, **kwargs)
        if after:
            _wish.hold(after)
        return result

    setattr(owner, name, held)


_hold_around(Step, "take", before=CLAIMED)
_hold_around(Step, "_note", before=TOLD)
_hold_around(Confirmation, "__call__", before=SEEN, after=RENEWED)
_hold_around(LastMoment, "is_over", after=LEAVING)
