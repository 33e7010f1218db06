import gzip
import socket
import time
from collections.abc import Callable

import pytest

from crossconnections import arm
from crossconnections.arm import ArmClient, Call, ResourceId, TimeOuts
from tests.integration.arm.conftest import QUICK
from tests.integration.arm.loopback import (
    Loopback,
    Script,
    head,
    https_server,
    reply,
    reply_with,
    resets_after,
    sends,
    sends_then_waits,
    trickles,
)
from tests.unit.arm import answers

ClientFor = Callable[..., ArmClient]
KEY = ResourceId.parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/expressRouteCrossConnections/k")
IDS = {"x_ms_request_id": "r-1", "x_ms_correlation_request_id": "c-1"}
HEAD = head(200, Content_Length="1000", **IDS)


def ask(client: ArmClient) -> None:
    client.get_cross_connection(resource_id=KEY)


@pytest.mark.parametrize(
    ("script", "request_id"),
    [
        pytest.param(sends_then_waits(b""), "", id="says nothing"),
        pytest.param(sends_then_waits(b"HTTP/1.1 200"), "", id="stops in the status line"),
        pytest.param(sends_then_waits(HEAD), "r-1", id="stops after the headers"),
        pytest.param(sends_then_waits(HEAD + b'{"id":'), "r-1", id="stops in the body"),
        pytest.param(trickles(HEAD, every_seconds=0.1), "", id="trickles its headers"),
        pytest.param(trickles(HEAD[:-4], every_seconds=0.001), "r-1", id="breaks off in the headers"),
        pytest.param(sends(b""), "", id="hangs up"),
        pytest.param(sends(b"\x00\x01 garbage \xff\r\n\r\n"), "", id="does not speak HTTP"),
        pytest.param(sends(HEAD + b'{"id":'), "r-1", id="sends less than it said"),
        pytest.param(sends(head(200, Transfer_Encoding="chunked", **IDS) + b'5\r\n{"id'), "r-1", id="cuts a chunk"),
        pytest.param(sends(head(200, Transfer_Encoding="chunked", **IDS) + b"zz\r\n"), "r-1", id="miscounts a chunk"),
        pytest.param(resets_after(b""), "", id="resets at once"),
        pytest.param(resets_after(HEAD + b'{"id":'), "r-1", id="resets in the body"),
    ],
)
def test_no_whole_answer_means_that_azure_may_have_got_it(
    azure: Loopback, client_for: ClientFor, calls: list[Call], script: Script, request_id: str
) -> None:
    azure.plays(script)
    start = time.monotonic()
    with pytest.raises(arm.NoAnswer) as raised:
        ask(client_for(azure, time_outs=QUICK))
    assert time.monotonic() - start < 2
    assert raised.value.request_id == request_id
    assert [(call.error, call.request_id) for call in calls] == [("NoAnswer", request_id)]
    assert len(azure.asked) == 1


@pytest.mark.parametrize("framing", [{"Content_Length": "1000"}, {}])
def test_an_answer_that_trickles_for_ever_is_cut(
    azure: Loopback, client_for: ClientFor, calls: list[Call], framing: dict[str, str]
) -> None:
    # Without a length the cut would look like an ordinary end.
    azure.plays(trickles(head(200, **framing) + b"{}" + b" " * 500, every_seconds=0.02))
    start = time.monotonic()
    with pytest.raises(arm.NoAnswer, match="no answer in time"):
        ask(client_for(azure, time_outs=TimeOuts(connect_seconds=1, read_seconds=1, total_seconds=0.7)))
    assert 0.6 < time.monotonic() - start < 1.5
    assert [call.error for call in calls] == ["NoAnswer"]


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def test_a_refused_connection_means_that_nothing_was_sent(client_for: ClientFor, calls: list[Call]) -> None:
    with pytest.raises(arm.NotConnected, match="Connection refused"):
        ask(client_for(Loopback(closed_port())))
    assert [(call.status, call.error) for call in calls] == [(None, "NotConnected")]


def test_an_unknown_name_means_that_nothing_was_sent(
    azure: Loopback, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolve(*_question: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(arm.NotConnected, match="Name or service not known"):
        ask(client_for(azure))


def test_a_certificate_that_is_not_trusted_means_that_nothing_was_sent(
    azure: Loopback, client_for: ClientFor, stranger: str
) -> None:
    with pytest.raises(arm.NotConnected, match="unable to get local issuer certificate"):
        ask(client_for(azure, ca_bundle=stranger))
    assert azure.asked == []


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(sends(b"HTTP/1.1 400 Bad Request\r\n\r\n"), id="no TLS there"),
        pytest.param(sends(b""), id="hangs up"),
        pytest.param(resets_after(b""), id="resets"),
        pytest.param(sends_then_waits(b""), id="says nothing"),
    ],
)
def test_a_handshake_that_fails_means_that_nothing_was_sent(client_for: ClientFor, script: Script) -> None:
    with https_server(None) as plain:
        plain.plays(script)
        with pytest.raises(arm.NotConnected):
            ask(client_for(plain, time_outs=TimeOuts(connect_seconds=0.5, read_seconds=1, total_seconds=2)))


