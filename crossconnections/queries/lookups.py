"""Service keys that somebody was sent: which cross connection each is, or what is known of why there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from django.conf import settings
from django.db.models import prefetch_related_objects

from crossconnections.models import CrossConnection, Subscription, SyncRun, Workflow
from crossconnections.queries.cross_connection import map_by_key
from crossconnections.queries.subscriptions import visible
from crossconnections.queries.syncs import list_latest_syncs
from crossconnections.queries.workflows import map_going_on
from crossconnections.scopes import place_of, within
from portal.access.scopes import Reach

# What Azure shows as the key until a new circuit is made (recorded: Azure PowerShell, ExpressRouteCircuit tests).
NOT_MADE_YET = "00000000-0000-0000-0000-000000000000"


class Missing(StrEnum):
    """Why a service key leads to no cross connection."""

    NOT_MADE_YET = "not-made-yet"
    OUR_SUBSCRIPTION = "our-subscription"
    CUSTOMERS_SUBSCRIPTION = "customers-subscription"
    OTHER_CLOUD = "other-cloud"
    NOT_LISTED = "not-listed"


@dataclass(frozen=True, slots=True)
class LookedUp:
    """One key. ``row`` is None where none is known within reach, and then ``missing`` says why.

    ``detail`` is the subscription's label, the circuit that the subscription is known from, or the cloud;
    ``may_begin`` whether whoever asks may change something there.
    """

    service_key: str
    row: CrossConnection | None = None
    missing: Missing | None = None
    detail: str = ""
    workflow: Workflow | None = None
    may_begin: bool = False


class Listing(NamedTuple):
    """How far Azure's lists can be trusted: ``as_of`` is the oldest good one's time, None where one was never read.

    ``is_syncing`` while one is being read, ``failed`` are the labels of the subscriptions that could not be read last.
    """

    as_of: datetime | None
    is_syncing: bool
    failed: tuple[str, ...]
    subscriptions: tuple[str, ...]


def look_up(service_keys: Sequence[str], reach: Reach, *, changes: Reach) -> list[LookedUp]:
    """Each, in the order in which they were named; ``changes`` is where whoever asks may change something."""
    rows = map_by_key(service_keys, reach)
    prefetch_related_objects([*rows.values()], "peerings")
    going_on = map_going_on(rows.values())
    unknown = [key for key in service_keys if key not in rows]
    reasons = _reasons(unknown, reach) if unknown else {}
    return [_found(rows[key], going_on, changes) if key in rows else reasons[key] for key in service_keys]


def read_listing(reach: Reach) -> Listing:
    """Of all subscriptions within reach."""
    subscriptions, runs = list(visible(reach)), list_latest_syncs(reach)
    synced = [one.last_synced_at for one in subscriptions]
    return Listing(
        as_of=None if None in synced or not synced else min(moment for moment in synced if moment),
        is_syncing=any(run.state in SyncRun.ACTIVE for run in runs),
        failed=tuple(run.subscription.label for run in runs if run.state == SyncRun.State.FAILED),
        subscriptions=tuple(one.label for one in subscriptions),
    )


def _found(row: CrossConnection, going_on: dict[int, Workflow], changes: Reach) -> LookedUp:
    return LookedUp(row.service_key, row, workflow=going_on.get(row.pk), may_begin=changes.covers(place_of(row)))


def _reasons(keys: Sequence[str], reach: Reach) -> dict[str, LookedUp]:
    """What they may be instead: people copy the GUID that stands beside the one they were asked for."""
    labels = {str(one.subscription_id): one.label for one in visible(reach)}
    customers = _customers_subscriptions(keys, reach)
    clouds = _other_clouds(keys) if reach.everything else {}
    return {key: _reason(key, labels, customers, clouds) for key in keys}


def _reason(key: str, labels: dict[str, str], customers: dict[str, str], clouds: dict[str, str]) -> LookedUp:
    if key == NOT_MADE_YET:
        return LookedUp(key, missing=Missing.NOT_MADE_YET)
    for missing, known in (
        (Missing.OUR_SUBSCRIPTION, labels),
        (Missing.CUSTOMERS_SUBSCRIPTION, customers),
        (Missing.OTHER_CLOUD, clouds),
    ):
        if key in known:
            return LookedUp(key, missing=missing, detail=known[key])
    return LookedUp(key, missing=Missing.NOT_LISTED)


def _customers_subscriptions(keys: Sequence[str], reach: Reach) -> dict[str, str]:
    """Those that are the customer's subscription of a circuit that is known, each with the circuit's name."""
    rows = CrossConnection.objects.filter(
        within(reach), subscription__cloud=settings.PORTAL_CLOUD, customer_subscription_id__in=keys
    )
    return dict(rows.values_list("customer_subscription_id", "circuit_name"))


def _other_clouds(keys: Sequence[str]) -> dict[str, str]:
    """Those that this portal knew when it was pointed at another cloud."""
    others = Subscription.objects.exclude(cloud=settings.PORTAL_CLOUD)
    rows = CrossConnection.objects.filter(subscription__in=others, service_key__in=keys)
    return dict(rows.values_list("service_key", "subscription__cloud"))
