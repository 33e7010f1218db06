"""How a writer that may have lost its claim is kept from writing."""

from collections.abc import Callable
from typing import TypeAlias

Fence: TypeAlias = Callable[[], None]
"""Called inside the transaction, before its first write: keeps the claim until the end of it, or raises."""


def unfenced() -> None:
    """For a writer that needs no claim: what it writes is in order whoever else writes."""
