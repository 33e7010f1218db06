"""What asks an edge router is sent once, and its token to nobody else's servers."""

import logging
import traceback
from typing import Any

import pytest
from azure.core.credentials import AccessToken

from crossconnections import arm
from crossconnections.arm import Call, RetryPolicy
from crossconnections.enums import Table
from tests.integration.arm.conftest import QUICK, FixedToken
from tests.integration.arm.loopback import (
    Loopback,
    Script,
    head,
    reply,
    reply_with,
    resets_after,
    sends,
    sends_then_waits,
    trickles,
)
from tests.integration.arm.table_reading import (
    ARP,
    CHALLENGE,
    IDS,
    RESULT,
    STATUS,
    WHOLE,
    ClientFor,
    Step,
    each_look,
    each_step,
    follow,
    lines,
    look,
    look_at_the_result,
    start,
)

# Sent once, whatever goes wrong.


@pytest.mark.parametrize(
    ("script", "error"),
    [
        pytest.param(reply_with(500, {}), arm.AzureFailed, id="500"),
        pytest.param(reply_with(503, {}, Retry_After="1"), arm.AzureFailed, id="503"),
        pytest.param(reply_with(429, {}, Retry_After="1"), arm.Throttled, id="429"),
        pytest.param(reply_with(401, {}), arm.NotAuthenticated, id="401"),
        pytest.param(reply_with(408, {}), arm.AzureFailed, id="408"),
        pytest.param(resets_after(b""), arm.NoAnswer, id="reset"),
        pytest.param(resets_after(head(202, Content_Length="9")), arm.NoAnswer, id="reset after the headers"),
        pytest.param(sends(b""), arm.NoAnswer, id="hangs up"),
        pytest.param(sends(head(200, Content_Length="99") + b'{"value":'), arm.NoAnswer, id="truncated"),
        pytest.param(sends(head(200) + b'{"value":'), arm.AnswerCut, id="truncated without a length"),
        pytest.param(reply_with(307, {}, Location="https://localhost/x"), arm.AnswerNotUnderstood, id="redirect"),
        pytest.param(reply_with(202, b""), arm.NotFollowed, id="nowhere to look"),
    ],
)
def test_the_post_is_sent_once_whatever_goes_wrong(
    azure: Loopback, client_for: ClientFor, calls: list[Call], script: Script, error: type[arm.ArmError]
) -> None:
    azure.plays(script, WHOLE)
    slept: list[float] = []
    with pytest.raises(arm.ArmError) as raised:
        start(client_for(azure, retries=RetryPolicy(), sleep=slept.append))
    assert (type(raised.value), len(azure.asked), azure.connections, slept) == (error, 1, 1, [])
    assert [(call.method, call.error) for call in calls] == [("POST", error.__name__)]


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(sends_then_waits(b""), id="says nothing"),
        pytest.param(sends_then_waits(head(202, Content_Length="9")), id="stops after the headers"),
        pytest.param(trickles(head(202) + b" " * 500, every_seconds=0.02), id="trickles"),
    ],
)
def test_the_post_is_sent_once_when_no_answer_comes_in_time(
    azure: Loopback, client_for: ClientFor, script: Script
) -> None:
    azure.plays(script, WHOLE)
    with pytest.raises(arm.NoAnswer):
        start(client_for(azure, retries=RetryPolicy(), time_outs=QUICK))
    assert len(azure.asked) == azure.connections == 1


class TokenPerClaims(FixedToken):
    """Gives another token when claims are asked for."""

    def get_token(self, *scopes: str, claims: str | None = None, **options: Any) -> AccessToken:
        token = super().get_token(*scopes, claims=claims, **options)
        return AccessToken("stronger-token", token.expires_on) if claims else token


@each_step
def test_a_claims_challenge_is_answered_for_nothing_was_done(
    azure: Loopback, client_for: ClientFor, calls: list[Call], step: Step
) -> None:
    azure.plays(CHALLENGE, reply({"status": "InProgress", "value": [ARP]}))
    step(client_for(azure, credential=TokenPerClaims()), azure)
    assert [asked.headers["authorization"] for asked in azure.asked] == ["Bearer the-token", "Bearer stronger-token"]
    assert lines(azure)[0] == lines(azure)[1]
    assert [(call.status, call.error) for call in calls] == [(401, "NotAuthenticated"), (200, "")]


