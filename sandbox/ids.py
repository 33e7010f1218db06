"""Identifiers that are the same in every sandbox, so that a portal's data outlives the sandbox's."""

import uuid
from functools import cache

_NAMESPACE = uuid.UUID("6f0e9a52-3f7c-4c35-9d0b-6a1f5b0c7d11")


@cache
def stable_id(*names: str) -> str:
    """A GUID made from names."""
    return str(uuid.uuid5(_NAMESPACE, "/".join(names)))
