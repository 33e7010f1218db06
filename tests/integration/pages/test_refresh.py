from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.models import CrossConnection
from tests.integration.pages.rows import KEY, cross_connection, enlisted

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


def test_a_page_that_was_just_read_asks_for_nothing(viewer: Client, row: CrossConnection):
    CrossConnection.objects.update(read_at=timezone.now() - timedelta(seconds=5))
    assert "Read now" not in viewer.get(ADDRESS).content.decode()


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
