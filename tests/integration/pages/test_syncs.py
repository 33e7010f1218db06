from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.models import SyncRun
from tests.integration.pages.rows import KEY, cross_connection, enlisted, sync_run


def test_sync_now_queues_a_sync_and_goes_back_to_the_list(viewer: Client) -> None:
    enlisted()
    response = viewer.post("/cross-connections/sync/", {"q": "contoso"})
    assert (response.status_code, response.headers["Location"]) == (303, "/cross-connections/?q=contoso")
    run = SyncRun.objects.get()
    assert run.state == SyncRun.State.QUEUED
    assert run.asked_by is not None
    assert run.asked_by.name == "Lotte de Vries"


def test_asking_again_while_a_sync_is_active_starts_no_second_one(viewer: Client) -> None:
    enlisted()
    for _ in range(2):
        viewer.post("/cross-connections/sync/")
    assert SyncRun.objects.count() == 1


def test_getting_sync_now_changes_nothing(viewer: Client) -> None:
    enlisted()
    assert viewer.get("/cross-connections/sync/").headers["Location"] == "/cross-connections/"
    assert not SyncRun.objects.exists()


def test_htmx_gets_the_freshness_and_polls_fast_while_a_sync_runs(viewer: Client) -> None:
    enlisted()
    response = viewer.post("/cross-connections/sync/", HTTP_HX_REQUEST="true")
    shown = response.content.decode()
    assert "Waiting to sync Northlink" in shown
    assert 'hx-trigger="every 2s"' in shown
    assert "Sync asked for" in response.headers["HX-Trigger"]


def test_an_idle_page_polls_slowly(viewer: Client) -> None:
    enlisted()
    response = viewer.get("/cross-connections/sync/state/?seen=9999999999999", HTTP_HX_REQUEST="true")
    assert 'hx-trigger="every 15s"' in response.content.decode()
    assert "HX-Trigger" not in response.headers


@pytest.mark.parametrize("state", ["succeeded", "failed"])
def test_a_page_that_missed_the_end_of_a_sync_is_told_to_refresh_its_list(viewer: Client, state: str) -> None:
    now = timezone.now()
    sync_run(enlisted(), state, finished_at=now)
    seen = int((now - timedelta(seconds=5)).timestamp() * 1000)
    response = viewer.get(f"/cross-connections/sync/state/?seen={seen}&asked=1", HTTP_HX_REQUEST="true")
    assert "synced" in response.headers["HX-Trigger"]
    assert "say" in response.headers["HX-Trigger"]


def test_a_page_that_has_seen_the_end_is_left_alone(viewer: Client) -> None:
    enlisted()
    first = viewer.get("/cross-connections/").content.decode()
    address = first.split('id="freshness" hx-get="')[1].split('"')[0]
    assert "HX-Trigger" not in viewer.get(address, HTTP_HX_REQUEST="true").headers


@pytest.mark.parametrize("seen", ["", "x", "-1", "9" * 5000, "²"])
def test_a_nonsensical_mark_is_ignored(viewer: Client, seen: str) -> None:
    enlisted()
    response = viewer.get("/cross-connections/sync/state/", {"seen": seen}, HTTP_HX_REQUEST="true")
    assert response.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/cross-connections/",
        "/cross-connections.json",
        f"/cross-connections/{KEY}/",
        f"/cross-connections/{KEY}.json",
        "/cross-connections/sync/state/",
    ],
)
def test_what_only_shows_takes_no_post(viewer: Client, path: str) -> None:
    cross_connection(enlisted(), KEY)
    assert viewer.post(path).status_code == 405


def test_sync_now_takes_no_put(viewer: Client) -> None:
    assert viewer.put("/cross-connections/sync/").status_code == 405
