"""Reading what a subscription sees besides its cross connections: BGP communities and route filters."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from crossconnections import queue
from crossconnections.arm import ArmClient, ArmError
from crossconnections.azure import arm_client
from crossconnections.models import ArmCall, Catalogue, Subscription
from crossconnections.services.leases import ago, lease_end
from crossconnections.services.ledger import ledger

Entries = list[dict[str, Any]]

# Microsoft changes its communities a few times a year; route filters are changed by people.
FRESH_FOR = {Catalogue.Kind.COMMUNITIES: timedelta(days=1), Catalogue.Kind.ROUTE_FILTERS: timedelta(hours=1)}
FRESH_FOR_ANYBODY = timedelta(minutes=1)
SECONDS_BEFORE_A_MESSAGE_IS_LOST = 15


def is_due(catalogue: Catalogue) -> bool:
    """Whether a page that is opened asks for it; not after a failure, which waits for somebody to ask."""
    return not catalogue.read_error_code and _is_older(catalogue, FRESH_FOR[Catalogue.Kind(catalogue.kind)])


def request_readings(*, asked_for_now: bool = False) -> None:
    """Ask for every catalogue of this cloud that is due, or where somebody asks, for all not read within a minute.

    The wish stands in the row: if the message is lost, the sweep sends it again.
    """
    _make_missing()
    for catalogue in _of_this_cloud():
        if _is_older(catalogue, FRESH_FOR_ANYBODY) if asked_for_now else is_due(catalogue):
            Catalogue.objects.filter(pk=catalogue.pk, wanted_at=None).update(wanted_at=timezone.now())
            queue.read_catalogue_soon(catalogue.pk)


def read(*, catalogue_id: int) -> None:
    """Read the list if it is still wanted and nobody else is at it, and write down what came of it."""
    catalogue = _claim(catalogue_id)
    if catalogue is None:
        return
    try:
        entries = _ask(catalogue)
    except ArmError as error:
        _note_failure(catalogue, error.code or type(error).__name__, error.correlation_id)
    except Exception:
        # Our own fault would come again each time the lease ends: the wish is over, the log has the rest.
        _note_failure(catalogue, "PortalFault", "")
        raise
    else:
        _note_entries(catalogue, entries)


def sweep() -> None:
    """Send again the wishes that a lost message or a dead worker left."""
    waiting = _free().filter(wanted_at__lt=ago(seconds=SECONDS_BEFORE_A_MESSAGE_IS_LOST))
    for catalogue_id in waiting.values_list("pk", flat=True):
        queue.read_catalogue_soon(catalogue_id)


def _of_this_cloud() -> QuerySet[Catalogue]:
    return Catalogue.objects.filter(subscription__cloud=settings.PORTAL_CLOUD)


def _free() -> QuerySet[Catalogue]:
    return _of_this_cloud().filter(Q(claimed_until=None) | Q(claimed_until__lt=Now()))


def _make_missing() -> None:
    subscriptions = Subscription.objects.filter(cloud=settings.PORTAL_CLOUD)
    missing = [Catalogue(subscription=one, kind=kind) for one in subscriptions for kind in Catalogue.Kind]
    Catalogue.objects.bulk_create(missing, ignore_conflicts=True)


def _is_older(catalogue: Catalogue, limit: timedelta) -> bool:
    return catalogue.read_at is None or timezone.now() - catalogue.read_at >= limit


def _claim(catalogue_id: int) -> Catalogue | None:
    wanted = _free().filter(pk=catalogue_id, wanted_at__isnull=False)
    catalogue = Catalogue.objects.select_related("subscription").filter(pk=catalogue_id)
    return catalogue.get() if wanted.update(claimed_until=lease_end()) else None


def _ask(catalogue: Catalogue) -> Entries:
    subscription = catalogue.subscription
    with arm_client(recorder=ledger(ArmCall.Purpose.CATALOGUE, subscription=subscription)) as client:
        return _READERS[Catalogue.Kind(catalogue.kind)](client, str(subscription.subscription_id))


def _communities(client: ArmClient, subscription_id: str) -> Entries:
    """One entry for each community, with the service that Azure lists it under."""
    pages = client.list_service_communities(subscription_id=subscription_id)
    services = [service for page in pages for service in page.items]
    return [{"service": service.service} | asdict(one) for service in services for one in service.communities]


def _route_filters(client: ArmClient, subscription_id: str) -> Entries:
    pages = client.list_route_filters(subscription_id=subscription_id)
    return [asdict(one) for page in pages for one in page.items]


_READERS: dict[Catalogue.Kind, Callable[[ArmClient, str], Entries]] = {
    Catalogue.Kind.COMMUNITIES: _communities,
    Catalogue.Kind.ROUTE_FILTERS: _route_filters,
}


def _note_entries(catalogue: Catalogue, entries: Entries) -> None:
    catalogue.entries, catalogue.read_at = entries, timezone.now()
    catalogue.read_error_code = catalogue.read_correlation_id = ""
    catalogue.wanted_at = catalogue.claimed_until = None
    catalogue.save()


def _note_failure(catalogue: Catalogue, code: str, correlation_id: str) -> None:
    catalogue.read_error_code, catalogue.read_correlation_id = code[:80], correlation_id[:80]
    catalogue.wanted_at = catalogue.claimed_until = None
    catalogue.save(update_fields=["read_error_code", "read_correlation_id", "wanted_at", "claimed_until"])
