"""What a provider has to place circuits on: second port pairs, room on them, and a feature that may be missing."""

from collections import Counter
from typing import Any

import pytest

from tests.integration.sandbox.estates import list_documents, network, refusal, values
from tests.integration.sandbox.test_port_moves import all_pairs, move, ports_of, read, used
from tests.integration.sandbox.writing import finish
from tests.sandbox_process import SandboxProcess

GBPS_10 = 10_000
# Written down before there were second pairs.
SEEDED = [
    ("e0560275-cc9e-49a9-bb2e-787d7e5c8381", "AMS-06GMR-CIS-3-PRI-A", 3),
    ("beb3d0cb-c06f-4600-81fa-d6d9bda89d70", "WDC-06GMR-CIS-1-PRI-A", 6),
    ("eacd4ff5-2c2f-4184-8d5e-2ee381e429ce", "MIL-06GMR-CIS-1-PRI-A", 2),
]


def lonely_place(sandbox: SandboxProcess) -> list[dict[str, Any]]:
    """The pairs of a peering location that has an empty second one."""
    pairs = all_pairs(sandbox)
    empty = next(one for one in pairs if one["usedBandwidthInMbps"] == 0)
    return [one for one in pairs if one["peeringLocation"] == empty["peeringLocation"]]


def ordered(sandbox: SandboxProcess, place: str, mbps: int) -> dict[str, Any]:
    key = sandbox.order(peering_location=place, bandwidth_mbps=mbps)
    return next(one for one in list_documents_at(sandbox, place) if one["name"] == key)


def list_documents_at(sandbox: SandboxProcess, place: str) -> list[dict[str, Any]]:
    group = f"/resourceGroups/CrossConnection-{place}"
    subscription = sandbox.subscription("production")["id"]
    path = f"/subscriptions/{subscription}{group}/providers/Microsoft.Network/expressRouteCrossConnections"
    return [sandbox.get(one["id"]).json() for one in values(sandbox.get(path))]


def test_a_good_part_of_the_places_has_a_second_port_pair(sandbox: SandboxProcess) -> None:
    counted = Counter(one["peeringLocation"] for one in all_pairs(sandbox))
    assert sum(count > 1 for count in counted.values()) > len(counted) / 2
    assert 1 in counted.values()


def test_nothing_of_the_seeds_is_on_a_pair_that_was_added(sandbox: SandboxProcess) -> None:
    seeded = {ports_of(one)[0] for one in list_documents(sandbox)}
    empty = {one["primaryAzurePort"] for one in all_pairs(sandbox) if one["usedBandwidthInMbps"] == 0}
    assert empty
    assert not empty & seeded


def test_the_seed_still_gives_its_circuits_the_ports_and_tags_that_it_gave(sandbox: SandboxProcess) -> None:
    there = {one["name"]: one["properties"] for one in list_documents(sandbox)}
    for key, port, s_tag in SEEDED:
        assert (there[key]["primaryAzurePort"], there[key]["sTag"]) == (port, s_tag)


def test_a_circuit_moves_to_the_empty_pair_and_takes_its_first_s_tag(sandbox: SandboxProcess) -> None:
    here, there = lonely_place(sandbox)
    document = ordered(sandbox, here["peeringLocation"], 500)
    finish(sandbox, move(sandbox, document, ports_of({"properties": there})))
    moved = read(sandbox, document)
    assert ports_of(moved) == ports_of({"properties": there})
    assert moved["properties"]["sTag"] == 2
    assert [used(sandbox, one) for one in (here, there)] == [here["usedBandwidthInMbps"], 500]


def test_a_pair_with_too_little_left_is_refused_and_nothing_moves(sandbox: SandboxProcess) -> None:
    here, there = lonely_place(sandbox)
    place, target = here["peeringLocation"], ports_of({"properties": there})
    for _ in range(there["portBandwidthInMbps"] // GBPS_10):
        finish(sandbox, move(sandbox, ordered(sandbox, place, GBPS_10), target))
    one_more = ordered(sandbox, place, 50)
    assert refusal(move(sandbox, one_more, target)) == (400, "InsufficientPortPairBandwidth")
    assert read(sandbox, one_more) == one_more


@pytest.mark.parametrize("path", ["/expressRouteProviderPorts", "/expressRouteProviderPorts/EUAP-ARMTEST-06GMR-CIS-1"])
def test_without_the_feature_port_pairs_are_refused(sandbox: SandboxProcess, path: str) -> None:
    sandbox.behave(port_pairs_unregistered=True)
    answer = network(sandbox, path, "test")
    assert refusal(answer) == (400, "SubscriptionNotRegisteredForFeature")
    assert sandbox.subscription("test")["id"] in answer.json()["error"]["message"]
    sandbox.behave(port_pairs_unregistered=False)
    assert network(sandbox, path, "test").status_code == 200


def test_without_the_feature_a_circuit_can_be_moved_all_the_same(sandbox: SandboxProcess) -> None:
    here, there = lonely_place(sandbox)
    document = ordered(sandbox, here["peeringLocation"], 500)
    sandbox.behave(port_pairs_unregistered=True)
    finish(sandbox, move(sandbox, document, ports_of({"properties": there})))
    assert ports_of(read(sandbox, document)) == ports_of({"properties": there})
