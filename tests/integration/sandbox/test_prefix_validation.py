"""What Azure says of the public prefixes that a partner writes into a Microsoft peering."""

import time
from pathlib import Path
from typing import Any

import pytest

from tests.integration.sandbox.estates import NOT_PROVISIONED, control
from tests.integration.sandbox.tables import MICROSOFT, SUMMARY
from tests.integration.sandbox.tables import read as read_table
from tests.integration.sandbox.writing import (
    body_of,
    finish,
    put,
    put_peering,
    read,
    read_peering,
    write,
    write_peering,
)
from tests.sandbox_process import SandboxProcess

KEY = NOT_PROVISIONED
ONE, OTHER, V6 = "124.0.0.0/24", "124.0.1.0/24", "2a10:8000::/48"
LINKS = {"primaryPeerAddressPrefix": "123.0.0.0/30", "secondaryPeerAddressPrefix": "123.0.0.4/30"}
IPV6 = {"primaryPeerAddressPrefix": "2a10::/126", "secondaryPeerAddressPrefix": "2a10::4/126"}
WORDS = [
    *("Configured", "ValidationNeeded", "ManualValidationNeeded", "ValidationFailed", "AsnValidationFailed"),
    *("CertificateMissingInRoutingRegistry", "InvalidSignatureEncoding", "SignatureVerificationFailed"),
]


def body(*prefixes: str, asn: int = 64900, **config: Any) -> dict[str, Any]:
    """A Microsoft peering as a partner writes it."""
    told = {"advertisedPublicPrefixes": list(prefixes), **config}
    return {"peerASN": asn, "vlanId": 300, **LINKS, "microsoftPeeringConfig": told}


def states(peering: dict[str, Any]) -> tuple[str, dict[str, str]]:
    """What is said of all prefixes, and of each."""
    config = peering["properties"]["microsoftPeeringConfig"]
    infos = config["advertisedPublicPrefixInfo"]
    return config["advertisedPublicPrefixesState"], {one["prefix"]: one["validationState"] for one in infos}


def written(sandbox: SandboxProcess, *prefixes: str, **config: Any) -> tuple[str, dict[str, str]]:
    return states(write_peering(sandbox, KEY, MICROSOFT, **body(*prefixes, **config)))


def test_until_the_write_is_done_new_prefixes_are_not_configured(sandbox: SandboxProcess) -> None:
    sandbox.fault("operation-stall", method="PUT")
    answer = put_peering(sandbox, KEY, MICROSOFT, {"properties": body(ONE)})
    for told in (answer.json(), read_peering(sandbox, KEY, MICROSOFT)):
        assert states(told) == ("NotConfigured", {ONE: "NotConfigured"})
    [row] = read_table(sandbox, KEY, SUMMARY, peering=MICROSOFT)
    assert row["stateOrPrefixesReceived"] == "Idle (Admin)"


@pytest.mark.parametrize("word", WORDS)
def test_what_azure_comes_to_is_a_switch(sandbox: SandboxProcess, word: str) -> None:
    sandbox.behave(prefix_validation=word)
    overall = "Configured" if word == "Configured" else "ValidationNeeded"
    assert written(sandbox, ONE, OTHER) == (overall, {ONE: word, OTHER: word})
    assert len(read_table(sandbox, KEY, SUMMARY, peering=MICROSOFT)) == (word == "Configured")


def test_the_switch_takes_only_what_a_validation_can_come_to(sandbox: SandboxProcess) -> None:
    assert sandbox.values_of("prefix_validation") == WORDS
    for word in ("NotConfigured", "Configuring", ""):
        assert control(sandbox, "PATCH", "behaviour", json={"prefix_validation": word}).status_code == 400


def test_what_was_asked_when_the_write_began_counts(sandbox: SandboxProcess) -> None:
    sandbox.behave(prefix_validation="ValidationFailed")
    answer = put_peering(sandbox, KEY, MICROSOFT, {"properties": body(ONE)})
    sandbox.behave(prefix_validation="Configured")
    finish(sandbox, answer)
    assert states(read_peering(sandbox, KEY, MICROSOFT)) == ("ValidationNeeded", {ONE: "ValidationFailed"})


