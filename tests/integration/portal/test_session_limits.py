"""How long somebody stays signed in, by a clock that the tests move."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from crossconnections.models import SyncRun
from tests.integration.pages.rows import enlisted

POLL = {"HX-Request": "true", "HX-Current-URL": "http://localhost/cross-connections/?q=typed"}
BY_PERSON = POLL | {"X-By-Person": "1"}
HOUR = 3600


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(time.time(), tick=False) as clock:
        yield clock


@pytest.fixture
def browser(clock: time_machine.Traveller, signed_in: Callable[..., Client]) -> Client:
    return signed_in("Portal.Operator")


def is_signed_in(browser: Client) -> bool:
    return browser.get("/cross-connections/").status_code == 200


def ask_every_minute(browser: Client, clock: time_machine.Traveller, headers: dict[str, str], *, hours: int) -> int:
    """How many minutes the portal answered with what was asked for."""
    for minute in range(hours * 60):
        clock.shift(60)
        if browser.get("/cross-connections/sync/state/", headers=headers).status_code != 200:
            return minute
    return hours * 60


def test_a_page_that_polls_for_two_hours_is_signed_out_after_one(browser: Client, clock):
    assert ask_every_minute(browser, clock, POLL, hours=2) == 60
    assert not is_signed_in(browser)


@pytest.mark.parametrize("word", ["", "0", "true", "yes"])
def test_a_fragment_extends_nothing_without_the_exact_word_of_its_script(browser: Client, clock, word: str):
    assert ask_every_minute(browser, clock, POLL | {"X-By-Person": word}, hours=2) == 60


def test_what_a_person_does_in_a_page_keeps_them_signed_in(browser: Client, clock):
    assert ask_every_minute(browser, clock, BY_PERSON, hours=2) == 120
    assert is_signed_in(browser)


def test_a_page_request_keeps_a_person_signed_in(browser: Client, clock):
    for _ in range(4):
        clock.shift(HOUR - 1)
        assert is_signed_in(browser)


def test_a_short_limit_is_counted_in_short_steps(browser: Client, clock, settings):
    settings.PORTAL_SESSION_IDLE_SECONDS = 20
    for _ in range(10):
        clock.shift(4)
        assert is_signed_in(browser)
    clock.shift(21)
    assert not is_signed_in(browser)


def test_however_busy_a_person_is_they_sign_in_again_after_ten_hours(browser: Client, clock):
    for _ in range(20):
        clock.shift(HOUR / 2 - 1)
        assert is_signed_in(browser)
    clock.shift(21)
    assert not is_signed_in(browser)


def test_both_limits_are_the_settings(browser: Client, clock, settings):
    settings.PORTAL_SESSION_IDLE_SECONDS = 120
    clock.shift(121)
    assert not is_signed_in(browser)


def test_a_shorter_age_counts_for_those_who_are_signed_in_already(browser: Client, clock, settings):
    settings.PORTAL_SESSION_MAX_SECONDS = 1800
    clock.shift(1801)
    assert not is_signed_in(browser)


def test_a_session_that_does_not_say_since_when_is_over(browser: Client):
    session = browser.session
    del session["signed_in_at"]
    session.save()
    assert not is_signed_in(browser)


def test_an_ended_session_is_gone_from_the_server_and_its_cookie_is_worth_nothing(browser: Client, clock):
    cookie = browser.cookies["session"].value
    clock.shift(HOUR + 1)
    browser.get("/cross-connections/")
    assert not Session.objects.filter(session_key=cookie).exists()
    clock.shift(-HOUR)
    stranger = Client(HTTP_HOST="localhost")
    stranger.cookies["session"] = cookie
    assert not is_signed_in(stranger)


def test_who_comes_back_is_told_that_the_session_has_ended_and_keeps_the_address(browser: Client, clock):
    clock.shift(HOUR + 1)
    answer = browser.get("/cross-connections/?q=ams")
    assert answer.headers["Location"] == "/sign-in/?next=/cross-connections/%3Fq%3Dams&ended=1"
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "Your session has ended" in page
    assert "next=%2Fcross-connections%2F%3Fq%3Dams" in page


def test_who_was_not_signed_in_is_not_told_of_a_session(db):
    assert Client(HTTP_HOST="localhost").get("/cross-connections/").headers["Location"].endswith("/cross-connections/")
    assert "has ended" not in Client(HTTP_HOST="localhost").get("/sign-in/").content.decode()


def test_a_form_sent_after_the_end_does_nothing_and_leads_back_by_way_of_the_sign_in(browser: Client, clock):
    enlisted()
    clock.shift(HOUR + 1)
    answer = browser.post("/cross-connections/sync/")
    assert answer.headers["Location"] == "/sign-in/?next=/cross-connections/sync/&ended=1"
    assert not SyncRun.objects.exists()


def test_a_fragment_after_the_end_is_a_banner_that_leads_back_to_its_page(browser: Client, clock):
    clock.shift(HOUR + 1)
    answer = browser.post("/cross-connections/sync/", headers=BY_PERSON)
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (286, "#banner")
    assert "next=%2Fcross-connections%2F%3Fq%3Dtyped" in answer.content.decode()
    assert not SyncRun.objects.exists()


def test_the_row_is_written_once_a_minute_at_most_and_never_for_a_poll(browser: Client, clock):
    def seen_at() -> float:
        return float(browser.session["seen_at"])

    begun = seen_at()
    clock.shift(59)
    browser.get("/cross-connections/sync/")
    assert seen_at() == begun
    clock.shift(1)
    browser.get("/cross-connections/sync/state/", headers=POLL)
    assert seen_at() == begun
    browser.get("/cross-connections/sync/")
    assert seen_at() == begun + 60


def test_the_row_ends_with_the_age_however_often_it_is_written(browser: Client, clock):
    ends_at = Session.objects.get().expire_date
    assert abs(ends_at - timezone.now() - timedelta(hours=10)) < timedelta(seconds=1)
    clock.shift(HOUR / 2)
    browser.get("/cross-connections/")
    assert Session.objects.get().expire_date == ends_at


def test_a_sign_in_under_way_is_kept_for_ten_minutes(azure, db, clock):
    Client(HTTP_HOST="localhost").get("/sign-in/start/")
    clock.shift(599)
    call_command("clearsessions")
    assert Session.objects.count() == 1
    clock.shift(2)
    call_command("clearsessions")
    assert not Session.objects.exists()


def test_a_sign_in_begun_by_somebody_who_is_signed_in_shortens_nothing(azure, browser: Client, clock):
    ends_at = Session.objects.get().expire_date
    browser.get("/sign-in/start/")
    assert Session.objects.get().expire_date == ends_at


def test_who_only_knocks_leaves_no_row(db):
    Client(HTTP_HOST="localhost").get("/sign-in/callback/", {"code": "x", "state": "y"})
    assert not Session.objects.exists()
