"""What is right on one machine alone is said, and only where others may come."""

import pytest
from django.core.checks import run_checks

from portal.health.one_machine import BROKER, DATABASE, warn_of_one_machine
from tests.unit.portal.settings_read import COMPLETE, ON_LOOPBACK, read

POSTGRESQL = {"DATABASE_URL": "postgres://crossconnect@db/crossconnect"}
REDIS = {"CELERY_BROKER_URL": "redis://broker/0"}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, [DATABASE, BROKER]),
        (POSTGRESQL, [BROKER]),
        (REDIS, [DATABASE]),
        (POSTGRESQL | REDIS, []),
        (ON_LOOPBACK, []),
    ],
)
def test_a_file_and_a_folder_are_warned_of_behind_https(monkeypatch, settings, changed, said):
    told = read(monkeypatch, **COMPLETE | changed)
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", told["DATABASES"]["default"]["ENGINE"])
    settings.HTTPS, settings.CELERY_BROKER_URL = told["HTTPS"], told["CELERY_BROKER_URL"]
    assert [one for one in run_checks() if one in (DATABASE, BROKER)] == said
    assert warn_of_one_machine(None) == said
