"""A circuit's page: what its customer and the network do to it by hand."""

from typing import Any

import pytest

from sandbox.estate.conditions import CONDITIONS
from tests.integration.sandbox.estates import control
from tests.integration.sandbox.page import CIRCUITS, Browser
from tests.integration.sandbox.test_page import HOSTILE, PROVISIONED
from tests.integration.sandbox.writing import PROVIDER_STATE, facts, write
from tests.sandbox_process import SandboxProcess

PRIVATE, MICROSOFT = "AzurePrivatePeering", "MicrosoftPeering"


@pytest.fixture
def key(sandbox: SandboxProcess) -> str:
    """A circuit that was just ordered, in the test subscription."""
    return sandbox.order(subscription="northlink-er-test", peering_location="EUAP Test", bandwidth_mbps=1000)


@pytest.fixture
def path(key: str) -> str:
    return f"{CIRCUITS}/{key}"


def peering(sandbox: SandboxProcess, key: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in facts(sandbox, key)["peerings"] if one["name"] == name)["properties"]
    return found


def conditions(sandbox: SandboxProcess, key: str) -> dict[tuple[str, str], tuple[str, int]]:
    entries = control(sandbox, "GET", f"circuits/{key}/conditions").json()["conditions"]
    return {(one["peering"], one["path"]): (one["condition"], one["routes"]) for one in entries}


def test_it_shows_what_azure_has(sandbox: SandboxProcess, browser: Browser, key: str, path: str) -> None:
    text, known = browser.open(path).text, facts(sandbox, key)
    for word in (key, "NotProvisioned", "1 Gbps", "EUAP Test", known["primaryAzurePort"], known["secondaryAzurePort"]):
        assert word in text


def test_the_bandwidth_is_raised_and_only_larger_ones_are_offered(
    sandbox: SandboxProcess, browser: Browser, key: str, path: str
) -> None:
    assert browser.open(path).forms["raise"].choices["bandwidth_mbps"] == ["2000", "5000", "10000"]
    assert "The bandwidth is raised." in browser.press(path, "raise", bandwidth_mbps="10000").text
    assert facts(sandbox, key)["bandwidthInMbps"] == 10000
    assert "raise" not in browser.open(path).forms


@pytest.mark.parametrize("typed", ["500", "1000", "", "lots"])
def test_a_bandwidth_that_cannot_be_is_refused(
    sandbox: SandboxProcess, browser: Browser, key: str, path: str, typed: str
) -> None:
    seen = browser.press(path, "raise", bandwidth_mbps=typed)
    assert (seen.status, "can only be raised" in seen.text) == (400, True)
    assert facts(sandbox, key)["bandwidthInMbps"] == 1000


def test_the_form_for_a_new_private_peering_can_be_sent_as_it_is(
    sandbox: SandboxProcess, browser: Browser, key: str, path: str
) -> None:
    browser.press(path, f"edit {PRIVATE}")
    known = peering(sandbox, key, PRIVATE)
    assert (known["vlanId"], known["peerASN"], known["state"]) == (200, 65010, "Enabled")
    assert known["lastModifiedBy"] == "Customer"
    assert "microsoftPeeringConfig" not in known


def test_the_form_for_a_new_microsoft_peering_can_be_sent_as_it_is(
    sandbox: SandboxProcess, browser: Browser, key: str, path: str
) -> None:
    browser.press(path, f"edit {MICROSOFT}", advertised_prefixes="124.50.0.0/24\r\n\r\n 124.51.0.0/24 ")
    config = peering(sandbox, key, MICROSOFT)["microsoftPeeringConfig"]
    assert config["advertisedPublicPrefixes"] == ["124.50.0.0/24", "124.51.0.0/24"]
    assert config["advertisedPublicPrefixesState"] == "Configured"
    infos = [(one["prefix"], one["validationState"]) for one in config["advertisedPublicPrefixInfo"]]
    assert infos == [("124.50.0.0/24", "Configured"), ("124.51.0.0/24", "Configured")]


