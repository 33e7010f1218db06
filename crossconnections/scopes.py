"""Where a cross connection is, for roles that hold at a part of the estate: its subscription, its peering location."""

from functools import reduce
from operator import or_

from django.db.models import Q

from crossconnections.deeds import SUBSCRIPTION
from crossconnections.filters import is_called
from crossconnections.models import CrossConnection, Subscription
from portal.access.scopes import Place, Reach, Scope

PEERING_LOCATION = "peering-location"

_NONE = Q(pk__in=())


def place_of(row: CrossConnection) -> Place:
    """The scopes that a cross connection lies in; its subscription is read if it is not loaded."""
    subscription = Scope.of(SUBSCRIPTION, str(row.subscription.subscription_id))
    if not row.peering_location:
        return frozenset({subscription})
    return frozenset({subscription, Scope.of(PEERING_LOCATION, row.peering_location)})


def within(reach: Reach) -> Q:
    """The cross connections within reach."""
    if reach.everything:
        return Q()
    return of_subscriptions(reach) | in_locations(reach)


def of_subscriptions(reach: Reach) -> Q:
    """The cross connections whose subscription is within reach as a whole."""
    # Not by a join: the counts are read from an index that holds the subscription's key alone.
    ids = reach.ids(SUBSCRIPTION)
    return Q(subscription__in=Subscription.objects.filter(subscription_id__in=ids)) if ids else _NONE


def in_locations(reach: Reach) -> Q:
    """The cross connections whose peering location is within reach, in whichever case Azure spelled it."""
    return reduce(or_, map(is_called, reach.ids(PEERING_LOCATION)), _NONE)
