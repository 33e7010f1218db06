from pathlib import Path

import pytest

from tests.integration.sandbox.estates import ask, keys_of, list_documents, network, refusal, values
from tests.sandbox_process import SandboxProcess


def test_port_pairs_tell_what_is_sold_on_them(sandbox: SandboxProcess) -> None:
    sold: dict[str, int] = {}
    for document in list_documents(sandbox):
        facts = document["properties"]
        sold[facts["primaryAzurePort"]] = sold.get(facts["primaryAzurePort"], 0) + facts["bandwidthInMbps"]
    enrolled = [one["id"] for one in sandbox.manifest["subscriptions"] if one["kind"] != "customer"]
    paths = [f"/subscriptions/{one}/providers/Microsoft.Network/expressRouteProviderPorts" for one in enrolled]
    facts_of_all = [one["properties"] for path in paths for one in values(sandbox.get(path))]
    used = {facts["primaryAzurePort"]: facts["usedBandwidthInMbps"] for facts in facts_of_all}
    assert {port: mbps for port, mbps in used.items() if mbps} == sold
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
