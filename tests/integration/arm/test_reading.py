from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from crossconnections import arm
from crossconnections.arm import ArmClient, Call, ResourceId
from tests.integration.arm.conftest import FixedToken
from tests.integration.arm.loopback import Loopback, reply, reply_with
from tests.unit.arm import answers

ClientFor = Callable[..., ArmClient]
LIST = "/subscriptions/sub-1/providers/Microsoft.Network/expressRouteCrossConnections"
KEY = ResourceId.parse(
    "/subscriptions/sub-1/resourceGroups/CrossConnection-EUAPTest"
    "/providers/Microsoft.Network/expressRouteCrossConnections/key-1"
)


def test_a_list_is_read_page_by_page_along_its_links(azure: Loopback, client_for: ClientFor) -> None:
    both = answers.load("trace_list")["value"]
    link = f"{azure.url}{LIST}?api-version=2026-03-01&$skiptoken=a%20b%3D"
    azure.plays(reply({"value": both[:1], "nextLink": link}), reply({"value": both[1:]}))
    pages = client_for(azure).list_cross_connections(subscription_id="sub-1")
    first = next(pages)
    assert [(asked.method, asked.target) for asked in azure.asked] == [("GET", f"{LIST}?api-version=2026-03-01")]
    second = next(pages)
    assert next(pages, None) is None
    assert azure.asked[1].target == f"{LIST}?api-version=2026-03-01&$skiptoken=a%20b%3D"
    assert [(page.number, len(page.items), page.is_last) for page in (first, second)] == [(1, 1, False), (2, 1, True)]
    assert second.items[0].service_key == "9ee700ad-50b2-4b98-a63a-4e52f855ac24"


def test_nothing_is_asked_before_the_first_page_is_wanted(azure: Loopback, client_for: ClientFor) -> None:
    client_for(azure).list_cross_connections(subscription_id="sub-1")
    assert azure.connections == 0


def test_a_link_to_a_regional_host_is_followed(azure: Loopback, client_for: ClientFor, proxy: Loopback) -> None:
    # Through the proxy, because a name server knows nothing of that host.
    regional = azure.url.replace("localhost", "brazilus.localhost")
    azure.plays(reply({"value": [], "nextLink": f"{regional}/page2"}), reply({"value": []}))
    client = client_for(azure, proxies={"https": f"http://127.0.0.1:{proxy.port}"})
    assert len(list(client.list_cross_connections(subscription_id="s"))) == 2
    assert azure.asked[1].headers["host"] == f"brazilus.localhost:{azure.port}"


def test_one_cross_connection_is_read(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply(answers.load("trace_get")))
    assert client_for(azure).get_cross_connection(resource_id=KEY).s_tag == 3
    assert azure.asked[0].target == f"{KEY.text}?api-version=2026-03-01"


def test_the_peerings_of_one_are_read(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply(answers.load("spec_peerings")))
    (page,) = client_for(azure).list_peerings(resource_id=KEY)
    assert [peering.vlan_id for peering in page.items] == [200]
    assert azure.asked[0].target == f"{KEY.text}/peerings?api-version=2026-03-01"


def test_every_request_says_who_asks_and_in_which_language(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply(answers.load("trace_get")))
    credential = FixedToken("a-token")
    client = client_for(azure, credential=credential)
    client.get_cross_connection(resource_id=KEY)
    client.get_cross_connection(resource_id=KEY)
    headers = azure.asked[0].headers
    assert headers["authorization"] == "Bearer a-token"
    assert (headers["accept-language"], headers["accept"]) == ("en-US", "application/json")
    assert headers["user-agent"].startswith("crossconnect/")
    assert len({UUID(asked.headers["x-ms-client-request-id"]) for asked in azure.asked}) == 2
    assert credential.scopes == [f"{azure.url}/.default"] * 2


def test_the_scope_may_be_given(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply(answers.load("trace_get")))
    credential = FixedToken()
    client_for(azure, credential=credential, scope="https://arm/.default").get_cross_connection(resource_id=KEY)
    assert credential.scopes == ["https://arm/.default"]


def test_the_environment_changes_nothing(
    azure: Loopback,
    client_for: ClientFor,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("machine localhost login mallory password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, "/nowhere.pem")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    azure.plays(reply(answers.load("trace_get"), Set_Cookie="a=b"))
    client = client_for(azure)
    client.get_cross_connection(resource_id=KEY)
    client.get_cross_connection(resource_id=KEY)
    assert {asked.headers["authorization"] for asked in azure.asked} == {"Bearer the-token"}
    assert not any("cookie" in asked.headers for asked in azure.asked)


def test_each_request_is_recorded_once(azure: Loopback, client_for: ClientFor, calls: list[Call]) -> None:
    ids = {"x_ms_request_id": "r-1", "x_ms_correlation_request_id": "c-1"}
    quota = {"x_ms_ratelimit_remaining_subscription_reads": "11999"}
    link = f"{azure.url}{LIST}?$skiptoken=hidden"
    azure.plays(reply({"value": [], "nextLink": link}, **ids, **quota), reply({"value": []}))
    list(client_for(azure).list_cross_connections(subscription_id="sub-1"))
    first, second = calls
    assert (first.operation, first.method, first.path) == ("ExpressRouteCrossConnections_List", "GET", LIST)
    assert (first.status, first.request_id, first.correlation_id) == (200, "r-1", "c-1")
    assert (first.remaining_reads, second.remaining_reads) == (11999, None)
    assert first.client_request_id == azure.asked[0].headers["x-ms-client-request-id"]
    assert (first.error, second.request_id) == ("", "")
    assert first.started_at.tzinfo is UTC
    assert abs(datetime.now(UTC) - first.started_at) < timedelta(seconds=30)
    assert 0 < first.duration_seconds < 10
    assert "hidden" not in repr(calls)


def test_a_refusal_is_recorded_with_its_class(azure: Loopback, client_for: ClientFor, calls: list[Call]) -> None:
    azure.plays(reply_with(404, answers.load("errors")["gateway 404"], x_ms_request_id="r-1"))
    with pytest.raises(arm.NotFound) as raised:
        client_for(azure).get_cross_connection(resource_id=KEY)
    assert raised.value.request_id == "r-1"
    assert [(call.status, call.error, call.request_id) for call in calls] == [(404, "NotFound", "r-1")]


def test_what_the_recorder_raises_is_not_swallowed(azure: Loopback, client_for: ClientFor) -> None:
    def full(_call: Call) -> None:
        raise LookupError("the ledger is full")

    azure.plays(reply(answers.load("trace_get")))
    with pytest.raises(LookupError, match="the ledger is full"):
        client_for(azure, recorder=full).get_cross_connection(resource_id=KEY)


def test_a_proxy_sees_a_tunnel_and_no_token(
    azure: Loopback, client_for: ClientFor, proxy: Loopback, seen_by_proxy: list[bytes]
) -> None:
    azure.plays(reply(answers.load("trace_get")))
    client = client_for(azure, proxies={"https": f"http://127.0.0.1:{proxy.port}"})
    assert client.get_cross_connection(resource_id=KEY).s_tag == 3
    assert seen_by_proxy[0].startswith(b"CONNECT localhost:")
    assert b"the-token" not in b"".join(seen_by_proxy)


def test_no_certificates_to_trust_is_refused_at_once(azure: Loopback, client_for: ClientFor) -> None:
    with pytest.raises(ValueError, match="trusted certificates"):
        client_for(azure, ca_bundle="")
