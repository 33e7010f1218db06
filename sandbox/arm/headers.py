"""The headers of every answer of Azure Resource Manager, but for HSTS: nobody shall pin a loopback name."""

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import formatdate

_ALWAYS = {
    "Cache-Control": "no-cache",
    "Pragma": "no-cache",
    "Expires": "-1",
    "Server": "Microsoft-HTTPAPI/2.0",
    "X-Content-Type-Options": "nosniff",
}


def answer_headers(
    asked: Mapping[str, str], *, left: Mapping[str, int], by_gateway: bool, time: float
) -> dict[str, str]:
    """Request ids, quota and caching, as in Microsoft's published trace (cross-connections-api-development)."""
    correlation_id = str(uuid.uuid4())
    headers = _ALWAYS | {
        "Date": formatdate(time, usegmt=True),
        # The gateway answers in its own name: request and correlation are one.
        "x-ms-request-id": correlation_id if by_gateway else str(uuid.uuid4()),
        "x-ms-correlation-request-id": correlation_id,
        "x-ms-routing-request-id": f"SANDBOX:{datetime.fromtimestamp(time, UTC):%Y%m%dT%H%M%SZ}:{correlation_id}",
    }
    if by_gateway:
        headers["x-ms-failure-cause"] = "gateway"
    headers |= {name: str(number) for name, number in left.items()}
    return headers | _returned_client_id(asked)


def _returned_client_id(asked: Mapping[str, str]) -> dict[str, str]:
    client_id = asked.get("x-ms-client-request-id", "")
    wanted = asked.get("x-ms-return-client-request-id", "").casefold() == "true"
    return {"x-ms-client-request-id": client_id} if wanted and client_id else {}