def test_a_proxy_that_refuses_means_that_nothing_was_sent(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply({}))
    with https_server(None) as proxy:
        proxy.plays(sends(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n"))
        with pytest.raises(arm.NotConnected):
            ask(client_for(azure, proxies={"https": f"http://127.0.0.1:{proxy.port}"}))
    assert azure.asked == []


def test_an_answer_that_breaks_off_behind_a_proxy_may_have_been_a_request_that_arrived(
    azure: Loopback, client_for: ClientFor, proxy: Loopback
) -> None:
    azure.plays(sends(b""))
    with pytest.raises(arm.NoAnswer):
        ask(client_for(azure, proxies={"https": f"http://127.0.0.1:{proxy.port}"}))


@pytest.mark.parametrize(
    "script",
    [
        pytest.param(reply(b"", **IDS), id="empty"),
        pytest.param(reply(b"<html>hello</html>", **IDS), id="HTML"),
        pytest.param(reply([], **IDS), id="a list"),
        pytest.param(reply({}, **IDS), id="an object without anything"),
        pytest.param(reply({"id": 1, "properties": {}}, **IDS), id="a wrong type"),
        pytest.param(reply(b"\xff\xfe", **IDS), id="no text"),
        pytest.param(reply(b"{}", Content_Encoding="gzip", **IDS), id="not packed as it says"),
        pytest.param(reply_with(204, b"", **IDS), id="no content"),
        pytest.param(reply_with(202, {}, **IDS), id="accepted"),
        pytest.param(reply_with(404, {}, **IDS), id="a 404 that is not Azure's"),
    ],
)
def test_an_answer_outside_the_contract_is_none(
    azure: Loopback, client_for: ClientFor, calls: list[Call], script: Script
) -> None:
    azure.plays(script)
    with pytest.raises(arm.AnswerNotUnderstood) as raised:
        ask(client_for(azure))
    assert (raised.value.request_id, raised.value.correlation_id) == ("r-1", "c-1")
    assert [call.error for call in calls] == ["AnswerNotUnderstood"]


def test_an_answer_that_is_cut_without_a_length_is_told_from_others(
    azure: Loopback, client_for: ClientFor, calls: list[Call]
) -> None:
    azure.plays(sends(head(200, **IDS) + b'{"id": "/subscr'))
    with pytest.raises(arm.AnswerNotUnderstood, match="breaks off") as raised:
        ask(client_for(azure))
    assert (type(raised.value), raised.value.request_id) == (arm.AnswerCut, "r-1")
    assert [call.error for call in calls] == ["AnswerCut"]


def test_an_answer_that_swells_when_unpacked_is_refused(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply(gzip.compress(b" " * (65 * 1024 * 1024), compresslevel=1), Content_Encoding="gzip"))
    with pytest.raises(arm.AnswerNotUnderstood, match="larger than 64 MiB"):
        ask(client_for(azure, time_outs=TimeOuts()))


def test_throttling_says_how_long_to_wait_and_nobody_waits(azure: Loopback, client_for: ClientFor) -> None:
    body = answers.load("errors")["TooManyRequests(429, RP-level, no Retry-After)"]
    azure.plays(reply_with(429, body, Retry_After="17"), reply_with(429, body))
    client = client_for(azure)
    for expected in (17.0, None):
        with pytest.raises(arm.Throttled) as raised:
            ask(client)
        assert raised.value.retry_after == expected
    assert len(azure.asked) == 2


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_fault_of_azures_is_told(azure: Loopback, client_for: ClientFor, status: int) -> None:
    azure.plays(reply_with(status, b"<html>"))
    with pytest.raises(arm.AzureFailed):
        ask(client_for(azure))
    assert len(azure.asked) == 1


def test_a_page_that_fails_ends_the_list(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply({"value": [], "nextLink": f"{azure.url}/2"}), reply({"nextLink": None}))
    pages = client_for(azure).list_cross_connections(subscription_id="s")
    assert next(pages).is_last is False
    with pytest.raises(arm.AnswerNotUnderstood, match="value is missing"):
        next(pages)


def test_a_list_that_runs_in_a_circle_is_stopped(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply({"value": [], "nextLink": f"{azure.url}/2"}, **IDS))
    with pytest.raises(arm.AnswerNotUnderstood, match="leads back") as raised:
        list(client_for(azure).list_cross_connections(subscription_id="s"))
    assert (len(azure.asked), raised.value.request_id) == (2, "r-1")
