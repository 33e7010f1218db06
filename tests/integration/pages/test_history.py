import html
import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.models import CrossConnection, Observation
from tests.integration.pages.changes import change, held
from tests.integration.pages.rows import KEY, cross_connection, enlisted
from tests.people import person


def seen(
    row: CrossConnection, field: str, before: object, after: object, subject: str = "", *, seconds: float = 7200
) -> None:
    moment = timezone.now() - timedelta(seconds=seconds)
    Observation.objects.create(
        cross_connection=row, seen_at=moment, subject=subject, field=field, before=before, after=after
    )


def test_the_page_tells_what_changed_in_words(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    seen(row, "bandwidth_mbps", 500, 1000)
    seen(row, "provider_provisioning_state", "Provisioning", "Provisioned")
    seen(row, "vlan_id", 200, None, "AzurePrivatePeering")
    seen(row, "presence", False, True, "MicrosoftPeering")
    seen(row, "tags", {}, {"ticket": "<script>"})
    page = viewer.get(f"/cross-connections/{KEY}/").content.decode()
    assert "<b>Bandwidth</b> 500 Mbps → 1 Gbps" in page
    assert "<b>State</b> Provisioning → Provisioned" in page
    assert "<b>VLAN ID</b> 200 → none" in page
    assert "<b>Microsoft peering was added</b>" in page
    assert "none → ticket &lt;script&gt;" in page
    assert "2 h ago" in page


def test_without_a_change_there_is_no_history(viewer: Client) -> None:
    cross_connection(enlisted(), KEY)
    assert "what was seen to change" not in viewer.get(f"/cross-connections/{KEY}/").content.decode()


def feed(client: Client) -> list[str]:
    """The lines of the history as text."""
    page = html.unescape(client.get(f"/cross-connections/{KEY}/").content.decode())
    lines = page.split('<ol class="feed">')[1].split("</ol>", maxsplit=1)[0].split("<li>")[1:]
    return [" ".join(re.sub(r"<[^>]+>", " ", line).split()) for line in lines]


def test_changes_and_what_was_seen_make_one_line_of_time(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    seen(row, "bandwidth_mbps", 500, 1000, seconds=3600)
    first = change(row, "failed", seconds=7200, error_code="Conflict", by=person("Piet"))
    second = change(row, "succeeded", seconds=600, by=person("Amina Yusuf"))
    assert feed(viewer) == [
        f"Set Provisioned , succeeded Amina Yusuf, change {second.pk}, 9 min ago",
        "Bandwidth 500 Mbps → 1 Gbps seen 1 h ago",
        f"Set Provisioned , failed: Conflict: Azure held something else by then Piet, change {first.pk}, 1 h ago",
    ]


def test_what_our_own_change_did_is_told_by_the_change(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    change(row, "succeeded", seconds=600)
    seen(row, "provider_provisioning_state", "Provisioning", "Provisioned", seconds=590)
    assert len(feed(viewer)) == 1


@pytest.mark.parametrize(
    ("state", "values", "field", "after", "seconds"),
    [
        ("succeeded", {}, "provider_provisioning_state", "Deprovisioning", 590),  # other than asked
        ("succeeded", {}, "provider_notes", "Provisioned", 590),  # another field
        ("succeeded", {}, "provider_provisioning_state", "Provisioned", 650),  # before it was sent
        ("succeeded", {}, "provider_provisioning_state", "Provisioned", 300),  # long after it
        ("failed", {}, "provider_provisioning_state", "Provisioned", 590),
        ("succeeded", {"sent_at": None}, "provider_provisioning_state", "Provisioned", 590),
    ],
)
def test_what_somebody_else_may_have_done_stays(
    viewer: Client, *, state: str, values: dict[str, Any], field: str, after: str, seconds: float
) -> None:
    row = cross_connection(enlisted(), KEY)
    change(row, state, seconds=600, **values)
    seen(row, field, "Provisioning", after, seconds=seconds)
    assert len(feed(viewer)) == 2


def test_the_same_field_of_a_peering_is_no_effect_of_it(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    change(row, "succeeded", seconds=600)
    seen(row, "provider_provisioning_state", "", "Provisioned", "AzurePrivatePeering", seconds=590)
    assert len(feed(viewer)) == 2


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("queued", "is about to be sent to Azure."),
        ("submitting", "is with Azure."),
        ("running", "is with Azure."),
        ("unknown", "left for Azure, and nobody knows yet whether it took."),
    ],
)
def test_what_goes_on_stands_above_all(viewer: Client, state: str, words: str) -> None:
    row = cross_connection(enlisted(), KEY)
    one = change(row, state, seconds=20, by=person("Amina Yusuf"))
    shown = viewer.get(f"/cross-connections/{KEY}/").content.decode()
    call = shown.split("Facts")[0]
    assert f"Change {one.pk}, Set Provisioned, {words}" in call
    assert "Asked by Amina Yusuf" in call
    assert f'href="/changes/{one.pk}/"' in call
    assert f'hx-trigger="every {15 if state == "unknown" else 2}s"' in shown


def test_what_waits_for_a_person_says_so_above_all(viewer: Client) -> None:
    held(cross_connection(enlisted(), KEY))
    assert "waits for a person&#x27;s word." in viewer.get(f"/cross-connections/{KEY}/").content.decode()


def test_an_open_page_shows_itself_anew_when_a_change_has_ended(viewer: Client) -> None:
    one = change(cross_connection(enlisted(), KEY), "running")
    seen_by_then = re.findall(r"\?seen=(\w+)", viewer.get(f"/cross-connections/{KEY}/").content.decode())[0]
    poll = f"/cross-connections/{KEY}/?seen={seen_by_then}"
    assert "HX-Retarget" not in viewer.get(poll, headers={"HX-Request": "true"}).headers
    type(one).objects.filter(pk=one.pk).update(state="succeeded", finished_at=timezone.now())
    assert viewer.get(poll, headers={"HX-Request": "true"}).headers["HX-Retarget"] == "#detail"
