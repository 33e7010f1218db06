"""Subscriptions as the administrator's pages list them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from crossconnections.models import Readiness, Subscription
from crossconnections.presenters.states import Mark
from portal.times import Moment, ago

_STATES = {
    Subscription.State.ACTIVE: Mark("Looked after", "s-done", "ok"),
    Subscription.State.PAUSED: Mark("Paused", "s-off", "warn"),
    Subscription.State.RETIRED: Mark("Retired", "s-gone"),
}


@dataclass(frozen=True, slots=True)
class SubscriptionRow:
    """One of them; ``count`` is how many cross connections the mirror holds that are not gone."""

    subscription_id: str
    label: str
    kind: str
    cloud: str
    mark: Mark
    since: Moment | None
    synced: Moment | None
    count: int
    failed: int


@dataclass(frozen=True, slots=True)
class ProposedRow:
    """One that somebody is about to enlist."""

    subscription_id: str
    label: str
    kind: str
    by: str
    proposed: Moment
    failed: int


def show_row(subscription: Subscription, readiness: Readiness | None, *, count: int, now: datetime) -> SubscriptionRow:
    """A subscription with how it stands."""
    return SubscriptionRow(
        subscription_id=str(subscription.subscription_id),
        label=subscription.label,
        kind=subscription.get_kind_display(),
        cloud=subscription.cloud,
        mark=_STATES[Subscription.State(subscription.state)],
        since=ago(subscription.state_since, now=now) if subscription.state_since else None,
        synced=ago(subscription.last_synced_at, now=now) if subscription.last_synced_at else None,
        count=count,
        failed=readiness.failed if readiness and subscription.is_active else 0,
    )


def show_rows(
    subscriptions: Iterable[Subscription],
    readiness: Mapping[UUID, Readiness],
    counts: Mapping[int, int],
    *,
    now: datetime,
) -> list[SubscriptionRow]:
    """As they are listed."""
    return [
        show_row(one, readiness.get(one.subscription_id), count=counts.get(one.pk, 0), now=now) for one in subscriptions
    ]


def show_proposed(rows: Iterable[Readiness], *, now: datetime) -> list[ProposedRow]:
    """As they are listed."""
    return [
        ProposedRow(
            str(row.subscription_id),
            row.proposed_label,
            row.get_proposed_kind_display(),
            row.proposed_by,
            ago(row.proposed_at, now=now),
            row.failed,
        )
        for row in rows
        if row.proposed_at
    ]
