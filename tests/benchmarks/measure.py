"""One database, one process: fill it, then compare every page with its floor. Prints JSON."""

import gc
import json
import logging
import sys
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import setup_test_environment

from crossconnections.models import CrossConnection
from portal.access.roles import Role
from portal.accounts.models import User
from tests.benchmarks import estate, floors, readings, syncs
from tests.benchmarks.rounds import compare
from tests.people import given, person, signed_in_as

ROUNDS, ROUNDS_OF_THE_LONG = 31, 5


def main(size: int) -> None:
    """Fill, warm, compare."""
    setup_test_environment(debug=False)
    logging.disable(logging.WARNING)
    settings.STATIC_ROOT = settings.BASE_DIR / "static"
    settings.STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    call_command("migrate", verbosity=0)
    estate.fill(size)
    readings.fill(CrossConnection.objects.get(service_key=estate.service_key(7)))
    with connection.cursor() as cursor:
        # What the database does by itself in the course of a day.
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    # As a worker does (portal/gunicorn_config.py).
    gc.collect()
    gc.freeze()
    json.dump([*_pages(), syncs.compare_unchanged(ROUNDS_OF_THE_LONG)], sys.stdout)


def _pages() -> list[dict[str, Any]]:
    everywhere = person("Lotte de Vries", "Portal.Operator")
    ours, floor = _client(settings.MIDDLEWARE, everywhere), _client(floors.MIDDLEWARE, everywhere)
    location = Counter(CrossConnection.objects.values_list("peering_location", flat=True)).most_common(1)[0][0]
    key = estate.service_key(7)
    reading = f"cross-connections/{key}/snapshots/1/"
    fragment, contact, export = key[:5], "noc@customer-77.example", "cross-connections/export.csv?subscription=smaller"
    pages = [
        ("ok", "", "", ROUNDS),
        ("list", "cross-connections/", "cross-connections/", ROUNDS),
        ("location", f"cross-connections/?location={location}", f"location/?location={location}", ROUNDS),
        ("search", f"cross-connections/?q={fragment}", f"search/?q={fragment}", ROUNDS),
        ("search for a customer", f"cross-connections/?q={contact}", f"search/?q={fragment}", ROUNDS),
        ("detail", f"cross-connections/{key}/", f"cross-connections/{key}/", ROUNDS),
        ("CSV of 10,000", export, export, ROUNDS_OF_THE_LONG),
        ("2 x 10,000 routes", reading, reading, ROUNDS),
        ("search in them", f"{reading}?find=10.1.2.3", reading, ROUNDS),
    ]
    there = person("Jonas Lindqvist")
    given(Role.SUPPORT, to=there, kind="peering-location", where=location)
    part = _get(_client(settings.MIDDLEWARE, there), "cross-connections/")
    return [
        *(compare(name, _get(ours, one), _get(floor, other), rounds=rounds) for name, one, other, rounds in pages),
        compare("list of a part", part, _get(floor, f"cross-connections/?location={location}"), rounds=ROUNDS),
    ]


def _client(middleware: list[str], user: User) -> Client:
    with override_settings(MIDDLEWARE=middleware):
        client = Client(HTTP_HOST="localhost")
        client.handler.load_middleware()
    return signed_in_as(user, client)


def _get(client: Client, address: str) -> Callable[[], bytes]:
    def get() -> bytes:
        answer = client.get(f"/{address}")
        assert answer.status_code in {200, 302}, (address, answer.status_code)
        content: bytes = answer.getvalue()
        return content

    return get
