"""What the portal's access page has to know of the domain: the scopes that there are, and where an object is."""

from collections.abc import Sequence

from crossconnections.models import CrossConnection
from crossconnections.queries import enlisted, get_cross_connection, list_locations
from crossconnections.scopes import PEERING_LOCATION, SUBSCRIPTION, place_of
from portal.access import objects, scopes
from portal.access.scopes import EVERYWHERE


def register() -> None:
    """Let assignments be made for subscriptions and peering locations, and questions be asked by service key."""
    scopes.register(SUBSCRIPTION, words="One subscription", choices=_subscriptions)
    scopes.register(PEERING_LOCATION, words="One peering location", choices=_locations)
    objects.register(label="Service key", find=_locate)


def _subscriptions() -> Sequence[tuple[str, str]]:
    return [(str(one.subscription_id), one.label) for one in enlisted()]


def _locations() -> Sequence[tuple[str, str]]:
    return [(name.casefold(), name) for name in list_locations()]


def _locate(service_key: str) -> objects.Located | None:
    try:
        row = get_cross_connection(service_key, EVERYWHERE)
    except CrossConnection.DoesNotExist:
        return None
    where = ", ".join(filter(None, [row.peering_location, row.subscription.label]))
    return objects.Located(row.service_key, place_of(row), where)
