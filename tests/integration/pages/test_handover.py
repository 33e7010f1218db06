"""The sheet that a customer gets: what is on it, that page and text are the same, and what is on neither."""

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from crossconnections.models import CrossConnection, Snapshot
from portal.activity.models import Entry
from portal.sealing import seal
from tests.integration.pages.changes import change
from tests.integration.pages.handovers import PAGE, TEXT, Sheet, as_line, order, page, record, sheet, text
from tests.integration.pages.pictures import HEALTHY, NO_ARP, tables
from tests.integration.pages.readings import MICROSOFT, PRIVATE, many, reading
from tests.integration.pages.rows import KEY, cross_connection, enlisted, private_peering

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
SET_PRIVATE: dict[str, Any] = {
    "kind": "peering",
    "subject": PRIVATE,
    "opened": {"presence": True},
    "asked": {"presence": True},
}


@pytest.fixture
def row(db: None) -> CrossConnection:
    row = cross_connection(enlisted(), KEY)
    private_peering(row)
    return row


def microsoft_peering(of: CrossConnection, **values: Any) -> None:
    defaults: dict[str, Any] = {
        "peering_type": MICROSOFT,
        "vlan_id": 300,
        "primary_prefix": "123.0.0.0/30",
        "secondary_prefix": "123.0.0.4/30",
        "advertised_prefixes": ["124.0.0.0/24", "124.0.1.0/24"],
        "advertised_prefixes_state": "Configured",
        "advertised_prefix_infos": [{"prefix": "124.0.1.0/24", "validation_state": "AsnValidationFailed"}],
        "routing_registry": "RIPENCC",
    }
    private_peering(of, **(defaults | values))


def ready(row: CrossConnection) -> Snapshot:
    record(row)
    order(row)
    return reading(row, answers=HEALTHY)


def remarks(shown: str) -> list[str]:
    """What is said above the sheet, for us alone."""
    if "Not ready to be handed over" not in shown:
        return []
    return [
        html.unescape(one)
        for one in re.findall("<li>(.*?)</li>", shown.split('class="remarks"')[1].split("</ul>", maxsplit=1)[0])
    ]


def copied(shown: str) -> str:
    return html.unescape(shown.split('id="copy-sheet"')[1].split('data-copy="')[1].split('"', maxsplit=1)[0])


def test_each_value_on_the_page_stands_in_the_text(viewer: Client, row: CrossConnection):
    microsoft_peering(row)
    ready(row)
    reading(row, peerings=(PRIVATE, MICROSOFT), answers=HEALTHY)
    with time_machine.travel(NOON, tick=False):
        values, told = Sheet(page(viewer)).values, as_line(text(viewer))
    assert len(values) > 80
    assert not [value for value in values if value not in told]


def test_what_is_copied_is_what_is_downloaded(viewer: Client, row: CrossConnection):
    ready(row)
    with time_machine.travel(NOON, tick=False):
        assert copied(page(viewer)) == text(viewer)


def test_the_head_says_for_whom_by_whom_and_when(viewer: Client, row: CrossConnection):
    ready(row)
    with time_machine.travel(NOON, tick=False):
        lines = text(viewer).splitlines()
    assert lines[0] == "ExpressRoute hand-over sheet"
    assert lines[3:8] == [
        "Customer:                     Contoso Retail",
        "Reference:                    PO 4500-2231",
        f"Service key:                  {KEY}",
        "Circuit:                      er-contoso-prod-ams",
        "Made:                         26 Nov 2026, 12:00:00 UTC, by Lotte de Vries",
    ]


def test_a_layer_2_customer_gets_a_table_to_configure_their_routers_by(viewer: Client, row: CrossConnection):
    ready(row)
    told = text(viewer)
    assert "Azure port        AMS-06GMR-CIS-3-PRI-A  AMS-06GMR-CIS-3-SEC-A" in told
    assert "We hand over at   AMS1 cage 14 port 3    AMS2 cage 2 port 9" in told
    assert "S-tag (outer)     412                    412" in told
    assert "Configure your routers so  Primary         Secondary" in told
    assert "VLAN ID (C-tag)            200             200" in told
    assert "Your router                172.16.18.1/30  172.16.18.5/30" in told
    assert "Microsoft (neighbor)       172.16.18.2/30  172.16.18.6/30" in told
    assert "Your ASN (peer ASN)        65020           65020" in told
    assert "your routers speak BGP with Microsoft" in told
    assert "0x8100, which Microsoft does not document" in as_line(told)


