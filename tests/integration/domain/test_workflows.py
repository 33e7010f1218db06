"""What people begin, say, leave out, accept and end, and the one line that the trail has of each."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from crossconnections.models import CrossConnection, Snapshot, Workflow, WorkflowStep
from crossconnections.services.snapshots import NotPossible
from crossconnections.services.workflows import accepting, beginning, ending, ordering, stepping
from crossconnections.services.workflows.ordering import NotAsOrdered
from crossconnections.workflows.steps import StepName
from crossconnections.workflows.verification import Key
from portal.access.permissions import NotAllowed
from portal.access.roles import Role
from portal.accounts.models import User
from portal.actors import WEB, Actor
from tests.integration.domain.working import (
    CONNECT,
    DISCONNECT,
    ORDER,
    begun,
    begun_ago,
    current,
    on_record,
    said,
    somebody,
    word,
)
from tests.integration.pages.pictures import HEALTHY
from tests.integration.pages.readings import PRIVATE, reading
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering
from tests.people import given, person

pytestmark = pytest.mark.django_db

NO_ENTRY: Key = ("R15", PRIVATE, "primary")
BY_HAND = ("layer-2-primary", "layer-2-secondary")
FAILOVERS = ("failover-primary", "failover-secondary")


@pytest.fixture
def row() -> CrossConnection:
    """In service, with a private peering, as an order of 1 Gbps in Amsterdam asks for."""
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    return row


@pytest.fixture
def work(row: CrossConnection) -> Workflow:
    return begun_ago(row)


@pytest.fixture
def leaving(row: CrossConnection) -> Workflow:
    """A customer who is being disconnected, with nothing left but to close it."""
    row.peerings.all().delete()
    CrossConnection.objects.update(provider_provisioning_state="NotProvisioned", gone_at=timezone.now())
    leaving = begun_ago(row, kind=DISCONNECT)
    said(leaving, "request", "links-removed", "sessions", "layer-2-removed", "told")
    return leaving


def kept(work: Workflow, reason: str = "", by: Actor | None = None, **values: Any) -> None:
    ordering.keep_order(workflow=work, order=ORDER | values, reason=reason, by=by or somebody())


def read(row: CrossConnection, answers: Any = None, **values: Any) -> Snapshot:
    return reading(row, answers=answers or HEALTHY, **{"asked_at": timezone.now(), **values})


def ready(work: Workflow) -> None:
    """All is done but the hand-over."""
    kept(work)
    said(work, *BY_HAND)
    read(work.cross_connection)
    said(work, "verification", *FAILOVERS)


def test_who_begins_first_has_begun_it_and_the_next_one_finds_it(row: CrossConnection):
    first, second = begun(row, by=somebody("Lotte")), begun(row, by=somebody("Jonas"))
    assert first == second
    assert first.begun_by == User.objects.get(name="Lotte")
    assert on_record() == [("Lotte", "Began: Onboarding")]


def test_a_second_one_beside_it_is_refused_by_the_database(row: CrossConnection, work: Workflow):
    with pytest.raises(IntegrityError):
        begun_ago(row, kind=DISCONNECT)


@pytest.mark.parametrize(
    ("kind", "other", "sentence"),
    [
        (CONNECT, DISCONNECT, "It is being connected. End that first."),
        (DISCONNECT, CONNECT, "It is being disconnected. End that first."),
    ],
)
def test_of_the_other_kind_none_begins_beside_it(
    row: CrossConnection, kind: Workflow.Kind, other: Workflow.Kind, sentence: str
):
    begun_ago(row, kind=kind)
    with pytest.raises(NotPossible) as refused:
        begun(row, other)
    assert str(refused.value) == sentence
    assert on_record() == []


def test_with_what_is_gone_from_azure_nothing_begins(row: CrossConnection):
    row.gone_at = timezone.now()
    with pytest.raises(NotPossible, match="gone from Azure"):
        begun(row)
    assert (Workflow.objects.count(), on_record()) == (0, [])


def test_after_the_end_another_one_may_begin(row: CrossConnection, work: Workflow):
    ending.give_up(workflow=work, reason="Ordered twice.", by=somebody())
    assert begun(row, DISCONNECT) != work
    assert on_record()[-1] == ("Lotte de Vries", "Began: Disconnect")


def test_of_several_whichever_cannot_begin_is_left_alone(row: CrossConnection):
    gone = cross_connection(row.subscription, gone_at=timezone.now())
    new, leaving = cross_connection(row.subscription), cross_connection(row.subscription)
    begun_ago(leaving, kind=DISCONNECT)
    told = beginning.begin_each(rows=[gone, row, leaving, new], by=somebody())
    assert [one.cross_connection for one in told] == [row, new]
    assert on_record() == [("Lotte de Vries", "Began: Onboarding")] * 2


def test_an_order_as_azure_has_it_is_kept_and_done_by_who_kept_it(work: Workflow):
    kept(work, reason="Nobody asked.", by=somebody("Jonas"))
    work.refresh_from_db()
    assert {name: getattr(work, name) for name in ORDER} == ORDER
    told = word(work, "order")
    assert (told.done_by, told.note) == (User.objects.get(name="Jonas"), "")  # a reason for no difference is none
    assert on_record() == [("Jonas", "Kept the order")]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ordered_location": "Frankfurt"}, "location"),
        ({"ordered_bandwidth_mbps": 500}, "bandwidth_mbps"),
        ({"private_vlan_id": 201}, PRIVATE),
    ],
)
def test_an_order_that_differs_is_kept_for_a_reason_alone(work: Workflow, values: dict[str, Any], field: str):
    with pytest.raises(NotAsOrdered) as refused:
        kept(work, **values)
    assert [one.field for one in refused.value.differences] == [field]
    work.refresh_from_db()
    assert (work.ordered_location, WorkflowStep.objects.count(), on_record()) == ("", 0, [])
    kept(work, reason="Agreed by phone.", **values)
    assert word(work, "order").note == "Agreed by phone."
    assert on_record() == [("Lotte de Vries", "Kept the order")]


def test_an_order_can_be_kept_once_more_by_whoever_knows_better(work: Workflow):
    kept(work, reason="By phone.", ordered_bandwidth_mbps=500)
    kept(work, by=somebody("Jonas"))
    told = word(work, "order")
    assert (told.note, told.done_by) == ("", User.objects.get(name="Jonas"))


def test_of_two_who_say_that_it_is_done_the_first_stays(work: Workflow):
    stepping.tick(workflow=work, name="layer-2-primary", note="Port 3.", by=somebody("Lotte"))
    stepping.tick(workflow=work, name="layer-2-primary", note="Port 4.", by=somebody("Jonas"))
    told = word(work, "layer-2-primary")
    assert (told.note, told.done_by) == ("Port 3.", User.objects.get(name="Lotte"))
    assert on_record() == [("Lotte", "Said that it is done: Build layer 2, primary")]


def test_what_is_left_out_has_a_reason_and_can_be_taken_back(work: Workflow):
    with pytest.raises(NotPossible, match="Say why it is left out"):
        stepping.leave_out(workflow=work, name="failover-primary", note="", by=somebody())
    stepping.leave_out(workflow=work, name="failover-primary", note="In the night of the 3rd.", by=somebody())
    told = word(work, "failover-primary")
    assert (told.is_skipped, told.note) == (True, "In the night of the 3rd.")
    stepping.take_back(workflow=work, name="failover-primary", by=somebody("Jonas"))
    assert not work.steps.exists()
    assert on_record() == [
        ("Lotte de Vries", "Left out: Failover check, primary"),
        ("Jonas", "Took back: Failover check, primary"),
    ]


def test_what_nobody_said_cannot_be_taken_back_and_leaves_no_line(work: Workflow):
    stepping.take_back(workflow=work, name="failover-primary", by=somebody())
    assert on_record() == []


def test_an_order_is_edited_and_not_taken_back(work: Workflow):
    kept(work)
    stepping.take_back(workflow=work, name="order", by=somebody())
    assert word(work, "order")
    assert len(on_record()) == 1


@pytest.mark.parametrize("name", ["made-up", "request", "private-peering", "", "order\0", "x" * 400])
@pytest.mark.parametrize("act", [stepping.tick, stepping.leave_out, stepping.take_back])
def test_a_step_that_it_does_not_have_is_no_step(work: Workflow, act: Callable[..., None], name: str):
    values = {} if act is stepping.take_back else {"note": "Because."}
    with pytest.raises(NotPossible, match="It has no such step"):
        act(workflow=work, name=name, by=somebody(), **values)
    assert (WorkflowStep.objects.count(), on_record()) == (0, [])


@pytest.mark.parametrize("name", ["provisioning", "provisioned", "any-peering", "reading", "order"])
def test_what_follows_from_azure_is_not_for_people_to_say(work: Workflow, name: str):
    with pytest.raises(NotPossible, match="follows from what Azure holds"):
        said(work, name)
    assert on_record() == []


@pytest.mark.parametrize("name", ["order", "provisioned", "reading", "verification", "hand-over", "layer-2-primary"])
def test_what_microsoft_asks_for_is_not_left_out(work: Workflow, name: str):
    with pytest.raises(NotPossible, match="cannot be left out"):
        stepping.leave_out(workflow=work, name=name, note="No time.", by=somebody())
    assert on_record() == []


def test_handing_over_ends_it(work: Workflow):
    ready(work)
    assert current(work) == StepName.HAND_OVER
    said(work, "hand-over", by=somebody("Jonas"))
    work.refresh_from_db()
    assert (work.outcome, work.ended_by, work.end_note) == ("finished", User.objects.get(name="Jonas"), "")
    assert on_record()[-2:] == [
        ("Jonas", "Said that it is done: Hand over"),
        ("Jonas", "Ended: Onboarding, finished"),
    ]


def test_nothing_is_handed_over_while_a_step_is_missing(work: Workflow):
    ready(work)
    stepping.take_back(workflow=work, name="failover-primary", by=somebody())
    with pytest.raises(NotPossible, match="One step is not done yet"):
        said(work, "hand-over")
    stepping.take_back(workflow=work, name="failover-secondary", by=somebody())
    with pytest.raises(NotPossible, match="2 steps are not done yet"):
        said(work, "hand-over")
    work.refresh_from_db()
    assert work.ended_at is None


def test_a_customer_who_is_connected_is_handed_over_and_not_just_closed(work: Workflow):
    ready(work)
    with pytest.raises(NotPossible, match="An onboarding ends with the hand-over"):
        ending.finish(workflow=work, by=somebody())
    work.refresh_from_db()
    assert work.ended_at is None


def test_a_disconnect_is_closed_once_the_circuit_is_gone(leaving: Workflow):
    before = on_record()
    ending.finish(workflow=leaving, by=somebody("Jonas"))
    leaving.refresh_from_db()
    assert (leaving.outcome, leaving.ended_by) == ("finished", User.objects.get(name="Jonas"))
    assert on_record() == [*before, ("Jonas", "Ended: Disconnect, finished")]


def test_and_not_before(leaving: Workflow):
    CrossConnection.objects.update(gone_at=None)
    with pytest.raises(NotPossible, match="One step is not done yet"):
        ending.finish(workflow=leaving, by=somebody())


def test_giving_up_takes_a_reason_and_keeps_it(work: Workflow):
    with pytest.raises(NotPossible, match="Say why it is given up"):
        ending.give_up(workflow=work, reason="", by=somebody())
    ending.give_up(workflow=work, reason="The customer withdrew.", by=somebody())
    work.refresh_from_db()
    assert (work.outcome, work.end_note) == ("given-up", "The customer withdrew.")
    assert on_record() == [("Lotte de Vries", "Ended: Onboarding, given up")]


ACTS: dict[str, Callable[[Workflow, Actor], object]] = {
    "order": lambda work, by: kept(work, by=by),
    "tick": lambda work, by: stepping.tick(workflow=work, name="layer-2-primary", by=by),
    "leave out": lambda work, by: stepping.leave_out(workflow=work, name="failover-primary", note="No.", by=by),
    "take back": lambda work, by: stepping.take_back(workflow=work, name="layer-2-primary", by=by),
    "accept": lambda work, by: accepting.accept(workflow=work, key=NO_ENTRY, reason="No.", by=by),
    "open again": lambda work, by: accepting.open_again(workflow=work, key=NO_ENTRY, by=by),
    "finish": lambda work, by: ending.finish(workflow=work, by=by),
    "give up": lambda work, by: ending.give_up(workflow=work, reason="No.", by=by),
}


@pytest.mark.parametrize("act", ACTS)
def test_after_the_end_nothing_is_said_any_more(work: Workflow, act: str):
    ending.give_up(workflow=work, reason="The customer withdrew.", by=somebody())
    with pytest.raises(NotPossible, match="This piece of work has ended"):
        ACTS[act](work, somebody())
    assert len(on_record()) == 1


@pytest.mark.parametrize("act", [*ACTS, "begin", "begin each"])
def test_who_may_change_nothing_there_says_nothing(work: Workflow, act: str):
    elsewhere = person("Operator in Frankfurt")
    given(Role.OPERATOR, to=elsewhere, kind="peering-location", where="Frankfurt")
    row = work.cross_connection
    does = ACTS | {
        "begin": lambda work, by: begun(row, by=by),
        "begin each": lambda work, by: beginning.begin_each(rows=[row], by=by),
    }
    for by in (somebody("Sam", "Portal.Support"), Actor(WEB, elsewhere.name, elsewhere), Actor(WEB, "")):
        with pytest.raises(NotAllowed):
            does[act](work, by)
    assert on_record() == []
    assert not WorkflowStep.objects.exists()
