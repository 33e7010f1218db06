from typing import Any

import pytest
from requests import Response

from sandbox.arm.versions import AUTHORIZATION, NETWORK, RESOURCES
from tests.integration.sandbox.estates import LIST, NOT_PROVISIONED, refusal, traced_path
from tests.sandbox_process import SandboxProcess

NOWHERE = "00000000-1111-2222-3333-444444444444"


def error_of(answer: Response) -> dict[str, Any]:
    error: dict[str, Any] = answer.json()["error"]
    return error


def test_a_missing_cross_connection_is_refused_by_the_gateway(sandbox: SandboxProcess) -> None:
    answer = sandbox.get(traced_path(sandbox, NOWHERE))
    assert answer.status_code == 404
    assert answer.json() == {
        "error": {
            "code": "ResourceNotFound",
            "message": f"The Resource 'Microsoft.Network/expressRouteCrossConnections/{NOWHERE}' "
            "under resource group 'CrossConnection-EUAPTest' was not found.",
        }
    }


def test_a_missing_peering_is_refused_by_the_provider(sandbox: SandboxProcess) -> None:
    path = f"{traced_path(sandbox)}/peerings/AzurePrivatePeering"
    answer = sandbox.get(path)
    assert answer.status_code == 404
    assert answer.json() == {"error": {"code": "NotFound", "message": f"Resource {path} not found.", "details": []}}
    assert "x-ms-failure-cause" not in answer.headers


def test_the_peerings_of_a_missing_cross_connection_are_the_gateways_to_refuse(sandbox: SandboxProcess) -> None:
    assert refusal(sandbox.get(f"{traced_path(sandbox, NOWHERE)}/peerings")) == (404, "ResourceNotFound")


def test_a_gateways_refusal_says_so_and_has_one_id_for_request_and_correlation(sandbox: SandboxProcess) -> None:
    headers = sandbox.get(traced_path(sandbox, NOWHERE)).headers
    assert headers["x-ms-failure-cause"] == "gateway"
    assert headers["x-ms-request-id"] == headers["x-ms-correlation-request-id"]


def test_a_missing_resource_group_is_named(sandbox: SandboxProcess) -> None:
    path = traced_path(sandbox).replace("EUAPTest", "Atlantis")
    answer = sandbox.get(path)
    assert refusal(answer) == (404, "ResourceGroupNotFound")
    assert error_of(answer)["message"] == "Resource group 'CrossConnection-Atlantis' could not be found."


def test_a_cross_connection_is_not_found_in_another_subscription(sandbox: SandboxProcess) -> None:
    test, production = sandbox.subscription("test")["id"], sandbox.subscription("production")["id"]
    path = traced_path(sandbox).replace(test, production).replace("EUAPTest", "Amsterdam")
    assert refusal(sandbox.get(path)) == (404, "ResourceNotFound")


def test_a_customers_subscription_does_not_know_the_resource_type(sandbox: SandboxProcess) -> None:
    answer = sandbox.get(LIST.format(sandbox.subscription("customer")["id"]))
    assert refusal(answer) == (404, "InvalidResourceType")
    assert error_of(answer)["message"] == (
        "The resource type could not be found in the namespace 'Microsoft.Network' for api version '2025-09-01'."
    )


@pytest.mark.parametrize(
    ("path", "namespace"),
    [
        ("/providers/Microsoft.Network/virtualNetworks", "Microsoft.Network"),
        ("/resourceGroups/one/providers/Microsoft.Network/virtualNetworks/two", "Microsoft.Network"),
        ("/providers/Microsoft.Authorization/roleAssignments", "Microsoft.Authorization"),
        ("/resourceGroups", "Microsoft.Resources"),
    ],
)
def test_a_type_that_is_not_here_is_refused_by_its_namespace(
    sandbox: SandboxProcess, path: str, namespace: str
) -> None:
    answer = sandbox.get(f"/subscriptions/{sandbox.subscription('test')['id']}{path}")
    assert refusal(answer) == (404, "InvalidResourceType")
    assert f"in the namespace '{namespace}' for api version '2025-09-01'" in error_of(answer)["message"]


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/providers/Microsoft.Compute/virtualMachines"),
        ("GET", "/resourceGroups/one/providers/Microsoft.Compute/virtualMachines/two"),
        ("GET", "/providers/Microsoft.Compute"),
        ("POST", "/providers/Microsoft.Compute/register"),
    ],
)
def test_a_provider_that_is_not_here_is_named(sandbox: SandboxProcess, method: str, path: str) -> None:
    url = f"{sandbox.manifest['arm']}/subscriptions/{sandbox.subscription('test')['id']}{path}?api-version=2021-04-01"
    answer = sandbox.session.request(method, url, headers={"Authorization": f"Bearer {sandbox.token()}"}, timeout=30)
    assert refusal(answer) == (404, "InvalidResourceNamespace")
    assert error_of(answer)["message"] == "The resource namespace 'Microsoft.Compute' is invalid."
    assert answer.headers["x-ms-failure-cause"] == "gateway"


