"""What the page of readiness tells of queues that nobody takes."""

import html
from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from portal.health.models import LifeSign

PRESSED = "What people press waits in the database"
CLOCKED = "Syncs, sweeps and watches stop"


@pytest.mark.parametrize(
    ("ages", "told", "not_told", "command"),
    [
        ({"people": 60}, [PRESSED], [CLOCKED], "systemctl restart crossconnect-worker</pre>"),
        ({"background": 60}, [CLOCKED], [PRESSED], "systemctl restart crossconnect-syncs</pre>"),
        (
            {"people": 60, "background": 90},
            [
                "No worker for the queues background and people",
                "of the queue background was 90 s ago",
                CLOCKED,
                PRESSED,
            ],
            [],
            "systemctl restart crossconnect-syncs crossconnect-worker</pre>",
        ),
        (
            {"people": None, "background": 90},
            ["There never was one for the queue people.", PRESSED, CLOCKED],
            [],
            "celery -A portal worker --queues people,background</pre>",
        ),
    ],
)
@pytest.mark.django_db
def test_each_queue_that_nobody_takes_is_told_with_what_waits_for_it(
    signed_in: Callable[..., Client],
    ages: dict[str, int | None],
    told: list[str],
    not_told: list[str],
    command: str,
):
    with time_machine.travel(timezone.now(), tick=False):
        for queue in ("people", "background"):
            LifeSign.give(f"worker of {queue}")
        for queue, seconds in ages.items():
            sign = LifeSign.objects.filter(part=f"worker of {queue}")
            sign.delete() if seconds is None else sign.update(seen_at=timezone.now() - timedelta(seconds=seconds))
        shown = html.unescape(signed_in("Portal.Operator").get("/readiness/").content.decode())
    assert [words for words in [*told, command] if words not in shown] == []
    assert [words for words in not_told if words in shown] == []
