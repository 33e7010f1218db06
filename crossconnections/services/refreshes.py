"""Reading one cross connection now, because somebody has it open."""

from datetime import timedelta

import structlog
from django.db.models import QuerySet
from django.utils import timezone

from crossconnections import mirror, policies, queue
from crossconnections.arm import ArmError, CrossConnectionResource, ResourceId
from crossconnections.azure import arm_client
from crossconnections.models import ArmCall, CrossConnection, Subscription
from crossconnections.queries import enlisted
from crossconnections.services import wishes
from crossconnections.services.leases import clock
from crossconnections.services.ledger import ledger
from crossconnections.services.throttling import note_throttled

log = structlog.get_logger(__name__)

# A page that is opened asks by itself what is older; somebody who presses knows of something that just happened.
FRESH_FOR = timedelta(minutes=1)
# No two clocks of one portal are so far apart, so what is older by one is old by the other.
_FAR_OFF = timedelta(hours=1)
FRESH_FOR_WHOEVER_ASKS = timedelta(seconds=10)


def is_fresh(row: CrossConnection) -> bool:
    """Whether a page that is opened leaves it as it is: gone, paused, or read within a minute."""
    if row.gone_at is not None or not row.subscription.is_active:
        return True
    if row.read_at is None or timezone.now() - row.read_at > _FAR_OFF:
        return False
    # By the clock that its reading was put down with: another one may be a minute ahead for ever.
    return clock() - row.read_at < FRESH_FOR


def reason_not_to_refresh(row: CrossConnection) -> str | None:
    """None, or the sentence why Azure is not asked: gone, paused, or read within the last ten seconds."""
    if row.gone_at is not None:
        return "It is gone from Azure."
    if reason := policies.reason_not_to_ask(row.subscription):
        return reason
    if row.read_at is not None and clock() - row.read_at < FRESH_FOR_WHOEVER_ASKS:
        return "It was read within the last ten seconds."
    return None


def request_refresh(row: CrossConnection) -> str | None:
    """Ask for a GET of the row, unless there is a reason not to: that sentence."""
    if reason := reason_not_to_refresh(row):
        return reason
    wishes.wish(CrossConnection.objects.filter(pk=row.pk))
    queue.refresh_soon(row.pk)
    return None


def refresh(*, row_id: int) -> None:
    """GET the row if it is still wanted and nobody else is at it, and write down what came of it."""
    rows = _of_this_cloud().filter(pk=row_id)
    if not wishes.claim(rows):
        return
    try:
        _ask(row_id)
    finally:
        # A wish that is still there is for a newer answer, and free to be claimed.
        wishes.release(rows)


def sweep() -> None:
    """Send again the wishes that a lost message or a dead worker left."""
    for row_id in wishes.list_left(_of_this_cloud().filter(gone_at=None)):
        queue.refresh_soon(row_id)


def _ask(row_id: int) -> None:
    question = mirror.ask(row_id)
    if question is None:
        return  # gone, and its wish with it
    subscription = Subscription.objects.get(cross_connections=row_id)
    answer: CrossConnectionResource | mirror.NotRead
    try:
        answer = _get(question, subscription)
    except ArmError as error:
        log.warning("cross_connection_not_read", service_key=question.service_key, reason=str(error))
        note_throttled(subscription, error)
        answer = mirror.NotRead(error.word, error.correlation_id)
    except Exception:
        # Our own fault would come again with every sweep: the wish is over, the log has the rest.
        mirror.note_answers([(question, mirror.NotRead("PortalFault"))], now=timezone.now())
        raise
    mirror.note_answers([(question, answer)], now=timezone.now())


def _get(question: mirror.Question, subscription: Subscription) -> CrossConnectionResource:
    recorder = ledger(ArmCall.Purpose.REFRESH, subscription=subscription, service_key=question.service_key)
    with arm_client(recorder=recorder) as client:
        return client.get_cross_connection(resource_id=ResourceId.parse(question.resource_id))


def _of_this_cloud() -> QuerySet[CrossConnection]:
    return CrossConnection.objects.filter(subscription__in=enlisted())
