from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone
from pytest_django import Settings

from crossconnections import queue
from crossconnections.models import ArmCall, Catalogue, Subscription
from crossconnections.queries.catalogues import OF_COMMUNITIES
from crossconnections.services import catalogues
from portal.access.scopes import EVERYWHERE
from tests.integration.domain.conftest import Swept
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db
Sweep = Callable[[], list[int]]
COMMUNITIES, ROUTE_FILTERS = Catalogue.Kind.COMMUNITIES, Catalogue.Kind.ROUTE_FILTERS


@pytest.fixture
def subscription(enlisted: Callable[[str], Subscription]) -> Subscription:
    return enlisted("production")


@pytest.fixture
def sweep(swept: Swept) -> Sweep:
    """Sweep, and tell of which catalogues a message is on its way."""
    return partial(swept, catalogues.sweep, queue.READ_CATALOGUE)


def read_all() -> None:
    for catalogue_id in Catalogue.objects.values_list("pk", flat=True):
        catalogues.read(catalogue_id=catalogue_id)


def get(kind: Catalogue.Kind) -> Catalogue:
    return Catalogue.objects.get(kind=kind)


def asked(azure: SandboxProcess, *, after: int) -> list[str]:
    """Which lists were asked for; a token may have been needed as well."""
    paths = [request["path"] for request in azure.requests(after=after)]
    return sorted(path.rsplit("/", 1)[-1] for path in paths if "/Microsoft.Network/" in path)


def age(kind: Catalogue.Kind, **span: int) -> None:
    Catalogue.objects.filter(kind=kind).update(read_at=timezone.now() - timedelta(**span))


def test_what_is_wanted_is_read_and_no_longer_wanted(subscription: Subscription) -> None:
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES)
    read_all()
    found = get(COMMUNITIES)
    exchange = next(entry for entry in found.entries if entry["value"] == "12076:5010")
    assert (exchange["service"], exchange["is_authorized"]) == ("Exchange", True)
    assert exchange["prefixes"]
    assert (found.wanted_at, found.claimed_until, found.read_error_code) == (None, None, "")
    assert [entry["name"] for entry in get(ROUTE_FILTERS).entries] == ["rf-northlink-m365", "rf-northlink-azure-eu"]


def test_every_call_is_in_the_ledger(subscription: Subscription) -> None:
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES)
    read_all()
    calls = ArmCall.objects.filter(purpose=ArmCall.Purpose.CATALOGUE, subscription=subscription)
    assert sorted(calls.values_list("operation", flat=True)) == ["BgpServiceCommunities_List", "RouteFilters_List"]


def test_wanting_it_twice_asks_azure_once(subscription: Subscription, azure: SandboxProcess) -> None:
    before = azure.requests()[-1]["number"]
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES)
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES)
    read_all()
    read_all()
    assert asked(azure, after=before) == ["bgpServiceCommunities", "routeFilters"]


def test_two_workers_with_the_same_message_ask_azure_once(subscription: Subscription, azure: SandboxProcess) -> None:
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES)
    before = azure.requests()[-1]["number"]
    Catalogue.objects.update(claimed_until=timezone.now() + timedelta(minutes=1))
    read_all()
    assert asked(azure, after=before) == []
    Catalogue.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    read_all()
    assert asked(azure, after=before) == ["bgpServiceCommunities", "routeFilters"]


@pytest.mark.parametrize(
    ("kind", "fresh", "old"),
    [(COMMUNITIES, {"hours": 23}, {"hours": 25}), (ROUTE_FILTERS, {"minutes": 59}, {"minutes": 61})],
)
def test_a_page_asks_for_communities_after_a_day_and_for_route_filters_after_an_hour(
    subscription: Subscription, kind: Catalogue.Kind, fresh: dict[str, int], old: dict[str, int]
) -> None:
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES)
    read_all()
    age(kind, **fresh)
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES)
    assert get(kind).wanted_at is None
    age(kind, **old)
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES)
    assert get(kind).wanted_at is not None


