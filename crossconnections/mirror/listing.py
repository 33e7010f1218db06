"""A LIST against the rows: compared first, and only what moved is written."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from crossconnections.arm import CrossConnectionResource
from crossconnections.mirror import attention
from crossconnections.mirror.moves import APPEARED, assign, observe
from crossconnections.mirror.values import fit, listed_values
from crossconnections.models import CrossConnection, Observation, Subscription

ROWS_IN_ONE_WRITE = 500


def note_listed(
    *, subscription: Subscription, entries: Sequence[CrossConnectionResource], now: datetime
) -> tuple[int, int]:
    """Write what is new or moved of one LIST page; ``(created, changed)``. An unchanged page costs one query."""
    known = _known(subscription, entries)
    moved = [entry for entry in entries if known.get(entry.service_key.lower()) != fit("listed_etag", entry.etag)]
    return _note_moved(subscription, moved, now) if moved else (0, 0)


def note_gone(*, subscription: Subscription, seen: set[str], now: datetime) -> int:
    """Mark the rows that a complete LIST no longer has; how many. ``seen`` holds its service keys in lower case."""
    present = subscription.cross_connections.filter(gone_at=None)
    gone = [pk for pk, key in present.values_list("pk", "service_key") if key not in seen]
    for start in range(0, len(gone), ROWS_IN_ONE_WRITE):
        _mark_gone(gone[start : start + ROWS_IN_ONE_WRITE], now)
    return len(gone)


@transaction.atomic
def _note_moved(
    subscription: Subscription, entries: Sequence[CrossConnectionResource], now: datetime
) -> tuple[int, int]:
    created = changed = 0
    rows = {row.service_key: row for row in subscription.cross_connections.filter(service_key__in=_keys(entries))}
    for entry in entries:
        if row := rows.get(entry.service_key.lower()):
            changed += _save(row, entry, now)
        else:
            _create(subscription, entry, now)
            created += 1
    return created, changed


def _known(subscription: Subscription, entries: Sequence[CrossConnectionResource]) -> dict[str, str]:
    """The listed etags of those that are present, by service key: whole rows would cost more than all the rest."""
    rows = subscription.cross_connections.filter(service_key__in=_keys(entries), gone_at=None)
    return dict(rows.values_list("service_key", "listed_etag"))


def _keys(entries: Sequence[CrossConnectionResource]) -> list[str]:
    return [entry.service_key.lower() for entry in entries]


def _create(subscription: Subscription, entry: CrossConnectionResource, now: datetime) -> None:
    key, etag = entry.service_key.lower(), fit("listed_etag", entry.etag)
    row = CrossConnection(
        subscription=subscription, service_key=key, first_seen_at=now, changed_at=now, listed_etag=etag
    )
    assign(row, listed_values(entry))
    row.save()
    attention.note_created(row, now=now)


def _save(row: CrossConnection, entry: CrossConnectionResource, now: datetime) -> bool:
    moves = assign(row, listed_values(entry))
    if row.gone_at is not None:
        moves |= APPEARED
    row.listed_etag, row.gone_at = fit("listed_etag", entry.etag), None
    if moves:
        row.changed_at = now
        observe(row, {"": moves}, now)
    row.save()
    attention.note_moves(row, {"": moves}, now=now)
    return bool(moves)


@transaction.atomic
def _mark_gone(keys: Sequence[int], now: datetime) -> None:
    CrossConnection.objects.filter(pk__in=keys).update(gone_at=now, changed_at=now)
    seen = {"seen_at": now, "field": Observation.PRESENCE, "before": True, "after": False}
    Observation.objects.bulk_create(Observation(cross_connection_id=key, **seen) for key in keys)
    attention.note_deleted(keys, now=now)
