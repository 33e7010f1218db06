"""A customer connected and disconnected again from beginning to end, by people, the portal's workers and Azure."""

import pytest

from crossconnections.models import CrossConnection, Workflow
from crossconnections.services import snapshots
from crossconnections.services.changes import asking
from crossconnections.services.workflows import ending, ordering
from tests.integration.domain.changing import asked_for, carried_out, draft_of, operator
from tests.integration.domain.peering_changes import PUBLISHED_PRIVATE, peering_asked_for
from tests.integration.domain.readings import PRIVATE
from tests.integration.domain.readings import carried_out as read_to_the_end
from tests.integration.domain.runs import synced
from tests.integration.domain.setting import ordered
from tests.integration.domain.working import CONNECT, DISCONNECT, ORDER, begun, current, facts, said, somebody, steps
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

PROVISIONING = {"provider_provisioning_state": "Provisioning"}
NOT_PROVISIONED = {"provider_provisioning_state": "NotProvisioned"}
OLGA = "Olga Operator"  # who asks for changes


@pytest.fixture
def row(azure: SandboxProcess, enlisted) -> CrossConnection:
    """What a customer has just ordered; both of its paths will be healthy once they are there."""
    [row] = ordered(azure, enlisted("test"), 1)
    return row


def now(row: CrossConnection) -> CrossConnection:
    return CrossConnection.objects.select_related("subscription").get(pk=row.pk)


def set_to(row: CrossConnection, asked: dict[str, str]) -> None:
    carried_out(asked_for(now(row), asked))


def read(azure: SandboxProcess, row: CrossConnection) -> None:
    for path in ("primary", "secondary"):
        azure.condition(row.service_key, "healthy", path=path)
    read_to_the_end(snapshots.request_snapshot(row=now(row), by=somebody(OLGA)))


def connected(azure: SandboxProcess, row: CrossConnection) -> Workflow:
    """All steps in their order; where it stands is looked at after each."""
    work = begun(row, CONNECT)
    assert current(work) == "order"
    order = ORDER | {"ordered_location": "EUAP test", "ordered_bandwidth_mbps": row.bandwidth_mbps}
    ordering.keep_order(workflow=work, order=order, reason="", by=somebody())
    assert current(work) == "provisioning"
    set_to(row, PROVISIONING)
    assert current(work) == "layer-2-primary"
    said(work, "layer-2-primary", "layer-2-secondary")
    assert current(work) == "provisioned"
    set_to(row, {"provider_provisioning_state": "Provisioned"})
    assert current(work) == "private-peering"
    carried_out(peering_asked_for(row, PUBLISHED_PRIVATE))
    assert current(work) == "reading"
    read(azure, row)
    assert current(work) == "verification"
    said(work, "verification")
    said(work, "failover-primary", "failover-secondary")
    assert current(work) == "hand-over"
    return work


def test_from_the_order_to_the_hand_over(azure: SandboxProcess, row: CrossConnection):
    work = connected(azure, row)
    told = {name: (step.deed.by, step.deed.change) for name, step in steps(work).items() if step.deed}
    changes = list(row.changes.order_by("pk").values_list("pk", flat=True))
    assert [told[name] for name in ("provisioning", "provisioned", "private-peering")] == [
        (OLGA, number) for number in changes
    ]
    assert told["reading"] == (OLGA, None)
    assert told["verification"] == ("Lotte de Vries", None)
    synced(row.subscription)  # finds what the changes did, and tells nothing new
    assert current(work) == "hand-over"
    said(work, "hand-over")
    work.refresh_from_db()
    assert work.outcome == Workflow.Outcome.FINISHED


def test_who_sets_it_up_anew_after_the_verification_verifies_anew(azure: SandboxProcess, row: CrossConnection):
    work = connected(azure, row)
    carried_out(peering_asked_for(row, {"vlan_id": 201}))
    assert current(work) == "reading"
    read(azure, row)
    assert current(work) == "verification"
    said(work, "verification", "hand-over")


def test_from_the_request_until_the_circuit_is_gone(azure: SandboxProcess, row: CrossConnection):
    said(connected(azure, row), "hand-over")
    work = begun(row, DISCONNECT)
    assert current(work) == "request"
    said(work, "request", "links-removed")
    read(azure, row)
    said(work, "sessions")
    assert current(work) == "no-peering"
    carried_out(peering_asked_for(row, {}, PRIVATE, removes=True))
    assert current(work) == "not-provisioned"
    change = end_of_service(row)
    assert current(work) == "layer-2-removed"
    deed = steps(work)["not-provisioned"].deed
    assert deed
    assert (deed.by, deed.change) == (OLGA, change)
    said(work, "layer-2-removed", "told")
    assert current(work) == "deleted"
    azure.delete(row.service_key)
    synced(row.subscription)
    assert facts(work).gone_at
    assert current(work) == ""
    ending.finish(workflow=work, by=somebody())
    work.refresh_from_db()
    assert work.outcome == Workflow.Outcome.FINISHED


def end_of_service(row: CrossConnection) -> int:
    """Not provisioned, which the end of the service key confirms; the number of the change."""
    draft = draft_of(now(row), NOT_PROVISIONED)
    change = asking.apply(draft=draft, row=now(row), confirm_ending=row.service_key[-4:], by=operator())
    return carried_out(change).pk
