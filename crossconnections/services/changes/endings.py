"""What follows from the end of a change, in the transaction of that: the trail, a fresh look, the proof."""

import structlog
from django.db import transaction
from django.db.models.functions import Now

from crossconnections import queue
from crossconnections.deeds import CHANGE_ENDED, about_cross_connection
from crossconnections.models import Attention, Change, CrossConnection
from crossconnections.services import wishes
from crossconnections.services.catalogues import note_moved
from crossconnections.services.changes.pacing import call_the_next
from crossconnections.services.changes.proofs import read_tables_soon
from crossconnections.titles import title_of_wish
from portal.activity.chain import TrailBroken
from portal.activity.trail import Result, record
from portal.actors import THE_CLOCK

log = structlog.get_logger(__name__)

State = Change.State
_OUTCOMES = {State.SUCCEEDED: "succeeded", State.FAILED: "failed"}


def note_ended(row: Change) -> None:
    """After its last step. The trail's entry comes last: it locks the head of the trail."""
    if row.state == State.FAILED:
        look_again(row.cross_connection)
    else:
        _end_the_matter(row)
    if row.kind == Change.Kind.PLACEMENT:
        note_moved(row.cross_connection.subscription)
    read_tables_soon(row)
    call_the_next(row)
    _record(row)


def _end_the_matter(row: Change) -> None:
    """Whoever wrote a peering after the customer's edit was known has dealt with that."""
    edited = row.cross_connection.attention.filter(kind=Attention.Kind.EDITED, settled_at=None)
    edited.filter(subject=row.subject, moved_at__lte=row.asked_at).exclude(subject="").update(settled_at=Now())


def look_again(row: CrossConnection) -> None:
    """What Azure has now, for whoever opens the page next."""
    wishes.wish(CrossConnection.objects.filter(pk=row.pk, gone_at=None))
    queue.refresh_soon(row.pk)


def details_of(row: Change) -> dict[str, str | int]:
    """Of an entry of the trail."""
    return {"number": row.pk, "what": title_of_wish(row)}


def _record(row: Change) -> None:
    row.refresh_from_db(fields=["error_code", "correlation_id"])
    told = {**details_of(row), "outcome": _OUTCOMES[State(row.state)]}
    try:
        with transaction.atomic():
            record(
                CHANGE_ENDED,
                by=THE_CLOCK,
                about=about_cross_connection(row.cross_connection),
                result=Result.DONE if row.state == State.SUCCEEDED else Result.FAILED,
                reason=row.error_code,
                details=told,
                correlation_id=row.correlation_id,
            )
    except TrailBroken:
        # It has happened at Azure, whatever the trail says; that it is broken every page tells already.
        log.exception("not_recorded", deed=CHANGE_ENDED.name, change=row.pk)
