"""Pieces of work, and the cross connections that wait for one."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from crossconnections.enums import ProviderProvisioningState as Provider
from crossconnections.models import AcceptedFinding, CrossConnection, Observation, Workflow, WorkflowStep
from crossconnections.queries.workflow_facts import Known, know
from crossconnections.scopes import within
from portal.access.scopes import Reach

_STATE = "provider_provisioning_state"
_OUT = (Provider.NOT_PROVISIONED, Provider.DE_PROVISIONED)


class Idle(NamedTuple):
    """A cross connection that is out of service, and since when, as far as anybody saw."""

    row: CrossConnection
    since: datetime


def list_going_on(reach: Reach) -> list[Known]:
    """All that goes on within reach, the oldest first."""
    return know(list(_with_all(_within(reach).filter(ended_at=None)).order_by("begun_at", "pk")))


def find_newest(row: CrossConnection, kind: str) -> Workflow | None:
    """The newest of a kind, ended or not."""
    return _with_all(row.workflows.filter(kind=kind)).order_by("-pk").first()


def find_going_on(row: CrossConnection) -> Workflow | None:
    """The one that goes on, of whatever kind; most have none, and then nothing more is asked."""
    going_on = Workflow.objects.filter(cross_connection=row.pk, ended_at=None)
    return _with_all(going_on).first() if going_on.exists() else None


def reread(workflow: Workflow) -> Workflow:
    """The same as it is now, with all that is known of it."""
    return _with_all(Workflow.objects.filter(pk=workflow.pk)).get()


def map_going_on(rows: Iterable[CrossConnection]) -> dict[int, Workflow]:
    """Those that go on, by the key of their cross connection."""
    found = Workflow.objects.filter(cross_connection__in=[row.pk for row in rows], ended_at=None)
    return {one.cross_connection_id: one for one in found}


def list_newly_ordered(reach: Reach, *, since: datetime, most: int) -> list[CrossConnection]:
    """First seen since then, never in another state and of nobody's concern yet: the newest first."""
    begun = Workflow.objects.filter(cross_connection=OuterRef("pk"))
    is_new = Q(gone_at=None, provider_provisioning_state=Provider.NOT_PROVISIONED, first_seen_at__gte=since)
    rows = CrossConnection.objects.filter(_of_this_cloud(reach), is_new).exclude(Exists(begun) | Exists(_moves()))
    return list(rows.select_related("subscription", "record").order_by("-first_seen_at", "pk")[:most])


def list_idle(reach: Reach, *, since: datetime, most: int) -> list[Idle]:
    """Not provisioned since before ``since``, the longest first.

    What the portal has known for a shorter time may be so for longer; Azure tells no dates.
    """
    rows = CrossConnection.objects.filter(
        _of_this_cloud(reach), gone_at=None, provider_provisioning_state__in=_OUT, first_seen_at__lt=since
    )
    idle = rows.annotate(moved_at=Subquery(_moves().values("seen_at")[:1])).filter(
        Q(moved_at=None) | Q(moved_at__lt=since)
    )
    found = idle.annotate(idle_since=Coalesce("moved_at", "first_seen_at")).order_by("idle_since", "pk")
    return [Idle(row, row.idle_since) for row in found.select_related("subscription", "record")[:most]]


def _moves() -> QuerySet[Observation]:
    """From one state to another, of the row at hand, the last one first."""
    return Observation.objects.filter(cross_connection=OuterRef("pk"), subject="", field=_STATE).order_by("-seen_at")


def _of_this_cloud(reach: Reach) -> Q:
    return Q(within(reach), subscription__cloud=settings.PORTAL_CLOUD)


def _within(reach: Reach) -> QuerySet[Workflow]:
    rows = Workflow.objects.filter(cross_connection__subscription__cloud=settings.PORTAL_CLOUD)
    if reach.everything:
        return rows
    return rows.filter(cross_connection__in=CrossConnection.objects.filter(within(reach)))


def _with_all(rows: QuerySet[Workflow]) -> QuerySet[Workflow]:
    steps = WorkflowStep.objects.select_related("done_by").order_by("done_at")
    accepted = AcceptedFinding.objects.select_related("accepted_by").order_by("accepted_at")
    with_row = rows.select_related("cross_connection__subscription", "cross_connection__record", "begun_by", "ended_by")
    return with_row.prefetch_related(
        Prefetch("steps", queryset=steps), Prefetch("accepted", queryset=accepted), "cross_connection__peerings"
    )
