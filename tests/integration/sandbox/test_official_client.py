"""Microsoft's own client takes the sandbox for Azure."""

import time
from typing import Any

import pytest
from azure.core.exceptions import ClientAuthenticationError, HttpResponseError, ResourceNotFoundError
from azure.mgmt.network.models import ExpressRouteCrossConnection

from tests.integration.sandbox.credential import Connect, Credential
from tests.integration.sandbox.estates import LIST, NOT_PROVISIONED, list_pages, traced_path
from tests.sandbox_process import SandboxProcess

EUAP = "CrossConnection-EUAPTest"
ROUTING = "rg-northlink-routing"


def as_azure_sends(model: Any) -> dict[str, Any]:
    found: dict[str, Any] = model.as_dict()
    return found


def test_it_lists_a_subscription_over_several_pages(sandbox: SandboxProcess, connect: Connect) -> None:
    found = list(connect("production").express_route_cross_connections.list())
    pages = list_pages(sandbox, sandbox.subscription("production")["id"])
    assert [as_azure_sends(one) for one in found] == [entry for page in pages for entry in page]
    assert len(pages) == 2


def test_it_lists_one_by_a_filter(connect: Connect) -> None:
    cross_connections = connect("test").express_route_cross_connections
    [found] = cross_connections.list(filter=f"name eq '{NOT_PROVISIONED}'")
    assert found.name == NOT_PROVISIONED


def test_it_lists_a_resource_group_over_several_pages(sandbox: SandboxProcess, connect: Connect) -> None:
    sandbox.behave(list_page_size=1)
    found = list(connect("test").express_route_cross_connections.list_by_resource_group(EUAP))
    assert [one.id for one in found] == [traced_path(sandbox, str(one.name)) for one in found]
    assert len(found) == 2


def test_it_gets_a_single_one_with_ports_and_s_tag(connect: Connect) -> None:
    found = connect("test").express_route_cross_connections.get(EUAP, NOT_PROVISIONED)
    assert isinstance(found, ExpressRouteCrossConnection)
    assert found.properties is not None
    assert found.properties.service_provider_provisioning_state == "NotProvisioned"
    assert found.properties.primary_azure_port == "EUAP-ARMTEST-06GMR-CIS-1-PRI-A"
    assert found.properties.s_tag == 3


def test_it_lists_and_gets_peerings(sandbox: SandboxProcess, connect: Connect) -> None:
    [[entry, *_], *_] = list_pages(sandbox, sandbox.subscription("production")["id"])
    siblings = sandbox.get(entry["id"].rpartition("/")[0]).json()["value"]
    whole = (sandbox.get(one["id"]).json() for one in siblings)
    document = next(one for one in whole if len(one["properties"]["peerings"]) == 2)
    group = document["id"].split("/")[4]
    peerings = connect("production").express_route_cross_connection_peerings
    listed = list(peerings.list(group, document["name"]))
    assert [one.name for one in listed] == ["AzurePrivatePeering", "MicrosoftPeering"]
    for one in listed:
        assert as_azure_sends(peerings.get(group, document["name"], str(one.name))) == as_azure_sends(one)


def test_it_lists_and_gets_provider_ports(connect: Connect) -> None:
    client = connect("production")
    ports = client.express_route_provider_ports_location.list().value or []
    assert ports
    for port in ports:
        assert as_azure_sends(client.express_route_provider_port(str(port.name))) == as_azure_sends(port)


def test_an_unknown_provider_port_is_no_content_and_the_client_has_no_word_for_it(connect: Connect) -> None:
    with pytest.raises(HttpResponseError) as raised:
        connect("production").express_route_provider_port("nothing")
    assert raised.value.status_code == 204


def test_it_lists_communities(connect: Connect) -> None:
    found = list(connect("production").bgp_service_communities.list())
    assert found[0].properties is not None
    [exchange] = found[0].properties.bgp_communities or []
    assert exchange.community_value == "12076:5010"


