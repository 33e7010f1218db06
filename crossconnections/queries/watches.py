"""Watches with what their rounds told."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet

from crossconnections.models import CrossConnection, Watch, WatchRead
from crossconnections.scopes import within
from portal.access.scopes import Reach

State = WatchRead.State
_ENDED = (State.SUCCEEDED, State.FAILED)
_OF_THE_CIRCUIT = ("watch__cross_connection__service_key", "watch__cross_connection__circuit_name")


class Told(NamedTuple):
    """A read that has ended: what one router told of one peering, or that it told nothing.

    ``sessions`` are rows by the names of :class:`~crossconnections.arm.SummaryRow`.
    """

    service_key: str
    circuit_name: str
    peering_type: str
    device_path: str
    azure_port: str
    state: str
    error_code: str
    asked_at: datetime
    sent_at: datetime | None
    finished_at: datetime
    sessions: list[dict[str, Any]]


def find_latest_watch(of: CrossConnection) -> Watch | None:
    """The one that is open, else the one that was begun last; with who began and ended it."""
    return _with_people(of).first()


def get_watch(of: CrossConnection, key: int) -> Watch:
    """One watch.

    Raises:
        Watch.DoesNotExist: this cross connection has none by that key.
    """
    return _with_people(of).get(pk=key)


def list_watches(of: CrossConnection, *, most: int) -> list[Watch]:
    """The newest."""
    return list(_with_people(of)[:most])


def list_told(watch: Watch) -> list[Told]:
    """All of a watch that has ended, in the order of time."""
    return _told(WatchRead.objects.filter(watch=watch, state__in=_ENDED).order_by("finished_at", "pk"))


def has_reads_going_on(watch: Watch) -> bool:
    """Whether a round is under way."""
    return WatchRead.objects.filter(watch=watch, state__in=WatchRead.ACTIVE).exists()


def list_told_on_ports(
    ports: Collection[str], reach: Reach, *, besides: CrossConnection, since: datetime, until: datetime, most: int
) -> list[Told]:
    """What was told of other circuits on the same Azure ports meanwhile, in the order of time; the latest, if more."""
    rows = CrossConnection.objects.filter(within(reach), subscription__cloud=settings.PORTAL_CLOUD)
    others = rows.exclude(service_key=besides.service_key)
    found = WatchRead.objects.filter(
        azure_port__in=ports,
        state=State.SUCCEEDED,
        finished_at__range=(since, until),
        watch__cross_connection__in=others,
    )
    return _told(found.order_by("-finished_at", "-pk")[:most])[::-1]


def _told(reads: QuerySet[WatchRead]) -> list[Told]:
    return [Told(*values) for values in reads.values_list(*_OF_THE_CIRCUIT, *Told._fields[2:])]


def _with_people(of: CrossConnection) -> QuerySet[Watch]:
    return of.watches.select_related("begun_by", "ended_by").order_by("-pk")
