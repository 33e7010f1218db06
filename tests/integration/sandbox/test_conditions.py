"""What the network does to a circuit, and what its tables show of it."""

from pathlib import Path

import pytest

from tests.integration.sandbox.estates import control, list_documents, refusal
from tests.integration.sandbox.tables import (
    ARP,
    MICROSOFT,
    PATHS,
    PEERINGS,
    PRIVATE,
    ROUTES,
    SUMMARY,
    ask_for,
    condition,
    count,
    learned,
    networks,
    order,
    read,
    read_at,
)
from tests.sandbox_process import SandboxProcess


@pytest.fixture
def key(sandbox: SandboxProcess) -> str:
    return order(sandbox)


def state(sandbox: SandboxProcess, key: str, path: str = "primary", peering: str = PRIVATE) -> str:
    [row] = read(sandbox, key, SUMMARY, path, peering)
    told: str = row["stateOrPrefixesReceived"]
    return told


def on_prem(sandbox: SandboxProcess, key: str) -> list[str]:
    return [row["macAddress"] for row in read(sandbox, key, ARP) if row["interface"] == "On-Prem"]


def told(sandbox: SandboxProcess, key: str) -> dict[tuple[str, str], tuple[str, int]]:
    listed = control(sandbox, "GET", f"circuits/{key}/conditions").json()["conditions"]
    return {(one["peering"], one["path"]): (one["condition"], one["routes"]) for one in listed}


def test_a_new_peering_is_healthy_on_both_paths(sandbox: SandboxProcess, key: str) -> None:
    found = told(sandbox, key)
    assert {word for word, _ in found.values()} == {"healthy"}
    assert set(found) == {(PRIVATE, path) for path in PATHS}


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("no-arp", "Idle"),
        ("incomplete-arp", "Active"),
        ("bgp-idle", "Idle"),
        ("bgp-active", "Active"),
        ("over-prefix-limit", "Idle (PfxCt)"),
    ],
)
def test_a_session_that_is_down_has_a_word_and_no_routes_of_the_edge(
    sandbox: SandboxProcess, key: str, word: str, shown: str
) -> None:
    assert condition(sandbox, key, word).status_code == 200
    [row] = read(sandbox, key, SUMMARY)
    assert row["stateOrPrefixesReceived"] == shown
    assert row["upDown"].startswith("00:0")
    rows = read(sandbox, key, ROUTES)
    assert rows
    assert learned(rows) == []
    assert state(sandbox, key, "secondary").isdecimal()


def test_without_arp_there_are_no_rows_and_an_edge_that_is_silent_is_incomplete(
    sandbox: SandboxProcess, key: str
) -> None:
    condition(sandbox, key, "no-arp")
    assert read(sandbox, key, ARP) == []
    condition(sandbox, key, "incomplete-arp")
    assert on_prem(sandbox, key) == ["Incomplete"]
    condition(sandbox, key, "bgp-active")
    assert on_prem(sandbox, key) != ["Incomplete"]


def test_few_routes_are_a_tenth_of_the_others(sandbox: SandboxProcess, key: str) -> None:
    count(sandbox, key, 95)
    count(sandbox, key, 95, "secondary")
    condition(sandbox, key, "few-routes")
    few, all_of_them = networks(sandbox, key), networks(sandbox, key, "secondary")
    assert (len(few), len(all_of_them)) == (10, 95)
    assert set(few) < set(all_of_them)


def test_a_default_route_may_be_all_there_is(sandbox: SandboxProcess, key: str) -> None:
    condition(sandbox, key, "default-route-only")
    [row] = learned(read(sandbox, key, ROUTES))
    assert (row["network"], row["path"], state(sandbox, key)) == ("0.0.0.0/0", "65010", "1")


def test_a_prepended_path_is_longer_than_the_others(sandbox: SandboxProcess, key: str) -> None:
    condition(sandbox, key, "prepended")
    primary, secondary = (learned(read(sandbox, key, ROUTES, path)) for path in PATHS)
    assert [row["path"] for row in primary] == [f"65010 65010 65010 {row['path']}" for row in secondary]


def test_a_session_that_flaps_has_only_just_come_up(sandbox: SandboxProcess, key: str) -> None:
    condition(sandbox, key, "flapped")
    [row] = read(sandbox, key, SUMMARY)
    assert row["upDown"] < "00:01:30"
    assert row["stateOrPrefixesReceived"].isdecimal()


def test_healthy_is_healthy_again(sandbox: SandboxProcess, key: str) -> None:
    before = read(sandbox, key, ARP), networks(sandbox, key)
    condition(sandbox, key, "incomplete-arp")
    condition(sandbox, key, "healthy")
    assert (read(sandbox, key, ARP), networks(sandbox, key)) == before


def test_a_condition_without_a_peering_is_for_all_that_are_and_will_be(sandbox: SandboxProcess, key: str) -> None:
    condition(sandbox, key, "bgp-idle", "secondary")
    sandbox.edit(key, peerings={MICROSOFT: PEERINGS[MICROSOFT]})
    assert {state(sandbox, key, "secondary", peering) for peering in (PRIVATE, MICROSOFT)} == {"Idle"}
    assert {state(sandbox, key, "primary", peering).isdecimal() for peering in (PRIVATE, MICROSOFT)} == {True}


