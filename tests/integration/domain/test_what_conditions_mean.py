"""What the sandbox's network can do, and what is found then: the tables of docs/diagnosis.md.

``WRITE_DIAGNOSIS=1 pytest -n 0 -p no:randomly`` this file writes them anew, for review.
"""

import os
import re
from collections.abc import Callable, Iterator

import pytest

from crossconnections.diagnosis.examination import Diagnosis
from crossconnections.diagnosis.findings import Severity
from crossconnections.diagnosis.rules import RULES, RULES_OF_A_MATCH
from crossconnections.models import CrossConnection, Subscription
from crossconnections.presenters.tables.findings import show_finding
from crossconnections.presenters.tables.verdicts import overall_sentence
from crossconnections.queries.diagnosis import judge
from tests.integration.domain.diagnosis_document import read_table, write_table
from tests.integration.domain.readings import (
    MICROSOFT,
    MICROSOFT_PEERING,
    PRIVATE,
    PRIVATE_PEERING,
    asked,
    carried_out,
    circuit,
)  # fmt: skip
from tests.sandbox_process import SandboxProcess

CONDITIONS = (
    "healthy", "no-arp", "incomplete-arp", "bgp-idle", "bgp-active", "few-routes", "default-route-only", "prepended",
    "over-prefix-limit", "flapped",
)  # fmt: skip
PLACES = {"primary": ("primary",), "secondary": ("secondary",), "both": ("primary", "secondary")}
PICTURES = (
    "no_microsoft_row", "no_on_prem_row", "swapped_addresses", "looped_mac", "one_device", "replaced_device",
    "microsoft_macs_differ", "foreign_host", "silent_neighbour", "empty_summary", "no_neighbour_asn",
    "zero_neighbour_asn", "wrong_neighbour_asn", "wrong_neighbour", "opensent", "starred_hops", "two_edges", "weights",
    "no_vnets", "overlapping_vnet", "private_network", "unadvertised_network", "halves_of_default",
    "documentation_asn", "leaked_azure_route", "another_first_asn", "missing_fields", "unreadable",
)  # fmt: skip
FOUND = ("sentence for all", "rules", "the worst finding", "whose turn")


@pytest.fixture
def ordered(azure: SandboxProcess, enlisted: Callable[[str], Subscription]) -> Iterator[Callable[[], CrossConnection]]:
    """Another circuit with both peerings, never read before."""
    subscription = enlisted("test")

    def order() -> CrossConnection:
        row = circuit(azure, subscription, **{PRIVATE: PRIVATE_PEERING, MICROSOFT: MICROSOFT_PEERING})
        # What is judged is what the mirror holds; nothing here provisions a circuit in Azure.
        CrossConnection.objects.filter(pk=row.pk).update(provider_provisioning_state="Provisioned")
        return CrossConnection.objects.select_related("subscription").get(pk=row.pk)

    yield order
    azure.reset()


@pytest.mark.skipif("WRITE_DIAGNOSIS" not in os.environ, reason="writes the document")
def test_the_tables_are_written_anew(azure: SandboxProcess, ordered: Callable[[], CrossConnection]):
    conditions = [
        (f"`{condition}`", where, *found_in(azure, ordered(), condition, where))
        for condition in CONDITIONS
        for where in PLACES
    ]
    write_table("conditions", ("condition", "path", *FOUND), conditions)
    pictures = [(f"`{picture}`", *found_in_picture(azure, ordered(), picture)) for picture in PICTURES]
    write_table("pictures", ("picture", *FOUND), pictures)
    write_table("rules", ("rule", "layer", "severity", "whose turn", "basis", "source"), all_rules())


@pytest.mark.parametrize("where", PLACES)
@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_condition_is_found_as_the_document_tells(
    azure: SandboxProcess, ordered: Callable[[], CrossConnection], condition: str, where: str
):
    [expected] = [line[2:] for line in read_table("conditions") if line[:2] == (f"`{condition}`", where)]
    assert found_in(azure, ordered(), condition, where) == expected


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_that_no_condition_leads_to_is_found_as_the_document_tells(
    azure: SandboxProcess, ordered: Callable[[], CrossConnection], picture: str
):
    [expected] = [line[1:] for line in read_table("pictures") if line[0] == f"`{picture}`"]
    assert found_in_picture(azure, ordered(), picture) == expected


def test_the_document_has_every_condition_and_picture_of_the_sandbox(azure: SandboxProcess):
    assert {line[0].strip("`") for line in read_table("pictures")} == set(azure.values_of("table_oddities")) - {""}


def test_the_document_lists_every_rule():
    assert read_table("rules") == all_rules()


def found_in(azure: SandboxProcess, row: CrossConnection, condition: str, where: str) -> tuple[str, ...]:
    """On the private peering, of a circuit that was never read before."""
    for path in PLACES[where]:
        azure.condition(row.service_key, condition, path=path, peering=PRIVATE)
    return told(judge(carried_out(asked(row))).diagnosis.of(PRIVATE))


def found_in_picture(azure: SandboxProcess, row: CrossConnection, picture: str) -> tuple[str, ...]:
    """On both peerings, after a reading of healthy ones."""
    azure.behave(table_oddities="")
    carried_out(asked(row))
    azure.behave(table_oddities=picture)
    return told(judge(carried_out(asked(row))).diagnosis)


def told(diagnosis: Diagnosis) -> tuple[str, ...]:
    """The sentence for all, the rules, the worst finding and whose turn it is."""
    found = [one for one in diagnosis.findings if one.severity != Severity.INFO]
    rules = ", ".join(dict.fromkeys(one.rule for one in found)) or "none"
    sentence = overall_sentence(diagnosis.verdicts[:2])
    if not found:
        return (sentence, rules, "", "")
    worst = show_finding(found[0])
    claim = re.sub(r"\d+ s ago", "a moment ago", worst.full_claim)
    return (sentence, rules, f"{claim} ({worst.severity})", worst.owner)


def all_rules() -> list[tuple[str, ...]]:
    """In the order of their ids."""
    return sorted(
        (rule.id, rule.layer.name.lower().replace("_", " "), rule.severity or "depends on the other path",
         rule.owner.value, rule.basis.value, rule.source)
        for rule in (*RULES, *RULES_OF_A_MATCH)
    )  # fmt: skip
