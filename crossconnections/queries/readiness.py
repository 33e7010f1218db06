"""What is known of the set-up of each subscription."""

from collections.abc import Iterable
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Count, IntegerField, Q, Value, When

from crossconnections.models import Readiness, Subscription
from crossconnections.queries.syncs import is_whole, visible
from portal.access.scopes import Reach

_ORDER = Case(
    When(state=Subscription.State.RETIRED, then=Value(1)), default=Value(0), output_field=IntegerField()
)  # the retired ones come last


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


def list_all_subscriptions() -> list[Subscription]:
    """Whatever was ever enlisted in this cloud, by label, retired ones last."""
    return list(Subscription.objects.filter(cloud=settings.PORTAL_CLOUD).order_by(_ORDER, "label"))


def find_subscription(subscription_id: UUID) -> Subscription | None:
    """The one of that id in this cloud, retired or not."""
    return Subscription.objects.filter(cloud=settings.PORTAL_CLOUD, subscription_id=subscription_id).first()


def count_by_subscription() -> dict[int, int]:
    """How many cross connections that are not gone each has, by its key."""
    present = Count("cross_connections", filter=Q(cross_connections__gone_at=None))
    return dict(Subscription.objects.order_by().annotate(count=present).values_list("pk", "count"))


def other_clouds() -> dict[str, int]:
    """How many subscriptions are known from when the portal was pointed at another cloud, by its name."""
    others = Subscription.objects.exclude(cloud=settings.PORTAL_CLOUD).order_by()
    return dict(others.values_list("cloud").annotate(count=Count("pk")))
