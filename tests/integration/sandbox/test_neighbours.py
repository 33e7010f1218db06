import pytest

from tests.integration.sandbox.estates import network, refusal, values
from tests.sandbox_process import SandboxProcess


def test_communities_have_values_names_and_prefixes(sandbox: SandboxProcess) -> None:
    listed = values(network(sandbox, "/bgpServiceCommunities"))
    communities = {one["communityValue"]: one for entry in listed for one in entry["properties"]["bgpCommunities"]}
    assert len(communities) == len(listed) == 210
    assert communities["12076:5010"]["communityName"] == "Exchange Online"
    assert communities["12076:51002"]["serviceSupportedRegion"] == "West Europe"
    assert communities["12076:53026"]["communityName"] == "Azure SQL West US 2"
    assert all(one["isAuthorizedToUse"] and one["communityPrefixes"] for one in communities.values())
    assert listed == values(network(sandbox, "/bgpServiceCommunities"))


def test_route_filters_are_found_by_subscription_group_name_and_rule(sandbox: SandboxProcess) -> None:
    listed = values(network(sandbox, "/routeFilters"))
    of_group = listed[0]["id"].rpartition("/")[0]
    assert values(sandbox.get(of_group)) == listed
    for one in listed:
        assert sandbox.get(one["id"].upper()).json() == one
        rules = one["properties"]["rules"]
        assert values(sandbox.get(f"{one['id']}/routeFilterRules")) == rules
        assert [sandbox.get(rule["id"]).json() for rule in rules] == rules


def test_a_customer_has_route_filters_too(sandbox: SandboxProcess) -> None:
    assert len(values(network(sandbox, "/routeFilters", "customer"))) == 2
    assert values(network(sandbox, "/routeFilters", "test")) == []


def test_a_route_filter_or_rule_that_is_not_there_is_refused(sandbox: SandboxProcess) -> None:
    one = values(network(sandbox, "/routeFilters"))[0]
    assert refusal(sandbox.get(f"{one['id']}x")) == (404, "ResourceNotFound")
    assert refusal(sandbox.get(f"{one['id']}/routeFilterRules/x")) == (404, "NotFound")


def test_service_providers_tell_where_they_are(sandbox: SandboxProcess) -> None:
    listed = {one["name"]: one["properties"] for one in values(network(sandbox, "/expressRouteServiceProviders"))}
    assert "Amsterdam" in listed["Equinix"]["peeringLocations"]
    assert {"offerName": "1Gbps", "valueInMbps": 1000} in listed["Equinix"]["bandwidthsOffered"]


def test_operations_are_listed_for_the_whole_tenant(sandbox: SandboxProcess) -> None:
    names = [one["name"] for one in values(sandbox.get("/providers/Microsoft.Network/operations"))]
    assert "Microsoft.Network/expressRouteCrossConnections/read" in names


@pytest.mark.parametrize("kind", ["operations", "operationResults"])
def test_an_unknown_operation_is_the_providers_to_refuse(sandbox: SandboxProcess, kind: str) -> None:
    answer = network(sandbox, f"/locations/westeurope/{kind}/{'0' * 8}")
    assert refusal(answer) == (404, "NotFound")
    assert answer.json()["error"]["details"] == []
