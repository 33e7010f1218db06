"""What a few typed characters may mean: the nearest cross connections and peering locations."""

from dataclasses import dataclass

from django.db.models import Q

from crossconnections.filters import Filters, has_on_record
from crossconnections.models import CrossConnection
from crossconnections.queries.cross_connections import list_cross_connections
from crossconnections.queries.subscriptions import enlisted
from crossconnections.scopes import within
from portal.access.scopes import Reach

MOST_ROWS = 6
MOST_LOCATIONS = 3
LEAST_OF_A_KEY = 4


@dataclass(frozen=True, slots=True)
class Jumps:
    """What was found, the most likely first."""

    rows: list[CrossConnection]
    locations: list[str]
    gone: list[CrossConnection]


def find_gone(q: str, reach: Reach, *, most: int = 3) -> list[CrossConnection]:
    """Those gone from Azure with ``q`` in their service key, circuit's name or record, the latest first.

    No list shows them.

    From a few characters on, so that a word does not find half of all that ever was.
    """
    if len(q) < LEAST_OF_A_KEY:
        return []
    is_meant = Q(service_key__contains=q.lower()) | Q(circuit_name__icontains=q) | has_on_record(q)
    rows = CrossConnection.objects.select_related("record").filter(is_meant, within(reach), subscription__in=enlisted())
    # One that moved between two subscriptions is gone from the one and present in the other.
    gone = rows.filter(gone_at__isnull=False).exclude(service_key__in=rows.filter(gone_at=None).values("service_key"))
    return list(gone.order_by("-gone_at", "-pk")[:most])


def find_jumps(q: str, reach: Reach) -> Jumps:
    """By the same search as the list's, a handful of each, in four queries; nothing for nothing."""
    if not q:
        return Jumps([], [], [])
    matching = list_cross_connections(Filters(q=q), reach)
    keys = list(matching.values_list("pk", flat=True)[:MOST_ROWS])
    rows = CrossConnection.objects.select_related("record").in_bulk(keys)
    named = list_cross_connections(Filters(), reach).filter(peering_location__icontains=q).order_by("peering_location")
    locations = named.values_list("peering_location", flat=True).distinct()[:MOST_LOCATIONS]
    return Jumps([rows[key] for key in keys if key in rows], list(locations), find_gone(q, reach))
