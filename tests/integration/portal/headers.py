"""What stands in the head of each answer, and how a walk notes it."""

from collections.abc import Mapping
from typing import Any

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
POLICY = {
    *("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'"),
    *("form-action 'self'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'"),
}


def lacking(headers: Mapping[str, str], *, may_be_kept: bool = False) -> list[str]:
    """The names of headers that an answer lacks, or has otherwise than all answers of the portal do."""
    wanted = ALWAYS if may_be_kept else ALWAYS | {"Cache-Control": "no-store"}
    wrong = [name for name, value in wanted.items() if headers.get(name) != value]
    told = {part.strip() for part in headers.get("Content-Security-Policy", "").split(";")}
    return wrong + (["Content-Security-Policy"] if told != POLICY else [])


def noted(answer: Any) -> dict[str, Any]:
    """An answer as the walk of another process tells of it."""
    cookies = {name: dict(cookie) for name, cookie in answer.cookies.items()}
    answer.close()
    return {"status": answer.status_code, "headers": dict(answer.headers), "cookies": cookies}
