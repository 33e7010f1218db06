"""What a subscription sees besides its cross connections, list by list, as it was last read."""

from collections.abc import Collection, Iterable

from crossconnections.models import Catalogue, Subscription
from crossconnections.queries.subscriptions import is_whole, visible
from portal.access.scopes import Reach

Kind = Catalogue.Kind
# What a page is about: it neither reads nor waits for the lists of another.
OF_COMMUNITIES = (Kind.COMMUNITIES, Kind.ROUTE_FILTERS)
OF_PORTS = (Kind.PORT_PAIRS,)


def list_catalogues(reach: Reach, kinds: Collection[Kind]) -> list[Catalogue]:
    """What was read or is wanted of the subscriptions within reach, by their labels, in one query.

    Communities are the same for everybody; route filters are for those who see the whole of a subscription. Of port
    pairs each entry has a place of its own: see :func:`~crossconnections.queries.ports.list_ports`.
    """
    rows = Catalogue.objects.filter(subscription__in=visible(reach), kind__in=kinds).select_related("subscription")
    found = rows.order_by("subscription__label", "kind")
    return [one for one in found if one.kind in _kinds(one.subscription, reach, kinds)]


def count_catalogues(subscriptions: Iterable[Subscription], reach: Reach, kinds: Collection[Kind]) -> int:
    """How many there are to be of these subscriptions within reach, whether or not any of them was read yet."""
    return sum(len(_kinds(one, reach, kinds)) for one in subscriptions)


def _kinds(subscription: Subscription, reach: Reach, kinds: Collection[Kind]) -> list[Kind]:
    return [one for one in kinds if one != Kind.ROUTE_FILTERS or is_whole(subscription, reach)]