ONE = "providers/Microsoft.Network/expressRouteCrossConnections"


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        (f"/{ONE}", ""),
        (f"/resourceGroups/rg/{ONE}", "/resourceGroups/rg/providers/Microsoft.Network"),
        (f"/resourceGroups/rg/{ONE}/one", f"/resourceGroups/rg/{ONE}/one"),
        (f"/resourceGroups/rg/{ONE}/one/peerings", f"/resourceGroups/rg/{ONE}/one"),
        (f"/resourceGroups/rg/{ONE}/one/peerings/two", f"/resourceGroups/rg/{ONE}/one/peerings/two"),
        ("/providers/Microsoft.Network/bgpServiceCommunities", ""),
        ("/providers/Microsoft.Network/expressRouteProviderPorts/one", None),
        ("/providers/Microsoft.Network/locations/westeurope/operations/one", None),
    ],
)
def test_a_missing_permission_is_missed_over_the_scope_that_was_asked(
    sandbox: SandboxProcess, path: str, scope: str | None
) -> None:
    sandbox.behave(missing_permission="Microsoft.Network/*")
    subscription = f"/subscriptions/{sandbox.subscription('test')['id']}"
    answer = sandbox.get(f"{subscription}{path}")
    assert refusal(answer) == (403, "AuthorizationFailed")
    told = error_of(answer)["message"].partition("over scope '")[2].partition("'")[0]
    assert told == f"{subscription}{path if scope is None else scope}"


def test_an_unknown_subscription_is_named(sandbox: SandboxProcess) -> None:
    answer = sandbox.get(LIST.format(NOWHERE))
    assert refusal(answer) == (404, "SubscriptionNotFound")
    assert error_of(answer)["message"] == f"The subscription '{NOWHERE}' could not be found."


def test_a_path_without_subscription_is_refused(sandbox: SandboxProcess) -> None:
    assert refusal(sandbox.get("/anything")) == (404, "MissingSubscription")


def test_an_api_version_is_required(sandbox: SandboxProcess) -> None:
    url = f"{sandbox.manifest['arm']}{traced_path(sandbox)}"
    answer = sandbox.session.get(url, headers={"Authorization": f"Bearer {sandbox.token()}"}, timeout=30)
    assert refusal(answer) == (400, "MissingApiVersionParameter")


@pytest.mark.parametrize("version", ["2018-05-01", "2018-03-01"])
def test_a_version_that_only_other_types_have_has_no_registered_provider(sandbox: SandboxProcess, version: str) -> None:
    answer = sandbox.get(traced_path(sandbox), version=version)
    assert refusal(answer) == (400, "NoRegisteredProviderFound")
    assert f"API version '{version}' for type 'expressRouteCrossConnections'" in error_of(answer)["message"]


@pytest.mark.parametrize(
    ("path", "type_name"),
    [
        ("/providers/Microsoft.Network/expressRouteCrossConnections", "expressRouteCrossConnections"),
        ("/providers/Microsoft.Network/expressRouteProviderPorts", "expressRouteProviderPorts"),
        ("/providers/Microsoft.Network/expressRouteProviderPorts/one", "expressRouteProviderPorts"),
        ("/providers/Microsoft.Network/routeFilters", "routeFilters"),
        ("/resourceGroups/one/providers/Microsoft.Network/routeFilters/one/routeFilterRules", "routeFilters"),
        ("/providers/Microsoft.Network/bgpServiceCommunities", "bgpServiceCommunities"),
        ("/providers/Microsoft.Network/expressRouteServiceProviders", "expressRouteServiceProviders"),
        ("/providers/Microsoft.Network/locations/westeurope/operations/one", "locations/operations"),
        ("/providers/Microsoft.Network/locations/westeurope/operationResults/one", "locations/operationResults"),
    ],
)
def test_a_version_that_a_type_lacks_is_refused_by_the_types_name(
    sandbox: SandboxProcess, path: str, type_name: str
) -> None:
    answer = sandbox.get(f"/subscriptions/{sandbox.subscription('test')['id']}{path}", version="2018-05-01")
    assert refusal(answer) == (400, "NoRegisteredProviderFound")
    assert f"API version '2018-05-01' for type '{type_name}'" in error_of(answer)["message"]


@pytest.mark.parametrize(
    ("path", "known", "unknown"),
    [
        ("/subscriptions", "2022-12-01", "2018-04-01"),
        ("/subscriptions/{}", "2016-02-01", "2026-03-01"),
        ("/subscriptions/{}/providers/Microsoft.Network", "2021-04-01", "2018-04-01"),
        ("/subscriptions/{}/providers/Microsoft.Authorization/permissions", "2022-04-01", "2016-02-01"),
        ("/providers/Microsoft.Network/operations", "2026-03-01", "2016-02-01"),
    ],
)
def test_each_kind_of_answer_has_versions_of_its_own(
    sandbox: SandboxProcess, path: str, known: str, unknown: str
) -> None:
    asked = path.format(sandbox.subscription("test")["id"])
    assert sandbox.get(asked, version=known).status_code == 200
    assert refusal(sandbox.get(asked, version=unknown)) == (400, "NoRegisteredProviderFound")


def test_the_managers_own_list_has_every_version_that_anything_takes(sandbox: SandboxProcess) -> None:
    message = error_of(sandbox.get(traced_path(sandbox), version="tomorrow"))["message"]
    listed = message.rpartition("The supported versions are '")[2].rstrip("'.").split(",")
    assert {*NETWORK, *RESOURCES, *AUTHORIZATION, "2018-05-01"} <= set(listed)
    assert listed == sorted(listed, reverse=True)


@pytest.mark.parametrize("version", ["tomorrow", "2099-01-01", "2018-01-01-preview"])
def test_a_version_that_no_type_has_is_invalid(sandbox: SandboxProcess, version: str) -> None:
    answer = sandbox.get(traced_path(sandbox), version=version)
    assert refusal(answer) == (400, "InvalidApiVersionParameter")
    assert error_of(answer)["message"].startswith(f"The api-version '{version}' is invalid. The supported versions")


@pytest.mark.parametrize("version", ["2018-02-01", "2020-11-01", "2026-03-01"])
def test_every_published_version_is_served(sandbox: SandboxProcess, version: str) -> None:
    assert sandbox.get(traced_path(sandbox), version=version).json()["name"] == NOT_PROVISIONED
