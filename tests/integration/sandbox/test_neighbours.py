import json
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
from requests import Response

from sandbox.arm import routes
from sandbox.estate.places import find_place
from sandbox.estate.regions import display_name
from tests.integration.sandbox.estates import ask, keys_of, list_documents, refusal, traced_path
from tests.sandbox_process import SandboxProcess

CROSS = "providers/Microsoft.Network/expressRouteCrossConnections"
PEERING_LOCATIONS = Path(__file__).parents[3] / "sandbox" / "data" / "peering_locations.json"


def network(sandbox: SandboxProcess, path: str, kind: str = "production", **parameters: str) -> Response:
    subscription = sandbox.subscription(kind)["id"]
    return ask(sandbox, f"/subscriptions/{subscription}/providers/Microsoft.Network{path}", **parameters)


def registration_of(sandbox: SandboxProcess, kind: str) -> dict[str, Any]:
    path = f"/subscriptions/{sandbox.subscription(kind)['id']}/providers/Microsoft.Network"
    found: dict[str, Any] = sandbox.get(path, version="2021-04-01").json()
    return found


def values(answer: Response) -> list[dict[str, Any]]:
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["value"]
    return found


def test_a_subscription_tells_its_name_and_state(sandbox: SandboxProcess) -> None:
    for told in sandbox.manifest["subscriptions"]:
        found = sandbox.get(f"/subscriptions/{told['id']}", version="2022-12-01").json()
        assert (found["subscriptionId"], found["displayName"]) == (told["id"], told["label"])
        assert (found["state"], found["tenantId"]) == ("Enabled", sandbox.manifest["tenant_id"])


def test_all_subscriptions_are_listed(sandbox: SandboxProcess) -> None:
    listed = values(sandbox.get("/subscriptions", version="2022-12-01"))
    assert [one["subscriptionId"] for one in listed] == [one["id"] for one in sandbox.manifest["subscriptions"]]


@pytest.mark.parametrize(("kind", "sees"), [("production", True), ("test", True), ("customer", False)])
def test_the_registration_shows_the_type_only_to_who_is_enrolled(
    sandbox: SandboxProcess, kind: str, sees: bool
) -> None:
    registration = registration_of(sandbox, kind)
    types = {one["resourceType"]: one for one in registration["resourceTypes"]}
    assert (registration["namespace"], registration["registrationState"]) == ("Microsoft.Network", "Registered")
    assert ("expressRouteCrossConnections" in types) is sees
    assert types["routeFilters"]["apiVersions"][0] == "2026-03-01"


def test_the_registration_names_regions_as_people_read_them(sandbox: SandboxProcess) -> None:
    registration = registration_of(sandbox, "production")
    locations = {one["resourceType"]: one["locations"] for one in registration["resourceTypes"]}
    assert {"West Europe", "East US 2 EUAP"} <= set(locations["routeFilters"])
    assert all(" " in name for name in locations["routeFilters"])
    for nowhere in ("operations", "locations", "locations/operations", "locations/operationResults"):
        assert locations[nowhere] == []
    assert [sorted(one) for one in registration["authorizations"]] == [["applicationId", "roleDefinitionId"]] * 3


def test_every_place_is_near_a_region_that_has_a_name() -> None:
    offered = (entry["name"] for entry in json.loads(PEERING_LOCATIONS.read_text())["commercial"])
    places = [find_place(name) for name in (*offered, "EUAP Test")]
    assert all(place and display_name(place.region) != place.region for place in places)


@pytest.mark.parametrize("kind", ["production", "customer"])
def test_every_type_that_is_registered_is_answered(sandbox: SandboxProcess, kind: str) -> None:
    for one in registration_of(sandbox, kind)["resourceTypes"]:
        if one["locations"]:
            assert network(sandbox, f"/{one['resourceType']}", kind).status_code == 200


def register(sandbox: SandboxProcess, kind: str) -> str:
    path = f"/subscriptions/{sandbox.subscription(kind)['id']}/providers/Microsoft.Network/register"
    url = f"{sandbox.manifest['arm']}{path}?api-version=2016-02-01"
    answer = sandbox.session.post(url, headers={"Authorization": f"Bearer {sandbox.token()}"}, timeout=30)
    state: str = answer.json()["registrationState"]
    return state


def test_registering_makes_an_unregistered_provider_answer(sandbox: SandboxProcess) -> None:
    sandbox.behave(unregistered=True)
    assert registration_of(sandbox, "test")["registrationState"] == "NotRegistered"
    assert [register(sandbox, "test") for _ in range(2)] == ["Registering", "Registered"]
    assert registration_of(sandbox, "test")["registrationState"] == "Registered"
    assert sandbox.get(traced_path(sandbox)).status_code == 200


