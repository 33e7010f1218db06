"""A LIST against the rows: compared first, and only what moved is written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from crossconnections.arm import CrossConnectionResource
from crossconnections.mirror import attention
from crossconnections.mirror.fences import Fence, unfenced
from crossconnections.mirror.moves import APPEARED, assign, observe
from crossconnections.mirror.values import fit, key_of, listed_values
from crossconnections.models import CrossConnection, Observation, Subscription

ROWS_IN_ONE_WRITE = 500


@dataclass(frozen=True, slots=True)
class Page:
    """What one page of a LIST told, and the database's clock before it was asked for."""

    entries: Sequence[CrossConnectionResource]
    asked_at: datetime


def note_listed(*, subscription: Subscription, page: Page, now: datetime, fence: Fence = unfenced) -> tuple[int, int]:
    """Write what is new or moved; ``(created, changed)``. An unchanged page costs one query."""
    known = _known(subscription, page.entries)
    moved = [entry for entry in page.entries if _has_moved(known.get(key_of(entry)), entry)]
    return _note_moved(subscription, moved, page.asked_at, now, fence) if moved else (0, 0)


def list_missing(*, subscription: Subscription, seen: set[str], asked_at: datetime) -> list[int]:
    """The primary keys of the present rows that a complete LIST does not have; ``seen`` holds its ``key_of``.

    ``asked_at`` is the database's clock before its first page: what a later GET has shown is there.
    """
    is_known_better = Q(read_at__gt=asked_at)
    present = subscription.cross_connections.filter(gone_at=None).exclude(is_known_better)
    return [pk for pk, key in present.values_list("pk", "service_key").iterator() if key not in seen]


def note_gone(*, row_ids: Sequence[int], now: datetime, fence: Fence = unfenced) -> None:
    """Mark rows as gone from Azure."""
    for start in range(0, len(row_ids), ROWS_IN_ONE_WRITE):
        _mark_gone(row_ids[start : start + ROWS_IN_ONE_WRITE], now, fence)


@transaction.atomic
def _note_moved(
    subscription: Subscription,
    entries: Sequence[CrossConnectionResource],
    asked_at: datetime,
    now: datetime,
    fence: Fence,
) -> tuple[int, int]:
    fence()
    created = changed = 0
    found = subscription.cross_connections.select_for_update().filter(service_key__in=_keys(entries))
    rows = {row.service_key: row for row in found.order_by("pk")}
    for entry in entries:
        if row := rows.get(key_of(entry)):
            changed += _save(row, entry, asked_at, now)
        else:
            rows[key_of(entry)] = _create(subscription, entry, now)
            created += 1
    return created, changed


def _known(subscription: Subscription, entries: Sequence[CrossConnectionResource]) -> dict[str, str]:
    """The listed etags of those that are present, by service key: whole rows would cost more than all the rest."""
    rows = subscription.cross_connections.filter(service_key__in=_keys(entries), gone_at=None)
    return dict(rows.values_list("service_key", "listed_etag"))


def _has_moved(listed_etag: str | None, entry: CrossConnectionResource) -> bool:
    """Without an etag nothing tells that it did not."""
    return not entry.etag or listed_etag != fit("listed_etag", entry.etag)


def _keys(entries: Sequence[CrossConnectionResource]) -> list[str]:
    return [key_of(entry) for entry in entries]


def _create(subscription: Subscription, entry: CrossConnectionResource, now: datetime) -> CrossConnection:
    etag = fit("listed_etag", entry.etag)
    row = CrossConnection(subscription=subscription, service_key=key_of(entry), first_seen_at=now, listed_etag=etag)
    assign(row, listed_values(entry))
    row.save()
    attention.note_created(row, now=now)
    return row


def _save(row: CrossConnection, entry: CrossConnectionResource, asked_at: datetime, now: datetime) -> bool:
    was = (row.listed_etag, row.gone_at)
    # A GET that was asked for later knows better; the etag alone makes the row wait for another one.
    is_overtaken = row.read_at is not None and row.read_at > asked_at
    moves = {} if is_overtaken else assign(row, listed_values(entry))
    if row.gone_at is not None:
        moves |= APPEARED
    row.listed_etag, row.gone_at = fit("listed_etag", entry.etag), None
    if moves:
        row.changed_at = now
        observe(row, {"": moves}, now)
    if moves or was != (row.listed_etag, row.gone_at):
        row.save()
    attention.note_moves(row, {"": moves}, now=now)
    return bool(moves)


@transaction.atomic
def _mark_gone(row_ids: Sequence[int], now: datetime, fence: Fence) -> None:
    fence()
    rows = CrossConnection.objects.select_for_update().filter(pk__in=row_ids, gone_at=None).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    CrossConnection.objects.filter(pk__in=keys).update(gone_at=now, changed_at=now, wanted_at=None, claimed_until=None)
    seen = {"seen_at": now, "field": Observation.PRESENCE, "before": True, "after": False}
    Observation.objects.bulk_create(Observation(cross_connection_id=key, **seen) for key in keys)
    attention.note_deleted(keys, now=now)
