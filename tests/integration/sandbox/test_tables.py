"""The rows follow from the peerings."""

import re
from collections import Counter
from ipaddress import ip_network

import pytest

from tests.integration.sandbox.estates import list_documents
from tests.integration.sandbox.tables import (
    ARP,
    EDGE,
    IPV6,
    MICROSOFT,
    PATHS,
    PEERINGS,
    PRIVATE,
    ROUTES,
    SUMMARY,
    count,
    learned,
    networks,
    order,
    read,
    read_at,
)
from tests.sandbox_process import SandboxProcess

MAC = re.compile(r"[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}")
UP_OR_DOWN = re.compile(r"never|\d\d:\d\d:\d\d|\d+d\d\dh|\d+w\d+d|\d+y\d+w")


@pytest.fixture
def key(sandbox: SandboxProcess) -> str:
    return order(sandbox, **PEERINGS)


def macs(sandbox: SandboxProcess, key: str, path: str, peering: str) -> dict[str, str]:
    return {row["interface"]: row["macAddress"] for row in read(sandbox, key, ARP, path, peering)}


@pytest.mark.parametrize("path", PATHS)
def test_a_new_peering_has_both_ends_of_its_link_in_the_arp_table(sandbox: SandboxProcess, key: str, path: str) -> None:
    on_prem, microsoft = read(sandbox, key, ARP, path)
    assert (on_prem["interface"], on_prem["ipAddress"]) == ("On-Prem", EDGE[path])
    assert (microsoft["interface"], microsoft["age"]) == ("Microsoft", 0)
    assert microsoft["ipAddress"] == {"primary": "172.31.0.2", "secondary": "172.31.0.6"}[path]
    assert 0 <= on_prem["age"] < 240
    assert all(MAC.fullmatch(row["macAddress"]) for row in (on_prem, microsoft))


def test_two_devices_stand_at_each_side_and_all_peerings_of_a_path_share_them(
    sandbox: SandboxProcess, key: str
) -> None:
    found = [macs(sandbox, key, path, PRIVATE) for path in PATHS]
    assert len({mac for ends in found for mac in ends.values()}) == 4
    assert [macs(sandbox, key, path, MICROSOFT) for path in PATHS] == found


@pytest.mark.parametrize("path", PATHS)
def test_a_new_peering_is_established_with_as_many_prefixes_as_there_are_routes(
    sandbox: SandboxProcess, key: str, path: str
) -> None:
    [row] = read(sandbox, key, SUMMARY, path)
    assert (row["neighbor"], row["asn"]) == (EDGE[path], 65010)
    assert UP_OR_DOWN.fullmatch(row["upDown"])
    assert int(row["stateOrPrefixesReceived"]) == len(networks(sandbox, key, path)) > 0


@pytest.mark.parametrize("peering", [PRIVATE, MICROSOFT])
def test_both_paths_have_the_same_networks_by_hops_of_their_own(
    sandbox: SandboxProcess, key: str, peering: str
) -> None:
    primary, secondary = (learned(read(sandbox, key, ROUTES, path, peering)) for path in PATHS)
    assert [(row["network"], row["path"]) for row in primary] == [(row["network"], row["path"]) for row in secondary]
    assert len({row["nextHop"] for row in primary} | {row["nextHop"] for row in secondary}) == 2


def test_the_edges_as_is_the_first_of_every_path_and_what_is_reserved_is_in_none(
    sandbox: SandboxProcess, key: str
) -> None:
    count(sandbox, key, 2000)
    paths = [row["path"].split() for row in learned(read(sandbox, key, ROUTES))]
    assert {path[0] for path in paths} == {"65010"}
    known = {int(asn) for path in paths for asn in path}
    assert known.isdisjoint({0, 8075, 12076, 23456, *range(64_496, 64_512), *range(65_515, 65_552)})
    assert len(Counter(len(path) for path in paths)) > 3


