"""A person who may see the pages."""

from collections.abc import Callable

import pytest
from django.test import Client


@pytest.fixture
def viewer(signed_in: Callable[..., Client]) -> Client:
    """The browser of somebody with the least role."""
    return signed_in("Portal.Viewer")


@pytest.fixture
def support(signed_in: Callable[..., Client]) -> Client:
    """The browser of somebody who may read tables."""
    return signed_in("Portal.Support")
