"""Waiting for what must come about: looked for again and again, and no longer than a deadline."""

import time
from collections.abc import Callable

SECONDS_BETWEEN_LOOKS = 0.03


def wait_for(
    condition: Callable[[], object],
    what: str,
    *,
    seconds: float = 30,
    meanwhile: Callable[[], object] = lambda: None,
) -> None:
    """Until the condition holds, with ``meanwhile`` done between two looks.

    AssertionError with ``what`` after so many seconds.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"within {seconds} seconds it did not come about: {what}"
        meanwhile()
        time.sleep(SECONDS_BETWEEN_LOOKS)
