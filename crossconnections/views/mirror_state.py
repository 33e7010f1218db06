"""How fresh the mirror is, as the list and its polled part both need it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from crossconnections import queries
from crossconnections.models import Subscription
from crossconnections.policies import reasons_not_to_ask
from crossconnections.presenters.failed_syncs import FailedSync, show_failed_syncs
from crossconnections.presenters.freshness import Freshness, show_freshness
from portal.access.scopes import Reach


@dataclass(frozen=True, slots=True)
class MirrorState:
    """The subscriptions, how fresh they are, and which of them failed."""

    subscriptions: list[Subscription]
    freshness: Freshness
    failed: list[FailedSync]

    @property
    def paused(self) -> list[str]:
        """Why nothing is asked of Azure about some of them, a sentence each."""
        return reasons_not_to_ask(self.subscriptions)


def read_mirror_state(reach: Reach, *, now: datetime) -> MirrorState:
    """In two queries."""
    subscriptions, syncs = queries.list_subscriptions(reach), queries.list_latest_syncs(reach)
    failed = show_failed_syncs([run for run in syncs if run.subscription.is_active], now=now)
    return MirrorState(subscriptions, show_freshness(subscriptions, syncs, now=now), failed)


def poll_address(freshness: Freshness, *, is_asked: bool = False) -> str:
    """Where the page asks next, with what it has seen; ``is_asked`` while the person waits for their own sync."""
    seen = {"seen": freshness.finished_ms} | ({"asked": 1} if is_asked else {})
    return f"{reverse('sync-state')}?{urlencode(seen)}"
