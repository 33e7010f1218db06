from collections import Counter
from collections.abc import Iterator
from ipaddress import ip_network
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from tests.integration.sandbox.estates import list_documents, list_pages
from tests.sandbox_process import SandboxProcess


@pytest.fixture(scope="module")
def documents(sandbox: SandboxProcess) -> list[dict[str, Any]]:
    return list_documents(sandbox)


def peerings(documents: list[dict[str, Any]], name: str = "") -> Iterator[dict[str, Any]]:
    found = (peering for document in documents for peering in document["properties"]["peerings"])
    return (peering["properties"] for peering in found if name in {"", peering["name"]})


def test_the_estate_is_as_large_as_was_asked(documents: list[dict[str, Any]]) -> None:
    assert len({document["name"] for document in documents}) == 300


def test_states_are_shared_out_exactly(documents: list[dict[str, Any]]) -> None:
    states = Counter(document["properties"]["serviceProviderProvisioningState"] for document in documents)
    assert states == {
        "Provisioned": 210,
        "NotProvisioned": 45,
        "Provisioning": 30,
        "Deprovisioning": 12,
        "DeProvisioned": 3,
    }


def test_peerings_are_shared_out_exactly(documents: list[dict[str, Any]]) -> None:
    kinds = Counter(tuple(one["name"][0] for one in document["properties"]["peerings"]) for document in documents)
    assert kinds == {("A",): 180, ("A", "M"): 75, ("M",): 30, (): 15}


def test_one_circuit_in_a_hundred_waits_for_the_validation_of_its_prefixes(documents: list[dict[str, Any]]) -> None:
    configs = [peering["microsoftPeeringConfig"] for peering in peerings(documents, "MicrosoftPeering")]
    assert sum(one["advertisedPublicPrefixesState"] == "ValidationNeeded" for one in configs) == 3


def test_the_provider_is_at_about_twenty_places_of_uneven_sizes(documents: list[dict[str, Any]]) -> None:
    places = Counter(document["properties"]["peeringLocation"] for document in documents)
    sizes = [count for _, count in places.most_common()]
    assert len(places) == 21
    assert sizes[0] > 5 * sizes[-2]


def test_no_two_share_an_s_tag_on_a_port_pair(documents: list[dict[str, Any]]) -> None:
    facts = [document["properties"] for document in documents]
    taken = {(one["primaryAzurePort"], one["secondaryAzurePort"], one["sTag"]) for one in facts}
    assert len(taken) == 300


def test_no_two_customers_circuits_have_the_same_id(documents: list[dict[str, Any]]) -> None:
    assert len({document["properties"]["expressRouteCircuit"]["id"] for document in documents}) == 300


def test_every_link_is_a_network_of_its_own(documents: list[dict[str, Any]]) -> None:
    prefixes = [
        ip_network(one[path])
        for one in peerings(documents)
        for path in ("primaryPeerAddressPrefix", "secondaryPeerAddressPrefix")
    ]
    assert len(set(prefixes)) == len(prefixes) == 2 * 360
    assert {network.prefixlen for network in prefixes} == {30}


def test_private_links_are_private_and_microsoft_links_are_public(documents: list[dict[str, Any]]) -> None:
    private = [ip_network(one["primaryPeerAddressPrefix"]) for one in peerings(documents, "AzurePrivatePeering")]
    public = [ip_network(one["primaryPeerAddressPrefix"]) for one in peerings(documents, "MicrosoftPeering")]
    assert all(network.is_private for network in private)
    assert all(network.is_global for network in public)


def test_advertised_prefixes_are_public_networks(documents: list[dict[str, Any]]) -> None:
    configs = [one["microsoftPeeringConfig"] for one in peerings(documents, "MicrosoftPeering")]
    configs += [
        one["ipv6PeeringConfig"]["microsoftPeeringConfig"]
        for one in peerings(documents, "MicrosoftPeering")
        if "ipv6PeeringConfig" in one
    ]
    assert all(ip_network(prefix).is_global for config in configs for prefix in config["advertisedPublicPrefixes"])


def test_some_peerings_have_links_of_both_families(documents: list[dict[str, Any]]) -> None:
    found = [one["ipv6PeeringConfig"] for one in peerings(documents) if "ipv6PeeringConfig" in one]
    assert found
    assert {ip_network(one["secondaryPeerAddressPrefix"]).prefixlen for one in found} == {126}


def test_vlan_ids_differ_inside_a_circuit(documents: list[dict[str, Any]]) -> None:
    for document in documents:
        vlans = [peering["properties"]["vlanId"] for peering in document["properties"]["peerings"]]
        assert len(set(vlans)) == len(vlans)


def test_only_a_circuit_in_service_has_peerings_that_are_enabled(documents: list[dict[str, Any]]) -> None:
    by_state = sorted((one["properties"] for one in documents), key=lambda one: one["serviceProviderProvisioningState"])
    for state, facts in groupby(by_state, key=lambda one: one["serviceProviderProvisioningState"]):
        states = {peering["properties"]["state"] for one in facts for peering in one["peerings"]}
        assert states == {"Enabled" if state in {"Provisioned", "Deprovisioning"} else "Disabled"}


def test_the_same_seed_and_size_make_the_same_estate(documents: list[dict[str, Any]], tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, size=300) as twin:
        assert list_documents(twin) == documents


def test_another_seed_makes_another_estate(documents: list[dict[str, Any]], tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, size=300, seed=2) as other:
        listed = list_pages(other, other.subscription("production")["id"])
        assert {one["name"] for page in listed for one in page}.isdisjoint(one["name"] for one in documents)
