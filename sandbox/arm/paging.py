"""Pages of a list: `value`, and a `nextLink` to be followed as it is."""

import base64
import binascii
import re
from typing import Any
from urllib.parse import urlencode

from sandbox.arm.errors import invalid_skip_token
from sandbox.arm.question import Question
from sandbox.arm.render import render_listed

# As written below: nothing else is a token of ours, and no list has a billion entries.
_POSITION = re.compile(r"position:(0|[1-9][0-9]{0,8})")


def list_page(question: Question) -> dict[str, Any]:
    """One page of the cross connections of a subscription, or of a resource group where the path names one."""
    start = _read_token(question.skip_token) if question.skip_token is not None else 0
    world, group = question.world, question.words.get("group")
    size = world.behaviour.list_page_size
    documents, next_start = world.estate.page(question.subscription_id, start, size, group=group)
    page: dict[str, Any] = {"value": [render_listed(document, question.version) for document in documents]}
    if next_start is not None:
        page["nextLink"] = _link(question, group, next_start)
    return page


def _link(question: Question, group: str | None, start: int) -> str:
    scope = f"{question.subscription_path}/resourceGroups/{group}" if group else question.subscription_path
    path = f"{scope}/providers/Microsoft.Network/expressRouteCrossConnections"
    query = urlencode({"api-version": question.version, "$skiptoken": _write_token(start)}, safe="$")
    return f"{question.world.settings.origin}{path}?{query}"


def _write_token(start: int) -> str:
    return base64.urlsafe_b64encode(f"position:{start}".encode()).decode()


def _read_token(token: str) -> int:
    try:
        match = _POSITION.fullmatch(base64.b64decode(token, altchars=b"-_", validate=True).decode())
    except (binascii.Error, ValueError):
        match = None
    if match is None:
        raise invalid_skip_token()
    return int(match[1])
