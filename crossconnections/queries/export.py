"""What an export needs of each cross connection and no more: the rows are wide, and ten thousand models cost."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import Model, QuerySet

from crossconnections.filters import Filters
from crossconnections.models import Attention, LastKnown, Peering
from crossconnections.queries.cross_connections import list_cross_connections
from portal.access.scopes import Reach

_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A cross connection: the columns that were asked for in their order, its subscription's label, and of what it has.

    ``peerings`` are types and VLAN IDs, ``attention`` the kinds of what waits for somebody, the oldest first, and
    ``last_known`` a peering type, path, state and time for each path of which something is known.
    """

    values: Sequence[Any]
    subscription: str
    peerings: Sequence[tuple[str, int | None]]
    attention: Sequence[tuple[str]]
    last_known: Sequence[tuple[str, str, str, datetime]]


def stream_export(filters: Filters, reach: Reach, *, columns: Sequence[str]) -> Iterator[list[ExportRow]]:
    """All that matches in the list's order, a thousand rows in memory at a time, four queries for each thousand."""
    rows = list_cross_connections(filters, reach).values_list("pk", "subscription__label", *columns)
    found = rows.iterator(chunk_size=_AT_ONCE)
    while batch := list(islice(found, _AT_ONCE)):
        yield _whole(batch)


def _whole(batch: Sequence[tuple[Any, ...]]) -> list[ExportRow]:
    keys = [key for key, *_ in batch]
    peerings = _of(keys, Peering.objects.order_by("peering_type"), "peering_type", "vlan_id")
    waiting = _of(keys, Attention.objects.filter(settled_at=None).order_by("seen_at", "pk"), "kind")
    known = _of(keys, LastKnown.objects.order_by(), "peering_type", "device_path", "state", "read_at")
    return [
        ExportRow(values, label, peerings.get(key, ()), waiting.get(key, ()), known.get(key, ()))
        for key, label, *values in batch
    ]


def _of(keys: Sequence[int], rows: QuerySet[Model], *columns: str) -> dict[int, list[tuple[Any, ...]]]:
    found: dict[int, list[tuple[Any, ...]]] = {}
    for key, *values in rows.filter(cross_connection__in=keys).values_list("cross_connection_id", *columns):
        found.setdefault(key, []).append(tuple(values))
    return found
