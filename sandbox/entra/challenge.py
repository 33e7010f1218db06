"""Claims that a token may have to carry, and how an application asks for them (Entra's claims challenge)."""

import json
from typing import Any

# An authentication context: the one claim that a token either has or has not.
CONTEXT = "c1"
WANTED = json.dumps({"access_token": {"acrs": {"essential": True, "value": CONTEXT}}}, separators=(",", ":"))


def claims_asked_for(text: str | None) -> dict[str, Any]:
    """What the `claims` of a token request add to the token; what cannot be read adds nothing."""
    try:
        asked = json.loads(text or "{}")["access_token"]["acrs"]["value"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return {}
    return {"acrs": [asked]} if isinstance(asked, str) else {}


def satisfies(claims: dict[str, Any]) -> bool:
    """Whether a token carries what is wanted."""
    return CONTEXT in claims.get("acrs", [])
