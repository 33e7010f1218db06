"""Readiness checks by name. The domain registers its own, so that the portal need not know it."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from kombu.exceptions import OperationalError

from portal.celery import app
from portal.health.models import LifeSign
from portal.health.worker import part_of

Level = Literal["ok", "degraded", "down"]
Check = Callable[[], Level]

# A worker gives a sign each ten seconds, the clock's ticks come each five.
SILENT_AFTER = timedelta(seconds=30)
DEAD_AFTER = timedelta(minutes=2)

_CHECKS: dict[str, Check] = {}


def register(name: str, check: Check) -> None:
    """Add a check whose result ``/readyz`` shows under ``name``."""
    _CHECKS[name] = check


def readiness() -> dict[str, Level]:
    """Every check's level. Without the database nothing else can be known: all is ``down``."""
    level = database()
    rest = {name: check() if level == "ok" else level for name, check in _CHECKS.items()}
    return {"database": level, **rest}


def database() -> Level:
    """``down`` when the database does not answer or lacks a migration."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return "ok" if _is_migrated() else "down"
    except DatabaseError:
        return "down"


def _has_folder(url: str) -> bool:
    """Whether the embedded broker's files can be written: its own transport takes any folder for a connection."""
    messages = Path(url.removeprefix("filesystem://")) / "messages"
    return messages.is_dir() and os.access(messages, os.W_OK)


def broker() -> Level:
    """``degraded`` without it: work waits for the sweep, nothing is lost."""
    url: str = settings.CELERY_BROKER_URL
    if url.startswith("filesystem://"):
        return "ok" if _has_folder(url) else "degraded"
    try:
        with app.connection_for_write(connect_timeout=1) as link:
            link.ensure_connection(max_retries=1, timeout=1)
    except (OperationalError, OSError):
        return "degraded"
    return "ok"


def worker() -> Level:
    """How long ago a worker of each queue gave a sign of life; the queue that is worst off counts."""
    return level_of(signs_of_queues()[0][1])


def signs_of_queues() -> list[tuple[str, datetime | None]]:
    """Each queue with when a worker of it last gave a sign of life, the longest silent one first."""
    seen = dict(LifeSign.objects.values_list("part", "seen_at"))
    signs = [(queue, seen.get(part_of(queue))) for queue in app.amqp.queues]
    return sorted(signs, key=lambda sign: sign[1] or datetime.min.replace(tzinfo=UTC))


def level_of(seen_at: datetime | None) -> Level:
    """Of whoever gave a sign then: at most 30 s ago ``ok``, 2 min ``degraded``."""
    age = timezone.now() - seen_at if seen_at else timedelta.max
    if age <= SILENT_AFTER:
        return "ok"
    return "degraded" if age <= DEAD_AFTER else "down"


def _is_migrated() -> bool:
    try:
        return _assert_migrated()
    except _NotMigrated:
        return False


class _NotMigrated(Exception):  # noqa: N818 - never leaves this module
    pass


@cache
def _assert_migrated() -> bool:
    # Reading all migrations takes longer than the rest of the page; once applied they stay applied, and an
    # exception is not cached.
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise _NotMigrated
    return True
