"""Having a subscription checked: asked for by a person, the clock or a command; done by whoever claims the row."""

import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

import structlog
from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from crossconnections import queue
from crossconnections.arm import ArmClient, ArmError, NotAuthenticated, TokenNotObtained
from crossconnections.azure import arm_client
from crossconnections.models import ArmCall, Readiness, Subscription
from crossconnections.queries.subscriptions import enlisted, looked_after
from crossconnections.readiness.checks import OF_A_SUBSCRIPTION, Check, Level, Result, count, not_run
from crossconnections.readiness.judging import CANNOT_REGISTER, Trouble
from crossconnections.services import wishes
from crossconnections.services.ledger import ledger
from crossconnections.services.readiness.probing import OnError, probe
from crossconnections.services.readiness.troubles import troubled
from crossconnections.services.throttling import note_throttled

log = structlog.get_logger(__name__)

# A role that was taken away, or a quota that is short, should not be learned of from a customer.
BETWEEN_CHECKS = timedelta(hours=1)
# Azure registers in a minute or two.
WHILE_REGISTERING = timedelta(seconds=60)


_TOO_BUSY = f"{CANNOT_REGISTER}{Trouble.THROTTLED}"


def request_checks(subscription_ids: Iterable[uuid.UUID]) -> list[Readiness]:
    """Ask for the checks of these subscriptions; the wish stands in the row, and the sweep finds a lost message's."""
    rows = [_row_of(one) for one in subscription_ids]
    for row in rows:
        _want(row)
    return rows


def check(*, readiness_id: int) -> None:
    """Make the checks if they are still wanted and nobody else is at it, and write down what they came to."""
    rows = _asked_about().filter(pk=readiness_id)
    if not wishes.claim(rows):
        return
    row = rows.get()
    try:
        note(row, _results(row, before_each=lambda: wishes.renew(rows)))
    except Exception:
        # Our own fault would come again with every sweep: it is the result, and the log has the rest.
        note(row, [Result(Check.SUBSCRIPTION, Level.FAIL, Trouble.PORTAL_FAULT.value)])
        raise
    finally:
        wishes.release(rows)


def check_now(subscription_id: uuid.UUID) -> Readiness:
    """The same in this process, whether or not a worker is at it: for the terminal, which needs no worker."""
    row = _row_of(subscription_id)
    note(row, _results(row, before_each=lambda: None))
    return row


def sweep() -> None:
    """Ask for the checks that are due, and send again the wishes that a lost message or a dead worker left."""
    for row in _due():
        _want(row)
    for readiness_id in wishes.list_left(_asked_about()):
        queue.check_readiness_soon(readiness_id)


def forget_checks(subscription_id: uuid.UUID) -> None:
    """Nobody waits for them any more, nor for a registration."""
    rows = _of_this_cloud().filter(subscription_id=subscription_id)
    rows.update(wanted_at=None, registration_wanted_at=None)


def results_of(row: Readiness) -> list[Result]:
    """What was found the last time; without what another version of the portal kept."""
    return [result for kept in row.results if (result := _read(kept))]


def _read(kept: object) -> Result | None:
    try:
        return Result.from_json(kept) if isinstance(kept, dict) else None
    except (ValueError, TypeError):
        return None


def _row_of(subscription_id: uuid.UUID) -> Readiness:
    row, _ = Readiness.objects.get_or_create(cloud=settings.PORTAL_CLOUD, subscription_id=subscription_id)
    return row


def _want(row: Readiness) -> None:
    wishes.wish(Readiness.objects.filter(pk=row.pk))
    queue.check_readiness_soon(row.pk)


def _of_this_cloud() -> QuerySet[Readiness]:
    return Readiness.objects.filter(cloud=settings.PORTAL_CLOUD)


def _asked_about() -> QuerySet[Readiness]:
    """Those of enlisted subscriptions, and of proposed ones: nothing of any other."""
    here = Q(subscription_id__in=enlisted().order_by().values("subscription_id"))
    return _of_this_cloud().filter(here | Q(proposed_at__isnull=False))


