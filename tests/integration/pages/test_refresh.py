import json
import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from crossconnections.models import CrossConnection, SyncRun
from crossconnections.services.refreshes import reason_not_to_refresh
from tests.integration.pages.rows import KEY, cross_connection, enlisted

HTMX = {"HX-Request": "true"}
ADDRESS = f"/cross-connections/{KEY}/"


@pytest.fixture
def row(viewer: Client) -> CrossConnection:
    return cross_connection(enlisted(), KEY)


def test_opening_a_page_changes_nothing_by_itself(viewer: Client, row: CrossConnection):
    viewer.get(ADDRESS)
    row.refresh_from_db()
    assert row.wanted_at is None


def test_a_page_older_than_a_minute_asks_for_a_reading_when_it_loads(viewer: Client, row: CrossConnection):
    assert 'hx-trigger="submit, load"' in viewer.get(ADDRESS).content.decode()
    answer = viewer.post(f"{ADDRESS}refresh/")
    assert (answer.status_code, answer.headers["Location"]) == (303, ADDRESS)
    row.refresh_from_db()
    assert row.wanted_at is not None
    page = viewer.get(ADDRESS).content.decode()
    assert "Reading from Azure" in page
    assert 'hx-trigger="every 2s"' in page


def test_a_reading_that_no_worker_takes_is_told_with_the_age_of_what_is_shown(viewer: Client, row: CrossConnection):
    CrossConnection.objects.update(wanted_at=timezone.now() - timedelta(minutes=1))
    assert "No worker has taken the reading yet, last read" in viewer.get(ADDRESS).content.decode()
    CrossConnection.objects.update(claimed_until=timezone.now() + timedelta(minutes=1))
    assert "Reading from Azure" in viewer.get(ADDRESS).content.decode()


def test_a_page_that_was_just_read_asks_for_nothing_and_tells_who_asks_why(viewer: Client, row: CrossConnection):
    CrossConnection.objects.update(read_at=timezone.now() - timedelta(seconds=5))
    assert 'hx-trigger="submit"' in viewer.get(ADDRESS).content.decode()
    answer = viewer.post(f"{ADDRESS}refresh/", headers=HTMX)
    assert json.loads(answer.headers["HX-Trigger"]) == {"say": {"value": "It was read within the last ten seconds."}}
    row.refresh_from_db()
    assert row.wanted_at is None


def test_whoever_knows_of_something_new_need_not_wait_for_the_minute(viewer: Client, row: CrossConnection):
    CrossConnection.objects.update(read_at=timezone.now() - timedelta(seconds=15))
    assert 'hx-trigger="submit"' in viewer.get(ADDRESS).content.decode()
    viewer.post(f"{ADDRESS}refresh/")
    row.refresh_from_db()
    assert row.wanted_at is not None


def test_without_script_the_reason_stands_on_the_page(viewer: Client, row: CrossConnection):
    CrossConnection.objects.update(read_at=timezone.now() - timedelta(seconds=5))
    assert "It was read within the last ten seconds." in viewer.post(f"{ADDRESS}refresh/").content.decode()


def test_a_page_that_was_read_after_the_last_sync_is_as_fresh_as_its_reading(viewer: Client, row: CrossConnection):
    CrossConnection.objects.update(read_at=timezone.now() - timedelta(seconds=40))
    shown = viewer.get(ADDRESS).content.decode().split('id="freshness"')[1]
    assert re.search(r"<span>Read <time [^>]*>4\d s ago</time>", shown)


def test_while_a_page_waits_only_its_freshness_is_shown_anew(viewer: Client, row: CrossConnection):
    CrossConnection.objects.update(wanted_at=timezone.now())
    waiting = viewer.get(ADDRESS).content.decode().split('id="freshness"')[1].split(">")[0]
    assert 'hx-select="#freshness"' in waiting
    assert "HX-Reselect" not in viewer.get(poll_address(viewer), headers=HTMX).headers


def test_a_part_of_a_page_never_asks_by_itself(viewer: Client, row: CrossConnection):
    assert 'hx-trigger="submit, load"' not in viewer.get(ADDRESS, headers=HTMX).content.decode()


def test_the_age_of_a_reading_is_judged_by_the_clock_that_it_was_put_down_with(viewer: Client, row: CrossConnection):
    CrossConnection.objects.update(read_at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        assert reason_not_to_refresh(CrossConnection.objects.get()) == "It was read within the last ten seconds."


def test_a_reading_that_failed_is_told_and_not_tried_again_by_the_page_itself(viewer: Client, row: CrossConnection):
    CrossConnection.objects.update(read_error_code="AuthorizationFailed", read_correlation_id="c-1")
    page = viewer.get(ADDRESS).content.decode()
    assert "It could not be read from Azure just now" in page
    assert "Give the application a role" in page
    assert "c-1" in page
    assert 'hx-trigger="submit"' in page


def test_a_link_back_from_a_sign_in_leads_to_the_page_and_asks_for_nothing(viewer: Client, row: CrossConnection):
    assert viewer.get(f"{ADDRESS}refresh/").headers["Location"] == ADDRESS
    row.refresh_from_db()
    assert row.wanted_at is None


def poll_address(client: Client) -> str:
    found = re.findall(r'id="freshness" hx-get="([^"]+)"', client.get(ADDRESS).content.decode())
    return str(found[0])


def test_an_open_page_is_shown_anew_once_there_is_something_new_to_show(viewer: Client, row: CrossConnection):
    address = poll_address(viewer)
    assert "HX-Reselect" not in viewer.get(address, headers=HTMX).headers
    CrossConnection.objects.update(gone_at=timezone.now())
    answer = viewer.get(address, headers=HTMX)
    assert (answer.headers["HX-Reselect"], answer.headers["HX-Retarget"]) == ("#detail", "#detail")
    assert "Gone from Azure since" in answer.content.decode()
    assert "HX-Reselect" not in viewer.get(poll_address(viewer), headers=HTMX).headers


def test_a_page_that_fails_once_more_in_the_same_way_stays_as_it_is(viewer: Client, row: CrossConnection):
    CrossConnection.objects.update(read_error_code="NoAnswer", read_failed_at=timezone.now() - timedelta(minutes=2))
    address = poll_address(viewer)
    CrossConnection.objects.update(read_failed_at=timezone.now())
    assert "HX-Reselect" not in viewer.get(address, headers=HTMX).headers


def test_a_page_that_was_read_again_and_shows_the_same_stays_as_it_is(viewer: Client, row: CrossConnection):
    address = poll_address(viewer)
    CrossConnection.objects.update(read_at=timezone.now())
    assert "HX-Reselect" not in viewer.get(address, headers=HTMX).headers


def test_a_page_that_could_not_be_read_is_not_called_fresh(viewer: Client, row: CrossConnection):
    CrossConnection.objects.update(read_error_code="AnswerNotUnderstood")
    page = viewer.get(ADDRESS).content.decode()
    assert "Could not be read, last read" in page
    assert "Synced" not in page.split('id="freshness"')[1].split("</span>")[0]


def test_a_page_whose_subscription_could_not_be_synced_says_so(viewer: Client, row: CrossConnection):
    SyncRun.objects.create(subscription=row.subscription, state="failed", asked_at=timezone.now())
    assert "Last sync failed, synced" in viewer.get(ADDRESS).content.decode()
