"""Asking Azure what there is to know of one subscription's set-up: a handful of reads, one after another."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice

from crossconnections.arm import (
    ArmClient,
    ArmError,
    NotAuthenticated,
    SubscriptionUnknown,
    TokenNotObtained,
    is_granted,
)
from crossconnections.readiness import judging
from crossconnections.readiness.actions import list_missing
from crossconnections.readiness.checks import Check, Level, Result, not_run
from crossconnections.services.readiness.troubles import (
    OUT_OF_REACH,
    of_enrolment,
    of_port_pairs,
    troubled,
    with_ids,
)

Probe = Callable[[ArmClient, str], Result]
OnError = Callable[[ArmError], None]


def probe(
    client: ArmClient, subscription_id: str, *, before_each: Callable[[], None], on_error: OnError
) -> list[Result]:
    """Every check of a subscription, in order.

    ``before_each`` is called before each question but the first, ``on_error`` with whatever a question ended in.
    """
    results = list(_first(client, subscription_id, on_error))
    for check in _FURTHER:
        if waits_for := _obstacle(check, results):
            results += not_run([check], waits_for=waits_for)
        else:
            before_each()
            results.append(_asked(check, client, subscription_id, on_error))
    return [*results, _quota(client, subscription_id, results)]


def _first(client: ArmClient, subscription_id: str, on_error: OnError) -> Iterator[Result]:
    """What the first question tells: of the token, of the way to Azure, of its clock, and of the subscription."""
    start, error, subscription = time.monotonic(), None, None
    try:
        found = client.get_subscription(subscription_id=subscription_id)
        subscription = judging.judge_subscription(found.display_name, found.state)
    except ArmError as raised:
        on_error(raised)
        error, subscription = raised, _of_subscription(raised)
    milliseconds = int((time.monotonic() - start) * 1000)
    clock, way = judging.judge_clock(client.seconds_ahead), _of_the_way(error, milliseconds)
    yield _of_token(error, clock)
    yield way
    yield (
        clock
        if clock.level is not Level.NOT_RUN or way.level is Level.PASS
        else not_run([Check.CLOCK], waits_for=Check.TOKEN if way.level is Level.NOT_RUN else Check.REACHABLE)[0]
    )
    yield replace(subscription, milliseconds=milliseconds)


def _of_token(error: ArmError | None, clock: Result) -> Result:
    if isinstance(error, TokenNotObtained):
        return with_ids(Result(Check.TOKEN, Level.FAIL, "refused" if error.code else "none"), error)
    if isinstance(error, NotAuthenticated):
        # A token is good from one time to another: where clocks differ that much, nothing else need be wrong.
        outcome = "not-taken-by-the-clock" if clock.level is Level.FAIL else "not-taken"
        return with_ids(Result(Check.TOKEN, Level.FAIL, outcome, clock.values), error)
    return Result(Check.TOKEN, Level.PASS, "obtained")


def _of_the_way(error: ArmError | None, milliseconds: int) -> Result:
    if isinstance(error, TokenNotObtained):
        return not_run([Check.REACHABLE], waits_for=Check.TOKEN)[0]
    if isinstance(error, OUT_OF_REACH):
        return troubled(Check.REACHABLE, error)
    return Result(Check.REACHABLE, Level.PASS, "answers", milliseconds=milliseconds)


def _of_subscription(error: ArmError) -> Result:
    if isinstance(error, (TokenNotObtained, NotAuthenticated)):
        return not_run([Check.SUBSCRIPTION], waits_for=Check.TOKEN)[0]
    if isinstance(error, OUT_OF_REACH):
        return not_run([Check.SUBSCRIPTION], waits_for=Check.REACHABLE)[0]
    if isinstance(error, SubscriptionUnknown):
        return with_ids(Result(Check.SUBSCRIPTION, Level.FAIL, "unknown"), error)
    return troubled(Check.SUBSCRIPTION, error)


def _registration(client: ArmClient, subscription_id: str) -> Result:
    return judging.judge_registration(client.get_registration(subscription_id=subscription_id).state)


def _permissions(client: ArmClient, subscription_id: str) -> Result:
    grants = [one for page in client.list_grants(subscription_id=subscription_id) for one in page.items]
    return judging.judge_permissions(list_missing(lambda action: is_granted(action, grants)))


def _enrolment(client: ArmClient, subscription_id: str) -> Result:
    first, *more = islice(client.list_cross_connections(subscription_id=subscription_id), 2)
    return judging.judge_enrolment(len(first.items), has_more=bool(more))


def _port_pairs(client: ArmClient, subscription_id: str) -> Result:
    pages = client.list_provider_ports(subscription_id=subscription_id)
    return judging.judge_port_pairs(sum(len(page.items) for page in pages))


_FURTHER: dict[Check, Probe] = {
    Check.REGISTRATION: _registration,
    Check.PERMISSIONS: _permissions,
    Check.ENROLMENT: _enrolment,
    Check.PORT_PAIRS: _port_pairs,
}
_TROUBLES: dict[Check, Callable[[ArmError], Result]] = {
    Check.ENROLMENT: of_enrolment,
    Check.PORT_PAIRS: of_port_pairs,
}
# Without these there is no sense in asking: each with what it keeps from being asked.
_BASES = (Check.TOKEN, Check.REACHABLE)
_OF_A_RESOURCE = frozenset({Check.ENROLMENT, Check.PORT_PAIRS})


def _obstacle(check: Check, results: list[Result]) -> Check | None:
    """The check that keeps this one from being made."""
    found = {one.check: one for one in results}
    for base in _BASES:
        if found[base].level is not Level.PASS:
            return base
    if found[Check.SUBSCRIPTION].outcome == "unknown":
        return Check.SUBSCRIPTION
    # Azure counts what it refuses as well: whoever goes on asking waits longer.
    if throttled := [one.check for one in results if one.outcome == judging.Trouble.THROTTLED]:
        return throttled[0]
    registration = found.get(Check.REGISTRATION)
    if check in _OF_A_RESOURCE and registration and registration.outcome in {"not-registered", "registering"}:
        return Check.REGISTRATION
    return None


def _asked(check: Check, client: ArmClient, subscription_id: str, on_error: OnError) -> Result:
    start = time.monotonic()
    try:
        result = _FURTHER[check](client, subscription_id)
    except ArmError as error:
        on_error(error)
        result = _TROUBLES[check](error) if check in _TROUBLES else troubled(check, error)
    return replace(result, milliseconds=int((time.monotonic() - start) * 1000))


def _quota(client: ArmClient, subscription_id: str, results: list[Result]) -> Result:
    """What the answers told by the way: nothing, where nothing could be asked or Azure does not tell."""
    if told := client.quota.get(subscription_id.lower()):
        return judging.judge_quota(told.remaining_reads, told.remaining_writes)
    waits_for = _obstacle(Check.QUOTA, results)
    return not_run([Check.QUOTA], waits_for=waits_for)[0] if waits_for else judging.judge_quota(None, None)