def test_only_prefixes_that_are_new_are_looked_at(sandbox: SandboxProcess) -> None:
    written(sandbox, ONE)
    sandbox.behave(prefix_validation="ManualValidationNeeded")
    expected = {ONE: "Configured", OTHER: "ManualValidationNeeded"}
    assert written(sandbox, ONE, OTHER) == ("ValidationNeeded", expected)
    assert written(sandbox, ONE, OTHER) == ("ValidationNeeded", expected)
    assert written(sandbox, ONE) == ("Configured", {ONE: "Configured"})


@pytest.mark.parametrize("change", [{"asn": 64901}, {"customerASN": 45}, {"routingRegistryName": "ARIN"}], ids=str)
def test_all_are_looked_at_anew_when_the_as_or_the_registry_is_another(
    sandbox: SandboxProcess, change: dict[str, Any]
) -> None:
    written(sandbox, ONE)
    sandbox.behave(prefix_validation="AsnValidationFailed")
    assert written(sandbox, ONE, customerASN=0, routingRegistryName="") == ("Configured", {ONE: "Configured"})
    assert written(sandbox, ONE, **change) == ("ValidationNeeded", {ONE: "AsnValidationFailed"})


def test_the_validation_id_has_the_new_as(sandbox: SandboxProcess) -> None:
    for asn in (64900, 64901):
        found = write_peering(sandbox, KEY, MICROSOFT, **body(ONE, asn=asn))
        [info] = found["properties"]["microsoftPeeringConfig"]["advertisedPublicPrefixInfo"]
        assert info["validationId"] == f"Azure-SKEY|{KEY}|{ONE}|ASN-{asn}"


def test_for_some_time_they_are_configuring(sandbox: SandboxProcess) -> None:
    sandbox.behave(prefix_validation_seconds=3600)
    assert written(sandbox, ONE) == ("Configuring", {ONE: "Configuring"})
    assert read_table(sandbox, KEY, SUMMARY, peering=MICROSOFT) == []
    found = read_peering(sandbox, KEY, MICROSOFT)["properties"]
    assert (found["provisioningState"], found["state"]) == ("Succeeded", "Enabled")


def test_then_comes_the_word(sandbox: SandboxProcess) -> None:
    sandbox.behave(prefix_validation_seconds=1, prefix_validation="ValidationNeeded")
    told, deadline = written(sandbox, ONE), time.monotonic() + 30
    while told[0] == "Configuring":
        assert time.monotonic() < deadline
        told = states(read_peering(sandbox, KEY, MICROSOFT))
    assert told == ("ValidationNeeded", {ONE: "ValidationNeeded"})


@pytest.mark.parametrize("moves", [True, False])
def test_a_restart_ends_it_and_the_etags_are_others(tmp_path: Path, *, moves: bool) -> None:
    with SandboxProcess(tmp_path, size=2, arguments=["--operation-seconds", "0.05"]) as sandbox:
        sandbox.behave(
            prefix_validation_seconds=3600, prefix_validation="ValidationFailed", peering_edit_moves_etag=moves
        )
        before, whole = write_peering(sandbox, KEY, MICROSOFT, **body(ONE)), read(sandbox, KEY)
        assert states(before)[0] == "Configuring"
        sandbox.stop()
        sandbox.start()
        after = read_peering(sandbox, KEY, MICROSOFT)
        assert states(after) == ("ValidationNeeded", {ONE: "ValidationFailed"})
        assert after["etag"] != before["etag"]
        assert (read(sandbox, KEY)["etag"] != whole["etag"]) is moves


def test_what_the_customer_writes_meanwhile_stays(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, size=2, arguments=["--operation-seconds", "0.05"]) as sandbox:
        sandbox.behave(prefix_validation_seconds=3600)
        config = write_peering(sandbox, KEY, MICROSOFT, **body(ONE, OTHER))["properties"]["microsoftPeeringConfig"]
        config["advertisedPublicPrefixInfo"][0]["validationState"] = "ValidationFailed"
        config["advertisedPublicPrefixesState"] = "ValidationNeeded"
        sandbox.edit(KEY, peerings={MICROSOFT: {"microsoftPeeringConfig": config}})
        sandbox.stop()
        sandbox.start()
        expected = {ONE: "ValidationFailed", OTHER: "Configured"}
        assert states(read_peering(sandbox, KEY, MICROSOFT)) == ("ValidationNeeded", expected)


