"""Reading one cross connection now, because somebody has it open."""

from datetime import timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from crossconnections import mirror, queue
from crossconnections.arm import ArmError, CrossConnectionResource, ResourceId
from crossconnections.azure import arm_client
from crossconnections.models import ArmCall, CrossConnection
from crossconnections.services import wishes
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
    """Ask for a GET of the row, unless there is a reason not to; whether one is on its way now."""
    if reason_not_to_refresh(row) is not None:
        return False
    wishes.wish(CrossConnection.objects.filter(pk=row.pk))
    queue.refresh_soon(row.pk)
    return True


def refresh(*, row_id: int) -> None:
    """GET the row if it is still wanted and nobody else is at it, and write down what came of it."""
    if not wishes.claim(_of_this_cloud().filter(pk=row_id)):
        return
    question = mirror.ask(row_id)
    if question is None:
        return  # gone, and its wish with it
    answer: CrossConnectionResource | mirror.NotRead
    try:
        answer = _get(question)
    except ArmError as error:
        answer = mirror.NotRead(error.code or type(error).__name__, error.correlation_id)
    except Exception:
        # Our own fault would come again with every sweep: the wish is over, the log has the rest.
        mirror.note_answers([(question, mirror.NotRead("PortalFault"))], now=timezone.now())
        raise
    mirror.note_answers([(question, answer)], now=timezone.now())


def sweep() -> None:
    """Send again the wishes that a lost message or a dead worker left."""
    for row_id in wishes.list_left(_of_this_cloud().filter(gone_at=None)):
        queue.refresh_soon(row_id)


def _get(question: mirror.Question) -> CrossConnectionResource:
    row = CrossConnection.objects.select_related("subscription").get(pk=question.row_id)
    recorder = ledger(ArmCall.Purpose.REFRESH, subscription=row.subscription, service_key=row.service_key)
    with arm_client(recorder=recorder) as client:
        return client.get_cross_connection(resource_id=ResourceId.parse(question.resource_id))


def _of_this_cloud() -> QuerySet[CrossConnection]:
    return CrossConnection.objects.filter(subscription__cloud=settings.PORTAL_CLOUD)
