"""Rate limits: one request too many is a 429 that says when to come back, and no trick makes room."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import Client

from crossconnections.models import SyncRun
from crossconnections.tasks import housekeeping
from portal.accounts.models import User
from portal.limits.counting import Limit, take
from portal.limits.decorators import address
from portal.limits.models import Tally
from tests.integration.pages.rows import KEY, cross_connection, enlisted
from tests.integration.portal.sign_in.browser import Browser, operator
from tests.people import signed_in_as

FRAGMENT = {"HX-Request": "true", "HX-Current-URL": "http://localhost/cross-connections/"}


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Stands still, twenty seconds before the end of a window."""
    with time_machine.travel(time.time() // 60 * 60 + 40, tick=False) as clock:
        yield clock


@pytest.fixture
def browser(clock: time_machine.Traveller, signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


@pytest.fixture
def knock(clock: time_machine.Traveller, db: None) -> Callable[..., int]:
    """The status of one more callback that nobody asked for; by itself it is a 400."""

    def once(**request: Any) -> int:
        return Client(HTTP_HOST="localhost").get("/sign-in/callback/", {"state": "x"}, **request).status_code

    return once


def statuses(ask: Callable[[], int], times: int) -> list[int]:
    return [ask() for _ in range(times)]


def test_sixty_callbacks_a_minute_from_one_address_and_no_more(knock):
    assert statuses(knock, 62) == [400] * 60 + [429] * 2


def test_sixty_starts_a_minute_from_one_address_and_no_more(azure, clock, db):
    assert statuses(lambda: Client(HTTP_HOST="localhost").get("/sign-in/start/").status_code, 61)[-2:] == [302, 429]


def test_there_is_room_for_thirty_sign_ins_a_minute_from_one_address(azure, clock, db):
    assert {Browser().sign_in(operator(azure)).status_code for _ in range(30)} == {302}


def test_who_is_refused_reads_when_to_come_back_and_finds_the_way_out(knock):
    statuses(knock, 60)
    answer = Client(HTTP_HOST="localhost").get("/sign-in/callback/")
    page = answer.content.decode()
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "20")
    assert "Try again in 20 seconds." in page
    assert 'href="/"' in page
    assert answer.headers["Cache-Control"] == "no-store"


def test_the_next_minute_begins_anew(knock, clock):
    assert statuses(knock, 61)[-1] == 429
    clock.shift(20)
    assert knock() == 400


def test_another_address_has_a_count_of_its_own(knock):
    statuses(knock, 60)
    assert [knock(REMOTE_ADDR="198.51.100.7"), knock()] == [400, 429]


def test_an_address_that_a_browser_makes_up_makes_no_room(knock):
    statuses(knock, 60)
    forged = ["198.51.100.7", "198.51.100.8, 127.0.0.1", "::1", ""]
    assert [knock(HTTP_X_FORWARDED_FOR=one) for one in forged] == [429] * 4


def test_behind_a_proxy_of_ours_each_browser_counts_and_what_it_makes_up_does_not(knock, settings):
    settings.PORTAL_TRUSTED_PROXIES = ("10.0.0.0/8",)
    proxy = {"REMOTE_ADDR": "10.1.2.3"}
    statuses(lambda: knock(HTTP_X_FORWARDED_FOR="198.51.100.7", **proxy), 60)
    assert knock(HTTP_X_FORWARDED_FOR="203.0.113.1, 198.51.100.7", **proxy) == 429
    assert knock(HTTP_X_FORWARDED_FOR="198.51.100.8", **proxy) == 400


def test_the_addresses_of_one_network_of_version_six_are_one(rf):
    def key(text: str) -> str:
        return address(rf.get("/", REMOTE_ADDR=text))

    assert key("2001:db8:1:2::1") == key("2001:db8:1:2:ffff::9") != key("2001:db8:1:3::1")
    assert [key("198.51.100.7"), key("")] == ["198.51.100.7", ""]


def test_a_sign_in_that_succeeds_clears_nothing(azure, clock, db):
    browser = Browser()
    assert browser.sign_in(operator(azure)).status_code == 302
    counts = {one.limit: one.count for one in Tally.objects.all()}
    assert counts == {"sign-in-start": 1, "sign-in-callback": 1}
    browser.sign_in(operator(azure))
    assert set(Tally.objects.values_list("count", flat=True)) == {2}


def test_thirty_exports_a_minute_for_one_person(browser):
    def export() -> int:
        answer = browser.get("/cross-connections/export.csv")
        answer.getvalue()
        return int(answer.status_code)

    assert statuses(export, 31) == [200] * 30 + [429]


@pytest.mark.parametrize(
    "path", ["/cross-connections/sync/", "/communities/read/", f"/cross-connections/{KEY}/refresh/"]
)
def test_what_asks_azure_may_be_asked_for_sixty_times_a_minute_by_one_person(browser, path: str):
    cross_connection(enlisted(), KEY)
    assert statuses(lambda: browser.post(path).status_code, 61)[-2:] == [303, 429]
    # To look is no deed: a sign-in in between comes back with a GET.
    assert browser.get(path).status_code in {302, 303}


def test_who_is_refused_has_done_nothing(browser):
    statuses(lambda: browser.post("/cross-connections/sync/").status_code, 60)
    enlisted()
    assert browser.post("/cross-connections/sync/").status_code == 429
    assert not SyncRun.objects.exists()


def test_looking_does_not_count(browser):
    statuses(lambda: browser.get("/cross-connections/sync/").status_code, 61)
    assert browser.post("/cross-connections/sync/").status_code == 303


def test_a_person_is_one_at_whichever_address_and_another_person_is_another(browser):
    statuses(lambda: browser.post("/cross-connections/sync/").status_code, 60)
    assert browser.post("/cross-connections/sync/", REMOTE_ADDR="198.51.100.7").status_code == 429
    ids = {"tenant_id": settings.ENTRA_TENANT_ID, "object_id": uuid4()}
    other = signed_in_as(User.objects.create(name="Amara Okafor", app_roles=["Portal.Operator"], **ids))
    assert other.post("/cross-connections/sync/").status_code == 303


def test_a_fragment_that_asks_too_often_gets_a_banner(browser):
    statuses(lambda: browser.post("/cross-connections/sync/").status_code, 60)
    answer = browser.post("/cross-connections/sync/", headers=FRAGMENT)
    assert (answer.headers["HX-Retarget"], answer.headers["Retry-After"]) == ("#banner", "20")
    assert "Try again in 20 seconds." in answer.content.decode()


def test_housekeeping_forgets_the_windows_that_have_ended(knock, clock):
    knock()
    housekeeping()
    assert Tally.objects.count() == 1
    clock.shift(60)
    housekeeping()
    assert not Tally.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="in memory, all threads of a test have one connection")
def test_many_at_once_are_counted_one_by_one():
    limit = Limit("test", 25, 3600)

    def ask(_: int) -> bool:
        try:
            return take(limit, "somebody") is None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(ask, range(60))) == 25
    assert Tally.objects.get().count == 25


COUNT_IN_A_PROCESS = """
import django; django.setup()
from portal.limits.counting import Limit, take
print(sum(take(Limit("test", 25, 36_000), "somebody") is None for _ in range(20)))
"""


def test_processes_on_one_sqlite_file_count_together(tmp_path: Path):
    there = {"DATABASE_URL": f"sqlite:///{tmp_path}/limits.sqlite3", "DJANGO_SETTINGS_MODULE": "portal.settings"}
    environment = {**os.environ, **there}
    migrate = [sys.executable, "manage.py", "migrate", "limits", "--verbosity", "0"]
    subprocess.run(migrate, cwd=settings.BASE_DIR, env=environment, check=True)
    command = [sys.executable, "-c", COUNT_IN_A_PROCESS]
    counting = [
        subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE) for _ in range(3)
    ]
    assert sum(int(one.communicate(timeout=60)[0]) for one in counting) == 25
