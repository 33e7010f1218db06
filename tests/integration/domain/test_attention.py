"""What the mirror opens and ends for people to look at."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from crossconnections.arm import CrossConnectionResource, PeeringResource, ResourceId
from crossconnections.models import Attention, CrossConnection, Subscription
from crossconnections.services import attention
from portal.accounts.models import User
from portal.actors import Actor
from tests.integration.domain.mirrors import get_shows, list_lacks_all_but, list_shows

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)
KEY = "bbbb1b1b-cc2c-dd3d-ee4e-ffffff5f5f5f"
ID = f"/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/expressRouteCrossConnections/{KEY}"
PRIVATE = PeeringResource(
    peering_type="AzurePrivatePeering",
    state="Enabled",
    provisioning_state="Succeeded",
    azure_asn=12076,
    peer_asn=65020,
    primary_prefix="10.0.0.0/30",
    secondary_prefix="10.0.0.4/30",
    vlan_id=200,
    last_modified_by="",
    etag="",
    microsoft=None,
    ipv6=None,
)


@pytest.fixture
def subscription(db: None) -> Subscription:
    return Subscription.objects.create(
        cloud=settings.PORTAL_CLOUD, subscription_id="11111111-1111-4111-8111-111111111111", label="Northlink"
    )


def resource(state: str, *peerings: PeeringResource, etag: str = "", **values: object) -> CrossConnectionResource:
    plain = CrossConnectionResource(
        resource_id=ResourceId.parse(ID),
        service_key=KEY,
        location="westeurope",
        etag=etag or state,
        tags={},
        peering_location="Amsterdam",
        bandwidth_mbps=500,
        circuit_id="",
        provider_provisioning_state=state,
        provisioning_state="Succeeded",
        provider_notes="",
        primary_azure_port="",
        secondary_azure_port="",
        s_tag=7,
        peerings=peerings,
    )
    return replace(plain, **values)  # type: ignore[arg-type]


def listed(subscription: Subscription, *resources: CrossConnectionResource) -> None:
    for number, one in enumerate(resources):
        list_shows(subscription, one, now=NOON + timedelta(minutes=number))


def read(*resources: CrossConnectionResource) -> CrossConnection:
    for one in resources:
        get_shows(CrossConnection.objects.get(), one, now=LATER)
    return CrossConnection.objects.get()


def waiting() -> set[str]:
    return set(Attention.objects.filter(settled_at=None).values_list("kind", flat=True))


@pytest.mark.parametrize(
    ("states", "kinds"),
    [
        (["NotProvisioned"], {"to-provision"}),
        (["NotProvisioned", "Provisioning"], {"to-provision"}),
        (["NotProvisioned", "Provisioning", "Provisioned"], set()),
        (["Provisioned"], set()),
        (["Provisioned", "Deprovisioning"], {"deprovisioning"}),
        (["Provisioned", "Deprovisioning", "NotProvisioned"], set()),
        (["Provisioned", "NotProvisioned"], set()),
        (["Provisioned", "NotProvisioned", "Provisioning"], {"to-provision"}),
        (["Provisioning", "NotProvisioned"], {"to-provision"}),
        (["DeProvisioned"], set()),
        (["SomethingNew"], set()),
    ],
    ids=" then ".join,
)
def test_what_waits_follows_from_the_states_that_were_seen(
    subscription: Subscription, states: list[str], kinds: set[str]
) -> None:
    listed(subscription, *map(resource, states))
    assert waiting() == kinds


def test_it_waits_since_it_was_seen_first_however_often_it_moves(subscription: Subscription) -> None:
    listed(subscription, resource("NotProvisioned"), resource("Provisioning"), resource("Provisioning", etag="2"))
    assert Attention.objects.get().seen_at == NOON


def test_what_failed_waits_until_it_has_not(subscription: Subscription) -> None:
    listed(subscription, resource("Provisioned", provisioning_state="Failed"))
    assert waiting() == {"failed"}
    listed(subscription, resource("Provisioned", etag="2"))
    assert waiting() == set()


def test_a_peering_that_failed_counts_and_a_list_that_cannot_see_it_does_not_end_it(subscription: Subscription) -> None:
    listed(subscription, resource("Provisioned"))
    read(resource("Provisioned", PRIVATE), resource("Provisioned", replace(PRIVATE, provisioning_state="Failed")))
    assert waiting() == {"failed"}
    listed(subscription, resource("Provisioned", etag="2", bandwidth_mbps=200))
    assert waiting() == {"failed"}
    read(resource("Provisioned", PRIVATE, bandwidth_mbps=200))
    assert waiting() == set()


def test_two_raises_before_anybody_dealt_with_the_first_are_one_matter(subscription: Subscription) -> None:
    sizes = (500, 1000, 2000)
    listed(subscription, *(resource("Provisioned", etag=str(mbps), bandwidth_mbps=mbps) for mbps in sizes))
    raised = Attention.objects.get()
    assert (raised.kind, raised.before, raised.after) == ("bandwidth-raised", 500, 2000)


def test_a_bandwidth_that_falls_or_was_not_known_is_no_raise(subscription: Subscription) -> None:
    listed(subscription, *(resource("Provisioned", etag=str(mbps), bandwidth_mbps=mbps) for mbps in (500, None, 200)))
    assert waiting() == set()


def test_a_raise_that_was_taken_back_is_over_and_one_that_was_halved_says_so(subscription: Subscription) -> None:
    sizes = (500, 2000, 1000)
    listed(subscription, *(resource("Provisioned", etag=str(mbps), bandwidth_mbps=mbps) for mbps in sizes))
    raised = Attention.objects.get()
    assert (raised.before, raised.after, raised.settled_at) == (500, 1000, None)
    listed(subscription, resource("Provisioned", etag="back", bandwidth_mbps=500))
    assert waiting() == set()


def test_a_raise_is_not_over_because_one_answer_does_not_tell_the_bandwidth(subscription: Subscription) -> None:
    sizes = (500, 2000, None, 2000)
    listed(subscription, *(resource("Provisioned", etag=f"{n}", bandwidth_mbps=mbps) for n, mbps in enumerate(sizes)))
    assert waiting() == {"bandwidth-raised"}


def test_edits_of_both_peerings_are_one_matter_that_names_neither(subscription: Subscription) -> None:
    microsoft = replace(PRIVATE, peering_type="MicrosoftPeering", last_modified_by="Customer")
    private = replace(PRIVATE, last_modified_by="Customer")
    listed(subscription, resource("Provisioned"))
    read(resource("Provisioned", private, microsoft), resource("Provisioned", replace(private, vlan_id=9), microsoft))
    assert Attention.objects.get().subject == "AzurePrivatePeering"
    read(resource("Provisioned", replace(private, vlan_id=9), replace(microsoft, vlan_id=8)))
    assert Attention.objects.get().subject == ""


def test_an_edit_by_the_customer_waits_and_one_by_somebody_else_does_not(subscription: Subscription) -> None:
    listed(subscription, resource("Provisioned"))
    read(resource("Provisioned", PRIVATE), resource("Provisioned", replace(PRIVATE, vlan_id=201)))
    assert waiting() == set()
    read(resource("Provisioned", replace(PRIVATE, vlan_id=202, last_modified_by="Customer")))
    assert Attention.objects.get().subject == "AzurePrivatePeering"


def test_a_peering_that_was_removed_waits_whoever_removed_it(subscription: Subscription) -> None:
    listed(subscription, resource("Provisioned"))
    read(resource("Provisioned", PRIVATE), resource("Provisioned"))
    assert (waiting(), Attention.objects.get().subject) == ({"edited"}, "AzurePrivatePeering")


def test_what_stood_before_the_first_reading_is_no_edit(subscription: Subscription) -> None:
    listed(subscription, resource("Provisioned"))
    read(resource("Provisioned", replace(PRIVATE, last_modified_by="Customer")))
    assert waiting() == set()


def test_what_azure_moves_by_itself_is_no_edit(subscription: Subscription) -> None:
    listed(subscription, resource("Provisioned"))
    edited = replace(PRIVATE, last_modified_by="Customer")
    updating = replace(edited, provisioning_state="Updating", azure_asn=0)
    read(resource("Provisioned", edited), resource("Provisioned", updating), resource("Provisioned", edited))
    assert waiting() == set()


def test_what_is_deleted_waits_for_nothing_else_and_stops_when_it_is_back(subscription: Subscription) -> None:
    listed(subscription, resource("NotProvisioned"))
    list_lacks_all_but(subscription, now=LATER)
    assert waiting() == {"deleted"}
    listed(subscription, resource("NotProvisioned"))
    assert waiting() == {"to-provision"}


@pytest.mark.parametrize(("kind", "is_settled"), [("deleted", True), ("to-provision", False), ("nonsense", False)])
def test_a_person_ends_what_happened_and_not_what_follows_from_a_state(
    subscription: Subscription, *, kind: str, is_settled: bool
) -> None:
    listed(subscription, resource("NotProvisioned"))
    if kind == "deleted":
        list_lacks_all_but(subscription, now=LATER)
    ids = dict.fromkeys(("tenant_id", "object_id"), "22222222-2222-4222-8222-222222222222")
    somebody = User.objects.create(**ids, name="Lotte de Vries", username="lotte", app_roles=["Portal.Support"])
    row = CrossConnection.objects.get()
    assert attention.settle(row=row, kind=kind, by=Actor("web", somebody.name, somebody)) is is_settled
    assert Attention.objects.filter(settled_by=somebody).exists() is is_settled
