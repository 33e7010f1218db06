"""A partner moves a circuit to another pair of ports ("circuit-placement-api")."""

from pathlib import Path
from typing import Any

import pytest
from requests import Response

from tests.integration.sandbox.estates import list_pages, network, refusal, values
from tests.integration.sandbox.tables import send
from tests.integration.sandbox.writing import finish
from tests.sandbox_process import SandboxProcess

Pair = dict[str, Any]
Document = dict[str, Any]
BLANK = ("", "")


def pairs_of(sandbox: SandboxProcess) -> tuple[Pair, Pair]:
    """Two port pairs of the busiest peering location of the first production subscription."""
    ports = all_pairs(sandbox)
    places = [one["peeringLocation"] for one in ports]
    busiest = max(places, key=places.count)
    here, there, *_ = [one for one in ports if one["peeringLocation"] == busiest]
    return here, there


def all_pairs(sandbox: SandboxProcess) -> list[Pair]:
    return [one["properties"] for one in values(network(sandbox, "/expressRouteProviderPorts"))]


def documents_on(sandbox: SandboxProcess, pair: Pair) -> list[Document]:
    entries = [entry for page in list_pages(sandbox, sandbox.subscription("production")["id"]) for entry in page]
    whole = [sandbox.get(entry["id"]).json() for entry in entries]
    return [one for one in whole if ports_of(one) == ports_of({"properties": pair})]


def ports_of(document: Document) -> tuple[str, str]:
    return document["properties"]["primaryAzurePort"], document["properties"]["secondaryAzurePort"]


def tags(documents: list[Document]) -> list[int]:
    return [one["properties"]["sTag"] for one in documents]


@pytest.fixture
def pairs(sandbox: SandboxProcess) -> tuple[Pair, Pair]:
    return pairs_of(sandbox)


@pytest.fixture
def document(sandbox: SandboxProcess, pairs: tuple[Pair, Pair]) -> Document:
    """A cross connection on the first of them."""
    return documents_on(sandbox, pairs[0])[0]


def move(sandbox: SandboxProcess, document: Document, ports: tuple[str | None, str | None]) -> Response:
    properties = document["properties"] | {"primaryAzurePort": ports[0], "secondaryAzurePort": ports[1]}
    return send(sandbox, "PUT", document["id"], json=document | {"properties": properties})


def read(sandbox: SandboxProcess, document: Document) -> Document:
    found: Document = sandbox.get(document["id"]).json()
    return found


def used(sandbox: SandboxProcess, pair: Pair) -> int:
    path = f"/expressRouteProviderPorts/{pair['portPairDescriptor']}"
    mbps: int = network(sandbox, path).json()["properties"]["usedBandwidthInMbps"]
    return mbps


def test_it_moves_and_is_sold_on_the_other_pair(
    sandbox: SandboxProcess, document: Document, pairs: tuple[Pair, Pair]
) -> None:
    here, there = pairs
    mbps, before = document["properties"]["bandwidthInMbps"], [used(sandbox, one) for one in pairs]
    primary, secondary = ports_of({"properties": there})
    answer = move(sandbox, document, (primary.lower(), secondary))
    assert ports_of(answer.json()) == BLANK
    finish(sandbox, answer)
    assert ports_of(read(sandbox, document)) == (primary, secondary)
    assert [used(sandbox, one) for one in (here, there)] == [before[0] - mbps, before[1] + mbps]


def test_it_gets_an_s_tag_that_is_free_there_also_after_a_restart(tmp_path: Path) -> None:
    with SandboxProcess(tmp_path, size=100, arguments=["--operation-seconds", "0"]) as sandbox:
        here, there = pairs_of(sandbox)
        first, second, *_ = documents_on(sandbox, here)
        finish(sandbox, move(sandbox, first, ports_of({"properties": there})))
        sandbox.stop()
        sandbox.start()
        finish(sandbox, move(sandbox, second, ports_of({"properties": there})))
        found = documents_on(sandbox, there)
        assert {first["name"], second["name"]} < {one["name"] for one in found}
        assert len(set(tags(found))) == len(found)


@pytest.mark.parametrize("ports", ["blank", "null", "its own"])
def test_it_stays_where_it_is(sandbox: SandboxProcess, document: Document, ports: str) -> None:
    told = {"blank": BLANK, "null": (None, None), "its own": ports_of(document)}[ports]
    finish(sandbox, move(sandbox, document, told))
    after = read(sandbox, document)
    assert (ports_of(after), tags([after])) == (ports_of(document), tags([document]))


def test_ports_that_are_no_pair_of_the_place_are_refused(
    sandbox: SandboxProcess, document: Document, pairs: tuple[Pair, Pair]
) -> None:
    here, there = pairs
    elsewhere = next(one for one in all_pairs(sandbox) if one["peeringLocation"] != here["peeringLocation"])
    crossed = (there["primaryAzurePort"], here["secondaryAzurePort"])
    alone = [(there["primaryAzurePort"], ""), ("", there["secondaryAzurePort"])]
    for ports in (*alone, crossed, ports_of({"properties": elsewhere}), ("x", "y")):
        assert refusal(move(sandbox, document, ports)) == (400, "InvalidAzurePorts")
    assert read(sandbox, document) == document


def test_a_move_that_fails_leaves_it_where_it_was(
    sandbox: SandboxProcess, document: Document, pairs: tuple[Pair, Pair]
) -> None:
    sandbox.fault("operation-failure", method="PUT")
    finish(sandbox, move(sandbox, document, ports_of({"properties": pairs[1]})))
    assert read(sandbox, document)["properties"] == document["properties"] | {"provisioningState": "Failed"}
