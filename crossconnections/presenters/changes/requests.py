"""The request that a change will send, to be read and to be sent by other means: as HTTP, for az and for ARMClient.

Made from the last GET, as the engine makes it from a fresh one. Shared keys are in neither; a placeholder stands where
one goes.
"""

import json
import re
import shlex
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from crossconnections.arm import WriteRequest, build_write
from crossconnections.models import CrossConnection, Wish
from crossconnections.services.changes.sending import edit_of

# about_Quoting_Rules says nothing of them; PowerShell's tokenizer does (CharTraits.cs, IsSingleQuote).
_QUOTES = re.compile("['\u2018\u2019\u201a\u201b]")
_KEYS: dict[str, str] = {Wish.SharedKey.SET: "<the shared key>", Wish.SharedKey.REMOVE: ""}


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """Three ways to say it; ``method`` for a title."""

    method: str
    http: str
    az_rest: str
    arm_client: str


def show_request(row: CrossConnection, wish: Wish, *, endpoint: str, version: str) -> ShownRequest | None:
    """What will be sent; None where Azure's document was never read or cannot be read any more."""
    kept = getattr(row, "document", None)
    with suppress(ValueError, RecursionError, KeyError, TypeError):
        document = json.loads(kept.body) if kept else None
        edit = edit_of(wish, shared_key=_KEYS.get(wish.shared_key_action))
        return _shown(build_write(document, edit), row, endpoint, version) if document else None
    return None


def _shown(request: WriteRequest, row: CrossConnection, endpoint: str, version: str) -> ShownRequest:
    path = f"{row.resource_id}{request.place}?api-version={version}"
    heads = [f"{name}: {value}" for name, value in _headers(request).items()]
    body = ["", _text(json.dumps(request.body, indent=2, ensure_ascii=False))] if request.body is not None else []
    return ShownRequest(
        method=request.method,
        http="\n".join([f"{request.method} {path}", *heads, *body]),
        az_rest=_az_rest(request, f"{endpoint}{path}"),
        arm_client=_arm_client(request, f"{endpoint}{path}"),
    )


def _headers(request: WriteRequest) -> dict[str, str]:
    content = {"Content-Type": "application/json"} if request.body is not None else {}
    return content | ({"If-Match": request.etag} if request.etag else {})


def _az_rest(request: WriteRequest, url: str) -> str:
    words = ["az", "rest", "--method", request.method.lower(), "--url", url]
    headers = ["--headers", _compact(_headers(request))] if _headers(request) else []
    body = ["--body", _compact(request.body)] if request.body is not None else []
    return shlex.join([*words, *headers, *body])


def _arm_client(request: WriteRequest, url: str) -> str:
    """For PowerShell, where it is at home."""
    words = ["ARMClient.exe", request.method.lower(), _quoted(url)]
    body = [_quoted(_compact(request.body))] if request.body is not None else []
    return " ".join([*words, *body, *(["-h", _quoted(f"If-Match:{request.etag}")] if request.etag else [])])


def _quoted(text: str) -> str:
    """In single quotes, each inside of them doubled: PowerShell takes the curly ones for quotes as well."""
    return f"'{_QUOTES.sub(lambda found: found[0] * 2, text)}'"


def _compact(value: Mapping[str, Any]) -> str:
    """In ASCII: whoever pastes it into a terminal sees all that is in it."""
    return json.dumps(value, separators=(",", ":"))


def _text(text: str) -> str:
    # JSON can spell lone surrogates; UTF-8 cannot.
    return text.encode(errors="replace").decode()
