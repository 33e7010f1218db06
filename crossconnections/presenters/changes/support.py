"""What Microsoft's support asks for, as one text for a ticket."""

from collections.abc import Sequence
from datetime import UTC, datetime

from crossconnections.arm import ResourceId
from crossconnections.models import ArmCall, Change
from portal.harmless import harmless_text


def support_text(change: Change, calls: Sequence[ArmCall]) -> str:
    """Names and values in two columns, times in UTC; ``calls`` are those of the change."""
    row = change.cross_connection
    lines = {
        "Asked (UTC)": _utc(change.asked_at),
        "Sent (UTC)": _utc(change.sent_at),
        "Ended (UTC)": _utc(change.finished_at),
        "Subscription": row.subscription.subscription_id,
        "Resource group": _resource_group(row.resource_id),
        "Cross connection": row.service_key,
        "Operation": _operation(calls),
        "Correlation id": change.correlation_id,
        "Request id": change.request_id,
        "Azure's status": change.azure_status,
        "Error": change.error_code,
        "Message": " ".join(change.error_message.split()),
    }
    return harmless_text(f"{name:<18}{value}" for name, value in lines.items() if value)


def _operation(calls: Sequence[ArmCall]) -> str:
    """The write, if it came to one."""
    writes = [call for call in calls if call.method not in {"GET", "HEAD"}]
    return f"{writes[-1].method} {writes[-1].operation}" if writes else ""


def _resource_group(resource_id: str) -> str:
    try:
        return ResourceId.parse(resource_id).resource_group
    except ValueError:
        return ""


def _utc(when: datetime | None) -> str:
    return f"{when.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if when else ""
