"""What ``/metrics`` tells of the domain: what waits, how old the lists are, how Azure answers."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Manager, Min, QuerySet, Sum
from django.db.models.functions import Now
from django.utils import timezone

from crossconnections.change_filters import WAITS_FOR_SOMEBODY
from crossconnections.models import ArmCall, Change, CrossConnection, Operation, SyncRun, TableRead, WatchRead
from crossconnections.queries.subscriptions import enlisted, looked_after
from portal.health.figures import Figure

LATELY = timedelta(hours=1)
# With the way to the subscription: what was asked in another cloud, or of one that was retired, nobody takes up.
KINDS: dict[str, tuple[Manager[Any], str]] = {
    "change": (Change.objects, "cross_connection__subscription__in"),
    "table-read": (TableRead.objects, "snapshot__cross_connection__subscription__in"),
    "watch-read": (WatchRead.objects, "watch__cross_connection__subscription__in"),
}
NEVER = float("inf")


def figures() -> Iterator[Figure]:
    """Fifteen queries, each by an index or of a small table."""
    now = timezone.now()
    yield from _operations(now)
    yield from _changes(now)
    yield from _subscriptions(now)
    yield from _azure(now)


def _operations(now: datetime) -> Iterator[Figure]:
    """Of what is asked of Azure and has not come to its end."""
    active = {kind: _here(kind).filter(state__in=Operation.ACTIVE) for kind in KINDS}
    states = [((kind, state), count) for kind, rows in active.items() for state, count in _counted(rows, "state")]
    yield Figure("operations", "Asked of Azure and not over yet.", states, ("kind", "state"))
    free = {kind: rows.filter(due_at__lte=now).exclude(claimed_until__gt=Now()) for kind, rows in active.items()}
    due = [(kind, *_length_and_oldest(rows, "due_at")) for kind, rows in free.items()]
    queued = SyncRun.objects.filter(state=SyncRun.State.QUEUED, subscription__in=enlisted())
    due.append(("sync", *_length_and_oldest(queued, "asked_at")))
    yield Figure(
        "queue_length",
        "Rows whose next step is due and that no worker has.",
        [((kind,), count) for kind, count, _ in due],
        ("kind",),
    )
    ages = [((kind,), _seconds(now, oldest) if oldest else 0.0) for kind, _, oldest in due]
    yield Figure("queue_oldest_seconds", "How long the oldest of them has been due.", ages, ("kind",))


def _changes(now: datetime) -> Iterator[Figure]:
    waiting = _here("change").filter(WAITS_FOR_SOMEBODY).count()
    yield Figure("changes_waiting_for_a_person", "Held, or in doubt, until somebody says.", [((), waiting)])
    ended = _counted(Change.objects.filter(finished_at__gt=now - LATELY), "state", "error_code")
    told = [((state, code), count) for state, code, count in ended]
    yield Figure("changes_ended_last_hour", "By how they ended.", told, ("state", "code"))


def _subscriptions(now: datetime) -> Iterator[Figure]:
    rows = list(looked_after())
    ages = [((row.label,), _seconds(now, row.last_synced_at)) for row in rows]
    yield Figure("sync_age_seconds", "Since the last sync that succeeded; +Inf for none.", ages, ("subscription",))
    failed = SyncRun.objects.filter(subscription__in=rows, state=SyncRun.State.FAILED, asked_at__gt=now - LATELY)
    codes = [((label, code), count) for label, code, count in _counted(failed, "subscription__label", "error_code")]
    yield Figure("syncs_failed_last_hour", "By their code.", codes, ("subscription", "code"))
    known = CrossConnection.objects.filter(subscription__in=rows, gone_at=None)
    counts = [((label,), count) for label, count in _counted(known, "subscription__label")]
    yield Figure("cross_connections", "In the mirror and not gone.", counts, ("subscription",))


def _azure(now: datetime) -> Iterator[Figure]:
    """What the ledger tells of the last hour."""
    recent = ArmCall.objects.filter(started_at__gt=now - LATELY)
    calls = _calls(recent).items()
    yield Figure("azure_calls_last_hour", "By what they were for, and Azure's status.", calls, ("purpose", "status"))
    for left in ("reads", "writes"):
        told = recent.exclude(**{f"remaining_{left}": None}).exclude(subscription=None).order_by("started_at", "pk")
        newest = {(label,): number for label, number in told.values_list("subscription__label", f"remaining_{left}")}
        about = f"How many {left} are left, as Azure last told."
        yield Figure(f"azure_quota_remaining_{left}", about, newest.items(), ("subscription",))


def _calls(recent: QuerySet[ArmCall]) -> Counter[tuple[str, str]]:
    """A sync is one row: of its calls those that failed have the row's status, the others went well."""
    found: Counter[tuple[str, str]] = Counter()
    sums = recent.values_list("purpose", "status").annotate(Sum("calls"), Sum("failed_calls")).order_by()
    for purpose, status, calls, failed in sums:
        told = str(status or "none")
        found[purpose, told] += failed
        found[purpose, "200" if failed and purpose == ArmCall.Purpose.SYNC else told] += calls - failed
    return +found


def _here(kind: str) -> QuerySet[Any]:
    rows, subscription = KINDS[kind]
    return rows.filter(**{subscription: enlisted()})


def _counted(rows: QuerySet[Any], *names: str) -> Iterator[tuple[Any, ...]]:
    yield from rows.order_by().values_list(*names).annotate(Count("pk"))


def _length_and_oldest(rows: QuerySet[Any], since: str) -> tuple[int, datetime | None]:
    told = rows.aggregate(length=Count("pk"), oldest=Min(since))
    return told["length"], told["oldest"]


def _seconds(now: datetime, at: datetime | None) -> float:
    return NEVER if at is None else max((now - at).total_seconds(), 0.0)