def test_the_vnets_behind_the_other_side_come_twice_from_their_gateways(sandbox: SandboxProcess, key: str) -> None:
    rows = [row for row in read(sandbox, key, ROUTES) if row["path"] == "65515"]
    assert rows
    assert set(Counter(row["network"] for row in rows).values()) == {2}
    assert sum(row["nextHop"].endswith("*") for row in rows) == len(rows) / 2
    spaces = [ip_network(row["network"]) for row in rows]
    company = [ip_network(network) for network in networks(sandbox, key)]
    assert not any(space.overlaps(network) for space in spaces for network in company)
    assert read(sandbox, key, ROUTES, peering=MICROSOFT) == learned(read(sandbox, key, ROUTES, peering=MICROSOFT))


def test_a_microsoft_peering_receives_what_is_advertised_and_more_specific_networks(
    sandbox: SandboxProcess, key: str
) -> None:
    found = networks(sandbox, key, peering=MICROSOFT)
    advertised = PEERINGS[MICROSOFT]["microsoftPeeringConfig"]["advertisedPublicPrefixes"]
    assert set(advertised) <= set(found)
    block = ip_network("124.0.0.0/23")
    assert all(ip_network(network).subnet_of(block) for network in found)  # type: ignore[arg-type]


def test_all_that_is_advertised_is_received_however_much_it_is(sandbox: SandboxProcess) -> None:
    advertised = [f"124.{number}.0.0/24" for number in range(180)]
    config = {"advertisedPublicPrefixes": advertised, "customerASN": 64999}
    key = order(sandbox, **{MICROSOFT: {**PEERINGS[MICROSOFT], "microsoftPeeringConfig": config}})
    assert set(advertised) <= set(networks(sandbox, key, peering=MICROSOFT))
    count(sandbox, key, 7, peering=MICROSOFT)
    rows = read(sandbox, key, ROUTES, peering=MICROSOFT)
    assert len(rows) == 7
    assert all(row["path"].startswith("64900 64999") for row in rows)


def test_ten_thousand_routes_are_ten_thousand_networks_of_a_companys_mix(sandbox: SandboxProcess, key: str) -> None:
    count(sandbox, key, 10_000)
    found = [ip_network(network) for network in networks(sandbox, key)]
    assert len(set(found)) == 10_000
    lengths = Counter(network.prefixlen for network in found)
    assert 0.35 < lengths[24] / 10_000 < 0.6
    assert len(lengths) > 10
    public = [network for network in found if network.is_global]
    assert 0.02 < len(public) / 10_000 < 0.3
    assert read(sandbox, key, SUMMARY)[0]["stateOrPrefixesReceived"] == "10000"


def test_two_circuits_have_networks_of_their_own(sandbox: SandboxProcess, key: str) -> None:
    assert networks(sandbox, key) != networks(sandbox, order(sandbox))


def test_ipv6_has_a_neighbour_and_routes_of_its_own_and_no_arp(sandbox: SandboxProcess) -> None:
    key = order(sandbox, **{PRIVATE: {**PEERINGS[PRIVATE], "ipv6PeeringConfig": IPV6}})
    count(sandbox, key, 850, "secondary")
    four, six = read(sandbox, key, SUMMARY, "secondary")
    assert (four["neighbor"], four["stateOrPrefixesReceived"]) == (EDGE["secondary"], "850")
    assert (six["neighbor"], six["stateOrPrefixesReceived"]) == ("fd4e::5", "85")
    routes = [row for row in read(sandbox, key, ROUTES, "secondary") if row["nextHop"] == "fd4e::5"]
    assert {ip_network(row["network"]).version for row in routes} == {6}
    assert len(routes) == 85
    assert len(read(sandbox, key, ARP, "secondary")) == 2


def test_a_peering_with_ipv6_only_has_the_whole_count_there(sandbox: SandboxProcess) -> None:
    key = order(sandbox, **{PRIVATE: {"peerASN": 65010, "ipv6PeeringConfig": IPV6}})
    count(sandbox, key, 120)
    [row] = read(sandbox, key, SUMMARY)
    assert (row["neighbor"], row["stateOrPrefixesReceived"]) == ("fd4e::1", "120")
    assert read(sandbox, key, ARP) == []