def test_a_layer_3_customer_is_told_that_the_routers_are_ours_and_no_outer_tag(viewer: Client, row: CrossConnection):
    record(row, service="layer3")
    told = sheet(viewer)
    assert "Our router 172.16.18.1/30 172.16.18.5/30" in told
    assert "our routers speak BGP with Microsoft for you" in told
    assert "we do it on our routers" in told
    assert "S-tag" not in told
    assert "Configure" not in told


def test_where_nobody_has_said_it_is_nobodys_router(viewer: Client, row: CrossConnection):
    told = sheet(viewer)
    assert "Edge router 172.16.18.1/30" in told
    assert "speak BGP" not in told


def test_both_families_in_full_and_in_78_columns(viewer: Client, row: CrossConnection):
    prefix = "2a10:7c40:1234:5678:9abc:def0:1234:{}/126"
    row.peerings.update(ipv6_primary_prefix=prefix.format("56a0"), ipv6_secondary_prefix=prefix.format("56a4"))
    told = text(viewer)
    assert max(map(len, told.splitlines())) <= 78
    assert "  Edge router, IPv6:          2a10:7c40:1234:5678:9abc:def0:1234:56a1/126" in told
    assert "  Microsoft (neighbor), IPv6: 2a10:7c40:1234:5678:9abc:def0:1234:56a6/126" in told


def test_public_prefixes_with_how_far_microsoft_is_with_each(viewer: Client, row: CrossConnection):
    microsoft_peering(row, customer_asn=64999)
    told = sheet(viewer)
    assert "Validation of prefixes Configured Customer ASN 64999 Routing registry RIPENCC" in told
    assert "124.0.0.0/24 124.0.1.0/24 (asn not validated)" in told


def test_the_baseline_is_what_both_edges_showed(viewer: Client, row: CrossConnection):
    ready(row)
    told = sheet(viewer)
    assert "Azure private peering BGP was up on both links" in told
    assert "MAC address of the edge 0c86.10f4.primary 0c86.10f4.secondary" in told
    assert "BGP session up for 12 d 4 h up for 12 d 4 h" in told
    assert "Prefixes received 2 of 4,000 2 of 4,000" in told
    assert "Prefixes from your VNets 1 1" in told
    assert "Prefixes received, private peering (2) 10.20.0.0/16 10.30.0.0/20 Where" in told


def test_without_a_tier_on_record_both_limits_are_told(viewer: Client, row: CrossConnection):
    record(row, sku_tier="")
    reading(row, answers=HEALTHY)
    assert "2 of 4,000 or 10,000 2 of 4,000 or 10,000" in sheet(viewer)
    assert "the higher one is that of Premium" in sheet(viewer)


def test_what_came_on_one_link_alone_is_marked_and_no_more_than_fifty_are_named(viewer: Client, row: CrossConnection):
    reading(row, answers=tables("primary", *many(60)) | tables("secondary"))
    for told in (sheet(viewer), as_line(text(viewer))):
        assert "(62)" in told
        assert "10.0.0.0/24 (primary only)" in told
        assert "10.0.49.0/24 (primary only)" in told
        assert "10.0.50.0/24" not in told
        assert "and 12 more" in told


def test_a_path_that_is_down_is_said_in_the_customers_words(viewer: Client, row: CrossConnection):
    reading(row, answers=HEALTHY | NO_ARP)
    told = sheet(viewer)
    assert "BGP was up on the primary link, BGP was down on the secondary link" in told
    assert "MAC address of the edge 0c86.10f4.primary none" in told
    assert "Active for 1 h 12 min" in told
    assert "Your turn" not in told
    assert "ARP" not in told


def test_where_nothing_was_read_it_says_so_and_works_all_the_same(viewer: Client, row: CrossConnection):
    assert "were not read yet" in sheet(viewer)
    assert "No tables were read: there is no baseline." in remarks(page(viewer))


