"""Components that a machine may lack: a test that needs one is skipped and says what to install."""

import os
from typing import NoReturn

import pytest


def lacking(component: str, *, install: str) -> NoReturn:
    """Skip the test; with REQUIRE_ALL=1 fail it, so that nothing is passed over unseen."""
    sentence = f"{component} is not here: {install}"
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(sentence)
    pytest.skip(sentence)
