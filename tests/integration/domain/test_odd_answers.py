"""Azure promises little: what a column cannot hold must not keep anything else from being mirrored."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from crossconnections import mirror
from crossconnections.arm import CrossConnectionResource, ResourceId
from crossconnections.mirror import Outcome
from crossconnections.models import CrossConnection, Peering, Subscription
from tests.integration.domain.mirrors import asked, get_shows, list_shows
from tests.integration.domain.test_mirror import KEY, LISTED, PRIVATE, READ

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def subscription() -> Subscription:
    subscription_id = "33333333-3333-4333-8333-333333333333"
    return Subscription.objects.create(cloud="Sandbox", subscription_id=subscription_id, label="prod")


def named(name: str, resource: CrossConnectionResource = LISTED) -> CrossConnectionResource:
    resource_id = ResourceId.parse(resource.resource_id.text.replace(KEY, name))
    return replace(resource, service_key=name, resource_id=resource_id)


def test_a_key_that_stands_twice_on_a_page_is_one_row(subscription: Subscription) -> None:
    assert list_shows(subscription, named("k1"), named("K1"), named("k2"), now=NOON) == (2, 0)


def test_a_name_that_is_too_long_is_the_same_one_at_every_sync(subscription: Subscription) -> None:
    long = named("x" * 500)
    assert list_shows(subscription, long, now=NOON) == (1, 0)
    assert list_shows(subscription, long, now=NOON) == (0, 0)
    assert mirror.list_missing(subscription=subscription, seen={mirror.key_of(long)}, asked_at=NOON) == []


@pytest.mark.parametrize("odd", [-1, 2**31, 3_000_000_000, 2**62])
def test_a_number_that_no_column_holds_counts_as_not_told(subscription: Subscription, odd: int) -> None:
    list_shows(subscription, replace(LISTED, bandwidth_mbps=odd), now=NOON)
    row = CrossConnection.objects.get()
    get_shows(row, replace(READ, bandwidth_mbps=odd, s_tag=odd, peerings=(replace(PRIVATE, vlan_id=odd),)), now=NOON)
    row.refresh_from_db()
    assert (row.bandwidth_mbps, row.s_tag, row.peerings.get().vlan_id) == (None, None, None)


def test_of_two_peerings_of_one_type_the_last_counts(subscription: Subscription) -> None:
    list_shows(subscription, LISTED, now=NOON)
    twice = replace(READ, peerings=(PRIVATE, replace(PRIVATE, vlan_id=201)))
    for _ in range(2):
        get_shows(CrossConnection.objects.get(), twice, now=NOON)
    assert Peering.objects.get().vlan_id == 201


def test_a_peering_type_that_is_too_long_is_cut(subscription: Subscription) -> None:
    list_shows(subscription, LISTED, now=NOON)
    strange = replace(READ, peerings=(replace(PRIVATE, peering_type="Quantum" * 20),))
    assert get_shows(CrossConnection.objects.get(), strange, now=NOON) is Outcome.UNCHANGED
    assert len(Peering.objects.get().peering_type) == 40


def test_notes_of_ten_megabytes_are_cut_to_what_a_page_can_bear(subscription: Subscription) -> None:
    list_shows(subscription, LISTED, now=NOON)
    get_shows(CrossConnection.objects.get(), replace(READ, provider_notes="x" * 10_000_000), now=NOON)
    assert len(CrossConnection.objects.get().provider_notes) == 10_000


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("10.0.0.1/30", "10.0.0.0/30"),
        ("10.0.0.0/255.255.255.252", "10.0.0.0/30"),
        ("2001:DB8:0:0::/126", "2001:db8::/126"),
        ("10.0.0.0", "10.0.0.0"),
        ("nonsense/30", "nonsense/30"),
        ("", ""),
    ],
)
def test_a_links_prefix_is_spelled_as_everybody_spells_it(subscription: Subscription, told: str, kept: str) -> None:
    list_shows(subscription, LISTED, now=NOON)
    get_shows(CrossConnection.objects.get(), replace(READ, peerings=(replace(PRIVATE, primary_prefix=told),)), now=NOON)
    assert Peering.objects.get().primary_prefix == kept


def test_one_answer_that_our_own_code_cannot_keep_costs_no_other(subscription: Subscription) -> None:
    list_shows(subscription, named("k1"), named("k2"), now=NOON)
    questions = [asked(row, at=NOON) for row in CrossConnection.objects.order_by("service_key")]
    unheard_of: Any = replace(named("k1", READ), tags=7)  # type: ignore[arg-type]
    became = mirror.note_answers([(questions[0], unheard_of), (questions[1], named("k2", READ))], now=NOON)
    assert became == {Outcome.NOT_READ: 1, Outcome.UNCHANGED: 1}
    broken, fine = CrossConnection.objects.order_by("service_key")
    assert (broken.read_error_code, broken.read_at, fine.s_tag) == ("PortalFault", None, 412)


def test_a_list_without_etags_is_compared_field_by_field(subscription: Subscription) -> None:
    bare = replace(LISTED, etag="")
    list_shows(subscription, bare, now=NOON)
    assert list_shows(subscription, bare, now=NOON) == (0, 0)
    assert list_shows(subscription, replace(bare, provider_provisioning_state="Deprovisioning"), now=NOON) == (0, 1)
