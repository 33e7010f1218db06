"""What is known of the set-up of each subscription."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings

from crossconnections.models import Readiness, Subscription
from crossconnections.queries.subscriptions import is_whole, visible
from portal.access.scopes import Reach


def list_readiness(reach: Reach) -> list[tuple[Subscription, Readiness | None]]:
    """Each enlisted subscription that is within reach as a whole, with what its checks came to; in two queries.

    Whoever sees a part of one is not told in which of Azure's words it stands.
    """
    subscriptions = [one for one in visible(reach) if is_whole(one, reach)]
    rows = map_readiness(one.subscription_id for one in subscriptions)
    return [(one, rows.get(one.subscription_id)) for one in subscriptions]


def find_readiness(subscription_id: UUID) -> Readiness | None:
    """What the checks of one subscription came to, enlisted or not."""
    return map_readiness([subscription_id]).get(subscription_id)


def map_readiness(subscription_ids: Iterable[UUID]) -> dict[UUID, Readiness]:
    """The same of several, by their ids."""
    rows = Readiness.objects.filter(cloud=settings.PORTAL_CLOUD, subscription_id__in=list(subscription_ids))
    return {row.subscription_id: row for row in rows}


def list_proposed() -> list[Readiness]:
    """Those that somebody is about to enlist, the latest first."""
    here = Readiness.objects.filter(cloud=settings.PORTAL_CLOUD)
    return list(here.exclude(proposed_at=None).order_by("-proposed_at"))