def test_a_word_of_the_customers_for_all_of_them_stays_as_well(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, size=2, arguments=["--operation-seconds", "0.05"]) as sandbox:
        sandbox.behave(prefix_validation_seconds=3600)
        config = write_peering(sandbox, KEY, MICROSOFT, **body(ONE))["properties"]["microsoftPeeringConfig"]
        told = config | {"advertisedPublicPrefixesState": "ValidationNeeded"}
        sandbox.edit(KEY, peerings={MICROSOFT: {"microsoftPeeringConfig": told}})
        sandbox.stop()
        sandbox.start()
        assert states(read_peering(sandbox, KEY, MICROSOFT)) == ("ValidationNeeded", {ONE: "Configured"})


def test_a_second_write_in_the_meantime_waits_for_the_same_end(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, size=2, arguments=["--operation-seconds", "0.05"]) as sandbox:
        sandbox.behave(prefix_validation_seconds=3600)
        written(sandbox, ONE)
        assert written(sandbox, ONE, OTHER) == ("Configuring", {ONE: "Configuring", OTHER: "Configuring"})
        sandbox.stop()
        sandbox.start()
        expected = {ONE: "Configured", OTHER: "Configured"}
        assert states(read_peering(sandbox, KEY, MICROSOFT)) == ("Configured", expected)


def test_each_family_has_a_word_of_its_own(sandbox: SandboxProcess) -> None:
    written(sandbox, ONE)
    sandbox.behave(prefix_validation="ValidationNeeded")
    part = {**IPV6, "microsoftPeeringConfig": {"advertisedPublicPrefixes": [V6]}}
    found = write_peering(sandbox, KEY, MICROSOFT, **body(ONE), ipv6PeeringConfig=part)
    assert states(found) == ("Configured", {ONE: "Configured"})
    assert states({"properties": found["properties"]["ipv6PeeringConfig"]}) == (
        "ValidationNeeded",
        {V6: "ValidationNeeded"},
    )


def test_a_configuration_without_prefixes_is_not_configured(sandbox: SandboxProcess) -> None:
    assert written(sandbox) == ("NotConfigured", {})


def test_a_failed_write_leaves_what_was_said_before(sandbox: SandboxProcess) -> None:
    before = written(sandbox, ONE)
    sandbox.fault("operation-failure", method="PUT")
    finish(sandbox, put_peering(sandbox, KEY, MICROSOFT, {"properties": body(OTHER)}))
    assert states(read_peering(sandbox, KEY, MICROSOFT)) == before


def test_a_failed_write_that_leaves_what_was_asked_lets_azure_look_at_nothing(sandbox: SandboxProcess) -> None:
    sandbox.behave(failed_write_leaves="asked")
    sandbox.fault("operation-failure", method="PUT")
    finish(sandbox, put_peering(sandbox, KEY, MICROSOFT, {"properties": body(ONE)}))
    assert states(read_peering(sandbox, KEY, MICROSOFT)) == ("NotConfigured", {ONE: "NotConfigured"})


def test_the_put_of_a_cross_connection_is_looked_at_alike(sandbox: SandboxProcess) -> None:
    sandbox.behave(prefix_validation="ValidationFailed")
    entry = {"name": MICROSOFT, "properties": body(ONE)}
    answer = put(sandbox, KEY, body_of(sandbox, KEY, peerings=[entry]))
    assert states(answer.json()["properties"]["peerings"][0])[0] == "NotConfigured"
    finish(sandbox, answer)
    assert states(read_peering(sandbox, KEY, MICROSOFT)) == ("ValidationNeeded", {ONE: "ValidationFailed"})
    sandbox.behave(prefix_validation="Configured")
    write(sandbox, KEY, peerings=[entry])
    assert states(read_peering(sandbox, KEY, MICROSOFT)) == ("ValidationNeeded", {ONE: "ValidationFailed"})


def test_a_state_of_the_customers_for_all_prefixes_holds_for_each_that_stays(sandbox: SandboxProcess) -> None:
    config = {"advertisedPublicPrefixes": [ONE], "advertisedPublicPrefixesState": "ValidationNeeded"}
    sandbox.edit(KEY, peerings={MICROSOFT: {**body(ONE), "microsoftPeeringConfig": config}})
    expected = {ONE: "ValidationNeeded", OTHER: "Configured"}
    assert written(sandbox, ONE, OTHER) == ("ValidationNeeded", expected)
