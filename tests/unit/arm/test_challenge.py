import base64
import json
import time

import pytest

from crossconnections.arm.challenge import claims_of

CLAIMS = json.dumps({"access_token": {"nbf": {"essential": True, "value": "1604106651"}, "x": "\u00fc>?"}})
STANDARD = base64.b64encode(CLAIMS.encode()).decode()
URL_SAFE = base64.urlsafe_b64encode(CLAIMS.encode()).decode()
BEFORE = 'Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", '


def challenge(claims: str) -> str:
    return f'{BEFORE}error="insufficient_claims", claims="{claims}"'


@pytest.mark.parametrize(
    "header",
    [
        challenge(STANDARD),
        challenge(URL_SAFE),
        challenge(STANDARD.rstrip("=")),
        f'bearer error=insufficient_claims,claims="{STANDARD}"',
        f'BEARER  Error = "insufficient_claims", Claims = {STANDARD}',
        f'PoP nonce="n", {challenge(STANDARD)}, PoP error="invalid_token", claims="e30="',
        f'Bearer error="invalid_token", {challenge(STANDARD)}',
    ],
)
def test_what_a_new_token_has_to_prove_is_read(header: str) -> None:
    assert claims_of(header) == CLAIMS


def _encoded(text: str | bytes) -> str:
    return base64.b64encode(text.encode() if isinstance(text, str) else text).decode()


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Bearer",
        "Bearer ,,, =",
        'Bearer error="invalid_token", error_description="The access token has expired."',
        f'Bearer error="invalid_token", claims="{STANDARD}"',
        f'Bearer claims="{STANDARD}"',
        f'PoP error="insufficient_claims", claims="{STANDARD}"',
        f'error="insufficient_claims", claims="{STANDARD}"',
        'Bearer error="insufficient_claims"',
        challenge(""),
        challenge("not base64 at all!"),
        challenge("A"),
        challenge(_encoded("no JSON")),
        challenge(_encoded("[]")),
        challenge(_encoded('"text"')),
        challenge(_encoded("[" * 5000)),
        challenge(_encoded(b"\xff\xfe")),
        challenge(STANDARD) + " " * 20_000,
    ],
)
def test_a_challenge_that_makes_no_sense_asks_for_nothing(header: str) -> None:
    assert claims_of(header) == ""


@pytest.mark.parametrize("header", ["a" * 16_000, "a " * 8_000, "a=" * 8_000, 'a="' * 5_000, "Bearer " + "a_" * 8_000])
def test_a_hostile_header_costs_no_time(header: str) -> None:
    start = time.monotonic()
    assert claims_of(header) == ""
    assert time.monotonic() - start < 0.5
