"""Verification: a fresh reading without findings, or each accepted with a reason."""

from typing import Any

import pytest
from django.utils import timezone

from crossconnections.models import AcceptedFinding, CrossConnection, Snapshot, Workflow
from crossconnections.services.snapshots import NotPossible
from crossconnections.services.workflows import accepting
from crossconnections.workflows.verification import Key
from portal.accounts.models import User
from tests.integration.domain.working import (
    begun_ago,
    left,
    on_record,
    said,
    somebody,
)
from tests.integration.pages.pictures import HEALTHY, NO_ARP
from tests.integration.pages.readings import reading
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> CrossConnection:
    """In service, with a private peering, as an order of 1 Gbps in Amsterdam asks for."""
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    return row


@pytest.fixture
def work(row: CrossConnection) -> Workflow:
    return begun_ago(row)


def read(row: CrossConnection, answers: Any = None, **values: Any) -> Snapshot:
    return reading(row, answers=answers or HEALTHY, **{"asked_at": timezone.now(), **values})


def verified(work: Workflow) -> None:
    said(work, "verification")


def test_without_a_reading_nothing_is_verified(work: Workflow):
    with pytest.raises(NotPossible, match="no finished reading"):
        verified(work)


def test_a_reading_that_goes_on_verifies_nothing(row: CrossConnection, work: Workflow):
    read(row, is_open=True)
    with pytest.raises(NotPossible, match="no finished reading"):
        verified(work)


def test_a_healthy_reading_does(row: CrossConnection, work: Workflow):
    read(row)
    verified(work)
    assert on_record() == [("Lotte de Vries", "Said that it is done: Verify")]


def test_a_finding_is_accepted_for_a_reason_or_stays_in_the_way(row: CrossConnection, work: Workflow):
    read(row, HEALTHY | NO_ARP)
    keys = left(work)
    assert keys
    with pytest.raises(NotPossible, match="findings that nobody has accepted"):
        verified(work)
    with pytest.raises(NotPossible, match="Say why it is taken as it is"):
        accepting.accept(workflow=work, key=keys[0], reason="", by=somebody())
    assert on_record() == []
    for key in keys:
        accepting.accept(workflow=work, key=key, reason="The router comes on Monday.", by=somebody("Jonas"))
    verified(work)
    assert on_record()[:-1] == [("Jonas", f"Accepted finding {rule}") for rule, _, _ in keys]
    assert AcceptedFinding.objects.filter(accepted_by__name="Jonas").count() == len(keys)


def test_a_finding_that_is_open_again_is_in_the_way_again(row: CrossConnection, work: Workflow):
    read(row, HEALTHY | NO_ARP)
    keys = left(work)
    for key in keys:
        accepting.accept(workflow=work, key=key, reason="Later.", by=somebody())
    accepting.open_again(workflow=work, key=keys[0], by=somebody())
    assert on_record()[-1] == ("Lotte de Vries", f"Accepts finding {keys[0][0]} no more")
    accepting.open_again(workflow=work, key=keys[0], by=somebody())
    assert len(on_record()) == len(keys) + 1
    assert left(work) == keys[:1]


def test_one_that_became_worse_is_not_what_was_accepted(row: CrossConnection, work: Workflow):
    read(row, HEALTHY | NO_ARP)
    for key in left(work):
        accepting.accept(workflow=work, key=key, reason="Later.", by=somebody())
    AcceptedFinding.objects.update(severity="warning")
    assert left(work)
    with pytest.raises(NotPossible, match="findings that nobody has accepted"):
        verified(work)


@pytest.mark.parametrize("key", [("R99", "", ""), ("R15", "x" * 500, "primary"), ("", "", ""), ("R\0", "|", "\0")])
def test_a_finding_that_the_reading_has_not_is_not_accepted(row: CrossConnection, work: Workflow, key: Key):
    read(row, HEALTHY | NO_ARP)
    with pytest.raises(NotPossible, match="no such finding"):
        accepting.accept(workflow=work, key=key, reason="Because.", by=somebody())
    assert (AcceptedFinding.objects.count(), on_record()) == (0, [])


def test_once_more_replaces_the_reason(row: CrossConnection, work: Workflow):
    read(row, HEALTHY | NO_ARP)
    key = left(work)[0]
    for reason, name in (("Later.", "Lotte"), ("On Monday.", "Jonas")):
        accepting.accept(workflow=work, key=key, reason=reason, by=somebody(name))
    told = AcceptedFinding.objects.get()
    assert (told.reason, told.accepted_by) == ("On Monday.", User.objects.get(name="Jonas"))