def test_an_edit_changes_what_was_typed_and_nothing_else(
    sandbox: SandboxProcess, browser: Browser, key: str, path: str
) -> None:
    browser.press(path, f"edit {MICROSOFT}")
    before = peering(sandbox, key, MICROSOFT)
    typed = {"vlan_id": "777", "secondary_prefix": "123.45.68.4/30", "peering_state": "Disabled"}
    browser.press(path, f"edit {MICROSOFT}", **typed)
    changed = {"vlanId": 777, "secondaryPeerAddressPrefix": "123.45.68.4/30", "state": "Disabled"}
    assert peering(sandbox, key, MICROSOFT) == before | changed


def test_the_customer_may_say_what_azure_makes_of_the_prefixes(
    sandbox: SandboxProcess, browser: Browser, key: str, path: str
) -> None:
    browser.press(path, f"edit {MICROSOFT}")
    browser.press(path, f"edit {MICROSOFT}", prefixes_state="ValidationNeeded")
    config = peering(sandbox, key, MICROSOFT)["microsoftPeeringConfig"]
    assert config["advertisedPublicPrefixesState"] == "ValidationNeeded"
    assert [one["validationState"] for one in config["advertisedPublicPrefixInfo"]] == ["ValidationNeeded"]


def test_a_form_without_a_difference_is_refused(browser: Browser, path: str) -> None:
    browser.press(path, f"edit {PRIVATE}")
    seen = browser.press(path, f"edit {PRIVATE}")
    assert (seen.status, "Nothing here is different" in seen.text) == (400, True)


@pytest.mark.parametrize(
    "wrong",
    [
        ("vlan_id", "banana", "vlanId"),
        ("vlan_id", "", "vlanId"),
        ("vlan_id", "1.5", "vlanId"),
        ("peer_asn", "0", "peerASN"),
        ("peering_state", "Sleeping", "state"),
        ("prefixes_state", "Lovely", "advertisedPublicPrefixesState"),
    ],
)
def test_an_edit_that_cannot_be_keeps_what_was_typed(
    sandbox: SandboxProcess, browser: Browser, key: str, wrong: tuple[str, str, str]
) -> None:
    path, (field, value, word) = f"{CIRCUITS}/{key}", wrong
    browser.press(path, f"edit {MICROSOFT}")
    before = peering(sandbox, key, MICROSOFT)
    typed = {"primary_prefix": "9.9.9.0/30", field: value, "shared_key": "verysecret1"}
    seen = browser.press(path, f"edit {MICROSOFT}", **typed)
    assert (seen.status, word in seen.text) == (400, True)
    form = seen.forms[f"edit {MICROSOFT}"]
    assert form.fields["primary_prefix"] == "9.9.9.0/30"
    if field not in form.choices:
        assert form.fields[field] == value
    assert "verysecret1" not in seen.answer.text
    assert peering(sandbox, key, MICROSOFT) == before


def test_a_shared_key_is_set_kept_and_taken_away_and_never_shown(
    sandbox: SandboxProcess, browser: Browser, key: str, path: str
) -> None:
    sandbox.behave(shared_key_echoed=True)
    browser.press(path, f"edit {PRIVATE}", shared_key="verysecret1")
    browser.press(path, f"edit {PRIVATE}", vlan_id="201")
    assert peering(sandbox, key, PRIVATE)["sharedKey"] == "verysecret1"
    assert "verysecret1" not in browser.open(path).answer.text
    browser.press(path, f"edit {PRIVATE}", remove_key="yes")
    assert "sharedKey" not in peering(sandbox, key, PRIVATE)


def test_a_peering_is_removed(sandbox: SandboxProcess, browser: Browser, key: str, path: str) -> None:
    browser.press(path, f"edit {PRIVATE}")
    assert "The peering is removed." in browser.press(path, f"remove {PRIVATE}").text
    assert facts(sandbox, key)["peerings"] == []


@pytest.mark.parametrize("do", ["edit HomePeering", "remove HomePeering", "edit "])
def test_a_peering_that_azure_does_not_have_is_refused(browser: Browser, path: str, do: str) -> None:
    answer = browser.post(path, do, {"vlan_id": "200"})
    assert (answer.status_code, "AzurePrivatePeering and MicrosoftPeering" in answer.text) == (400, True)