def test_a_condition_of_a_peering_leaves_the_other_alone(sandbox: SandboxProcess) -> None:
    key = order(sandbox, **PEERINGS)
    condition(sandbox, key, "bgp-idle", peering=MICROSOFT)
    assert state(sandbox, key, peering=MICROSOFT) == "Idle"
    assert state(sandbox, key).isdecimal()


def test_as_many_routes_are_shown_as_were_asked_for(sandbox: SandboxProcess, key: str) -> None:
    for number in (0, 1, 4001):
        count(sandbox, key, number)
        assert (state(sandbox, key), len(networks(sandbox, key))) == (str(number), number)


def test_a_peering_that_comes_again_is_a_new_one(sandbox: SandboxProcess, key: str) -> None:
    condition(sandbox, key, "bgp-idle", peering=PRIVATE)
    count(sandbox, key, 777)
    sandbox.edit(key, peerings={PRIVATE: None})
    sandbox.edit(key, peerings={PRIVATE: PEERINGS[PRIVATE]})
    assert state(sandbox, key).isdecimal()
    assert state(sandbox, key) != "777"


def test_a_reset_brings_back_what_the_seed_made(sandbox: SandboxProcess) -> None:
    document = next(one for one in list_documents(sandbox) if len(one["properties"]["peerings"]) == 2)
    key = document["name"]
    before = told(sandbox, key)
    condition(sandbox, key, "bgp-active")
    count(sandbox, key, 9999, "secondary")
    sandbox.edit(key, peerings={MICROSOFT: None})
    assert told(sandbox, key) != before
    sandbox.reset()
    assert told(sandbox, key) == before


def test_not_every_circuit_of_the_seed_is_well(sandbox: SandboxProcess) -> None:
    found = [told(sandbox, one["name"]) for one in list_documents(sandbox) if one["properties"]["peerings"]]
    words = [word for one in found for word, _ in one.values()]
    assert 0.85 < words.count("healthy") / len(words) < 1
    assert len(set(words)) > 4
    private = [routes for one in found for (peering, _), (_, routes) in one.items() if peering == PRIVATE]
    assert 30 < sorted(private)[len(private) // 2] < 80
    assert 3900 <= max(private) <= 4000


def test_a_deleted_circuit_of_the_seed_is_as_it_was_after_a_reset(sandbox: SandboxProcess) -> None:
    document = next(one for one in list_documents(sandbox) if one["properties"]["peerings"])
    peering = document["properties"]["peerings"][0]["name"]
    condition(sandbox, document["name"], "no-arp", "primary")
    sandbox.delete(document["name"])
    assert condition(sandbox, document["name"], "healthy").status_code == 404
    sandbox.reset()
    assert read_at(sandbox, document["id"], ARP, peering=peering)


def test_conditions_and_counts_survive_a_restart_and_operations_do_not(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, size=10, arguments=["--operation-seconds", "0"]) as sandbox:
        key = order(sandbox)
        condition(sandbox, key, "bgp-idle")
        count(sandbox, key, 321, "secondary")
        location = ask_for(sandbox, key, ARP).headers["Location"]
        sandbox.stop()
        sandbox.start()
        assert refusal(sandbox.get(location)) == (404, "NotFound")
        assert state(sandbox, key) == "Idle"
        assert state(sandbox, key, "secondary") == "321"


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ([], "JSON object"),
        ({"path": "primary"}, "condition is missing"),
        ({"condition": "healthy"}, "path is missing"),
        ({"path": "both", "condition": "healthy"}, "primary, secondary"),
        ({"path": "primary", "condition": "sunny"}, "over-prefix-limit"),
        ({"path": "primary", "condition": ["healthy"]}, "condition"),
        ({"path": "primary", "condition": "healthy", "peering": "Other"}, "MicrosoftPeering"),
        ({"path": "primary", "condition": "healthy", "colour": "blue"}, "colour"),
    ],
)
def test_a_condition_that_cannot_be_is_refused_with_a_sentence(
    sandbox: SandboxProcess, key: str, body: object, word: str
) -> None:
    answer = control(sandbox, "POST", f"circuits/{key}/conditions", json=body)
    assert answer.status_code == 400
    assert word in answer.json()["error"]


@pytest.mark.parametrize("number", [-1, 10_001, 1.5, "50", True, None])
def test_a_count_that_cannot_be_is_refused_with_a_sentence(sandbox: SandboxProcess, key: str, number: object) -> None:
    body = {"peering": PRIVATE, "path": "primary", "count": number}
    answer = control(sandbox, "POST", f"circuits/{key}/routes", json=body)
    assert answer.status_code == 400
    assert "a whole number from 0 to 10000." in answer.json()["error"]


def test_a_count_is_for_one_path_of_one_peering(sandbox: SandboxProcess, key: str) -> None:
    for missing in ("peering", "path"):
        body = {"peering": PRIVATE, "path": "primary", "count": 5}
        del body[missing]
        answer = control(sandbox, "POST", f"circuits/{key}/routes", json=body)
        assert (answer.status_code, answer.json()["error"].split(" is missing")[0]) == (400, missing)


@pytest.mark.parametrize("what", ["conditions", "routes"])
def test_a_circuit_that_is_not_there_has_no_weather(sandbox: SandboxProcess, what: str) -> None:
    body = {"path": "primary"} | (
        {"condition": "healthy"} if what == "conditions" else {"peering": PRIVATE, "count": 1}
    )
    answer = control(sandbox, "POST", f"circuits/nothing/{what}", json=body)
    assert (answer.status_code, answer.json()) == (404, {"error": "There is no circuit 'nothing'."})
