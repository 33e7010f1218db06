"""Which subscriptions there are, which of them pages show, and which Azure is asked about."""

from uuid import UUID

from django.conf import settings
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When

from crossconnections.deeds import SUBSCRIPTION
from crossconnections.models import CrossConnection, Subscription
from crossconnections.scopes import in_locations
from portal.access.scopes import Reach

_ORDER = Case(
    When(state=Subscription.State.RETIRED, then=Value(1)), default=Value(0), output_field=IntegerField()
)  # the retired ones come last


def list_subscriptions(reach: Reach) -> list[Subscription]:
    """The enlisted subscriptions of this cloud that have anything within reach, by label."""
    return list(visible(reach))


def enlisted() -> QuerySet[Subscription]:
    """The subscriptions of this cloud, by label, paused ones too.

    Those that were retired are none of them, and a portal that was pointed at another cloud leaves the former's alone.

    To narrow rows by it write ``subscription__in=enlisted()``: an UPDATE with a join does not look again at what
    another worker has changed meanwhile (PostgreSQL, Read Committed).
    """
    here = Subscription.objects.filter(cloud=settings.PORTAL_CLOUD).exclude(state=Subscription.State.RETIRED)
    return here.order_by("label")


def looked_after() -> QuerySet[Subscription]:
    """Those of them that Azure is asked about: paused ones are not."""
    return enlisted().filter(state=Subscription.State.ACTIVE)


def visible(reach: Reach) -> QuerySet[Subscription]:
    """The enlisted subscriptions that are within reach, as a whole or by one of their cross connections."""
    if reach.everything:
        return enlisted()
    of_it = CrossConnection.objects.filter(in_locations(reach), subscription=OuterRef("pk"))
    return enlisted().filter(Q(subscription_id__in=reach.ids(SUBSCRIPTION)) | Exists(of_it))


def is_whole(subscription: Subscription, reach: Reach) -> bool:
    """Whether all of a subscription is within reach, whatever is or will be in it."""
    return reach.everything or str(subscription.subscription_id) in reach.ids(SUBSCRIPTION)


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
