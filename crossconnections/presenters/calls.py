"""What was asked of Azure, in words and for Microsoft's support."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from crossconnections.models import ArmCall, CrossConnection
from crossconnections.presenters.states import Mark
from portal.harmless import harmless_text
from portal.times import Moment, ago

_SECOND = 1000
_WORDS = {
    "ExpressRouteCrossConnections_Get": "Read",
    "ExpressRouteCrossConnections_CreateOrUpdate": "Write",
    "ExpressRouteCrossConnections_UpdateTags": "Write tags",
    "ExpressRouteCrossConnectionPeerings_CreateOrUpdate": "Write the peering",
    "ExpressRouteCrossConnectionPeerings_Delete": "Remove the peering",
    "ExpressRouteCrossConnections_ListArpTable": "Ask for ARP",
    "ExpressRouteCrossConnections_ListRoutesTable": "Ask for routes",
    "ExpressRouteCrossConnections_ListRoutesTableSummary": "Ask for the BGP summary",
    "Operations_Get": "Look at the operation",
    "OperationResults_Get": "Look at the result",
}


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call: what it was, how it ended, how long it took, and ``for_support``, the text for a ticket."""

    what: str
    end: Mark
    duration: str
    started: Moment
    for_support: str


def show_calls_to_azure(calls: Iterable[ArmCall], of: CrossConnection, *, now: datetime) -> list[CallLine]:
    """One line each, in their order; ``of`` is the cross connection that they were about."""
    return [
        CallLine(
            what=_WORDS.get(call.operation, call.operation),
            end=_end(call),
            duration=f"{call.duration_ms} ms" if call.duration_ms < _SECOND else f"{call.duration_ms / _SECOND:.1f} s",
            started=ago(call.started_at, now=now),
            for_support=_for_support(call, of),
        )
        for call in calls
    ]


def _end(call: ArmCall) -> Mark:
    if not call.error:
        return Mark(f"{call.status}", "check")
    words = f"{call.status}" if call.status else "No answer"
    return Mark(f"{words}, {call.error_code or call.error}", "s-fail", "bad")


def _for_support(call: ArmCall, of: CrossConnection) -> str:
    lines = {
        "Time (UTC)": f"{call.started_at.astimezone(UTC):%Y-%m-%d %H:%M:%S}",
        "Subscription": of.subscription.subscription_id,
        "Cross connection": of.service_key,
        "Operation": f"{call.method} {call.operation}",
        "Resource": call.path,
        "Status": call.status or "no answer",
        "Error": call.error_code or call.error,
        "Correlation id": call.correlation_id,
        "Request id": call.request_id,
        "Client request id": call.client_request_id,
    }
    return harmless_text(f"{name:<18}{value}" for name, value in lines.items() if value)