@pytest.mark.parametrize(("asn", "shown"), [(2**31 - 1, 2**31 - 1), (2**31, None), (2**32 - 1, None)])
def test_an_as_that_no_int32_holds_is_left_out_of_the_summary(
    sandbox: SandboxProcess, asn: int, shown: int | None
) -> None:
    key = order(sandbox, **{PRIVATE: {**PEERINGS[PRIVATE], "peerASN": asn}})
    assert read(sandbox, key, SUMMARY)[0].get("asn") == shown
    assert learned(read(sandbox, key, ROUTES))[0]["path"].split()[0] == str(asn)


def test_a_disabled_peering_has_its_session_shut_and_shows_no_routes(sandbox: SandboxProcess, key: str) -> None:
    sandbox.edit(key, peerings={PRIVATE: {"state": "Disabled"}})
    [row] = read(sandbox, key, SUMMARY)
    assert (row["upDown"], row["stateOrPrefixesReceived"]) == ("never", "Idle (Admin)")
    assert read(sandbox, key, ROUTES) == []


@pytest.mark.parametrize("state", ["ValidationNeeded", "NotConfigured", "Configuring"])
def test_prefixes_that_are_not_validated_keep_bgp_from_being_there_at_all(
    sandbox: SandboxProcess, key: str, state: str
) -> None:
    config = {"advertisedPublicPrefixes": ["124.0.0.0/24"], "advertisedPublicPrefixesState": state}
    sandbox.edit(key, peerings={MICROSOFT: {"microsoftPeeringConfig": config}})
    assert [len(read(sandbox, key, table, peering=MICROSOFT)) for table in (ARP, SUMMARY, ROUTES)] == [2, 0, 0]


@pytest.mark.parametrize("prefix", ["", "nonsense", "10.0.0.1/32", "10.0.0.0/31"])
def test_what_is_no_link_has_no_rows(sandbox: SandboxProcess, prefix: str) -> None:
    key = order(sandbox, **{PRIVATE: {"peerASN": 65010, "primaryPeerAddressPrefix": prefix}})
    for path in PATHS:
        assert [read(sandbox, key, table, path) for table in (ARP, SUMMARY)] == [[], []]


def test_a_peering_without_an_as_has_no_session(sandbox: SandboxProcess) -> None:
    links = {name: PEERINGS[PRIVATE][name] for name in ("primaryPeerAddressPrefix", "secondaryPeerAddressPrefix")}
    assert read(sandbox, order(sandbox, **{PRIVATE: links}), SUMMARY) == []


def test_a_circuit_that_nobody_built_is_not_answered_for(sandbox: SandboxProcess) -> None:
    document = next(
        one
        for one in list_documents(sandbox)
        if one["properties"]["serviceProviderProvisioningState"] == "Provisioning" and one["properties"]["peerings"]
    )
    peering = document["properties"]["peerings"][0]["name"]
    rows = read_at(sandbox, document["id"], ARP, peering=peering)
    assert [row["macAddress"] for row in rows if row["interface"] == "On-Prem"] == ["Incomplete"]
    assert read_at(sandbox, document["id"], SUMMARY, peering=peering)[0]["stateOrPrefixesReceived"] == "Idle (Admin)"


def test_an_advertised_prefix_may_hold_the_link_itself(sandbox: SandboxProcess) -> None:
    config = {"advertisedPublicPrefixes": ["123.0.0.0/16", "not a prefix", "2a10::/48", "123.0.0.0/16"]}
    key = order(sandbox, **{MICROSOFT: {**PEERINGS[MICROSOFT], "microsoftPeeringConfig": config}})
    found = [ip_network(network) for network in networks(sandbox, key, peering=MICROSOFT)]
    assert found[0] == ip_network("123.0.0.0/16")
    assert {network.version for network in found} == {4}