def test_it_lists_and_gets_route_filters_and_their_rules(connect: Connect) -> None:
    client = connect("production")
    listed = list(client.route_filters.list())
    assert [one.name for one in client.route_filters.list_by_resource_group(ROUTING)] == [one.name for one in listed]
    for one in listed:
        name = str(one.name)
        assert as_azure_sends(client.route_filters.get(ROUTING, name)) == as_azure_sends(one)
        [rule] = client.route_filter_rules.list_by_route_filter(ROUTING, name)
        assert as_azure_sends(client.route_filter_rules.get(ROUTING, name, str(rule.name))) == as_azure_sends(rule)


def test_it_lists_service_providers(connect: Connect) -> None:
    names = {one.name for one in connect("production").express_route_service_providers.list()}
    assert "Equinix" in names


def test_it_lists_operations(connect: Connect) -> None:
    names = [one.name for one in connect("production").operations.list()]
    assert "Microsoft.Network/expressRouteCrossConnections/read" in names


def test_a_404_is_told_with_its_code(connect: Connect) -> None:
    with pytest.raises(ResourceNotFoundError) as raised:
        connect("test").express_route_cross_connections.get(EUAP, "00000000-1111-2222-3333-444444444444")
    assert raised.value.error is not None
    assert raised.value.error.code == "ResourceNotFound"


def test_a_missing_peering_is_told_in_the_providers_words(connect: Connect) -> None:
    with pytest.raises(ResourceNotFoundError, match=r"Resource .* not found\."):
        connect("test").express_route_cross_connection_peerings.get(EUAP, NOT_PROVISIONED, "AzurePrivatePeering")


def test_it_waits_out_two_throttlings(sandbox: SandboxProcess, connect: Connect) -> None:
    cross_connections = connect("test").express_route_cross_connections
    cross_connections.get(EUAP, NOT_PROVISIONED)
    number = sandbox.requests()[-1]["number"]
    sandbox.fault("status", path_pattern="expressRouteCrossConnections", status=429, retry_after=1, times=2)
    assert cross_connections.get(EUAP, NOT_PROVISIONED).name == NOT_PROVISIONED
    asked = [request["status"] for request in sandbox.requests(after=number) if EUAP in request["path"]]
    assert asked == [429, 429, 200]


def test_it_answers_a_claims_challenge(sandbox: SandboxProcess, connect: Connect, credential: Credential) -> None:
    sandbox.behave(claims_challenge=5)
    assert connect("test").express_route_cross_connections.get(EUAP, NOT_PROVISIONED).name == NOT_PROVISIONED
    assert credential.claims == [None, '{"access_token":{"acrs":{"essential":true,"value":"c1"}}}']
    assert sandbox.behaviour()["claims_challenge"] == 4


def test_it_registers_the_provider_by_itself(
    sandbox: SandboxProcess, connect: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: None)  # it would wait ten seconds before it asks again
    sandbox.behave(unregistered=True)
    assert len(list(connect("test").express_route_cross_connections.list())) == 2


def test_a_missing_permission_reaches_it(sandbox: SandboxProcess, connect: Connect) -> None:
    sandbox.behave(missing_permission="Microsoft.Network/expressRouteCrossConnections/read")
    with pytest.raises(HttpResponseError, match="AuthorizationFailed"):
        connect("test").express_route_cross_connections.get(EUAP, NOT_PROVISIONED)


def test_a_challenge_that_is_repeated_is_given_up(sandbox: SandboxProcess, connect: Connect) -> None:
    sandbox.fault("status", path_pattern="expressRouteCrossConnections", status=401, times=9)
    with pytest.raises(ClientAuthenticationError):
        list(connect("test").express_route_cross_connections.list())


def test_the_oldest_version_that_it_may_ask_for_is_answered(sandbox: SandboxProcess, connect: Connect) -> None:
    found = list(connect("test").express_route_cross_connections.list(api_version="2018-02-01"))
    assert len(found) == 2
    asked = sandbox.requests()[-1]
    assert (asked["path"], asked["query"]) == (
        LIST.format(sandbox.subscription("test")["id"]),
        "api-version=2018-02-01",
    )
