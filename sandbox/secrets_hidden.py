"""Secrets of a request as their hashes: a test can compare them, and nobody can use them.

A shared key is one word for all of them instead: it is short enough to be found by trying, and so a body that was sent
can be compared with one that Microsoft published, whatever the key.
"""

import hashlib
import json
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode

_HEADERS = frozenset({"authorization", "x-ms-authorization-auxiliary", "cookie", "proxy-authorization"})
_SHARED_KEY, _ANY_KEY = "sharedkey", "(hidden)"
_FIELDS = frozenset(
    {
        *("client_secret", "client_assertion", "assertion", "password", "code", "code_verifier"),
        *("refresh_token", "access_token", "id_token"),
        _SHARED_KEY,
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
        return urlencode([(name, _hidden(name, value) if _is_secret(name) else value) for name, value in fields])
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
        name: _hidden(name, inner) if _is_secret(name) and _may_be_secret(name, inner) else _hide(inner)
        for name, inner in value.items()
    }


def _may_be_secret(name: str, value: object) -> bool:
    """Text; of a shared key whatever is not null, as somebody may send one that is all digits as a number."""
    return isinstance(value, str) or (name.casefold() == _SHARED_KEY and value is not None)


def _is_secret(name: str) -> bool:
    return name.casefold() in _FIELDS


def _hidden(name: str, value: object) -> str:
    """A blank shared key is none, and says so."""
    if name.casefold() == _SHARED_KEY:
        return "" if value == "" else _ANY_KEY
    return _hash(str(value))


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
