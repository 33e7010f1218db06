"""Reading one cross connection now, because somebody has it open."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from crossconnections import mirror, queue
from crossconnections.arm import ArmError, ResourceId
from crossconnections.azure import arm_client
from crossconnections.models import ArmCall, CrossConnection
from crossconnections.services.leases import lease_end
from crossconnections.services.ledger import ledger

FRESH_FOR = timedelta(minutes=1)


def reason_not_to_refresh(row: CrossConnection) -> str | None:
    """None, or the sentence why Azure is not asked: gone, or read within the last minute."""
    if row.gone_at is not None:
        return "It is gone from Azure."
    if row.read_at is not None and timezone.now() - row.read_at < FRESH_FOR:
        return "It was read within the last minute."
    return None


def request_refresh(row: CrossConnection) -> bool:
    """Ask for a GET of the row, unless there is a reason not to; whether one is on its way now.

    The wish stands in the row: if the message is lost, the next sync reads it first.
    """
    if reason_not_to_refresh(row) is not None:
        return False
    CrossConnection.objects.filter(pk=row.pk, wanted_at=None).update(wanted_at=timezone.now())
    queue.refresh_soon(row.pk)
    return True


def refresh(*, row_id: int) -> None:
    """GET the row if it is still wanted and nobody else is at it, and write down what came of it."""
    row = _claim(row_id)
    if row is None:
        return
    purpose, key = ArmCall.Purpose.REFRESH, row.service_key
    try:
        with arm_client(recorder=ledger(purpose, subscription=row.subscription, service_key=key)) as client:
            resource = client.get_cross_connection(resource_id=ResourceId.parse(row.resource_id))
    except ArmError as error:
        _note_failure(row, error.code or type(error).__name__, error.correlation_id)
    except Exception:
        # Our own fault would come again with every sync: the wish is over, the log has the rest.
        _note_failure(row, "PortalFault")
        raise
    else:
        mirror.note_read(row=row, resource=resource, now=timezone.now())


def _claim(row_id: int) -> CrossConnection | None:
    free = Q(claimed_until=None) | Q(claimed_until__lt=Now())
    wanted = CrossConnection.objects.filter(
        free, pk=row_id, subscription__cloud=settings.PORTAL_CLOUD, wanted_at__isnull=False
    )
    row = CrossConnection.objects.select_related("subscription", "document").filter(pk=row_id)
    return row.get() if wanted.update(claimed_until=lease_end()) else None


def _note_failure(row: CrossConnection, code: str, correlation_id: str = "") -> None:
    row.read_error_code, row.read_correlation_id = code[:80], correlation_id[:80]
    row.wanted_at = row.claimed_until = None
    row.save(update_fields=["read_error_code", "read_correlation_id", "wanted_at", "claimed_until"])
