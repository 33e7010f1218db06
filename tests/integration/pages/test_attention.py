"""The strip above the list, the reason in each row, and the word of a person that ends it."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from crossconnections.models import Attention, CrossConnection
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering

OTHER = "aaaaaaaa-0000-4000-8000-000000000000"


def waits(of: CrossConnection, kind: str, *, hours: int = 5, **values: Any) -> Attention:
    seen_at = timezone.now() - timedelta(hours=hours)
    return Attention.objects.create(cross_connection=of, kind=kind, seen_at=seen_at, moved_at=seen_at, **values)


def listed(client: Client, query: str) -> set[str]:
    return {row["service_key"] for row in client.get(f"/cross-connections.json{query}").json()["results"]}


def test_the_strip_counts_each_kind_and_names_the_one_that_waits_longest(viewer: Client) -> None:
    northlink = enlisted()
    waits(cross_connection(northlink, peering_location="Dublin"), "to-provision", hours=102)
    waits(cross_connection(northlink), "to-provision")
    waits(cross_connection(northlink, circuit_name="er-adatum-voice"), "failed", hours=2)
    shown = viewer.get("/cross-connections/").content.decode()
    assert "<b>2 to provision</b><span>Oldest 4 d 6 h, Dublin</span>" in shown
    assert "<b>1 failed</b><span>er-adatum-voice, 2 h</span>" in shown
    assert shown.index("1 failed") < shown.index("2 to provision")
    assert "deleted by customer" not in shown


SECONDARY = ["AzurePrivatePeering", "secondary"]
PRIMARY = ["AzurePrivatePeering", "primary"]


@pytest.mark.parametrize(
    ("links", "words"),
    [
        ([SECONDARY], "Secondary down, 5 h"),
        ([PRIMARY, SECONDARY], "Both down, 5 h"),
        ([SECONDARY, ["MicrosoftPeering", "secondary"]], "Secondary down, 5 h"),
        ([PRIMARY, ["MicrosoftPeering", "secondary"]], "Several down, 5 h"),
    ],
)
def test_a_link_that_is_down_says_which_and_since_when(viewer: Client, links: list[list[str]], words: str) -> None:
    waits(cross_connection(enlisted(), KEY), "link-down", after=links)
    shown = viewer.get("/cross-connections/").content.decode()
    assert words in shown
    assert f"<b>1 with a link down</b><span>{words.split(maxsplit=1)[0]}, 5 h, er-contoso-prod-ams</span>" in shown


def test_links_that_are_down_are_counted_by_cross_connection_and_come_after_what_was_deleted(viewer: Client) -> None:
    northlink = enlisted()
    waits(cross_connection(northlink, KEY), "link-down", after=[PRIMARY, SECONDARY], hours=9)
    waits(cross_connection(northlink, OTHER), "link-down", after=[SECONDARY])
    waits(cross_connection(northlink), "deleted")
    waits(cross_connection(northlink), "to-provision")
    shown = viewer.get("/cross-connections/").content.decode()
    assert "<b>2 with a link down</b><span>Oldest: both, 9 h, er-contoso-prod-ams</span>" in shown
    assert shown.index("1 deleted") < shown.index("2 with a link down") < shown.index("1 to provision")
    assert listed(viewer, "?attention=link-down") == {KEY, OTHER}


def test_nobody_says_that_a_link_that_is_down_is_dealt_with(signed_in: Callable[..., Client]) -> None:
    down = waits(cross_connection(enlisted(), KEY), "link-down", after=[SECONDARY])
    support = signed_in("Portal.Support")
    assert "Dealt with" not in support.get(f"/cross-connections/{KEY}/").content.decode()
    support.post(f"/cross-connections/{KEY}/attention/", {"kind": "link-down"})
    down.refresh_from_db()
    assert down.settled_at is None


def test_without_anything_that_waits_there_is_no_strip(viewer: Client) -> None:
    cross_connection(enlisted())
    assert 'id="attention" aria-label="Needs attention" hidden' in viewer.get("/cross-connections/").content.decode()


def test_each_kind_links_to_its_rows_and_back(viewer: Client) -> None:
    northlink = enlisted()
    waits(cross_connection(northlink, KEY), "edited", subject="AzurePrivatePeering")
    cross_connection(northlink, OTHER)
    assert 'href="/cross-connections/?attention=edited"' in viewer.get("/cross-connections/").content.decode()
    shown = viewer.get("/cross-connections/?attention=edited").content.decode()
    assert KEY in shown
    assert OTHER not in shown
    assert 'href="/cross-connections/" aria-current="true"' in shown


@pytest.mark.parametrize(("query", "found"), [("", set()), ("?attention=1", {KEY}), ("?attention=deleted", {KEY})])
def test_what_is_gone_stands_in_lists_exports_and_json_only_with_attention(
    viewer: Client, query: str, found: set[str]
) -> None:
    waits(cross_connection(enlisted(), KEY, gone_at=timezone.now()), "deleted")
    assert listed(viewer, query) == found
    assert (f"/cross-connections/{KEY}/" in viewer.get(f"/cross-connections/{query}").content.decode()) is bool(found)
    export = b"".join(viewer.get(f"/cross-connections/export.csv{query}").streaming_content)  # type: ignore[attr-defined]
    assert (KEY in export.decode()) is bool(found)


@pytest.mark.parametrize("query", ["?attention=1", f"?attention=1&q={KEY[:8]}"])
def test_the_head_of_a_group_counts_what_is_gone_as_gone(viewer: Client, query: str) -> None:
    northlink = enlisted()
    waits(cross_connection(northlink, KEY, gone_at=timezone.now()), "deleted")
    waits(cross_connection(northlink, KEY.replace("7", "8")), "failed")
    shown = viewer.get(f"/cross-connections/{query}").content.decode()
    assert "1 gone from Azure" in shown
    assert "2 provisioned" not in shown


def test_a_row_says_the_worst_reason_and_how_many_more_there_are(viewer: Client) -> None:
    row = cross_connection(enlisted(), KEY)
    waits(row, "edited")
    waits(row, "bandwidth-raised", before=500, after=2000)
    shown = viewer.get("/cross-connections/").content.decode()
    assert "Raised to 2 Gbps +1" in shown


@pytest.mark.parametrize("query", ["?attention=nonsense", "?attention=", "?attention=%00"])
def test_an_attention_that_means_nothing_narrows_nothing(viewer: Client, query: str) -> None:
    cross_connection(enlisted(), KEY)
    assert listed(viewer, query) == {KEY}


def test_attention_combines_with_the_other_filters(viewer: Client) -> None:
    northlink = enlisted()
    waits(cross_connection(northlink, KEY), "to-provision")
    waits(cross_connection(northlink, OTHER, peering_location="Dublin"), "to-provision")
    assert listed(viewer, "?attention=1&location=Amsterdam") == {KEY}


@pytest.mark.parametrize("kind", ["dele\0ted", "\0", "x" * 500, "link-down"])
def test_what_is_no_matter_that_a_person_ends_leads_back_and_ends_none(support: Client, kind: str) -> None:
    waiting = waits(cross_connection(enlisted(), KEY), "edited")
    assert support.post(f"/cross-connections/{KEY}/attention/", {"kind": kind}).status_code == 303
    waiting.refresh_from_db()
    assert waiting.settled_at is None


def test_a_settled_matter_is_gone_from_the_list(viewer: Client) -> None:
    waits(cross_connection(enlisted(), KEY), "edited", settled_at=timezone.now())
    assert listed(viewer, "?attention=1") == set()
    assert viewer.get(f"/cross-connections/{KEY}.json").json()["attention"] == []


@pytest.fixture
def raised(db: None) -> Attention:
    return waits(cross_connection(enlisted(), KEY), "bandwidth-raised", before=500, after=1000)


def test_the_page_of_one_says_what_happened_and_what_to_do(raised: Attention, viewer: Client) -> None:
    shown = viewer.get(f"/cross-connections/{KEY}/").content.decode()
    assert "The customer raised the bandwidth from 500 Mbps to 1 Gbps." in shown
    assert "Raise your own limits on both ports" in shown


def test_a_viewer_is_told_who_can_end_it_and_cannot(raised: Attention, viewer: Client) -> None:
    assert (
        "the role Support can then say here that it is dealt with"
        in viewer.get(f"/cross-connections/{KEY}/").content.decode()
    )
    assert viewer.post(f"/cross-connections/{KEY}/attention/", {"kind": raised.kind}).status_code == 403
    raised.refresh_from_db()
    assert raised.settled_at is None


def test_somebody_of_support_ends_it_with_their_name(raised: Attention, signed_in: Callable[..., Client]) -> None:
    support = signed_in("Portal.Support")
    assert "Dealt with" in support.get(f"/cross-connections/{KEY}/").content.decode()
    answer = support.post(f"/cross-connections/{KEY}/attention/", {"kind": raised.kind})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/cross-connections/{KEY}/")
    raised.refresh_from_db()
    assert raised.settled_by is not None
    assert raised.settled_by.name == "Lotte de Vries"
    assert "raised the bandwidth" not in support.get(f"/cross-connections/{KEY}/").content.decode()


def test_what_has_become_more_since_it_was_read_is_not_dealt_with(
    raised: Attention, signed_in: Callable[..., Client]
) -> None:
    support = signed_in("Portal.Support")
    shown = support.get(f"/cross-connections/{KEY}/").content.decode()
    as_of = re.findall(r'name="as_of" value="([^"]+)"', shown)[0]
    Attention.objects.update(after=2000, moved_at=timezone.now())
    told = {"kind": raised.kind, "as_of": as_of}
    answer = support.post(f"/cross-connections/{KEY}/attention/", told)
    assert answer.status_code == 409
    assert "Azure shows more by now than when you opened this page" in answer.content.decode()
    assert "from 500 Mbps to 2 Gbps" in answer.content.decode()
    again = re.findall(r'name="as_of" value="([^"]+)"', answer.content.decode())[0]
    assert support.post(f"/cross-connections/{KEY}/attention/", told | {"as_of": again}).status_code == 303
    raised.refresh_from_db()
    assert raised.settled_at is not None


@pytest.mark.parametrize("as_of", ["nonsense", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_time_that_is_none_is_refused_and_ends_nothing(
    raised: Attention, signed_in: Callable[..., Client], as_of: str
) -> None:
    told = {"kind": raised.kind, "as_of": as_of}
    assert signed_in("Portal.Support").post(f"/cross-connections/{KEY}/attention/", told).status_code == 400
    raised.refresh_from_db()
    assert raised.settled_at is None


@pytest.mark.parametrize(
    ("kind", "state", "advice"),
    [
        ("bandwidth-raised", "Provisioned", "Raise your own limits on both ports"),
        ("bandwidth-raised", "NotProvisioned", "Provision it with 1 Gbps"),
        ("deleted", "Provisioned", "Take your side of it down"),
        ("deleted", "NotProvisioned", "It was not provisioned: if nothing is set up for it"),
    ],
)
def test_what_to_do_depends_on_whether_it_was_in_service(viewer: Client, kind: str, state: str, advice: str) -> None:
    row = cross_connection(enlisted(), KEY, provider_provisioning_state=state)
    waits(row, kind, before=500, after=1000)
    assert advice in viewer.get(f"/cross-connections/{KEY}/").content.decode()


@pytest.mark.parametrize(
    ("subject", "claim"),
    [
        ("AzurePrivatePeering", "The customer changed Azure private peering."),
        ("MicrosoftPeering", "Microsoft peering was removed, and not from here."),
        ("", "More than one peering was changed by the customer, or removed."),
    ],
)
def test_an_edit_says_of_what(viewer: Client, subject: str, claim: str) -> None:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    waits(row, "edited", subject=subject)
    assert claim in viewer.get(f"/cross-connections/{KEY}/").content.decode()


def test_what_waits_in_the_subscription_that_a_cross_connection_came_from_is_seen_and_ended(
    raised: Attention, signed_in: Callable[..., Client]
) -> None:
    former = cross_connection(enlisted("Southlink"), KEY, gone_at=timezone.now())
    deleted = waits(former, "deleted")
    support = signed_in("Portal.Support")
    shown = support.get(f"/cross-connections/{KEY}/").content.decode()
    assert "raised the bandwidth" in shown
    assert "was deleted, or it was moved" in shown
    support.post(f"/cross-connections/{KEY}/attention/", {"kind": "deleted"})
    deleted.refresh_from_db()
    raised.refresh_from_db()
    assert (deleted.settled_at is None, raised.settled_at) == (False, None)
