from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from crossconnections.models import Subscription
from portal.health import checks
from portal.health.models import LifeSign
from portal.health.worker import part_of


def ready() -> dict[str, str]:
    levels: dict[str, str] = Client(HTTP_HOST="localhost").get("/readyz").json()
    return levels


def test_healthz_answers_any_host_and_touches_no_database():
    # Without the db fixture, pytest-django refuses every query.
    answer = Client(HTTP_HOST="anything.at.all").get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_readyz_has_one_word_for_each_part_and_no_more(db):
    answer = Client(HTTP_HOST="localhost").get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": "ok", "broker": "ok", "worker": "down", "sync": "ok"}


def test_a_worker_is_ok_then_degraded_then_down_as_its_sign_ages(db):
    seen = []
    for age in (5, 60, 600):
        LifeSign.give("worker of people")
        LifeSign.objects.update_or_create(
            part="worker of background", defaults={"seen_at": timezone.now() - timedelta(seconds=age)}
        )
        seen.append(ready()["worker"])
    assert seen == ["ok", "degraded", "down"]


def test_workers_give_their_signs_by_the_databases_clock_each_for_its_queue(db):
    for _ in range(2):
        LifeSign.give(part_of("people"))
    assert ready()["worker"] == "down"
    LifeSign.give(part_of("background"))
    assert ready()["worker"] == "ok"


def test_a_subscription_is_fresh_then_late_and_down_while_it_was_never_synced(db):
    row = Subscription.objects.create(
        cloud="Sandbox", subscription_id="33333333-3333-4333-8333-333333333333", label="prod"
    )
    seen = [ready()["sync"]]
    for age in (timedelta(minutes=2), timedelta(hours=1)):
        row.last_synced_at = timezone.now() - age
        row.save()
        seen.append(ready()["sync"])
    assert seen == ["down", "ok", "degraded"]


@pytest.mark.django_db
def test_a_missing_migration_is_503_and_everything_down():
    checks._assert_migrated.cache_clear()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'crossconnections'")
    answer = Client(HTTP_HOST="localhost").get("/readyz")
    assert answer.status_code == 503
    assert set(answer.json().values()) == {"down"}
