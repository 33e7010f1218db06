"""Each fault of Azure's x each kind of call: what is raised, and how many requests were made."""

from collections.abc import Callable

import pytest

from crossconnections import arm
from crossconnections.arm import ArmClient, ResourceId, RetryPolicy, TimeOuts
from tests.integration.arm.loopback import (
    Loopback,
    Script,
    head,
    reply,
    reply_with,
    resets_after,
    sends,
    sends_then_waits,
)
from tests.unit.arm import answers

ClientFor = Callable[..., ArmClient]
KEY = ResourceId.parse("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/expressRouteCrossConnections/k")
PATIENT = TimeOuts(connect_seconds=0.2, read_seconds=0.2, total_seconds=5)
HOSTILE = "https://evil.example/next"


def refused(status: int, code: str, **headers: str) -> Script:
    return reply_with(status, {"error": {"code": code, "message": "…"}}, **headers)


FAULTS: dict[str, tuple[Script, type[arm.ArmError], int]] = {
    "401": (refused(401, "ExpiredAuthenticationToken"), arm.NotAuthenticated, 1),
    "403": (refused(403, "AuthorizationFailed"), arm.NotPermitted, 1),
    "404": (refused(404, "ResourceNotFound"), arm.NotFound, 1),
    "409": (refused(409, "MissingSubscriptionRegistration"), arm.NotRegistered, 1),
    "429 with Retry-After": (refused(429, "SubscriptionRequestsThrottled", Retry_After="1"), arm.Throttled, 1),
    "429 without": (refused(429, "TooManyRequests"), arm.Throttled, 1),
    "500": (refused(500, "InternalServerError"), arm.AzureFailed, 3),
    "503": (refused(503, "ServiceUnavailable"), arm.AzureFailed, 3),
    "503 with Retry-After 1": (refused(503, "ServiceUnavailable", Retry_After="1"), arm.AzureFailed, 3),
    "503 with Retry-After 60": (refused(503, "ServiceUnavailable", Retry_After="60"), arm.AzureFailed, 1),
    "delay": (sends_then_waits(b""), arm.NoAnswer, 3),
    "reset": (resets_after(b""), arm.NoAnswer, 3),
    "truncate": (sends(head(200, Content_Length="1000") + b'{"value": ['), arm.NoAnswer, 3),
    "truncate without a length": (sends(head(200) + b'{"value": ['), arm.AnswerCut, 3),
    "garbage": (reply(b"<html>hello</html>"), arm.AnswerNotUnderstood, 1),
    "redirect": (reply_with(302, {}, Location=HOSTILE), arm.AnswerNotUnderstood, 1),
}


def list_first(client: ArmClient) -> object:
    return next(client.list_cross_connections(subscription_id="s"))


def list_all(client: ArmClient) -> object:
    return list(client.list_cross_connections(subscription_id="s"))


def get(client: ArmClient) -> object:
    return client.get_cross_connection(resource_id=KEY)


def list_peerings(client: ArmClient) -> object:
    return list(client.list_peerings(resource_id=KEY))


@pytest.mark.parametrize("call", [list_first, list_all, get, list_peerings])
@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_of_each_call(
    azure: Loopback, client_for: ClientFor, call: Callable[[ArmClient], object], fault: str
) -> None:
    script, error, requests = FAULTS[fault]
    # list_all meets the fault on its second page, the others at once.
    before = [reply({"value": [], "nextLink": f"{azure.url}/2"})] if call is list_all else []
    azure.plays(*before, script)
    with pytest.raises(arm.ArmError) as raised:
        call(client_for(azure, retries=RetryPolicy(), sleep=lambda _seconds: None, time_outs=PATIENT))
    assert (type(raised.value), len(azure.asked)) == (error, len(before) + requests)


@pytest.mark.parametrize("call", [list_all, list_peerings])
def test_a_hostile_link_ends_a_list(
    azure: Loopback, client_for: ClientFor, call: Callable[[ArmClient], object]
) -> None:
    azure.plays(reply({"value": [], "nextLink": HOSTILE}))
    with pytest.raises(arm.HostNotAllowed):
        call(client_for(azure, retries=RetryPolicy(), sleep=lambda _seconds: None))
    assert len(azure.asked) == 1


def test_a_hostile_link_in_a_get_means_nothing(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply(answers.load("trace_get") | {"nextLink": HOSTILE}))
    get(client_for(azure, retries=RetryPolicy()))
    assert len(azure.asked) == 1


SUBSCRIPTION = "/subscriptions/s/providers/Microsoft.Network"


def test_one_is_found_by_its_key(azure: Loopback, client_for: ClientFor) -> None:
    azure.plays(reply({"value": [answers.load("trace_get")]}))
    key = "9EE700AD-50b2-4b98-a63a-4e52f855ac24"
    found = client_for(azure).find_cross_connection(subscription_id="s", service_key=key)
    assert found is not None
    assert azure.asked[0].target == (
        f"{SUBSCRIPTION}/expressRouteCrossConnections?api-version=2026-03-01&$filter=name%20eq%20%27{key}%27"
    )
    assert client_for(azure).find_cross_connection(subscription_id="s", service_key="o'ther") is None
    assert azure.asked[1].target.endswith("%27o%27%27ther%27")


def test_a_version_without_filter_is_told(azure: Loopback, client_for: ClientFor) -> None:
    with pytest.raises(NotImplementedError, match="2023-11-01"):
        client_for(azure, api_version="2023-11-01").find_cross_connection(subscription_id="s", service_key="k")
    assert azure.connections == 0


def test_the_neighbours_are_read(azure: Loopback, client_for: ClientFor) -> None:
    community = {"communityName": "Skype", "communityValue": "12076:5030", "isAuthorizedToUse": True}
    rule = {"name": "r", "properties": {"access": "Allow", "communities": ["12076:5030"]}}
    azure.plays(
        reply({"value": [{"properties": {"serviceName": "skype", "bgpCommunities": [community]}}]}),
        reply({"value": [{"id": "/x", "name": "f", "properties": {"rules": [rule]}}]}),
        reply({"value": [{"properties": {"portPairDescriptor": "pair", "remainingBandwidthInMbps": 1500}}]}),
        reply({"value": []}),
    )
    client = client_for(azure)
    (services,) = client.list_service_communities(subscription_id="s")
    (filters,) = client.list_route_filters(subscription_id="s")
    (ports,) = client.list_provider_ports(subscription_id="s", location="SiliconValley")
    list(client.list_cross_connections_in_group(subscription_id="s", resource_group="g h"))
    assert services.items[0].communities[0].is_authorized is True
    assert filters.items[0].rules == (arm.RouteFilterRule("r", "Allow", ("12076:5030",)),)
    assert (ports.items[0].descriptor, ports.items[0].remaining_mbps) == ("pair", 1500)
    version = "?api-version=2026-03-01"
    assert [asked.target for asked in azure.asked] == [
        f"{SUBSCRIPTION}/bgpServiceCommunities{version}",
        f"{SUBSCRIPTION}/routeFilters{version}",
        f"{SUBSCRIPTION}/expressRouteProviderPorts{version}&location=SiliconValley",
        f"/subscriptions/s/resourceGroups/g%20h/providers/Microsoft.Network/expressRouteCrossConnections{version}",
    ]
