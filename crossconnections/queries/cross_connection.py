"""One cross connection and what was seen of it."""

from collections.abc import Collection

from django.conf import settings
from django.db.models import prefetch_related_objects

from crossconnections.models import ArmCall, CrossConnection, Observation
from crossconnections.queries.cross_connections import LAST_KNOWN, WAITING
from crossconnections.scopes import within
from portal.access.scopes import Reach


def get_cross_connection(service_key: str, reach: Reach) -> CrossConnection:
    """One cross connection with its peerings and its record; gone ones too.

    Raises:
        CrossConnection.DoesNotExist: there is none by that service key within reach.
    """
    key = service_key.lower().replace("\0", "")  # no database takes it
    rows = CrossConnection.objects.filter(within(reach), subscription__cloud=settings.PORTAL_CLOUD, service_key=key)
    # The same key can stand in two subscriptions only after a move between them: the present row counts.
    with_all = rows.select_related("subscription", "document", "record__changed_by").prefetch_related("peerings")
    row = with_all.order_by("-gone_at", "-pk")
    present = [found for found in row if found.gone_at is None] or list(row)
    if not present:
        raise CrossConnection.DoesNotExist
    return present[0]


def map_by_key(service_keys: Collection[str], reach: Reach) -> dict[str, CrossConnection]:
    """Those of the service keys that there are within reach, gone ones too; the keys are in lower case."""
    rows = CrossConnection.objects.filter(
        within(reach), subscription__cloud=settings.PORTAL_CLOUD, service_key__in=service_keys
    )
    # As above: of two by the same key the present one counts.
    found = sorted(rows.select_related("subscription"), key=lambda row: (row.gone_at is None, row.pk))
    return {row.service_key: row for row in found}


def load_last_known(row: CrossConnection) -> None:
    """What was last known of its paths, which not every page about it shows."""
    prefetch_related_objects([row], LAST_KNOWN)


def load_waiting(row: CrossConnection) -> None:
    """What waits for somebody, likewise."""
    prefetch_related_objects([row], WAITING)


def list_history(row: CrossConnection, *, most: int = 20) -> list[Observation]:
    """What was seen to change of a cross connection, the newest first."""
    return list(row.observations.order_by("-seen_at", "pk")[:most])


def list_calls(row: CrossConnection, *, most: int = 5) -> list[ArmCall]:
    """What was asked of Azure about this one alone, the newest first; a sync's calls are one row of their own."""
    calls = ArmCall.objects.filter(service_key=row.service_key, subscription=row.subscription_id)
    return list(calls.order_by("-started_at", "-pk")[:most])
