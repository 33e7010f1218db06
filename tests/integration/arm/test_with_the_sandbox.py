from collections.abc import Iterator

import pytest

from crossconnections import arm
from crossconnections.arm import ArmClient, Call, ClientSecret, ResourceId, credential_from
from crossconnections.enums import ProviderProvisioningState
from tests.sandbox_process import SandboxProcess

PROVISIONED = "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e"
ORDERED = "bbbb1b1b-cc2c-dd3d-ee4e-ffffff5f5f5f"


def client_of(
    sandbox: SandboxProcess, calls: list[Call], *, secret: str = "", version: str = "2026-03-01"
) -> ArmClient:
    manifest = sandbox.manifest
    credential = credential_from(
        authority_host=manifest["authority"],
        secret=ClientSecret(manifest["tenant_id"], manifest["client_id"], secret or manifest["client_secret"]),
        ca_bundle=manifest["ca"],
        instance_discovery=False,
    )
    return ArmClient(
        endpoint=manifest["arm"],
        credential=credential,
        api_version=version,
        ca_bundle=manifest["ca"],
        recorder=calls.append,
    )


@pytest.fixture
def client(sandbox: SandboxProcess, calls: list[Call]) -> Iterator[ArmClient]:
    sandbox.reset()
    with client_of(sandbox, calls) as opened:
        yield opened


def ordered(sandbox: SandboxProcess) -> ResourceId:
    group = f"/subscriptions/{sandbox.subscription('test')['id']}/resourceGroups/CrossConnection-EUAPTest"
    return ResourceId.parse(f"{group}/providers/Microsoft.Network/expressRouteCrossConnections/{ORDERED}")


def test_the_two_of_the_published_trace_are_listed(client: ArmClient, sandbox: SandboxProcess) -> None:
    pages = list(client.list_cross_connections(subscription_id=sandbox.subscription("test")["id"]))
    assert pages[-1].is_last
    assert {item.service_key for page in pages for item in page.items} == {PROVISIONED, ORDERED}
    assert {item.s_tag for page in pages for item in page.items} == {None}


def test_one_that_is_listed_can_be_read_whole(client: ArmClient, sandbox: SandboxProcess) -> None:
    read = client.get_cross_connection(resource_id=ordered(sandbox))
    assert (read.s_tag, read.bandwidth_mbps, read.peering_location) == (3, 200, "EUAP Test")
    assert read.provider_provisioning_state == ProviderProvisioningState.NOT_PROVISIONED
    assert read.primary_azure_port == "EUAP-ARMTEST-06GMR-CIS-1-PRI-A"


def test_peerings_agree_with_those_inside_their_cross_connection(client: ArmClient, sandbox: SandboxProcess) -> None:
    listed = next(client.list_cross_connections(subscription_id=sandbox.subscription("production")["id"])).items
    whole = [client.get_cross_connection(resource_id=one.resource_id) for one in listed[:10]]
    with_peerings = next(one for one in whole if one.peerings)
    (page,) = client.list_peerings(resource_id=with_peerings.resource_id)
    assert page.items == with_peerings.peerings


def test_every_call_leaves_azures_ids_and_the_quota(
    client: ArmClient, sandbox: SandboxProcess, calls: list[Call]
) -> None:
    client.get_cross_connection(resource_id=ordered(sandbox))
    (call,) = calls
    assert call.request_id
    assert call.correlation_id
    assert call.remaining_reads is not None


def test_what_is_not_there_is_not_found(client: ArmClient, sandbox: SandboxProcess) -> None:
    other = ResourceId.parse(ordered(sandbox).text.replace(ORDERED, "no-such-key"))
    with pytest.raises(arm.NotFound) as raised:
        client.get_cross_connection(resource_id=other)
    assert (type(raised.value), raised.value.code) == (arm.NotFound, "ResourceNotFound")
    assert raised.value.request_id


def test_a_customers_subscription_is_not_enrolled(client: ArmClient, sandbox: SandboxProcess) -> None:
    with pytest.raises(arm.NotEnrolled):
        next(client.list_cross_connections(subscription_id=sandbox.subscription("customer")["id"]))


def test_an_api_version_that_azure_never_had_is_refused(sandbox: SandboxProcess, calls: list[Call]) -> None:
    with client_of(sandbox, calls, version="1999-01-01") as client, pytest.raises(arm.ApiVersionRefused):
        client.get_cross_connection(resource_id=ordered(sandbox))


def test_a_wrong_secret_is_told_by_entras_code(sandbox: SandboxProcess, calls: list[Call]) -> None:
    with client_of(sandbox, calls, secret="wrong") as client, pytest.raises(arm.TokenNotObtained) as raised:
        client.get_cross_connection(resource_id=ordered(sandbox))
    assert raised.value.code.startswith("AADSTS")
    assert calls == []
