"""What the portal has to know of the domain: which scopes there are, where an object is, and which page tells of it."""

from collections.abc import Sequence

from django.urls import reverse

from crossconnections.deeds import CROSS_CONNECTION, SUBSCRIPTION
from crossconnections.models import CrossConnection
from crossconnections.queries import enlisted, get_cross_connection, list_locations
from crossconnections.scopes import PEERING_LOCATION, place_of
from portal.access import objects as access
from portal.access import scopes
from portal.access.scopes import EVERYWHERE
from portal.activity import objects as activity


def register() -> None:
    """Assignments for subscriptions and peering locations, questions by service key, pages for the trail to lead to."""
    scopes.register(SUBSCRIPTION, words="One subscription", choices=_subscriptions)
    scopes.register(PEERING_LOCATION, words="One peering location", choices=_locations)
    access.register(label="Service key", find=_locate)
    activity.register(CROSS_CONNECTION, "service key", lambda key: reverse("cross-connection", args=[key]))
    activity.register(SUBSCRIPTION, "subscription id", lambda subscription_id: None)


def _subscriptions() -> Sequence[tuple[str, str]]:
    return [(str(one.subscription_id), one.label) for one in enlisted()]


def _locations() -> Sequence[tuple[str, str]]:
    return [(name.lower(), name) for name in list_locations()]


def _locate(service_key: str) -> access.Located | None:
    try:
        row = get_cross_connection(service_key, EVERYWHERE)
    except CrossConnection.DoesNotExist:
        return None
    where = ", ".join(filter(None, [row.peering_location, row.subscription.label]))
    return access.Located(row.service_key, place_of(row), where)
