"""Answers to GETs against their rows."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, auto
from typing import Any, TypeAlias

import structlog
from django.db import transaction

from crossconnections.arm import CrossConnectionResource, PeeringResource
from crossconnections.mirror import attention
from crossconnections.mirror.fences import Fence, unfenced
from crossconnections.mirror.moves import APPEARED, DISAPPEARED, Moves, assign, observe
from crossconnections.mirror.questions import Question
from crossconnections.mirror.values import fit, listed_values, peering_values, read_values
from crossconnections.models import AzureDocument, CrossConnection, Peering

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class NotRead:
    """A GET that came to nothing: Azure's code, or the name of our own error, and Azure's correlation id."""

    code: str
    correlation_id: str = ""


Answer: TypeAlias = tuple[Question, CrossConnectionResource | NotRead]


class Outcome(Enum):
    """What became of an answer; OUTDATED ones tell less than the row knows by now."""

    CHANGED = auto()
    UNCHANGED = auto()
    OUTDATED = auto()
    NOT_READ = auto()


def note_answers(answers: Sequence[Answer], *, now: datetime, fence: Fence = unfenced) -> Counter[Outcome]:
    """Write each answer to its row, in one transaction; what became of them.

    No lock is held while Azure is asked, so the rows are read anew, and an answer that was overtaken is not written: by
    a GET that was asked later, by a LIST that showed another etag, or by the row's end.
    """
    with transaction.atomic():
        fence()
        rows = _locked([question.row_id for question, _ in answers])
        return Counter(_noted(rows.get(question.row_id), question, answer, now) for question, answer in answers)


def _locked(row_ids: Sequence[int]) -> dict[int, CrossConnection]:
    rows = CrossConnection.objects.select_for_update().filter(pk__in=row_ids, gone_at=None).order_by("pk")
    return {row.pk: row for row in rows.prefetch_related("peerings")}


def _noted(
    row: CrossConnection | None, question: Question, answer: CrossConnectionResource | NotRead, now: datetime
) -> Outcome:
    if row is None or (row.read_at is not None and row.read_at > question.asked_at):
        _end_wish(question)
        return Outcome.OUTDATED
    if isinstance(answer, NotRead):
        return _not_read(question, answer, now)
    if row.listed_etag != question.listed_etag:
        return Outcome.OUTDATED  # the wish stays: it is for what Azure has now
    return _kept(row, question, answer, now)


def _kept(row: CrossConnection, question: Question, resource: CrossConnectionResource, now: datetime) -> Outcome:
    try:
        with transaction.atomic():
            return Outcome.CHANGED if _write(row, question, resource, now) else Outcome.UNCHANGED
    except Exception:
        # One answer that our own code cannot keep must not cost the others of the batch.
        log.exception("answer_not_kept", service_key=question.service_key)
        return _not_read(question, NotRead("PortalFault"), now)


def _not_read(question: Question, answer: NotRead, now: datetime) -> Outcome:
    told = {"read_error_code": answer.code[:80], "read_correlation_id": answer.correlation_id[:80]}
    CrossConnection.objects.filter(pk=question.row_id).update(read_failed_at=now, **told)
    _end_wish(question)
    return Outcome.NOT_READ


def _end_wish(question: Question) -> None:
    """A wish that came after the question was asked is for a newer answer, and stays."""
    fulfilled = CrossConnection.objects.filter(pk=question.row_id, wanted_at__lte=question.asked_at)
    fulfilled.update(wanted_at=None, claimed_until=None)


def _write(row: CrossConnection, question: Question, resource: CrossConnectionResource, now: datetime) -> bool:
    was_read = row.read_at is not None
    moves = {"": assign(row, listed_values(resource) | read_values(resource))}
    moves |= _replace_peerings(row, resource.peerings)
    row.etag, row.mirrored_etag, row.read_at = fit("etag", resource.etag), question.listed_etag, question.asked_at
    row.read_failed_at, row.read_error_code, row.read_correlation_id = None, "", ""
    if row.wanted_at is None or row.wanted_at <= question.asked_at:
        row.wanted_at = row.claimed_until = None
    if changed := was_read and any(moves.values()):
        row.changed_at = now
        observe(row, moves, now)
    row.save()
    _keep_document(row, resource.document)
    attention.note_moves(row, moves, was_known=was_read, now=now)
    return changed


def _keep_document(row: CrossConnection, body: str) -> None:
    AzureDocument.objects.update_or_create(cross_connection=row, defaults={"body": body})


def _told(resource: PeeringResource, known: Peering | None) -> dict[str, Any]:
    """Of a peering that Azure is at only that: what else it shows meanwhile is blank, and no news."""
    values = peering_values(resource)
    return {"provisioning_state": values["provisioning_state"]} if known and resource.is_under_way else values


def _replace_peerings(row: CrossConnection, peerings: Iterable[PeeringResource]) -> dict[str, Moves]:
    kept = {peering.peering_type: peering for peering in row.peerings.all()}
    told: dict[str, Peering] = {}
    moves: dict[str, Moves] = {}
    for resource in peerings:
        kind = fit("peering_type", resource.peering_type, model=Peering)
        # Azure has one of each type; were there two, the last would count.
        known = told.get(kind) or kept.get(kind)
        peering = known or Peering(cross_connection=row, peering_type=kind)
        if (moved := assign(peering, _told(resource, known))) or known is None:
            peering.save()
            moves[kind] = moved if known else APPEARED
        told[kind] = peering
    for kind in kept.keys() - told.keys():
        kept[kind].delete()
        moves[kind] = DISAPPEARED
    return moves