def test_one_subscription_registers_for_itself_only(sandbox: SandboxProcess) -> None:
    sandbox.behave(unregistered=True)
    register(sandbox, "test")
    assert registration_of(sandbox, "production")["registrationState"] == "NotRegistered"
    assert refusal(network(sandbox, "/routeFilters")) == (409, "MissingSubscriptionRegistration")
    sandbox.behave(unregistered=True)
    assert registration_of(sandbox, "test")["registrationState"] == "NotRegistered"


def test_permissions_are_network_contributors_but_for_the_missing_one(sandbox: SandboxProcess) -> None:
    group = traced_path(sandbox).partition("/providers/")[0]
    for scope in (group.partition("/resourceGroups")[0], group, traced_path(sandbox)):
        path = f"{scope}/providers/Microsoft.Authorization/permissions"
        [before] = values(sandbox.get(path, version="2022-04-01"))
        assert "Microsoft.Network/*" in before["actions"]
        assert before["notActions"] == before["dataActions"] == before["notDataActions"] == []
    missing = "Microsoft.Network/expressRouteCrossConnections/write"
    sandbox.behave(missing_permission=missing)
    assert values(sandbox.get(path, version="2022-04-01"))[0]["notActions"] == [missing]


PERMISSIONS = "providers/Microsoft.Authorization/permissions"
RULE = "/resourceGroups/rg-contoso-network/providers/Microsoft.Network/routeFilters/{}/routeFilterRules/{}"


@pytest.mark.parametrize(
    ("kind", "scope", "code"),
    [
        ("test", "/resourceGroups/nowhere", "ResourceGroupNotFound"),
        ("test", f"/resourceGroups/CrossConnection-EUAPTest/{CROSS}/nothing", "ResourceNotFound"),
        ("test", f"/resourceGroups/nowhere/{CROSS}/nothing", "ResourceGroupNotFound"),
        ("test", "/providers/Microsoft.Network/expressRouteProviderPorts/nothing", "NotFound"),
        ("test", "/providers/Microsoft.Network/virtualNetworks/one", "InvalidResourceType"),
        ("test", "/providers/Microsoft.Network/routeFilters", "InvalidResourceType"),
        ("test", "/providers/Microsoft.Compute/virtualMachines/one", "InvalidResourceNamespace"),
        ("customer", f"/resourceGroups/rg-contoso-network/{CROSS}/nothing", "InvalidResourceType"),
        ("customer", RULE.format("rf-contoso", "nothing"), "NotFound"),
        ("customer", RULE.format("nothing", "nothing"), "ResourceNotFound"),
    ],
)
def test_over_a_scope_that_is_not_there_nobody_has_permissions(
    sandbox: SandboxProcess, kind: str, scope: str, code: str
) -> None:
    path = f"/subscriptions/{sandbox.subscription(kind)['id']}{scope}/{PERMISSIONS}"
    assert refusal(sandbox.get(path, version="2022-04-01")) == (404, code)


def test_the_permissions_of_a_child_are_listed(sandbox: SandboxProcess) -> None:
    rule = RULE.format("rf-contoso", "allow-communities")
    path = f"/subscriptions/{sandbox.subscription('customer')['id']}{rule}/{PERMISSIONS}"
    assert values(sandbox.get(path, version="2022-04-01"))


@pytest.mark.parametrize("route", [*routes._IN_A_SUBSCRIPTION, *routes._IN_THE_TENANT], ids=lambda one: one.action)
def test_what_is_checked_is_among_the_permissions_that_are_listed(sandbox: SandboxProcess, route: routes.Route) -> None:
    path = f"/subscriptions/{sandbox.subscription('test')['id']}/{PERMISSIONS}"
    [granted] = values(sandbox.get(path, version="2022-04-01"))
    assert any(fnmatch(route.action, action) for action in granted["actions"])


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


def test_port_pairs_tell_what_is_sold_on_them(sandbox: SandboxProcess) -> None:
    sold: dict[str, int] = {}
    for document in list_documents(sandbox):
        facts = document["properties"]
        sold[facts["primaryAzurePort"]] = sold.get(facts["primaryAzurePort"], 0) + facts["bandwidthInMbps"]
    enrolled = [one["id"] for one in sandbox.manifest["subscriptions"] if one["kind"] != "customer"]
    paths = [f"/subscriptions/{one}/providers/Microsoft.Network/expressRouteProviderPorts" for one in enrolled]
    facts_of_all = [one["properties"] for path in paths for one in values(sandbox.get(path))]
    assert {facts["primaryAzurePort"]: facts["usedBandwidthInMbps"] for facts in facts_of_all} == sold
    assert all(
        facts["portBandwidthInMbps"] - facts["usedBandwidthInMbps"] == facts["remainingBandwidthInMbps"] >= 0
        for facts in facts_of_all
    )


