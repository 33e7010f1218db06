"""What is right on one machine and wrong on two, said by ``manage.py check`` and before each ``migrate``.

Whether there is a second machine nobody can tell from here, so nothing is refused.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register  # noqa: A004 - Django's name

DATABASE = Warning(
    "DATABASE_URL is a SQLite file, at a portal that others reach by https.",
    hint="It is safe as long as web server, workers and clock all run on this machine, with the file on a disk of its "
    "own and not on a network share. With a second machine it takes PostgreSQL.",
    id="portal.W001",
)
BROKER = Warning(
    "CELERY_BROKER_URL is a folder, at a portal that others reach by https.",
    hint="Nothing is lost by that, but messages reach only workers on this machine. With a second machine it takes "
    "Redis, Valkey or RabbitMQ.",
    id="portal.W002",
)


def register_warnings() -> None:
    """With Django's system checks."""
    register(warn_of_one_machine, Tags.compatibility)


def warn_of_one_machine(app_configs: Sequence[Any] | None, **_: Any) -> list[CheckMessage]:  # noqa: ANN401 - Django's
    """Both warnings, where they apply."""
    has_file = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    has_folder = settings.CELERY_BROKER_URL.startswith("filesystem://")
    found = [(has_file, DATABASE), (has_folder, BROKER)]
    return [warning for applies, warning in found if applies and settings.HTTPS]
