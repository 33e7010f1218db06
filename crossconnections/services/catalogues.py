"""Reading what a subscription sees besides its cross connections: BGP communities, route filters, port pairs."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import structlog
from django.db.models import QuerySet
from django.utils import timezone

from crossconnections import queue
from crossconnections.arm import ArmClient, ArmError
from crossconnections.azure import arm_client
from crossconnections.models import ArmCall, Catalogue, Subscription
from crossconnections.queries import enlisted, looked_after
from crossconnections.queries.catalogues import list_catalogues
from crossconnections.services import wishes
from crossconnections.services.ledger import ledger
from crossconnections.services.throttling import note_throttled
from portal.access.scopes import Reach

log = structlog.get_logger(__name__)

Entries = list[dict[str, Any]]

# Microsoft changes its communities a few times a year; route filters are changed by people; ports fill by each order.
FRESH_FOR = {
    Catalogue.Kind.COMMUNITIES: timedelta(days=1),
    Catalogue.Kind.ROUTE_FILTERS: timedelta(hours=1),
    Catalogue.Kind.PORT_PAIRS: timedelta(minutes=5),
}
FRESH_FOR_ANYBODY = timedelta(minutes=1)


def is_due(catalogue: Catalogue) -> bool:
    """Whether a page that is opened asks for it; not after a failure, which waits for somebody, nor while paused."""
    is_asked = catalogue.subscription.is_active and not catalogue.read_error_code
    return is_asked and _is_older(catalogue, FRESH_FOR[Catalogue.Kind(catalogue.kind)])


def request_readings(reach: Reach, kinds: Collection[Catalogue.Kind], *, asked_for_now: bool = False) -> int:
    """Ask for every catalogue of these kinds within reach that is due.

    Where somebody asks, for all that were not read within a minute. How many that are. The wish stands in the row: if
    the message is lost, the sweep sends it again.
    """
    _make_missing(kinds)
    found = [one for one in list_catalogues(reach, kinds) if one.subscription.is_active]
    due = [one for one in found if (_is_old(one) if asked_for_now else is_due(one))]
    for catalogue in due:
        _want(catalogue)
    return len(due)


def note_moved(subscription: Subscription) -> None:
    """A circuit was moved, or should have been: what is known of the subscription's ports is not true any more."""
    for catalogue in Catalogue.objects.filter(subscription=subscription, kind=Catalogue.Kind.PORT_PAIRS):
        _want(catalogue)


def read(*, catalogue_id: int) -> None:
    """Read the list if it is still wanted and nobody else is at it, and write down what came of it."""
    catalogue = _claim(catalogue_id)
    if catalogue is None:
        return
    try:
        entries = _ask(catalogue)
    except ArmError as error:
        log.warning("catalogue_not_read", catalogue_id=catalogue.pk, kind=catalogue.kind, reason=str(error))
        note_throttled(catalogue.subscription, error)
        _note_failure(catalogue, error.word, error.correlation_id)
    except Exception:
        # Our own fault would come again each time the lease ends: the wish is over, the log has the rest.
        _note_failure(catalogue, "PortalFault", "")
        raise
    else:
        _note_entries(catalogue, entries)


def sweep() -> None:
    """Send again the wishes that a lost message or a dead worker left."""
    for catalogue_id in wishes.list_left(_of_this_cloud()):
        queue.read_catalogue_soon(catalogue_id)


def _of_this_cloud() -> QuerySet[Catalogue]:
    return Catalogue.objects.filter(subscription__in=enlisted())


def _want(catalogue: Catalogue) -> None:
    wishes.wish(Catalogue.objects.filter(pk=catalogue.pk))
    queue.read_catalogue_soon(catalogue.pk)


def _make_missing(kinds: Collection[Catalogue.Kind]) -> None:
    missing = [Catalogue(subscription=one, kind=kind) for one in looked_after() for kind in kinds]
    Catalogue.objects.bulk_create(missing, ignore_conflicts=True)


def _is_old(catalogue: Catalogue) -> bool:
    return _is_older(catalogue, FRESH_FOR_ANYBODY)


def _is_older(catalogue: Catalogue, limit: timedelta) -> bool:
    return catalogue.read_at is None or timezone.now() - catalogue.read_at >= limit


def _claim(catalogue_id: int) -> Catalogue | None:
    rows = _of_this_cloud().filter(pk=catalogue_id)
    return rows.select_related("subscription").get() if wishes.claim(rows) else None


def _ask(catalogue: Catalogue) -> Entries:
    subscription = catalogue.subscription
    with arm_client(recorder=ledger(ArmCall.Purpose.CATALOGUE, subscription=subscription)) as client:
        pages = _READERS[Catalogue.Kind(catalogue.kind)](client, str(subscription.subscription_id))
        return [entry for page in _held(catalogue, pages) for entry in page]


def _held(catalogue: Catalogue, pages: Iterator[Entries]) -> Iterator[Entries]:
    for page in pages:
        yield page
        wishes.renew(Catalogue.objects.filter(pk=catalogue.pk))


def _communities(client: ArmClient, subscription_id: str) -> Iterator[Entries]:
    """One entry for each community, with the service that Azure lists it under."""
    for page in client.list_service_communities(subscription_id=subscription_id):
        yield [{"service": service.service} | asdict(one) for service in page.items for one in service.communities]


def _route_filters(client: ArmClient, subscription_id: str) -> Iterator[Entries]:
    for page in client.list_route_filters(subscription_id=subscription_id):
        yield [asdict(one) for one in page.items]


def _port_pairs(client: ArmClient, subscription_id: str) -> Iterator[Entries]:
    for page in client.list_provider_ports(subscription_id=subscription_id):
        yield [asdict(one) for one in page.items]


_READERS: dict[Catalogue.Kind, Callable[[ArmClient, str], Iterator[Entries]]] = {
    Catalogue.Kind.COMMUNITIES: _communities,
    Catalogue.Kind.ROUTE_FILTERS: _route_filters,
    Catalogue.Kind.PORT_PAIRS: _port_pairs,
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