def test_an_order_uses_up_its_port_pair(sandbox: SandboxProcess) -> None:
    def used() -> int:
        listed = values(network(sandbox, "/expressRouteProviderPorts", location="Amsterdam"))
        return sum(one["properties"]["usedBandwidthInMbps"] for one in listed)

    before = used()
    key = sandbox.order(bandwidth_mbps=500)
    assert used() == before + 500
    sandbox.delete(key)
    assert used() == before


def used_at(sandbox: SandboxProcess, location: str) -> list[int]:
    listed = values(network(sandbox, "/expressRouteProviderPorts", location=location))
    return [one["properties"]["usedBandwidthInMbps"] for one in listed]


def test_a_port_pair_stays_when_its_last_circuit_goes(sandbox: SandboxProcess) -> None:
    assert used_at(sandbox, "Tokyo") == []
    key = sandbox.order(peering_location="Tokyo", bandwidth_mbps=200)
    assert used_at(sandbox, "Tokyo") == [200]
    sandbox.delete(key)
    assert used_at(sandbox, "Tokyo") == [0]
    [one] = values(network(sandbox, "/expressRouteProviderPorts", location="Tokyo"))
    assert one["properties"]["remainingBandwidthInMbps"] == one["properties"]["portBandwidthInMbps"]


def test_a_port_pair_of_the_seeds_stays_as_well(sandbox: SandboxProcess) -> None:
    for key in keys_of(sandbox, "test"):
        sandbox.delete(key)
    [one] = values(network(sandbox, "/expressRouteProviderPorts", "test"))
    assert one["properties"]["usedBandwidthInMbps"] == 0


def test_a_port_pair_without_circuits_survives_a_restart_in_each_subscription(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, size=2) as sandbox:
        for one in sandbox.manifest["subscriptions"][:2]:
            sandbox.delete(sandbox.order(peering_location="Tokyo", subscription=one["id"]))
        sandbox.stop()
        sandbox.start()
        for one in sandbox.manifest["subscriptions"][:2]:
            path = f"/subscriptions/{one['id']}/providers/Microsoft.Network/expressRouteProviderPorts"
            assert len(values(ask(sandbox, path, location="Tokyo"))) == 1


@pytest.mark.parametrize("parameters", [{"location": "EuapTest"}, {"$filter": "Location eq 'EUAP Test'"}])
def test_port_pairs_are_found_by_location(sandbox: SandboxProcess, parameters: dict[str, str]) -> None:
    listed = values(network(sandbox, "/expressRouteProviderPorts", "test", **parameters))
    assert [one["properties"]["peeringLocation"] for one in listed] == ["EUAPTest"]
    assert values(network(sandbox, "/expressRouteProviderPorts", location="EUAP Test")) == []


@pytest.mark.parametrize("text", ["rubbish", "", "name eq 'x'", "location ne 'London'", "location eq 'Lon'don'"])
def test_any_other_filter_of_port_pairs_is_refused(sandbox: SandboxProcess, text: str) -> None:
    answer = network(sandbox, "/expressRouteProviderPorts", **{"$filter": text})
    assert refusal(answer) == (400, "InvalidFilter")


def test_a_port_pair_is_spelt_as_in_the_documentation(sandbox: SandboxProcess) -> None:
    subscription = f"/subscriptions/{sandbox.subscription('test')['id']}"
    [one] = values(network(sandbox, "/expressRouteProviderPorts", "test"))
    name = "EUAP-ARMTEST-06GMR-CIS-1"
    assert one["id"] == f"{subscription}/providers/Microsoft.Network/ExpressRouteProviderPort/{name}"
    assert one["type"] == "Microsoft.Network/expressRouteProviderPort"
    assert one["portPairDescriptor"] == one["name"] == one["properties"]["portPairDescriptor"] == name
    for word in ("expressRouteProviderPorts", "ExpressRouteProviderPort"):
        assert network(sandbox, f"/{word}/{name}", "test").json() == one


def test_a_location_that_is_not_there_is_refused(sandbox: SandboxProcess) -> None:
    answer = network(sandbox, "/expressRouteProviderPorts", location="Atlantis")
    assert refusal(answer) == (400, "InvalidLocation")


def test_one_port_pair_is_found_and_an_unknown_one_is_no_content(sandbox: SandboxProcess) -> None:
    for one in values(network(sandbox, "/expressRouteProviderPorts")):
        assert sandbox.get(one["id"]).json() == one
    unknown = network(sandbox, "/expressRouteProviderPorts/nothing")
    assert (unknown.status_code, unknown.content) == (204, b"")


def test_port_pairs_are_for_partners_only(sandbox: SandboxProcess) -> None:
    assert refusal(network(sandbox, "/expressRouteProviderPorts", "customer")) == (404, "InvalidResourceType")


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
