"""What is recorded of people's deeds here: who, what, to what, from where; and that none happens unrecorded."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from crossconnections.models import Attention, CrossConnection, Subscription, SyncRun
from crossconnections.services import attention, syncs
from crossconnections.services.subscriptions import enlisting as subscriptions
from portal.activity.chain import TrailBroken
from portal.activity.models import Entry
from portal.actors import Actor, at_terminal
from tests.integration.activity.entries import at_a_browser, person, turned
from tests.integration.pages.rows import KEY, cross_connection, enlisted
from tests.tampering import break_the_trail
from tests.told import Told, told

pytestmark = pytest.mark.django_db
TERMINAL = Actor("command", "root", address="noc-1")
ID = "11111111-1111-4111-8111-111111111111"


@pytest.fixture
def raised() -> CrossConnection:
    row = cross_connection(enlisted(), KEY)
    Attention.objects.create(cross_connection=row, kind="bandwidth-raised", seen_at=timezone.now(), before=1, after=2)
    return row


def settle(row: CrossConnection) -> Any:
    return attention.settle(row=row, kind="bandwidth-raised", by=at_a_browser(person()))


def test_that_something_is_dealt_with(raised: CrossConnection):
    settle(raised)
    what = "Dealt with: bandwidth raised"
    assert told() == [Told("Lotte de Vries", what, "cross-connection er-contoso-prod-ams", origin="web 10.8.4.17")]
    assert Entry.objects.get().object_id == KEY


@pytest.mark.parametrize("kind", ["edited", "to-provision", "nonsense"])
def test_what_does_not_wait_is_not_dealt_with(raised: CrossConnection, kind: str):
    attention.settle(row=raised, kind=kind, by=at_a_browser(person()))
    assert told() == []


def test_nothing_is_dealt_with_unrecorded(raised: CrossConnection):
    turned("left")
    break_the_trail()
    with pytest.raises(TrailBroken):
        settle(raised)
    assert Attention.objects.get().settled_at is None


def test_enlisting_and_enlisting_anew():
    subscriptions.enlist(subscription_id=ID, label="emea", kind="test", by=TERMINAL)
    for _ in range(2):  # the second says nothing new
        subscriptions.enlist(subscription_id=ID, label="emea-prod", kind="production", by=TERMINAL)
    enlisted_anew = "Enlisted emea (test) anew, as emea-prod (production)"
    assert told() == [
        Told("root", "Enlisted emea as test", "subscription emea", origin="command noc-1"),
        Told("root", enlisted_anew, "subscription emea-prod", origin="command noc-1"),
    ]
    assert {entry.object_id for entry in Entry.objects.all()} == {ID}


def test_nothing_is_enlisted_unrecorded():
    turned("left")
    break_the_trail()
    with pytest.raises(TrailBroken):
        subscriptions.enlist(subscription_id=ID, label="emea", kind="test", by=TERMINAL)
    assert not Subscription.objects.exists()
    assert not SyncRun.objects.exists()


def test_a_label_that_is_taken_leaves_no_entry():
    enlisted("emea")
    with pytest.raises(subscriptions.NotEnlisted):
        subscriptions.enlist(subscription_id=ID, label="EMEA", kind="test", by=TERMINAL)
    assert told() == []


def test_asking_for_a_sync_again_is_asking_too(signed_in: Callable[..., Client]):
    enlisted("emea")
    enlisted("amer")
    browser = signed_in("Portal.Viewer")
    for _ in range(2):
        browser.post("/cross-connections/sync/")
    one, other = (
        Told("Lotte de Vries", f"Asked for a sync of {label}", f"subscription {label}", origin="web 127.0.0.1")
        for label in ("amer", "emea")
    )
    assert sorted(told()) == [one, one, other, other]


def test_a_sync_at_the_terminal(azure):
    found = azure.subscription("test")
    Subscription.objects.create(cloud="Sandbox", subscription_id=found["id"], label="emea")
    call_command("sync")
    here = at_terminal()
    assert told() == [
        Told(here.name, "Asked for a sync of emea", "subscription emea", origin=f"command {here.address}")
    ]


def test_the_clocks_own_syncs_are_not_recorded():
    enlisted(synced=False)
    syncs.sweep()
    assert SyncRun.objects.exists()
    assert told() == []


def test_no_sync_is_asked_for_unrecorded():
    enlisted()
    turned("left")
    break_the_trail()
    with pytest.raises(TrailBroken):
        syncs.request_all_syncs(by=TERMINAL)
    assert not SyncRun.objects.exists()


def test_an_export_and_its_filters(signed_in: Callable[..., Client]):
    signed_in("Portal.Viewer").get("/cross-connections/export.csv?state=Provisioned&q=ams").getvalue()
    assert told() == [Told("Lotte de Vries", "Exported cross connections as CSV", "", origin="web 127.0.0.1")]
    assert Entry.objects.get().named_details == {"filters": "q=ams&state=Provisioned"}


def test_a_head_of_an_export_is_none(signed_in: Callable[..., Client]):
    signed_in("Portal.Viewer").head("/cross-connections/export.csv")
    assert told() == []


def test_nothing_is_exported_unrecorded(signed_in: Callable[..., Client]):
    turned("left")
    break_the_trail()
    assert signed_in("Portal.Viewer").get("/cross-connections/export.csv").status_code == 503


def test_the_page_of_a_cross_connection_shows_what_was_done_to_it(
    raised: CrossConnection, signed_in: Callable[..., Client]
):
    settle(raised)
    shown = signed_in("Portal.Viewer").get(f"/cross-connections/{KEY}/").content.decode()
    assert "<b>Lotte de Vries</b> dealt with: bandwidth raised" in shown
    assert "10.8.4.17" not in shown
    assert "/activity/?object=" not in shown


def test_an_administrator_finds_all_of_it_from_there(raised: CrossConnection, signed_in: Callable[..., Client]):
    settle(raised)
    administrator = signed_in("Portal.Administrator")
    address = f"/activity/?object=cross-connection%3A{KEY}"
    assert f'href="{address}"' in administrator.get(f"/cross-connections/{KEY}/").content.decode()
    shown = administrator.get(address).content.decode()
    assert f'<a href="/cross-connections/{KEY}/"><code>{KEY[:8]}</code></a>' in shown
    assert 'aria-label="Copy service key"' in shown
