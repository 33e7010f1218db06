"""The request that a change will send, to be read and to be sent by other means: as HTTP, for az and for ARMClient.

Made from the last GET, as the engine makes it from a fresh one. Shared keys are in neither.
"""

import json
import shlex
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from crossconnections.arm import WriteRequest, build_write
from crossconnections.models import CrossConnection


@dataclass(frozen=True, slots=True)
class ShownRequest:
    """Three ways to say it; ``method`` for a title."""

    method: str
    http: str
    az_rest: str
    arm_client: str


def show_request(row: CrossConnection, asked: Mapping[str, Any], *, endpoint: str, version: str) -> ShownRequest | None:
    """What will be sent; None where Azure's document was never read or cannot be read any more."""
    kept = getattr(row, "document", None)
    with suppress(ValueError, RecursionError, KeyError, TypeError):
        document = json.loads(kept.body) if kept else None
        return _shown(build_write(document, asked), row, document, endpoint, version) if document else None
    return None


def _shown(
    request: WriteRequest, row: CrossConnection, document: Mapping[str, Any], endpoint: str, version: str
) -> ShownRequest:
    path, etag = f"{row.resource_id}?api-version={version}", str(document.get("etag") or "")
    body = _text(json.dumps(request.body, indent=2, ensure_ascii=False))
    heads = ["Content-Type: application/json", *([f"If-Match: {etag}"] if etag else [])]
    return ShownRequest(
        method=request.method,
        http="\n".join([f"{request.method} {path}", *heads, "", body]),
        az_rest=_az_rest(request, f"{endpoint}{path}", etag),
        arm_client=_arm_client(request, f"{endpoint}{path}", etag),
    )


def _az_rest(request: WriteRequest, url: str, etag: str) -> str:
    headers = {"Content-Type": "application/json", **({"If-Match": etag} if etag else {})}
    words = ["az", "rest", "--method", request.method.lower(), "--url", url, "--headers", _compact(headers)]
    return shlex.join([*words, "--body", _compact(request.body)])


def _arm_client(request: WriteRequest, url: str, etag: str) -> str:
    """For PowerShell, where it is at home: a quote inside of single quotes is doubled."""
    words = ["ARMClient.exe", request.method.lower(), _quoted(url), _quoted(_compact(request.body))]
    return " ".join([*words, *(["-h", _quoted(f"If-Match:{etag}")] if etag else [])])


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"


def _compact(value: Mapping[str, Any]) -> str:
    return _text(json.dumps(value, separators=(",", ":"), ensure_ascii=False))


def _text(text: str) -> str:
    # JSON can spell lone surrogates; UTF-8 cannot.
    return text.encode(errors="replace").decode()