def test_somebody_who_asks_gets_what_is_older_than_a_minute(subscription: Subscription) -> None:
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES)
    read_all()
    age(COMMUNITIES, minutes=2)
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES, asked_for_now=True)
    assert get(COMMUNITIES).wanted_at is not None
    assert get(ROUTE_FILTERS).wanted_at is None


def test_a_failure_keeps_the_entries_with_azures_code_and_correlation_id_until_a_reading_succeeds(
    subscription: Subscription, azure: SandboxProcess
) -> None:
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES)
    read_all()
    age(ROUTE_FILTERS, hours=2)
    azure.fault("status", status=403, code="AuthorizationFailed", path_pattern="routeFilters$")
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES)
    read_all()
    failed = get(ROUTE_FILTERS)
    assert (failed.read_error_code, failed.wanted_at, len(failed.entries)) == ("AuthorizationFailed", None, 2)
    assert failed.read_correlation_id
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES)
    assert get(ROUTE_FILTERS).wanted_at is None
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES, asked_for_now=True)
    read_all()
    assert (get(ROUTE_FILTERS).read_error_code, get(ROUTE_FILTERS).read_correlation_id) == ("", "")


def test_no_permission_for_route_filters_loses_only_these(subscription: Subscription, azure: SandboxProcess) -> None:
    azure.fault("status", status=403, code="AuthorizationFailed", path_pattern="routeFilters$", times=10)
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES)
    read_all()
    assert (get(ROUTE_FILTERS).read_error_code, get(ROUTE_FILTERS).read_at) == ("AuthorizationFailed", None)
    assert (get(COMMUNITIES).read_error_code, len(get(COMMUNITIES).entries) > 200) == ("", True)


def test_a_wish_whose_message_or_worker_was_lost_is_sent_again(subscription: Subscription, sweep: Sweep) -> None:
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES)
    assert sweep() == []
    now = timezone.now()
    Catalogue.objects.update(wanted_at=now - timedelta(minutes=5))
    Catalogue.objects.filter(kind=COMMUNITIES).update(claimed_until=now + timedelta(minutes=1))
    assert sweep() == [get(ROUTE_FILTERS).pk]
    Catalogue.objects.filter(kind=COMMUNITIES).update(claimed_until=now - timedelta(seconds=1))
    assert sorted(sweep()) == sorted([get(COMMUNITIES).pk, get(ROUTE_FILTERS).pk])


def test_the_claim_is_renewed_before_each_further_page(subscription: Subscription) -> None:
    long_ago = timezone.now() - timedelta(days=1)
    held = Catalogue.objects.create(subscription=subscription, kind=COMMUNITIES, claimed_until=long_ago)
    pages = catalogues._held(held, iter([[{}], [{}]]))
    next(pages)
    assert get(COMMUNITIES).claimed_until == long_ago
    next(pages)
    assert (get(COMMUNITIES).claimed_until or long_ago) > timezone.now()


def test_a_fault_of_our_own_ends_the_wish_and_is_not_hidden(subscription: Subscription, settings: Settings) -> None:
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES)
    settings.PORTAL_ARM_ENDPOINT = "not an address"
    with pytest.raises(ValueError, match="not an address"):
        read_all()
    ended = Catalogue.objects.exclude(read_error_code="").get()
    assert (ended.read_error_code, ended.wanted_at, ended.claimed_until) == ("PortalFault", None, None)


def test_what_is_wanted_of_another_cloud_is_not_read(
    subscription: Subscription, azure: SandboxProcess, settings: Settings, sweep: Sweep
) -> None:
    catalogues.request_readings(EVERYWHERE, OF_COMMUNITIES)
    Catalogue.objects.update(wanted_at=timezone.now() - timedelta(minutes=5))
    settings.PORTAL_CLOUD = "AzureUSGovernment"
    before = azure.requests()[-1]["number"]
    read_all()
    assert (asked(azure, after=before), sweep()) == ([], [])
    assert get(COMMUNITIES).wanted_at is not None
