"""A GET against its row."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, When

from crossconnections.arm import CrossConnectionResource, PeeringResource
from crossconnections.mirror import attention
from crossconnections.mirror.moves import APPEARED, DISAPPEARED, Moves, assign, observe
from crossconnections.mirror.values import fit, listed_values, peering_values, read_values
from crossconnections.models import AzureDocument, CrossConnection, Peering, Subscription

READ_AGAIN_AFTER = timedelta(days=1)


def list_to_read(subscription: Subscription, *, now: datetime) -> QuerySet[CrossConnection]:
    """The rows that wait for a GET, the most urgent first.

    Wanted by somebody who has it open, never read, listed with another etag since, or not read for a day: whether a
    change of a peering moves the etag of its cross connection is not documented.
    """
    is_moved = ~Q(listed_etag=F("mirrored_etag"))
    is_wanted = Q(wanted_at__isnull=False)
    due = is_wanted | Q(read_at=None) | is_moved | Q(read_at__lt=now - READ_AGAIN_AFTER)
    urgency = Case(When(is_wanted, then=0), When(read_at=None, then=1), When(is_moved, then=2), default=3)
    rows = subscription.cross_connections.filter(due, gone_at=None).select_related("document")
    return rows.order_by(urgency, "read_at", "pk")


def note_read(*, row: CrossConnection, resource: CrossConnectionResource, now: datetime) -> bool:
    """Write a GET's answer to its row; whether anything differs from what an earlier GET had shown."""
    was_read = row.read_at is not None
    with transaction.atomic():
        moves = {"": assign(row, listed_values(resource) | read_values(resource))}
        moves |= _replace_peerings(row, resource.peerings)
        row.etag, row.mirrored_etag, row.read_at = fit("etag", resource.etag), row.listed_etag, now
        row.wanted_at = row.claimed_until = None
        row.read_error_code = row.read_correlation_id = ""
        if changed := was_read and any(moves.values()):
            row.changed_at = now
            observe(row, moves, now)
        row.save()
        _keep_document(row, resource.document)
        attention.note_moves(row, moves, was_known=was_read, now=now)
    return changed


def _keep_document(row: CrossConnection, body: str) -> None:
    kept = getattr(row, "document", None)
    if kept is None:
        AzureDocument.objects.create(cross_connection=row, body=body)
    elif kept.body != body:
        kept.body = body
        kept.save(update_fields=["body"])


def _replace_peerings(row: CrossConnection, peerings: Iterable[PeeringResource]) -> dict[str, Moves]:
    kept = {peering.peering_type: peering for peering in row.peerings.all()}
    moves: dict[str, Moves] = {}
    for resource in peerings:
        known = kept.pop(resource.peering_type, None)
        peering = known or Peering(cross_connection=row, peering_type=resource.peering_type)
        moved = assign(peering, peering_values(resource))
        if moved or known is None:
            peering.save()
            moves[resource.peering_type] = moved if known else APPEARED
    for peering in kept.values():
        peering.delete()
        moves[peering.peering_type] = DISAPPEARED
    return moves