def test_a_second_challenge_ends_the_post(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(CHALLENGE)
    with pytest.raises(arm.NotAuthenticated):
        start(client_for(azure, retries=RetryPolicy()))
    assert len(azure.asked) == 2


# The token stays at home.

HOSTILE = [
    "https://localhost:{port}/x",
    "https://127.0.0.1:{port}/x",
    "https://brazilus.localhost:{port}/x",
    "https://{own}@localhost:{port}/x",
    "https://localhost:{port}\\@{own}/x",
    "http://localhost:{port}/x",
    "//localhost:{port}/x",
]


@pytest.mark.parametrize("named", [("Location",), ("Azure-AsyncOperation",), ("Location", "Azure-AsyncOperation")])
@pytest.mark.parametrize("link", HOSTILE)
def test_what_begins_elsewhere_is_not_followed(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, link: str, named: tuple[str, ...]
) -> None:
    elsewhere.plays(WHOLE)
    hostile = link.format(port=elsewhere.port, own=f"localhost:{azure.port}")
    own = {"Location": azure.url + RESULT, "Azure-AsyncOperation": azure.url + STATUS}
    azure.plays(reply_with(202, b"", **own | dict.fromkeys(named, hostile)))
    with pytest.raises(arm.NotFollowed):
        start(client_for(azure, retries=RetryPolicy()))
    assert (elsewhere.connections, len(azure.asked)) == (0, 1)


def test_what_begins_elsewhere_has_begun_and_is_recorded_so(
    azure: Loopback, client_for: ClientFor, calls: list[Call]
) -> None:
    azure.plays(reply_with(202, b"", Location="https://evil.example/x", **IDS))
    with pytest.raises(arm.NotFollowed) as raised:
        start(client_for(azure))
    assert raised.value.request_id == "r-1"
    assert [(call.status, call.error, call.request_id) for call in calls] == [(202, "NotFollowed", "r-1")]


@pytest.mark.parametrize("link", HOSTILE)
def test_what_moves_elsewhere_is_not_followed(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, link: str
) -> None:
    elsewhere.plays(WHOLE)
    hostile = link.format(port=elsewhere.port, own=f"localhost:{azure.port}")
    azure.plays(reply_with(202, b"", Location=hostile))
    with pytest.raises(arm.HostNotAllowed):
        look_at_the_result(client_for(azure, retries=RetryPolicy()), azure)
    assert (elsewhere.connections, len(azure.asked)) == (0, 1)


@pytest.mark.parametrize("link", HOSTILE)
def test_an_address_that_was_kept_is_judged_anew_before_the_token_is_asked_for(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, calls: list[Call], link: str
) -> None:
    elsewhere.plays(WHOLE)
    hostile = link.format(port=elsewhere.port, own=f"localhost:{azure.port}")
    credential = FixedToken()
    client = client_for(azure, credential=credential)
    for result_url in ("", azure.url + RESULT):
        with pytest.raises(arm.HostNotAllowed):
            client.follow_table_read(table=Table.ARP, poll_url=hostile, result_url=result_url)
    assert (elsewhere.connections, azure.connections, credential.scopes, calls) == (0, 0, [], [])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@each_look
def test_a_look_is_not_redirected(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, status: int, step: Step
) -> None:
    elsewhere.plays(WHOLE)
    azure.plays(reply_with(status, {"status": "Succeeded", "value": [ARP]}, Location=f"{elsewhere.url}/x"))
    with pytest.raises(arm.AnswerNotUnderstood, match=f"Azure answered {status}"):
        step(client_for(azure), azure)
    assert (elsewhere.connections, len(azure.asked)) == (0, 1)


@pytest.mark.parametrize("word", ["InProgress", "Succeeded"])
def test_no_header_of_a_status_leads_anywhere(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, word: str
) -> None:
    elsewhere.plays(WHOLE)
    there = f"{elsewhere.url}/x"
    azure.plays(
        reply({"status": word, "value": []}, Location=there, Azure_AsyncOperation=there, Content_Location=there)
    )
    client = client_for(azure)
    follow(client, look(client, azure, status=STATUS, result=f"{STATUS}&result=1"))
    assert (elsewhere.connections, len(azure.asked)) == (0, 2)


@each_step
@pytest.mark.parametrize("script", [sends(b""), reply(b"x"), reply_with(500, {}), reply({"status": 7})])
def test_the_token_is_in_no_error_and_no_log(
    azure: Loopback, client_for: ClientFor, caplog: pytest.LogCaptureFixture, step: Step, script: Script
) -> None:
    azure.plays(script)
    client = client_for(azure, credential=FixedToken("the-secret-token"))
    with caplog.at_level(logging.DEBUG), pytest.raises(arm.ArmError) as raised:
        step(client, azure)
    assert azure.asked[0].headers["authorization"] == "Bearer the-secret-token"
    shown = "".join(traceback.format_exception(raised.value)) + repr(vars(raised.value)) + repr(client)
    assert "the-secret-token" not in shown + caplog.text
    assert (raised.value.__cause__, raised.value.__context__) == (None, None)
