"""Secrets of a request as their hashes: a test can compare them, and nobody can use them."""

import hashlib
import json
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

_HEADERS = frozenset({"authorization", "x-ms-authorization-auxiliary", "cookie", "proxy-authorization"})
_FIELDS = frozenset(
    {
        *("client_secret", "client_assertion", "assertion", "password", "code", "code_verifier"),
        *("refresh_token", "access_token", "id_token", "sharedkey"),
    }
)
_FORM, _MULTIPART = "application/x-www-form-urlencoded", "multipart/"


def hide_in_headers(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The headers, those that let somebody in as hashes."""
    return {name: _hash(value) if name in _HEADERS else value for name, value in headers}


def hide_in_body(content_type: str, body: bytes) -> str:
    """A form or JSON with its secret fields as hashes, whatever else as it came."""
    text, kind = body.decode("utf-8", "replace"), content_type.strip().casefold()
    if kind.startswith(_FORM):
        fields = parse_qsl(text, keep_blank_values=True)
        return urlencode([(name, _hash(value) if _is_secret(name) else value) for name, value in fields])
    if kind.startswith(_MULTIPART):
        # Its parts are read by nobody here, and one of them may be a secret.
        return _hash(text)
    return _hide_in_json(text)


def _hide_in_json(text: str) -> str:
    try:
        value = json.loads(text)
        hidden = _hide(value)
    except (ValueError, RecursionError):
        return text
    # Written anew only where it has to be: a test may look for what was sent to the letter.
    return text if hidden == value else json.dumps(hidden, ensure_ascii=False)


def _hide(value: object) -> object:
    if isinstance(value, list):
        return [_hide(one) for one in value]
    if not isinstance(value, dict):
        return value
    return {
        name: _hash(inner) if _is_secret(name) and isinstance(inner, str) else _hide(inner)
        for name, inner in value.items()
    }


def _is_secret(name: str) -> bool:
    return name.casefold() in _FIELDS


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
