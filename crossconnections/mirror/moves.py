"""What differs between a row and Azure's answer, written to the row and kept as observations."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models

from crossconnections.models import CrossConnection, Observation

Moves = dict[str, tuple[Any, Any]]

IDS = frozenset({"resource_id", "circuit_id", "circuit_name", "circuit_resource_group", "customer_subscription_id"})
APPEARED: Moves = {Observation.PRESENCE: (False, True)}
DISAPPEARED: Moves = {Observation.PRESENCE: (True, False)}


def assign(row: models.Model, values: dict[str, Any]) -> Moves:
    """Give the row these values; what moved, by column, as before and after."""
    moves = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    for name, (_, value) in moves.items():
        setattr(row, name, value)
    return {name: move for name, move in moves.items() if not (name in IDS and _is_same_id(*move))}


def observe(row: CrossConnection, moves: Mapping[str, Moves], now: datetime) -> None:
    """Keep what moved: by "" for the cross connection itself, else by peering type."""
    Observation.objects.bulk_create(
        Observation(cross_connection=row, seen_at=now, subject=subject, field=field, before=before, after=after)
        for subject, fields in moves.items()
        for field, (before, after) in fields.items()
    )


def _is_same_id(before: str, after: str) -> bool:
    # Azure spells its ids in changing case; that is no change.
    return before.casefold() == after.casefold()
