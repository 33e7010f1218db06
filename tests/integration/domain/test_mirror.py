from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crossconnections import mirror
from crossconnections.arm import (
    CrossConnectionResource,
    Ipv6PeeringConfig,
    MicrosoftPeeringConfig,
    PeeringResource,
    ResourceId,
)
from crossconnections.mirror import NotRead, Outcome
from crossconnections.models import CrossConnection, Observation, Subscription
from tests.integration.domain.mirrors import answered, asked, get_shows, list_lacks_all_but, list_shows

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=2)
KEY = "5b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610"
CIRCUIT = (
    "/subscriptions/9c41d7e0-2b6a-4f0e-8d35-71c2aa60b9e4/resourceGroups/rg-net"
    "/providers/Microsoft.Network/expressRouteCircuits/er-ams"
)
PRIVATE = PeeringResource(
    peering_type="AzurePrivatePeering",
    state="Enabled",
    provisioning_state="Succeeded",
    azure_asn=12076,
    peer_asn=65020,
    primary_prefix="172.16.18.0/30",
    secondary_prefix="172.16.18.4/30",
    vlan_id=200,
    last_modified_by="Customer",
    etag='W/"p1"',
    microsoft=None,
    ipv6=None,
)
MICROSOFT = replace(
    PRIVATE,
    peering_type="MicrosoftPeering",
    vlan_id=300,
    microsoft=MicrosoftPeeringConfig(
        advertised_prefixes=("51.4.0.0/24",),
        advertised_prefixes_state="Configured",
        advertised_communities=(),
        customer_asn=45,
        routing_registry="ARIN",
        legacy_mode=0,
    ),
    ipv6=Ipv6PeeringConfig(
        primary_prefix="2a01::/126", secondary_prefix="2a01::4/126", state="Enabled", microsoft=None
    ),
)
READ = CrossConnectionResource(
    resource_id=ResourceId.parse(
        "/subscriptions/aaaa/resourceGroups/CrossConnection-Amsterdam"
        f"/providers/Microsoft.Network/expressRouteCrossConnections/{KEY}"
    ),
    service_key=KEY,
    location="westeurope",
    etag='W/"1"',
    tags={"ticket": "NL-1"},
    peering_location="Amsterdam",
    bandwidth_mbps=2000,
    circuit_id=CIRCUIT,
    provider_provisioning_state="Provisioned",
    provisioning_state="Succeeded",
    provider_notes="cage 14",
    primary_azure_port="AMS-06GMR-CIS-3-PRI-A",
    secondary_azure_port="AMS-06GMR-CIS-3-SEC-A",
    s_tag=412,
    peerings=(PRIVATE, MICROSOFT),
)
# As LIST shows it.
LISTED = replace(READ, primary_azure_port="", secondary_azure_port="", s_tag=None, provider_notes="", peerings=())


@pytest.fixture
def subscription() -> Subscription:
    return Subscription.objects.create(
        cloud="Sandbox", subscription_id="33333333-3333-4333-8333-333333333333", label="prod"
    )


def note(subscription: Subscription, *entries: CrossConnectionResource, now: datetime = NOON) -> tuple[int, int]:
    return list_shows(subscription, *entries, now=now)


def mirrored(subscription: Subscription) -> CrossConnection:
    """Listed and read once."""
    note(subscription, LISTED)
    row = CrossConnection.objects.get()
    get_shows(row, READ, now=NOON)
    return CrossConnection.objects.get()


def test_a_new_entry_becomes_a_row_that_waits_to_be_read(subscription):
    assert note(subscription, LISTED) == (1, 0)
    row = CrossConnection.objects.get()
    assert (row.service_key, row.peering_location, row.bandwidth_mbps) == (KEY, "Amsterdam", 2000)
    assert (row.circuit_name, row.circuit_resource_group) == ("er-ams", "rg-net")
    assert row.read_at is None
    assert mirror.list_to_read(subscription, now=NOON) == [row.pk]


def test_reading_it_adds_ports_s_tag_and_peerings_and_nothing_waits_any_more(subscription):
    row = mirrored(subscription)
    assert (row.s_tag, row.primary_azure_port, row.provider_notes) == (412, "AMS-06GMR-CIS-3-PRI-A", "cage 14")
    microsoft = row.peerings.get(peering_type="MicrosoftPeering")
    assert (microsoft.vlan_id, microsoft.advertised_prefixes, microsoft.customer_asn) == (300, ["51.4.0.0/24"], 45)
    assert microsoft.ipv6_primary_prefix == "2a01::/126"
    assert mirror.list_to_read(subscription, now=NOON) == []


def test_the_first_reading_is_no_change(subscription):
    note(subscription, LISTED)
    assert get_shows(CrossConnection.objects.get(), READ, now=LATER) is Outcome.UNCHANGED
    assert CrossConnection.objects.get().changed_at is None


def test_an_unchanged_page_writes_nothing_and_costs_one_query(subscription, django_assert_num_queries):
    mirrored(subscription)
    with django_assert_num_queries(1):
        assert note(subscription, LISTED, now=LATER) == (0, 0)


def test_a_moved_etag_makes_it_wait_and_a_blank_s_tag_of_list_overwrites_nothing(subscription):
    mirrored(subscription)
    assert note(subscription, replace(LISTED, etag='W/"2"', bandwidth_mbps=5000), now=LATER) == (0, 1)
    row = CrossConnection.objects.get()
    assert mirror.list_to_read(subscription, now=NOON) == [row.pk]
    assert (row.bandwidth_mbps, row.s_tag, row.changed_at) == (5000, 412, LATER)


