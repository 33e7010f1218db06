"""Writes of one peering that collide, fail, never end, or that Azure hardly looks at."""

from pathlib import Path
from typing import Any

import pytest
from requests import ConnectionError as NoAnswerError
from requests import Response

from tests.integration.sandbox.estates import NOT_PROVISIONED, refusal
from tests.integration.sandbox.tables import ARP, IPV6, MICROSOFT, PEERINGS, PRIVATE, ask_for, condition, order
from tests.integration.sandbox.tables import read as read_table
from tests.integration.sandbox.writing import (
    PROVIDER_STATE,
    body_of,
    delete_peering,
    facts,
    finish,
    peering_path,
    put,
    put_peering,
    read,
    read_peering,
    stall,
    write_peering,
)
from tests.sandbox_process import SandboxProcess

KEY = NOT_PROVISIONED
WAYS = ("PUT", "DELETE")


@pytest.fixture
def key(sandbox: SandboxProcess) -> str:
    """A circuit with a private peering of the customer's."""
    return order(sandbox)


def start(sandbox: SandboxProcess, key: str, way: str, **headers: str) -> Response:
    """Write the private peering, or delete it."""
    if way == "DELETE":
        return delete_peering(sandbox, key, PRIVATE, **headers)
    return put_peering(sandbox, key, PRIVATE, {"properties": PEERINGS[PRIVATE] | {"vlanId": 201}}, **headers)


def names(sandbox: SandboxProcess, key: str) -> list[str]:
    return [one["name"] for one in facts(sandbox, key)["peerings"]]


@pytest.mark.parametrize("status", [429, 400])
@pytest.mark.parametrize("running", [*WAYS, "of the cross connection"])
@pytest.mark.parametrize("second", [*WAYS, "of the cross connection"])
def test_a_write_is_refused_while_another_one_runs(
    sandbox: SandboxProcess, key: str, running: str, second: str, status: int
) -> None:
    sandbox.behave(parallel_writes=f"refused_{status}")
    sandbox.fault("operation-stall")
    begin(sandbox, key, running)
    before = read(sandbox, key)
    assert refusal(begin(sandbox, key, second)) == (status, "AnotherOperationInProgress")
    assert read(sandbox, key) == before


def begin(sandbox: SandboxProcess, key: str, way: str) -> Response:
    if way in WAYS:
        return start(sandbox, key, way)
    return put(sandbox, key, body_of(sandbox, key, peerings=facts(sandbox, key)["peerings"]))


@pytest.mark.parametrize("way", WAYS)
def test_one_may_be_accepted_and_fail_and_change_nothing(sandbox: SandboxProcess, key: str, way: str) -> None:
    sandbox.behave(parallel_writes="fails")
    stall(sandbox, key, peerings=facts(sandbox, key)["peerings"])
    before = read(sandbox, key)
    state = finish(sandbox, start(sandbox, key, way))
    assert (state["status"], state["error"]["code"]) == ("Failed", "AnotherOperationInProgress")
    assert read(sandbox, key) == before


