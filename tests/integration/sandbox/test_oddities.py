"""Tables that no configuration explains: pictures for who reads them."""

from ipaddress import ip_network
from typing import Any

import pytest

from tests.integration.sandbox.estates import control
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
    TABLES,
    learned,
    networks,
    order,
    read,
)
from tests.sandbox_process import SandboxProcess

Rows = list[dict[str, Any]]


@pytest.fixture
def key(sandbox: SandboxProcess) -> str:
    return order(sandbox, **PEERINGS)


def arp(sandbox: SandboxProcess, key: str, oddity: str, path: str = "primary", peering: str = PRIVATE) -> Rows:
    sandbox.behave(table_oddities=oddity)
    return read(sandbox, key, ARP, path, peering)


def routes(sandbox: SandboxProcess, key: str, oddity: str, peering: str = PRIVATE) -> Rows:
    sandbox.behave(table_oddities=oddity)
    return read(sandbox, key, ROUTES, peering=peering)


def summary(sandbox: SandboxProcess, key: str, oddity: str) -> dict[str, Any]:
    sandbox.behave(table_oddities=oddity)
    [row] = read(sandbox, key, SUMMARY)
    return row


@pytest.mark.parametrize(("oddity", "left"), [("no_microsoft_row", "On-Prem"), ("no_on_prem_row", "Microsoft")])
def test_a_row_of_the_arp_table_may_be_missing(sandbox: SandboxProcess, key: str, oddity: str, left: str) -> None:
    assert [row["interface"] for row in arp(sandbox, key, oddity)] == [left]


def test_the_ends_of_a_link_may_have_each_others_addresses(sandbox: SandboxProcess, key: str) -> None:
    on_prem, microsoft = arp(sandbox, key, "swapped_addresses")
    assert (on_prem["ipAddress"], microsoft["ipAddress"]) == ("172.31.0.2", "172.31.0.1")


def test_a_loop_gives_microsofts_own_mac_back(sandbox: SandboxProcess, key: str) -> None:
    assert len({row["macAddress"] for row in arp(sandbox, key, "looped_mac")}) == 1


def test_both_paths_may_end_on_one_device(sandbox: SandboxProcess, key: str) -> None:
    assert len({arp(sandbox, key, "one_device", path)[0]["macAddress"] for path in PATHS}) == 1


def test_a_device_may_be_another_than_before(sandbox: SandboxProcess, key: str) -> None:
    assert arp(sandbox, key, "")[0]["macAddress"] != arp(sandbox, key, "replaced_device")[0]["macAddress"]


def test_microsofts_macs_may_differ_between_peerings(sandbox: SandboxProcess, key: str) -> None:
    found = [arp(sandbox, key, "microsoft_macs_differ", peering=one)[1]["macAddress"] for one in (PRIVATE, MICROSOFT)]
    assert found[0] != found[1]


def test_a_foreign_host_may_answer_and_a_neighbour_be_silent(sandbox: SandboxProcess, key: str) -> None:
    hosts = [row["ipAddress"] for row in arp(sandbox, key, "foreign_host") if row["interface"] == "On-Prem"]
    assert hosts[0] == EDGE["primary"]
    assert len(hosts) == 2
    assert arp(sandbox, key, "silent_neighbour")[0]["age"] > 240


def test_a_summary_may_be_odd_in_each_of_its_fields(sandbox: SandboxProcess, key: str) -> None:
    assert "asn" not in summary(sandbox, key, "no_neighbour_asn")
    assert summary(sandbox, key, "zero_neighbour_asn")["asn"] == 0
    assert summary(sandbox, key, "wrong_neighbour_asn")["asn"] != 65010
    assert summary(sandbox, key, "wrong_neighbour")["neighbor"] == "172.31.0.2"
    sandbox.behave(table_oddities="empty_summary")
    assert read(sandbox, key, SUMMARY) == []


def test_a_session_may_get_no_further_than_opensent(sandbox: SandboxProcess, key: str) -> None:
    assert summary(sandbox, key, "opensent")["stateOrPrefixesReceived"] == "OpenSent"
    assert learned(read(sandbox, key, ROUTES)) == []