def test_an_etag_that_moved_without_a_difference_is_read_but_is_no_change(subscription):
    mirrored(subscription)
    assert note(subscription, replace(LISTED, etag='W/"2"'), now=LATER) == (0, 0)
    row = CrossConnection.objects.get()
    assert mirror.list_to_read(subscription, now=NOON) == [row.pk]
    assert get_shows(row, READ, now=LATER) is Outcome.UNCHANGED
    assert row.changed_at is None


def test_everything_is_read_again_once_a_day(subscription):
    mirrored(subscription)
    assert mirror.list_to_read(subscription, now=NOON + timedelta(hours=23)) == []
    assert len(mirror.list_to_read(subscription, now=NOON + timedelta(hours=25))) == 1


def test_what_was_never_read_comes_first_then_what_moved_then_what_is_old(subscription):
    keys = [f"{number}{KEY[1:]}" for number in range(3)]
    note(subscription, *(replace(LISTED, service_key=key) for key in keys))
    old, moved, new = CrossConnection.objects.order_by("service_key")
    get_shows(old, READ, now=NOON - timedelta(days=3))
    get_shows(moved, READ, now=NOON)
    CrossConnection.objects.filter(pk=moved.pk).update(listed_etag="another")
    assert mirror.list_to_read(subscription, now=NOON) == [new.pk, moved.pk, old.pk]


def test_those_that_could_not_be_read_come_last_unless_somebody_waits_for_one(subscription):
    keys = [f"{number}{KEY[1:]}" for number in range(4)]
    note(subscription, *(replace(LISTED, service_key=key) for key in keys))
    wanted, first, second, new = CrossConnection.objects.order_by("service_key")
    for row, minutes in ((wanted, 0), (second, 1), (first, 2)):
        answered(asked(row, at=NOON), NotRead("InternalServerError"), now=NOON + timedelta(minutes=minutes))
    CrossConnection.objects.filter(pk=wanted.pk).update(wanted_at=LATER)
    assert mirror.list_to_read(subscription, now=NOON) == [wanted.pk, new.pk, second.pk, first.pk]


def test_a_peering_that_is_gone_in_azure_is_gone_here(subscription):
    row = mirrored(subscription)
    assert get_shows(row, replace(READ, peerings=(PRIVATE,)), now=LATER) is Outcome.CHANGED
    assert [peering.peering_type for peering in row.peerings.all()] == ["AzurePrivatePeering"]


def test_a_row_missing_from_a_complete_list_is_marked_and_keeps_what_it_knew(subscription):
    mirrored(subscription)
    assert list_lacks_all_but(subscription, now=LATER) == 1
    row = CrossConnection.objects.get()
    assert (row.gone_at, row.s_tag) == (LATER, 412)
    assert mirror.list_to_read(subscription, now=NOON) == []


def test_a_row_that_comes_back_is_a_change_and_no_longer_gone(subscription):
    mirrored(subscription)
    list_lacks_all_but(subscription, now=NOON)
    assert note(subscription, LISTED, now=LATER) == (0, 1)
    assert CrossConnection.objects.get().gone_at is None


def test_a_key_in_capitals_is_the_same_cross_connection(subscription):
    mirrored(subscription)
    assert note(subscription, replace(LISTED, service_key=KEY.upper())) == (0, 0)
    assert list_lacks_all_but(subscription, KEY, now=LATER) == 0


def test_texts_longer_than_their_columns_are_cut(subscription):
    note(subscription, replace(LISTED, peering_location="x" * 10_000, etag="e" * 500))
    row = CrossConnection.objects.get()
    assert len(row.peering_location) == 80
    assert note(subscription, replace(LISTED, peering_location="x" * 10_000, etag="e" * 500)) == (0, 0)


def test_a_circuit_reference_that_is_no_resource_id_is_kept_as_text(subscription):
    note(subscription, replace(LISTED, circuit_id="elsewhere"))
    assert (CrossConnection.objects.get().circuit_id, CrossConnection.objects.get().circuit_name) == ("elsewhere", "")


def observed(row: CrossConnection) -> set[tuple[str, str, object, object]]:
    found = Observation.objects.filter(cross_connection=row)
    return {(one.subject, one.field, one.before, one.after) for one in found}


def test_what_changed_is_kept_field_by_field_with_when_it_was_seen(subscription):
    row = mirrored(subscription)
    assert observed(row) == set()
    note(subscription, replace(LISTED, etag='W/"2"', bandwidth_mbps=5000), now=LATER)
    row.refresh_from_db()
    moved = replace(READ, bandwidth_mbps=5000, s_tag=9, peerings=(replace(PRIVATE, vlan_id=201),))
    get_shows(row, moved, now=LATER)
    assert observed(row) == {
        ("", "bandwidth_mbps", 2000, 5000),
        ("", "s_tag", 412, 9),
        ("AzurePrivatePeering", "vlan_id", 200, 201),
        ("MicrosoftPeering", "presence", True, False),
    }
    assert set(Observation.objects.values_list("seen_at", flat=True)) == {LATER}


def test_going_and_coming_back_are_kept(subscription):
    row = mirrored(subscription)
    list_lacks_all_but(subscription, now=NOON)
    note(subscription, LISTED, now=LATER)
    assert observed(row) == {("", "presence", True, False), ("", "presence", False, True)}


def test_another_etag_or_another_case_of_an_id_is_no_change(subscription):
    row = mirrored(subscription)
    folded = replace(
        READ, etag='W/"9"', circuit_id=CIRCUIT.lower(), resource_id=ResourceId.parse(READ.resource_id.text.lower())
    )
    assert get_shows(row, folded, now=LATER) is Outcome.UNCHANGED
    assert observed(row) == set()
