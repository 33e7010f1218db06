"""Two people at one piece of work at the same moment: real connections, one of which has not committed yet."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from crossconnections.models import AcceptedFinding, CrossConnection, CustomerRecord, Workflow, WorkflowStep
from crossconnections.services.snapshots import NotPossible
from crossconnections.services.workflows import accepting, beginning, ending, ordering, stepping
from portal.activity.models import Entry
from portal.actors import Actor
from tests.integration.domain.test_two_at_once import overlap
from tests.integration.domain.working import CONNECT, DISCONNECT, ORDER, begun, begun_ago, left, on_record, somebody
from tests.integration.pages.pictures import HEALTHY, NO_ARP
from tests.integration.pages.readings import reading
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="there, one connection writes at a time"),
]


@pytest.fixture
def row() -> CrossConnection:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    return row


@pytest.fixture
def work(row: CrossConnection) -> Workflow:
    return begun_ago(row)


@pytest.fixture
def people() -> tuple[Actor, Actor]:
    return somebody("Lotte"), somebody("Jonas")


People = tuple[Actor, Actor]


def tried(act: Callable[[], Any]) -> Any:
    """What it returns, or the sentence why not."""
    try:
        return act()
    except NotPossible as reason:
        return str(reason)


def test_two_who_begin_at_once_have_begun_the_same(row: CrossConnection, people: People):
    first, second = overlap(*(partial(begun, row, by=by) for by in people))
    assert first == second == Workflow.objects.get()
    assert on_record() == [("Lotte", "Began: Onboarding")]


def test_of_two_kinds_begun_at_once_the_second_is_refused(row: CrossConnection, people: People):
    first, second = overlap(
        lambda: beginning.begin(row=row, kind=CONNECT, by=people[0]),
        lambda: tried(lambda: beginning.begin(row=row, kind=DISCONNECT, by=people[1])),
    )
    assert (first.kind, second) == (CONNECT, "It is being connected. End that first.")
    assert len(on_record()) == 1


def test_of_two_who_tick_at_once_the_first_stays(work: Workflow, people: People):
    overlap(*(partial(stepping.tick, workflow=work, name="layer-2-primary", note=by.name, by=by) for by in people))
    assert WorkflowStep.objects.get().note == "Lotte"
    assert on_record() == [("Lotte", "Said that it is done: Build layer 2, primary")]


def test_of_a_tick_and_leaving_out_the_first_stays(work: Workflow, people: People):
    reading(work.cross_connection, answers=HEALTHY, asked_at=timezone.now())
    step: dict[str, Any] = {"workflow": work, "name": "failover-primary"}
    overlap(
        lambda: stepping.leave_out(note="At night.", by=people[0], **step),
        lambda: stepping.tick(by=people[1], **step),
    )
    assert WorkflowStep.objects.get().is_skipped
    assert Entry.objects.count() == 1


def test_who_ticks_while_it_ends_is_told(work: Workflow, people: People):
    _, told = overlap(
        lambda: ending.give_up(workflow=work, reason="Withdrawn.", by=people[0]),
        lambda: tried(lambda: stepping.tick(workflow=work, name="layer-2-primary", by=people[1])),
    )
    assert told == "This piece of work has ended."
    assert not WorkflowStep.objects.exists()
    assert len(on_record()) == 1


def test_a_tick_that_came_first_stays_when_it_ends(work: Workflow, people: People):
    overlap(
        lambda: stepping.tick(workflow=work, name="layer-2-primary", by=people[0]),
        lambda: ending.give_up(workflow=work, reason="Withdrawn.", by=people[1]),
    )
    work.refresh_from_db()
    assert (work.outcome, WorkflowStep.objects.get().done_by) == ("given-up", people[0].user)


def test_two_who_end_it_at_once_end_it_once(work: Workflow, people: People):
    _, told = overlap(*(
        partial(tried, partial(ending.give_up, workflow=work, reason=by.name, by=by)) for by in people
    ))  # fmt: skip
    work.refresh_from_db()
    assert (work.end_note, told) == ("Lotte", "This piece of work has ended.")
    assert len(on_record()) == 1


def test_two_who_accept_at_once_have_one_word_the_last(row: CrossConnection, work: Workflow, people: People):
    reading(row, answers=HEALTHY | NO_ARP, asked_at=timezone.now())
    key = left(work)[0]
    overlap(*(partial(accepting.accept, workflow=work, key=key, reason=by.name, by=by) for by in people))
    assert AcceptedFinding.objects.get().reason == "Jonas"


def test_an_order_takes_its_locks_in_an_order_in_which_nobody_waits_for_each_other(work: Workflow, people: People):
    """Who ticks has the piece of work and waits for the trail; who keeps a record, that and the trail."""
    CustomerRecord.objects.create(pk=work.cross_connection_id, changed_at=timezone.now())
    words = ordering.RecordWords({"customer": "Contoso"}, seen_version=0)
    with CaptureQueriesContext(connection) as queries:
        ordering.keep_order(workflow=work, order=ORDER, reason="", by=people[0], record=words)
    locks = [one["sql"].split('FROM "')[1].split('"')[0] for one in queries if "FOR UPDATE" in one["sql"]]
    work_first, then_record, then_head, *_ = dict.fromkeys(locks)
    assert (work_first, then_record) == (Workflow._meta.db_table, CustomerRecord._meta.db_table)
    assert then_head.startswith("activity")
    assert on_record() == [("Lotte", "Kept the customer's record: customer"), ("Lotte", "Kept the order")]