def _due() -> Sequence[Readiness]:
    """Those of the subscriptions that are looked after, once an hour; sooner while Azure registers one.

    Of proposed ones only the latter: whoever proposed them waits for it. Of enlisted ones none before Azure wants to be
    asked again.
    """
    asked_about = looked_after().exclude(throttled_until__gt=Now())
    known = _of_this_cloud().filter(subscription_id__in=asked_about.order_by().values("subscription_id"))
    missing = asked_about.exclude(subscription_id__in=known.values("subscription_id"))
    due = [row for row in known.filter(wanted_at=None) if _is_older(row, _limit(row))]
    proposed = _of_this_cloud().exclude(proposed_at=None).filter(wanted_at=None)
    registering = [row for row in proposed if _is_registering(row) and _is_older(row, WHILE_REGISTERING)]
    return [*(_row_of(one.subscription_id) for one in missing), *due, *registering]


def _limit(row: Readiness) -> timedelta:
    return WHILE_REGISTERING if _is_registering(row) else BETWEEN_CHECKS


def _is_registering(row: Readiness) -> bool:
    return any(one.outcome == "registering" for one in results_of(row))


def _is_older(row: Readiness, limit: timedelta) -> bool:
    return row.checked_at is None or timezone.now() - row.checked_at > limit


def _results(row: Readiness, *, before_each: Callable[[], None]) -> list[Result]:
    key, subscription = str(row.subscription_id), _enlisted_as(row)
    recorder = ledger(ArmCall.Purpose.READINESS, subscription=subscription)
    note_error = partial(note_throttled, subscription) if subscription else _forget
    with arm_client(recorder=recorder, has_fresh_token=True) as client:
        refusal = None
        if row.registration_wanted_at:
            refusal = _register(client, key, note_error)
            before_each()
        if refusal and refusal.outcome == _TOO_BUSY:
            results = not_run(OF_A_SUBSCRIPTION, waits_for=Check.REGISTRATION)
        else:
            results = probe(client, key, before_each=before_each, on_error=note_error)
    return [refusal if refusal and _stands(one) else one for one in results]


def _stands(result: Result) -> bool:
    """Whether a refused registration is the last word: not where it was registered all the same."""
    return result.check is Check.REGISTRATION and result.outcome not in {"registered", "registering"}


def _forget(_error: ArmError) -> None:
    """Of one that is not enlisted the results alone tell."""


def _register(client: ArmClient, subscription_id: str, on_error: OnError) -> Result | None:
    """Have it registered; what came in between, None where Azure took it, or no token came about: the probe tells."""
    try:
        client.register_network(subscription_id=subscription_id)
    except ArmError as error:
        log.warning("not_registered", subscription_id=subscription_id, reason=str(error))
        on_error(error)
        if isinstance(error, (TokenNotObtained, NotAuthenticated)):
            return None
        result = troubled(Check.REGISTRATION, error)
        return replace(result, level=Level.FAIL, outcome=f"{CANNOT_REGISTER}{result.outcome}")
    return None


def _enlisted_as(row: Readiness) -> Subscription | None:
    return Subscription.objects.filter(cloud=row.cloud, subscription_id=row.subscription_id).first()


def note(row: Readiness, results: Sequence[Result]) -> None:
    """Write down what the checks came to that were made for what ``row`` wanted."""
    row.results = [one.as_json() for one in results]
    row.failed, row.checked_at = count(results, Level.FAIL), timezone.now()
    row.save(update_fields=["results", "failed", "checked_at"])
    # A registration that somebody asked for meanwhile was not carried out by this: it stays wanted.
    same = Readiness.objects.filter(pk=row.pk, registration_wanted_at=row.registration_wanted_at)
    same.update(wanted_at=None, registration_wanted_at=None)
