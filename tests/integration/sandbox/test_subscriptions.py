"""What Azure Resource Manager itself answers: subscriptions, their registration, and permissions."""

import json
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

from sandbox.arm import routes
from sandbox.estate.places import find_place
from sandbox.estate.regions import display_name
from tests.integration.sandbox.estates import network, refusal, traced_path, values
from tests.sandbox_process import SandboxProcess

CROSS = "providers/Microsoft.Network/expressRouteCrossConnections"
PEERING_LOCATIONS = Path(__file__).parents[3] / "sandbox" / "data" / "peering_locations.json"


def registration_of(sandbox: SandboxProcess, kind: str) -> dict[str, Any]:
    path = f"/subscriptions/{sandbox.subscription(kind)['id']}/providers/Microsoft.Network"
    found: dict[str, Any] = sandbox.get(path, version="2021-04-01").json()
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
