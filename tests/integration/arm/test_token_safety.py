import logging
import traceback
from collections.abc import Callable

import pytest

from crossconnections import arm
from crossconnections.arm import ArmClient, Call, ResourceId
from tests.integration.arm.conftest import FixedToken
from tests.integration.arm.loopback import Loopback, Script, reply, reply_with, resets_after, sends

ClientFor = Callable[..., ArmClient]
KEY = ResourceId.parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/expressRouteCrossConnections/k")


@pytest.mark.parametrize(
    "link",
    [
        "https://localhost:{port}/next",
        "https://127.0.0.1:{port}/next",
        "https://brazilus.localhost:{port}/next",
        "https://{own}@localhost:{port}/next",
        "https://{own}\\@localhost:{port}/next",
        "https://localhost:{port}\\@{own}/next",
        "https://{own}#@localhost:{port}/next",
        "https://{own}?@localhost:{port}/next",
        "http://localhost:{port}/next",
        "//localhost:{port}/next",
        "/next",
    ],
)
def test_a_link_to_another_host_is_not_followed(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, calls: list[Call], link: str
) -> None:
    elsewhere.plays(reply({"value": []}))
    hostile = link.format(port=elsewhere.port, own=f"localhost:{azure.port}")
    azure.plays(reply({"value": [], "nextLink": hostile}), reply({"value": []}))
    credential = FixedToken()
    pages = client_for(azure, credential=credential).list_cross_connections(subscription_id="s")
    next(pages)
    if "?@" in link:  # harmless: the second server is only named in the query
        assert next(pages).is_last
    else:
        with pytest.raises(arm.HostNotAllowed):
            next(pages)
        assert len(credential.scopes) == len(calls) == 1  # no token was even asked for
    assert (elsewhere.connections, elsewhere.asked) == (0, [])


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, calls: list[Call], status: int
) -> None:
    elsewhere.plays(reply({}))
    for target in (f"{elsewhere.url}/x", f"{azure.url}/x"):
        azure.plays(reply_with(status, {}, Location=target))
        with pytest.raises(arm.AnswerNotUnderstood, match=f"Azure answered {status}"):
            client_for(azure).get_cross_connection(resource_id=KEY)
    assert (elsewhere.connections, len(azure.asked), [call.status for call in calls]) == (0, 2, [status, status])


@pytest.mark.parametrize("header", ["Location", "Azure-AsyncOperation", "Content-Location", "Refresh", "Link"])
@pytest.mark.parametrize("status", [200, 201, 202, 429, 503])
def test_no_header_of_an_answer_leads_a_read_anywhere(
    azure: Loopback, elsewhere: Loopback, client_for: ClientFor, status: int, header: str
) -> None:
    """A read has no operation to follow: what names one is as strange as a redirect, whoever it belongs to."""
    elsewhere.plays(reply({"value": []}))
    azure.plays(reply_with(status, {"value": []}, **{header: f"{elsewhere.url}/operations/1", "Retry-After": "300"}))
    pages = client_for(azure).list_cross_connections(subscription_id="s")
    if status == 200:
        assert next(pages).is_last
    else:
        with pytest.raises(arm.ArmError):
            next(pages)
    assert (elsewhere.connections, len(azure.asked)) == (0, 1)


@pytest.mark.parametrize(
    "script",
    [
        sends(b""),
        resets_after(b""),
        sends(b"garbage\r\n\r\n"),
        reply(b"x"),
        reply_with(401, {}),
        reply_with(500, {}),
    ],
)
def test_the_token_is_in_no_error_no_record_and_no_log(
    azure: Loopback,
    client_for: ClientFor,
    calls: list[Call],
    script: Script,
    caplog: pytest.LogCaptureFixture,
) -> None:
    azure.plays(script)
    client = client_for(azure, credential=FixedToken("the-secret-token"))
    with caplog.at_level(logging.DEBUG), pytest.raises(arm.ArmError) as raised:
        client.get_cross_connection(resource_id=KEY)
    assert azure.asked[0].headers["authorization"] == "Bearer the-secret-token"
    shown = "".join(traceback.format_exception(raised.value)) + repr(vars(raised.value)) + repr(calls) + repr(client)
    assert "the-secret-token" not in shown + caplog.text
    assert (raised.value.__cause__, raised.value.__context__) == (None, None)


@pytest.mark.parametrize("token", ["two\r\nlines", " blank", "", "schl\u00fcssel"])
def test_a_token_that_cannot_be_sent_is_not_shown(
    azure: Loopback, client_for: ClientFor, calls: list[Call], token: str
) -> None:
    with pytest.raises(arm.TokenNotObtained) as raised:
        client_for(azure, credential=FixedToken(token)).get_cross_connection(resource_id=KEY)
    assert (azure.connections, calls) == (0, [])
    assert not token or token not in str(raised.value)
