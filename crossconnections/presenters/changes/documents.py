"""A change as a machine reads it."""

from typing import Any

from crossconnections.models import Change, Snapshot
from crossconnections.presenters.changes.words import name_of
from portal.times import as_iso

_FIELDS = (
    "kind", "state", "asked", "opened", "before", "after", "differences", "warnings", "known_by", "request_id",
    "correlation_id", "error_code", "error_message",
)  # fmt: skip
_TIMES = ("asked_at", "sent_at", "finished_at", "held_at", "not_after")


def as_document(change: Change) -> dict[str, Any]:
    """Everything but what only workers need; Azure's words untouched."""
    return {
        "id": change.pk,
        "service_key": change.cross_connection.service_key,
        "title": name_of(change),
        "peering_type": change.subject or None,
        "shared_key": change.shared_key_action if change.subject else None,
        **{name: getattr(change, name) for name in _FIELDS},
        **{name: as_iso(getattr(change, name)) for name in _TIMES},
        "asked_by": change.asked_by.name if change.asked_by else None,
        "set": change.change_set_id,
        "snapshot_before": _number(change.snapshot_before),
        "snapshot_after": _number(change.snapshot_after),
    }


def _number(snapshot: Snapshot | None) -> int | None:
    return snapshot.number if snapshot else None
