"""``docs/faults.md`` is what happens: each fault of Azure's against each kind of call that the portal makes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from crossconnections.models import CrossConnection
from crossconnections.presenters.failed_syncs import explain_failure
from crossconnections.services import syncs
from tests.integration.domain.faults import CALLS, FAULTS, Outcome, World, read_table

pytestmark = pytest.mark.django_db

KEY = "bbbb1b1b-cc2c-dd3d-ee4e-ffffff5f5f5f"


@pytest.fixture
def world(enlisted, azure, settings) -> World:
    subscription = enlisted("test")
    syncs.run_sync(run_id=syncs.active_sync(subscription=subscription).pk)
    CrossConnection.objects.filter(service_key=KEY).update(read_at=timezone.now() - timedelta(minutes=5))
    return World(subscription, CrossConnection.objects.get(service_key=KEY), azure, settings)


def mirrored() -> set[object]:
    return set(CrossConnection.objects.values_list("service_key", "s_tag", "bandwidth_mbps", "gone_at"))


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_ends_as_the_table_says_and_leaves_the_mirror_as_it_was(world: World, fault: str, call: str):
    asked, *ends, code, _ = read_table()[fault]
    end = dict(zip(CALLS, ends, strict=True))[call]
    before = mirrored()
    assert world.meets(fault, call) == Outcome(int(asked), end, code.strip("`") if end == "failed" else "")
    assert mirrored() == before


@pytest.mark.parametrize("fault", FAULTS)
def test_the_table_quotes_what_people_read(fault: str):
    *_, code, sentences = read_table()[fault]
    assert sentences == (" ".join(explain_failure(code.strip("`"))) if code else "")


def test_once_azure_is_well_again_everything_is_read(world: World):
    world.meets("500", "one row of a sync")
    world.azure.clear_faults()
    syncs.run_sync(run_id=syncs.active_sync(subscription=world.subscription).pk)
    assert not CrossConnection.objects.filter(read_at=None).exists()
