"""A worker whose claim is gone writes nothing to the mirror, at whichever write it learns of it."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection

from crossconnections import mirror
from crossconnections.models import Attention, CrossConnection, Observation, Subscription, SyncRun
from crossconnections.services import syncs
from tests.integration.domain.mirrors import asked, list_shows
from tests.integration.domain.test_mirror import LISTED, READ
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
KEY = "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e"


class ClaimLostError(Exception):
    """Raised by the fence of these tests."""


@pytest.fixture
def row() -> CrossConnection:
    subscription_id = "33333333-3333-4333-8333-333333333333"
    subscription = Subscription.objects.create(cloud="Sandbox", subscription_id=subscription_id, label="prod")
    list_shows(subscription, LISTED, now=NOON)
    return CrossConnection.objects.get()


def everything() -> list[Any]:
    return [list(model.objects.order_by("pk").values()) for model in (CrossConnection, Observation, Attention)]


def writes(row: CrossConnection) -> dict[str, Any]:
    moved = mirror.Page([replace(LISTED, etag="2", bandwidth_mbps=5000)], asked_at=NOON)
    question = asked(row, at=NOON)
    return {
        "a page": lambda fence: mirror.note_listed(subscription=row.subscription, page=moved, now=NOON, fence=fence),
        "an answer": lambda fence: mirror.note_answers([(question, READ)], now=NOON, fence=fence),
        "no answer": lambda fence: mirror.note_answers([(question, mirror.NotRead("X"))], now=NOON, fence=fence),
        "its end": lambda fence: mirror.note_gone(row_ids=[row.pk], now=NOON, fence=fence),
    }


@pytest.mark.parametrize("write", ["a page", "an answer", "no answer", "its end"])
def test_a_fence_stands_before_each_write_and_inside_of_its_transaction(row: CrossConnection, write: str) -> None:
    before, outside = everything(), len(connection.savepoint_ids)
    inside = []

    def fence() -> None:
        inside.append(len(connection.savepoint_ids))
        raise ClaimLostError

    with pytest.raises(ClaimLostError):
        writes(row)[write](fence)
    assert everything() == before
    assert inside == [outside + 1]


@pytest.mark.parametrize(
    "moment",
    [
        pytest.param(lambda run: run.pages == 0, id="before the list"),
        pytest.param(lambda run: run.pages == 1 and not run.to_read, id="before what is missing from it is marked"),
        pytest.param(lambda run: run.to_read > 0, id="before the first answer is written"),
    ],
)
def test_a_sync_that_another_worker_has_taken_over_writes_no_more(
    enlisted: Any, azure: SandboxProcess, moment: Any
) -> None:
    subscription = enlisted("test")
    syncs.run_sync(run_id=syncs.active_sync(subscription=subscription).pk)
    CrossConnection.objects.filter(service_key=KEY).update(read_at=None, s_tag=None)
    azure.delete("bbbb1b1b-cc2c-dd3d-ee4e-ffffff5f5f5f")
    run = syncs.active_sync(subscription=subscription)
    before: list[Any] = []

    def take_over(shown: SyncRun) -> None:
        if moment(shown) and not before:
            SyncRun.objects.filter(pk=run.pk).update(attempts=9)
            before.append(everything())

    syncs.run_sync(run_id=run.pk, progress=take_over)
    assert before == [everything()]
    run.refresh_from_db()
    assert (run.state, run.attempts) == ("running", 9)