def test_the_newest_reading_that_has_an_answer_is_taken_and_another_one_if_asked_for(viewer: Client, row):
    reading(row, answers=HEALTHY)
    reading(row, answers=HEALTHY | NO_ARP)
    reading(row, is_open=True)
    assert "(reading 2)" in sheet(viewer)
    assert "(reading 1)" in sheet(viewer, "?reading=1")
    assert "(reading 1)" in text(viewer, "?reading=1")
    assert f'href="{TEXT}?reading=1"' in page(viewer, "?reading=1")
    assert "BGP session not read not read" in sheet(viewer, "?reading=3")
    assert viewer.get(f"{PAGE}?reading=9").status_code == 404
    assert viewer.get(f"{TEXT}?reading=9").status_code == 404


def test_what_is_ready_has_no_remark(viewer: Client, row: CrossConnection):
    ready(row)
    assert remarks(page(viewer)) == []


def test_what_is_missing_stands_above_the_sheet_and_nowhere_on_it(viewer: Client, row: CrossConnection):
    CrossConnection.objects.update(provider_provisioning_state="NotProvisioned")
    row.peerings.update(state="Disabled")
    order(row, wants_microsoft=True, private_vlan_id=201, ordered_bandwidth_mbps=2000)
    reading(row, answers=HEALTHY | NO_ARP)
    shown = page(viewer)
    assert remarks(shown) == [
        "It is not provisioned: its state is Not provisioned.",
        "The order says 2 Gbps, Azure 1 Gbps.",
        "Azure private peering: the order says VLAN ID 201, Azure 200.",
        "Microsoft peering was ordered and is not set up.",
        "Azure private peering is not enabled: its state is Disabled.",
        "The reading has findings: 3 high.",
        "Nobody has recorded who the customer is.",
        "Nobody has recorded whether the service is layer 2 or layer 3: the sheet does not say who speaks BGP.",
    ]
    told = sheet(viewer) + as_line(text(viewer))
    assert not [one for one in ("ready", "The order says", "finding", "recorded") if one in told]
    assert shown.index("Not ready") < shown.index('id="sheet"')


def test_a_reading_of_other_numbers_than_those_of_now_is_no_baseline_yet(viewer: Client, row: CrossConnection):
    ready(row)
    row.peerings.update(vlan_id=201)
    assert remarks(page(viewer)) == ["Azure private peering changed since the reading: read the tables anew."]


def test_a_circuit_that_is_gone_keeps_its_sheet_and_has_nothing_to_do(viewer: Client, row: CrossConnection):
    CrossConnection.objects.update(gone_at=timezone.now())
    assert "Gone from Azure since" in sheet(viewer)
    assert "What to do next" not in sheet(viewer)


def test_who_is_disconnected_is_told_to_delete_the_circuit_and_nothing_else(viewer: Client, row: CrossConnection):
    CrossConnection.objects.update(provider_provisioning_state="Deprovisioning")
    told = sheet(viewer)
    assert "Delete the circuit in Azure. Microsoft bills it until then." in told
    assert "Test the failover" not in told


def test_what_to_do_next_follows_from_the_peerings(viewer: Client, row: CrossConnection):
    told = sheet(viewer)
    assert "Link your virtual networks" in told
    assert "65515" in told
    assert "route filter" not in told
    microsoft_peering(row, advertised_prefixes_state="ValidationNeeded")
    told = sheet(viewer)
    assert told.index("Have your prefixes validated") < told.index("Attach a route filter")
    row.peerings.all().delete()
    record(row)
    assert "Set up the peerings in your Azure portal" in sheet(viewer)
    row.record.service = "layer3"
    row.record.save()
    assert "Wait for us to set up the peerings" in sheet(viewer)


def test_networks_that_are_linked_already_are_told(viewer: Client, row: CrossConnection):
    reading(row, answers=HEALTHY)
    assert "Done for at least one: Microsoft's routers show 1 prefix with the AS path 65515" in sheet(viewer)


