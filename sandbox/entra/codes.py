"""Authorization codes: good once, for ten minutes, for who asked."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.people import Person

LIFETIME_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Grant:
    """What a person granted, and what the code is bound to."""

    person: Person
    client_id: str
    redirect_uri: str
    code_challenge: str
    nonce: str | None
    scope: str
    session_id: str
    wants_auth_time: bool


class Codes:
    """The codes that were handed out."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._grants: dict[str, tuple[Grant, float]] = {}
        self._spent: set[str] = set()

    def issue(self, grant: Grant) -> str:
        """A code for the grant, in the look of Entra's."""
        code = f"1.{secrets.token_urlsafe(96)}"
        self._grants[code] = (grant, self._clock())
        return code

    def redeem(self, code: str) -> Grant | None:
        """The grant of a code that is still good. Whatever comes of it, the code is spent."""
        self._spent.add(code)
        grant, issued_at = self._grants.pop(code, (None, 0.0))
        return grant if self._clock() - issued_at <= LIFETIME_SECONDS else None

    def is_spent(self, code: str) -> bool:
        """Whether the code was brought before."""
        return code in self._spent