@pytest.mark.parametrize("oddity", ["private_network", "unadvertised_network", "overlapping_vnet", "halves_of_default"])
def test_a_network_that_should_not_be_there_leaves_the_count_as_it_is(
    sandbox: SandboxProcess, key: str, oddity: str
) -> None:
    before = networks(sandbox, key)
    after = [row["network"] for row in learned(routes(sandbox, key, oddity))]
    assert len(after) == len(before)
    assert 1 <= len(set(after) - set(before)) <= 2


def test_a_microsoft_peering_may_receive_what_is_private_or_not_advertised(sandbox: SandboxProcess, key: str) -> None:
    for oddity, is_global in (("private_network", False), ("unadvertised_network", True)):
        network = ip_network(routes(sandbox, key, oddity, MICROSOFT)[0]["network"])
        assert network.is_global is is_global
        assert not network.overlaps(ip_network("124.0.0.0/23"))


def test_the_customer_may_announce_the_space_of_a_vnet_or_both_halves_of_everything(
    sandbox: SandboxProcess, key: str
) -> None:
    rows = routes(sandbox, key, "overlapping_vnet")
    assert {row["network"] for row in learned(rows)} & {row["network"] for row in rows if row["path"] == "65515"}
    assert {"0.0.0.0/1", "128.0.0.0/1"} <= {row["network"] for row in routes(sandbox, key, "halves_of_default")}


@pytest.mark.parametrize(("oddity", "asn"), [("documentation_asn", "64500"), ("leaked_azure_route", "12076")])
def test_a_path_may_have_an_as_that_should_not_be_in_it(
    sandbox: SandboxProcess, key: str, oddity: str, asn: str
) -> None:
    assert sum(asn in row["path"].split() for row in routes(sandbox, key, oddity)) == 1


def test_paths_may_begin_with_another_as(sandbox: SandboxProcess, key: str) -> None:
    assert {row["path"].split()[0] for row in learned(routes(sandbox, key, "another_first_asn"))} == {"64555"}


def test_hops_may_be_starred_and_a_network_come_from_two_edges(sandbox: SandboxProcess, key: str) -> None:
    assert {row["nextHop"] for row in learned(routes(sandbox, key, "starred_hops"))} == {f"{EDGE['primary']}*"}
    assert len({row["nextHop"] for row in learned(routes(sandbox, key, "two_edges"))}) == 2


def test_no_vnet_may_be_linked_and_weights_be_unusual(sandbox: SandboxProcess, key: str) -> None:
    rows = routes(sandbox, key, "no_vnets")
    assert rows == learned(rows)
    assert {(row["weight"], row["locPrf"]) for row in learned(routes(sandbox, key, "weights"))} == {(100, "200")}


@pytest.mark.parametrize("table", TABLES)
def test_fields_may_be_missing_whatever_else_is_odd(sandbox: SandboxProcess, key: str, table: str) -> None:
    whole = read(sandbox, key, table)[0]
    sandbox.behave(table_oddities="missing_fields")
    assert read(sandbox, key, table)[0].keys() < whole.keys()
    sandbox.behave(table_oddities=sandbox.values_of("table_oddities"))
    for peering in (PRIVATE, MICROSOFT):
        assert isinstance(read(sandbox, key, table, peering=peering), list)


def test_what_is_odd_asks_neither_for_ipv4_nor_for_rows(sandbox: SandboxProcess) -> None:
    peerings: dict[str, dict[str, Any]] = {
        PRIVATE: {"peerASN": 65010, "ipv6PeeringConfig": IPV6},
        MICROSOFT: {"peerASN": 64900},
    }
    key = order(sandbox, **peerings)
    for oddity in sandbox.values_of("table_oddities"):
        assert isinstance(routes(sandbox, key, oddity), list)
    for table in TABLES:
        assert read(sandbox, key, table, peering=MICROSOFT) == []


@pytest.mark.parametrize("value", ["sunny", ["looped_mac", "sunny"], 7, None, [["looped_mac"]], {"looped_mac": True}])
def test_an_oddity_that_nobody_knows_is_refused(sandbox: SandboxProcess, value: object) -> None:
    answer = control(sandbox, "PATCH", "behaviour", json={"table_oddities": value})
    assert answer.status_code == 400
    assert "looped_mac" in answer.json()["error"]
