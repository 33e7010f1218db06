"""The authority's public signing keys, fetched when an unknown one is met, yet not more often than once a minute."""

import time
from collections.abc import Callable
from typing import Any

import jwt

SECONDS_BETWEEN_FETCHES = 60


class KeySet:
    """Keys by id. Entra ID rolls its keys without notice, so an unknown id means: ask again."""

    def __init__(self, fetch: Callable[[], dict[str, Any]], clock: Callable[[], float] = time.monotonic) -> None:
        self._fetch = fetch
        self._clock = clock
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched_at = float("-inf")

    def key(self, key_id: str) -> jwt.PyJWK:
        """The key of an id.

        Raises:
            jwt.PyJWKError: there is none by that id.
        """
        if key_id not in self._keys and self._clock() - self._fetched_at >= SECONDS_BETWEEN_FETCHES:
            self._refresh()
        if key_id not in self._keys:
            raise jwt.PyJWKError("it is signed with a key that the authority does not publish")
        return self._keys[key_id]

    def _refresh(self) -> None:
        keys = jwt.PyJWKSet.from_dict(self._fetch()).keys
        self._keys = {key.key_id: key for key in keys if key.key_id}
        self._fetched_at = self._clock()
