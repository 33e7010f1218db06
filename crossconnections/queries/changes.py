"""Changes that were asked for, as far as somebody may see them."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet

from crossconnections.change_filters import RUNS, WAITS_FOR_SOMEBODY, ChangeFilters
from crossconnections.models import ArmCall, Change, CrossConnection
from crossconnections.scopes import within
from portal.access.scopes import Reach
from portal.accounts.models import User

State = Change.State
# The clock of the database and that of whoever called are not quite one.
_SLACK = timedelta(seconds=5)


class Going(NamedTuple):
    """How many changes go on, and how many wait for somebody's word."""

    running: int
    waiting: int


def find_active(row: CrossConnection) -> Change | None:
    """The change of a cross connection that is not over yet."""
    return row.changes.filter(state__in=Change.ACTIVE).first()


def list_changes(
    filters: ChangeFilters, reach: Reach, *, me: User, now: datetime, before: int, most: int
) -> list[Change]:
    """The newest that pass, or those before a number, with their cross connections and people, in one query."""
    rows = filters.narrow(_within(reach), me=me, now=now)
    if before:
        rows = rows.filter(pk__lt=before)
    return list(_with_all(rows).order_by("-pk")[:most])


def count_going(filters: ChangeFilters, reach: Reach, *, me: User, now: datetime) -> Going:
    """Of those that pass; read from the index of what is due, which holds no ended one."""
    rows = filters.narrow(_within(reach), me=me, now=now).filter(state__in=Change.ACTIVE)
    return Going(**rows.aggregate(running=Count("pk", filter=RUNS), waiting=Count("pk", filter=WAITS_FOR_SOMEBODY)))


def get_change(number: int, reach: Reach) -> Change:
    """One change.

    Raises:
        Change.DoesNotExist: there is none of that number within reach.
    """
    return _with_all(_within(reach)).select_related("ended_by", "cross_connection__subscription").get(pk=number)


def list_changes_of(row: CrossConnection, *, most: int = 20) -> list[Change]:
    """Of one cross connection, the newest first; if one goes on, it is the first of them."""
    return list(row.changes.select_related("asked_by").order_by("-pk")[:most])


def list_durations(kind: str, location: str | None = None, *, most: int = 50) -> list[timedelta]:
    """How long Azure took for the latest changes of a kind, from the write to its word, there or anywhere."""
    by_azures_word = Change.objects.filter(state=State.SUCCEEDED, kind=kind, known_by=Change.KnownBy.OPERATION)
    there = {} if location is None else {"cross_connection__peering_location": location}
    latest = by_azures_word.filter(**there).exclude(sent_at=None)
    took = latest.order_by("-finished_at").annotate(took=F("finished_at") - F("sent_at"))
    return list(took.values_list("took", flat=True)[:most])


def list_calls_of(change: Change, *, most: int = 50) -> list[ArmCall]:
    """What was asked of Azure to carry out a change, in the order of time."""
    row = change.cross_connection
    calls = ArmCall.objects.filter(service_key=row.service_key, subscription=row.subscription_id)
    meanwhile = Q(started_at__gte=change.asked_at)
    if change.finished_at:
        meanwhile &= Q(started_at__lte=change.finished_at + _SLACK)
    return list(calls.filter(meanwhile, purpose=ArmCall.Purpose.CHANGE).order_by("started_at", "pk")[:most])


def _within(reach: Reach) -> QuerySet[Change]:
    rows = Change.objects.filter(cross_connection__subscription__cloud=settings.PORTAL_CLOUD)
    if reach.everything:
        return rows
    return rows.filter(cross_connection__in=CrossConnection.objects.filter(within(reach)))


def _with_all(rows: QuerySet[Change]) -> QuerySet[Change]:
    # Where to look next is for workers, and it is long.
    shown = rows.defer("poll_url", "result_url")
    return shown.select_related("cross_connection", "asked_by", "snapshot_before", "snapshot_after")
