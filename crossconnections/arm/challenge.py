"""Azure's claims challenge: a 401 that says what a new token has to prove.

``WWW-Authenticate: Bearer …, error="insufficient_claims", claims="<base64>"``. Source: Microsoft identity platform,
Claims challenges; azure-mgmt-core answers it in the same way (measured with azure-mgmt-network 33.1).
"""

import base64
import contextlib
import json
import re

_LONGEST_HEADER = 16 * 1024
# Each parameter, with the scheme where one begins: Bearer realm="", error="…", PoP nonce="…"
_PARAMETER = re.compile(
    r"(?<![A-Za-z_-])(?:(?P<scheme>[A-Za-z]+)[ \t]+)?(?P<name>[A-Za-z_]+)[ \t]*="
    r'[ \t]*(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s",]+))'
)


def claims_of(header: str) -> str:
    """The claims, as JSON text, that a ``WWW-Authenticate`` header asks for; "" where there are none to read."""
    for scheme, parameters in _challenges(header):
        if scheme == "bearer" and parameters.get("error") == "insufficient_claims":
            return _decoded(parameters.get("claims", ""))
    return ""


def _challenges(header: str) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    for match in _PARAMETER.finditer(header if len(header) <= _LONGEST_HEADER else ""):
        if match["scheme"]:
            found.append((match["scheme"].lower(), {}))
        if found:
            found[-1][1].setdefault(match["name"].lower(), match["quoted"] or match["plain"] or "")
    return found


def _decoded(claims: str) -> str:
    # Both base64 alphabets and missing padding are seen in the wild.
    padded = claims.translate(str.maketrans("-_", "+/")).rstrip("=")
    padded += "=" * (-len(padded) % 4)
    with contextlib.suppress(ValueError, RecursionError):
        text = base64.b64decode(padded, validate=True).decode("utf-8")
        if isinstance(json.loads(text), dict):
            return text
    return ""
