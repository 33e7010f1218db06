"""Pages of a list: `value`, and a `nextLink` to be followed as it is."""

import base64
import binascii
from typing import Any
from urllib.parse import urlencode

from sandbox.arm.errors import invalid_skip_token
from sandbox.arm.render import render_listed
from sandbox.world import World

PAGE_SIZE = 100


def list_page(world: World, subscription_id: str, version: str, skip_token: str | None) -> dict[str, Any]:
    """One page of a subscription's cross connections."""
    start = _read_token(skip_token) if skip_token is not None else 0
    documents, next_start = world.estate.page(subscription_id, start, PAGE_SIZE)
    page: dict[str, Any] = {"value": [render_listed(document) for document in documents]}
    if next_start is not None:
        page["nextLink"] = _link(world, subscription_id, version, next_start)
    return page


def _link(world: World, subscription_id: str, version: str, start: int) -> str:
    path = f"/subscriptions/{subscription_id}/providers/Microsoft.Network/expressRouteCrossConnections"
    query = urlencode({"api-version": version, "$skiptoken": _write_token(start)}, safe="$")
    return f"{world.settings.origin}{path}?{query}"


def _write_token(start: int) -> str:
    return base64.urlsafe_b64encode(f"position:{start}".encode()).decode()


def _read_token(token: str) -> int:
    try:
        word, _, start = base64.b64decode(token, altchars=b"-_", validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        raise invalid_skip_token() from None
    if word != "position" or not start.isdecimal():
        raise invalid_skip_token()
    return int(start)
