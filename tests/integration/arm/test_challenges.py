import base64
import traceback
from collections.abc import Callable
from typing import Any

import pytest
from azure.core.credentials import AccessToken
from azure.core.exceptions import ClientAuthenticationError

from crossconnections import arm
from crossconnections.arm import ArmClient, Call, ResourceId, RetryPolicy
from crossconnections.arm.refusals import refusal
from tests.integration.arm.conftest import FixedToken
from tests.integration.arm.loopback import Loopback, Script, reply, reply_with, sends
from tests.unit.arm import answers

ClientFor = Callable[..., ArmClient]
KEY = ResourceId.parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/expressRouteCrossConnections/k")
CLAIMS = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}'
EXPIRED = {"error": {"code": "ExpiredAuthenticationToken", "message": "…"}}


def unauthorized(header: str) -> Script:
    return reply_with(401, EXPIRED, WWW_Authenticate=header)


def challenge(claims: bytes) -> Script:
    encoded = base64.b64encode(claims).decode()
    return unauthorized(f'Bearer realm="", error="insufficient_claims", claims="{encoded}"')


CHALLENGE = challenge(CLAIMS.encode())


class TokenPerClaims(FixedToken):
    """Gives another token when claims are asked for."""

    def get_token(self, *scopes: str, claims: str | None = None, **options: Any) -> AccessToken:
        token = super().get_token(*scopes, claims=claims, **options)
        return AccessToken("stronger-token", token.expires_on) if claims else token


def test_a_challenge_is_answered_with_a_token_for_its_claims(
    azure: Loopback, client_for: ClientFor, calls: list[Call]
) -> None:
    azure.plays(CHALLENGE, reply(answers.load("trace_get")))
    credential = TokenPerClaims()
    assert client_for(azure, credential=credential).get_cross_connection(resource_id=KEY).s_tag == 3
    assert [asked.headers["authorization"] for asked in azure.asked] == ["Bearer the-token", "Bearer stronger-token"]
    assert credential.claims == [None, CLAIMS]
    assert [(call.status, call.error) for call in calls] == [(401, "NotAuthenticated"), (200, "")]
    assert len({call.client_request_id for call in calls}) == 2


def test_a_second_challenge_is_not_answered(azure: Loopback, client_for: ClientFor, calls: list[Call]) -> None:
    azure.plays(CHALLENGE)
    with pytest.raises(arm.NotAuthenticated):
        client_for(azure, retries=RetryPolicy()).get_cross_connection(resource_id=KEY)
    assert len(azure.asked) == len(calls) == 2


def test_the_next_call_may_be_challenged_again(azure: Loopback, client_for: ClientFor) -> None:
    good = reply(answers.load("trace_get"))
    azure.plays(CHALLENGE, good, CHALLENGE, good)
    client = client_for(azure)
    for _ in range(2):
        client.get_cross_connection(resource_id=KEY)
    assert len(azure.asked) == 4


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(reply_with(401, EXPIRED), id="no header"),
        pytest.param(unauthorized('Bearer error="invalid_token", error_description="expired"'), id="expired"),
        pytest.param(unauthorized('Bearer error="insufficient_claims", claims="%%%"'), id="no base64"),
        pytest.param(challenge(b"no JSON"), id="no JSON"),
        pytest.param(challenge(b"\xff"), id="no text"),
        pytest.param(unauthorized('Bearer error="insufficient_claims"'), id="no claims"),
        pytest.param(reply_with(403, EXPIRED | {}, WWW_Authenticate="Bearer"), id="a 403 by that code"),
    ],
)
def test_a_401_without_claims_that_make_sense_is_asked_once(
    azure: Loopback, client_for: ClientFor, calls: list[Call], script: Script
) -> None:
    azure.plays(script)
    credential = FixedToken()
    with pytest.raises(arm.NotAuthenticated):
        client_for(azure, credential=credential, retries=RetryPolicy()).get_cross_connection(resource_id=KEY)
    assert (len(azure.asked), len(calls), credential.claims) == (1, 1, [None])


def test_a_challenge_on_the_second_page_is_answered_there(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply({"value": [], "nextLink": f"{azure.url}/2"}), CHALLENGE, reply({"value": []}))
    assert len(list(client_for(azure).list_cross_connections(subscription_id="s"))) == 2
    assert [asked.target for asked in azure.asked[1:]] == ["/2", "/2"]


def test_a_write_is_sent_again_too_since_nothing_was_done(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(CHALLENGE, reply({}))
    transport = client_for(azure)._transport
    transport.ask(operation="x", method="PUT", url=f"{azure.url}/x", understand=_refused_or_none)
    assert [asked.method for asked in azure.asked] == ["PUT", "PUT"]


def _refused_or_none(answer: Any) -> None:
    if answer.head.status >= 400:
        raise refusal(answer)


def test_a_token_that_entra_does_not_give_for_the_claims_is_told_so(azure: Loopback, client_for: ClientFor) -> None:
    class Refusing(FixedToken):
        def get_token(self, *scopes: str, claims: str | None = None, **options: Any) -> AccessToken:
            if claims:
                raise ClientAuthenticationError("AADSTS50076: no")
            return super().get_token(*scopes, **options)

    azure.plays(CHALLENGE)
    with pytest.raises(arm.TokenNotObtained) as raised:
        client_for(azure, credential=Refusing()).get_cross_connection(resource_id=KEY)
    assert (raised.value.code, len(azure.asked)) == ("AADSTS50076", 1)


def test_a_challenge_and_then_a_fault_are_not_multiplied(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(CHALLENGE, reply_with(500, {}), sends(b""), CHALLENGE)
    slept: list[float] = []
    client = client_for(azure, retries=RetryPolicy(), sleep=slept.append, time_outs=arm.TimeOuts(1, 1, 10))
    with pytest.raises(arm.NotAuthenticated) as raised:
        client.get_cross_connection(resource_id=KEY)
    assert (len(azure.asked), slept) == (4, [0.2, 1.0])
    assert "the-token" not in "".join(traceback.format_exception(raised.value))
    assert raised.value.__context__ is None