@pytest.mark.parametrize(
    ("actions", "said"),
    [
        ((), "none set by us"),
        (("keep",), "none set by us"),
        (("set",), "set, as agreed"),
        (("set", "keep"), "set, as agreed"),
        (("set", "remove"), "none set by us"),
    ],
)
def test_of_a_shared_key_only_that_we_set_it_is_told(viewer: Client, row, actions: tuple[str, ...], said: str):
    for action in actions:
        change(row, "succeeded", shared_key_action=action, **SET_PRIVATE)
    change(row, "failed", shared_key_action="set" if said.startswith("none") else "remove", **SET_PRIVATE)
    assert f"Shared key (MD5) {said} {said}" in sheet(viewer)


def test_a_peering_that_was_removed_has_lost_its_key(viewer: Client, row: CrossConnection):
    change(row, "succeeded", shared_key_action="set", **SET_PRIVATE)
    change(row, "succeeded", **(SET_PRIVATE | {"kind": "peering-removal", "asked": {"presence": False}}))
    assert "set, as agreed" not in sheet(viewer)


def test_nothing_of_ours_is_ever_on_it(viewer: Client, row: CrossConnection):
    """Notes, remarks, keys, ids and names that the customer has no business with."""
    record(row, internal_notes="SENTINEL-NOTE", contacts="SENTINEL-CONTACT", known_macs=["5e:nt:in:el"])
    CrossConnection.objects.update(
        tags={"SENTINEL-TAG": "SENTINEL-VALUE"}, resource_id="/subscriptions/SENTINEL-ID", etag="SENTINEL-ETAG"
    )
    row.subscription.label = "SENTINEL-LABEL"
    row.subscription.save()
    active = change(row, "queued", shared_key_action="set", sealed_key=seal("SENTINELKEY"), **SET_PRIVATE)
    reading(row, answers=HEALTHY | NO_ARP, comment="SENTINEL-COMMENT")
    for told in (sheet(viewer), text(viewer)):
        assert "SENTINEL" not in told
        assert "5e:nt" not in told
        assert str(row.subscription.subscription_id) not in told
        assert active.sealed_key not in told
        assert "change" not in told.casefold()
        assert not re.search(r"\bR\d\d\b", told)  # the id of a rule
    assert "SENTINELKEY" not in page(viewer)
    assert "SENTINEL-NOTE" not in page(viewer)


def test_what_others_wrote_does_nothing_on_the_page_or_in_a_terminal(viewer: Client, row: CrossConnection):
    hostile = '<script>alert(1)</script>"\x1b[2J\u202e'
    record(row, customer=f"{hostile}\nSubject: forged", reference='" onload="x')
    CrossConnection.objects.update(provider_notes=f"Call us.\r\n{hostile}", circuit_name=hostile)
    row.peerings.update(advertised_prefixes=[hostile], primary_prefix=hostile)
    shown, told = page(viewer), text(viewer)
    assert "<script>alert" not in shown
    assert 'onload="x"' not in shown
    for one in (*Sheet(shown).values, copied(shown), told):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e]", one)
    assert "\nSubject" not in told
    assert max(map(len, told.splitlines())) <= 78


def test_our_note_on_the_circuit_stands_at_the_end_line_by_line(viewer: Client, row: CrossConnection):
    CrossConnection.objects.update(provider_notes="Our NOC: +31 20 555 0100\r\n\r\nQuote C-4711.")
    assert text(viewer).endswith("-----------------------\nOur NOC: +31 20 555 0100\nQuote C-4711.\n")


def test_the_file_is_named_after_the_service_key_and_is_on_record(viewer: Client, row: CrossConnection):
    viewer.head(TEXT)
    assert not Entry.objects.filter(deed="handover.taken").exists()
    answered = viewer.get(TEXT)
    assert answered.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answered.headers["Content-Disposition"] == f'attachment; filename="{KEY}-handover.txt"'
    assert Entry.objects.get(deed="handover.taken").object_id == KEY


def test_ten_thousand_routes_make_no_longer_sheet(viewer: Client, row: CrossConnection):
    reading(row, answers=tables("primary", *many(3000)) | tables("secondary", *many(3000)))
    assert len(page(viewer)) < 60_000


def test_the_sheet_is_of_now_and_the_baseline_of_then(viewer: Client, row: CrossConnection):
    then = timezone.now() - timedelta(days=3)
    reading(row, answers=HEALTHY, asked_at=then)
    assert f"Read {then.day} {then:%b %Y, %H:%M:%S} UTC (reading 1)" in sheet(viewer)