def test_a_write_that_is_allowed_brings_the_one_that_ran_to_its_end(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(parallel_writes="allowed")
    sandbox.fault("operation-stall", method="PUT")
    start(sandbox, key, "PUT")
    write_peering(sandbox, key, MICROSOFT, **PEERINGS[MICROSOFT])
    found = read_peering(sandbox, key, PRIVATE)
    told = [found["properties"][name] for name in ("provisioningState", "azureASN", "state", "vlanId")]
    assert told == ["Succeeded", 12076, "Enabled", 201]
    assert found["etag"].startswith('W/"')


def test_a_peering_that_is_written_while_it_is_deleted_is_there_and_a_new_one(
    sandbox: SandboxProcess, key: str
) -> None:
    sandbox.behave(parallel_writes="allowed")
    condition(sandbox, key, "no-arp", peering=PRIVATE)
    sandbox.fault("operation-stall", method="DELETE")
    start(sandbox, key, "DELETE")
    write_peering(sandbox, key, PRIVATE, **PEERINGS[PRIVATE])
    assert len(read_table(sandbox, key, ARP)) == 2


def test_a_failed_write_over_one_that_ran_leaves_what_that_one_wrote(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(parallel_writes="allowed")
    sandbox.fault("operation-stall", method="PUT")
    start(sandbox, key, "PUT")
    sandbox.fault("operation-failure", method="PUT")
    finish(sandbox, put_peering(sandbox, key, PRIVATE, {"properties": PEERINGS[PRIVATE] | {"vlanId": 202}}))
    found = read_peering(sandbox, key, PRIVATE)["properties"]
    assert [found[name] for name in ("provisioningState", "state", "vlanId")] == ["Failed", "Enabled", 201]


@pytest.mark.parametrize(("value", "is_refused"), [("allowed", False), ("refused", True)])
@pytest.mark.parametrize("way", WAYS)
def test_a_write_while_a_table_is_read_is_refused_by_a_switch(
    sandbox: SandboxProcess, key: str, way: str, value: str, *, is_refused: bool
) -> None:
    sandbox.behave(writes_during_table_reads=value)
    sandbox.fault("operation-stall", method="POST")
    ask_for(sandbox, key, ARP)
    assert (start(sandbox, key, way).status_code == 429) is is_refused


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    ("value", "etag", "is_refused"),
    [
        ("ignored", 'W/"another"', False),
        ("honoured", 'W/"another"', True),
        ("honoured", "the cross connection's", True),
        ("honoured", "its own", False),
        ("honoured", "*", False),
    ],
)
def test_the_etag_in_if_match_is_the_peerings(
    sandbox: SandboxProcess, key: str, way: str, value: str, etag: str, *, is_refused: bool
) -> None:
    sandbox.behave(if_match=value)
    known = {"its own": read_peering(sandbox, key, PRIVATE), "the cross connection's": read(sandbox, key)}
    answer = start(sandbox, key, way, If_Match=known[etag]["etag"] if etag in known else etag)
    assert (answer.status_code == 412) is is_refused
    if is_refused:
        assert refusal(answer) == (412, "PreconditionFailed")


def test_what_is_not_there_matches_no_etag_at_all(sandbox: SandboxProcess) -> None:
    sandbox.behave(if_match="honoured")
    assert start(sandbox, KEY, "PUT", If_Match="*").status_code == 412
    assert start(sandbox, KEY, "PUT").status_code == 201


def failed(sandbox: SandboxProcess, key: str, way: str) -> None:
    sandbox.fault("operation-failure", method=way, code="ExpressRouteProviderError")
    state = finish(sandbox, start(sandbox, key, way))
    assert (state["status"], state["error"]["code"]) == ("Failed", "ExpressRouteProviderError")


@pytest.mark.parametrize("way", WAYS)
def test_a_failure_leaves_the_peering_as_it_was_and_failed(sandbox: SandboxProcess, key: str, way: str) -> None:
    before, own = read_peering(sandbox, key, PRIVATE), facts(sandbox, key)
    failed(sandbox, key, way)
    after = read_peering(sandbox, key, PRIVATE)
    assert after["properties"] == before["properties"] | {"provisioningState": "Failed"}
    assert after["etag"] != before["etag"]
    assert facts(sandbox, key) | {"peerings": []} == own | {"peerings": []}


def test_a_new_peering_that_fails_is_not_there(sandbox: SandboxProcess) -> None:
    failed(sandbox, KEY, "PUT")
    assert names(sandbox, KEY) == []


@pytest.mark.parametrize("key_of", [lambda _: KEY, order], ids=["new", "known"])
def test_a_failure_may_leave_what_was_asked(sandbox: SandboxProcess, key_of: Any) -> None:
    key = key_of(sandbox)
    sandbox.behave(failed_write_leaves="asked")
    failed(sandbox, key, "PUT")
    found = read_peering(sandbox, key, PRIVATE)["properties"]
    assert [found[name] for name in ("provisioningState", "vlanId", "state")] == ["Failed", 201, "Enabled"]


def test_a_deletion_that_fails_may_have_deleted_all_the_same(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(failed_write_leaves="asked")
    failed(sandbox, key, "DELETE")
    assert names(sandbox, key) == []


def test_by_a_switch_the_cross_connection_fails_with_its_peering(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(peering_write_updates_parent=True)
    failed(sandbox, key, "PUT")
    assert facts(sandbox, key)["provisioningState"] == "Failed"


def test_a_failure_takes_back_the_key_but_not_what_the_customer_did(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(shared_key_echoed=True)
    write_peering(sandbox, key, PRIVATE, **PEERINGS[PRIVATE], sharedKey="A1B2C3D4")
    sandbox.fault("operation-failure", method="PUT")
    body = {"properties": PEERINGS[PRIVATE] | {"sharedKey": "E5F6"}}
    answer = put_peering(sandbox, key, PRIVATE, body)
    sandbox.edit(key, bandwidth_mbps=500, peerings={MICROSOFT: PEERINGS[MICROSOFT]})
    finish(sandbox, answer)
    assert names(sandbox, key) == [PRIVATE, MICROSOFT]
    assert facts(sandbox, key)["bandwidthInMbps"] == 500
    assert read_peering(sandbox, key, PRIVATE)["properties"]["sharedKey"] == "A1B2C3D4"


def test_the_next_write_heals_a_failed_peering(sandbox: SandboxProcess, key: str) -> None:
    failed(sandbox, key, "PUT")
    assert write_peering(sandbox, key, PRIVATE, **PEERINGS[PRIVATE])["properties"]["provisioningState"] == "Succeeded"


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("way", WAYS)
def test_an_answer_can_be_lost_before_a_write_takes_effect_or_after_it(
    sandbox: SandboxProcess, key: str, way: str, when: str
) -> None:
    before = read(sandbox, key)
    sandbox.fault("operation-stall", method=way)
    sandbox.fault("reset", method=way, when=when)
    with pytest.raises(NoAnswerError):
        start(sandbox, key, way)
    assert (read(sandbox, key) == before) is (when == "before")


def test_a_restart_ends_what_was_written_and_what_was_deleted(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, size=2, arguments=["--operation-seconds", "600"]) as sandbox:
        other = order(sandbox)
        put_peering(sandbox, KEY, PRIVATE, {"properties": PEERINGS[PRIVATE]})
        delete_peering(sandbox, other, PRIVATE)
        assert facts(sandbox, KEY)["peerings"][0]["properties"]["state"] == "Disabled"
        sandbox.stop()
        sandbox.start()
        found = read_peering(sandbox, KEY, PRIVATE)["properties"]
        assert [found[name] for name in ("provisioningState", "azureASN", "state")] == ["Succeeded", 12076, "Enabled"]
        assert names(sandbox, other) == []


def test_a_vlan_of_another_peering_succeeds_and_changes_nothing(sandbox: SandboxProcess, key: str) -> None:
    """Azure/azure-cli#1574."""
    before = facts(sandbox, key)
    answer = put_peering(sandbox, key, MICROSOFT, {"properties": PEERINGS[MICROSOFT] | {"vlanId": 200}})
    assert (answer.status_code, answer.json()["properties"]["vlanId"]) == (201, 200)
    assert finish(sandbox, answer) == {"status": "Succeeded"}
    assert facts(sandbox, key) == before
    assert refusal(sandbox.get(peering_path(sandbox, key, MICROSOFT))) == (404, "NotFound")


def test_a_known_peering_is_then_to_the_letter_as_it_was(sandbox: SandboxProcess, key: str) -> None:
    before = write_peering(sandbox, key, MICROSOFT, **PEERINGS[MICROSOFT])
    finish(sandbox, put_peering(sandbox, key, MICROSOFT, {"properties": PEERINGS[MICROSOFT] | {"vlanId": 200}}))
    assert read_peering(sandbox, key, MICROSOFT) == before


def test_by_a_switch_it_is_applied(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(duplicate_vlan="applied")
    found = write_peering(sandbox, key, MICROSOFT, **PEERINGS[MICROSOFT] | {"vlanId": 200})
    assert found["properties"]["vlanId"] == 200


def test_or_refused(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(duplicate_vlan="refused")
    before = read(sandbox, key)
    answer = put_peering(sandbox, key, MICROSOFT, {"properties": PEERINGS[MICROSOFT] | {"vlanId": 200}})
    assert refusal(answer) == (400, "VlanIdInUse")
    assert f"/{key}/peerings/{PRIVATE}" in answer.json()["error"]["message"]
    assert read(sandbox, key) == before


def test_its_own_vlan_and_none_at_all_are_nobody_elses(sandbox: SandboxProcess, key: str) -> None:
    sandbox.behave(duplicate_vlan="refused")
    sandbox.edit(key, peerings={MICROSOFT: {"peerASN": 64900}})
    write_peering(sandbox, key, PRIVATE, **PEERINGS[PRIVATE])
    write_peering(sandbox, key, PRIVATE, peerASN=65010)


LINK = "172.31.0.0/30"
SHARED: list[dict[str, Any]] = [
    {"primaryPeerAddressPrefix": LINK},
    {"secondaryPeerAddressPrefix": "172.31.0.6/30"},
    {"ipv6PeeringConfig": {"primaryPeerAddressPrefix": "fd4e:0::4/126"}},
]


@pytest.mark.parametrize("shared", SHARED, ids=str)
def test_links_of_another_peering_fail_with_words_that_tell_nothing(
    sandbox: SandboxProcess, shared: dict[str, Any]
) -> None:
    """Azure/azure-xplat-cli#2711."""
    key = order(sandbox, **{PRIVATE: PEERINGS[PRIVATE] | {"ipv6PeeringConfig": IPV6}})
    answer = put_peering(sandbox, key, MICROSOFT, {"properties": PEERINGS[MICROSOFT] | shared})
    assert answer.status_code == 201
    error = {"code": "InternalServerError", "message": "An error occurred.", "details": []}
    assert finish(sandbox, answer) == {"status": "Failed", "error": error}
    assert names(sandbox, key) == [PRIVATE]


@pytest.mark.parametrize("prefix", ["172.31.0.8/30", "172.31.0.0/29", "no network"])
def test_other_links_are_not_looked_at(sandbox: SandboxProcess, key: str, prefix: str) -> None:
    sandbox.edit(key, peerings={PRIVATE: {"secondaryPeerAddressPrefix": "no network"}})
    write_peering(sandbox, key, MICROSOFT, **PEERINGS[MICROSOFT] | {"primaryPeerAddressPrefix": prefix})


def test_a_microsoft_peering_without_its_configuration_is_refused(sandbox: SandboxProcess) -> None:
    """Azure/azure-cli#1175."""
    for more in ({}, {"ipv6PeeringConfig": IPV6}):
        answer = put_peering(sandbox, KEY, "microsoftpeering", {"properties": PEERINGS[PRIVATE] | more})
        assert refusal(answer) == (400, "MicrosoftPeeringConfigNotSpecified")
        assert answer.json()["error"]["message"] == (
            f"Microsoft Peering Config is not specified for Express Route Bgp Peering "
            f"{peering_path(sandbox, KEY, MICROSOFT)}."
        )


def test_a_configuration_for_ipv6_alone_is_enough(sandbox: SandboxProcess) -> None:
    config = {"advertisedPublicPrefixes": ["2a10:8000::/48"]}
    ipv6 = IPV6 | {"microsoftPeeringConfig": config}
    write_peering(sandbox, KEY, MICROSOFT, peerASN=64900, vlanId=300, ipv6PeeringConfig=ipv6)
    assert names(sandbox, KEY) == [MICROSOFT]


def test_a_peering_is_written_whatever_the_provider_says_of_the_circuit(sandbox: SandboxProcess) -> None:
    assert facts(sandbox, KEY)[PROVIDER_STATE] == "NotProvisioned"
    assert start(sandbox, KEY, "PUT").status_code == 201