def test_hostile_facts_are_harmless(browser: Browser, path: str) -> None:
    browser.press(path, f"edit {MICROSOFT}", primary_prefix=HOSTILE, advertised_prefixes=HOSTILE)
    seen = browser.open(path)
    assert HOSTILE in seen.text
    assert "script" not in seen.tags
    assert seen.forms[f"edit {MICROSOFT}"].fields["primary_prefix"] == HOSTILE


def test_a_circuit_is_deleted(browser: Browser, key: str, path: str) -> None:
    seen = browser.press(path, "delete")
    assert "The circuit is deleted" in seen.text
    assert key not in seen.text
    assert browser.open(path).status == 404
    assert browser.post(path, "delete", {}).status_code == 404


@pytest.mark.parametrize("state", ["Provisioning", "Provisioned"])
def test_a_circuit_that_the_provider_serves_cannot_be_deleted_here(
    sandbox: SandboxProcess, browser: Browser, key: str, path: str, state: str
) -> None:
    write(sandbox, key, **{PROVIDER_STATE: state})
    seen = browser.open(path)
    assert f"Azure does not let a customer delete a circuit that is {state}" in seen.text
    assert "delete" not in seen.forms
    assert browser.post(path, "delete", {}).status_code == 400
    assert browser.open(path).status == 200
    sandbox.delete(key)


@pytest.mark.parametrize("condition", CONDITIONS)
def test_the_network_does_each_condition_and_says_what_it_is(
    sandbox: SandboxProcess, browser: Browser, condition: str
) -> None:
    path = f"{CIRCUITS}/{PROVISIONED}"
    browser.press(path, f"edit {PRIVATE}")
    browser.press(path, "condition", peering=PRIVATE, path="secondary", condition=condition)
    told = {where: word for where, (word, _) in conditions(sandbox, PROVISIONED).items()}
    assert told == {(PRIVATE, "primary"): "healthy", (PRIVATE, "secondary"): condition}


def test_everything_is_healthy_again(sandbox: SandboxProcess, browser: Browser) -> None:
    path = f"{CIRCUITS}/{PROVISIONED}"
    browser.press(path, f"edit {PRIVATE}")
    assert "heal" not in browser.open(path).forms
    browser.press(path, "condition", peering="", path="both", condition="no-arp")
    assert {word for word, _ in conditions(sandbox, PROVISIONED).values()} == {"no-arp"}
    browser.press(path, "heal")
    assert {word for word, _ in conditions(sandbox, PROVISIONED).values()} == {"healthy"}


def test_the_edge_announces_as_many_routes(sandbox: SandboxProcess, browser: Browser) -> None:
    path = f"{CIRCUITS}/{PROVISIONED}"
    browser.press(path, f"edit {PRIVATE}")
    browser.press(path, "routes", path="both", count="4100")
    browser.press(path, "routes", path="primary", count="0")
    assert conditions(sandbox, PROVISIONED) == {
        (PRIVATE, "primary"): ("healthy", 0),
        (PRIVATE, "secondary"): ("healthy", 4100),
    }


@pytest.mark.parametrize(
    ("do", "typed", "word"),
    [
        ("condition", {"condition": "eaten"}, "condition"),
        ("condition", {"path": "third"}, "path"),
        ("condition", {"peering": "HomePeering"}, "peering"),
        ("routes", {"count": "many"}, "count takes a whole number"),
        ("routes", {"count": "10001"}, "count takes a whole number"),
        ("routes", {"count": ""}, "needs count"),
    ],
)
def test_what_the_network_cannot_do_is_refused(browser: Browser, do: str, typed: dict[str, str], word: str) -> None:
    path = f"{CIRCUITS}/{PROVISIONED}"
    browser.press(path, f"edit {PRIVATE}")
    seen = browser.press(path, do, **typed)
    assert (seen.status, word in seen.text) == (400, True)
    assert seen.forms[do].fields.get("count") == typed.get("count")
