"""What Azure's answers come to: plain values in, results out."""

from collections.abc import Iterable
from enum import StrEnum

from crossconnections.readiness.actions import Need
from crossconnections.readiness.checks import Check, Level, Result

# Of the whole application in the worst case: whoever signs in has the clock of Entra ID on their token, and the portal
# takes no more than this (docs/security.md); Azure itself takes five minutes (remembered).
MOST_SECONDS_OFF = 120
# What is less cannot be told from a slow network: answers are dated to the second.
SECONDS_TO_MENTION = 3
# A list of a few thousand cross connections takes as many pages and reads; inferred.
FEW_READS = 100
DAYS_BEFORE_AN_END = 30

_ENABLED = "enabled"
# In these Azure still takes what is asked of it (Azure subscription states: Warned, PastDue).
_STILL_WORKING = frozenset({"warned", "pastdue"})


# Before how asking failed, where it was the registration that an administrator pressed for.
CANNOT_REGISTER = "cannot-register-"


class Trouble(StrEnum):
    """How asking can fail, whatever was asked."""

    NOT_PERMITTED = "not-permitted"
    NOT_REGISTERED = "not-registered"
    THROTTLED = "throttled"
    NOT_CONNECTED = "not-connected"
    NO_ANSWER = "no-answer"
    NOT_UNDERSTOOD = "not-understood"
    FAILED = "failed"
    VERSION_REFUSED = "version-refused"
    REFUSED = "refused"
    PORTAL_FAULT = "portal-fault"


def judge_clock(seconds_ahead: float | None) -> Result:
    """By how far Azure's clock is ahead of this machine's."""
    if seconds_ahead is None:
        return Result(Check.CLOCK, Level.NOT_RUN, "not-told")
    values = {"seconds": round(abs(seconds_ahead)), "is_behind": seconds_ahead > 0}
    if abs(seconds_ahead) > MOST_SECONDS_OFF:
        return Result(Check.CLOCK, Level.FAIL, "far-off", values)
    is_off = abs(seconds_ahead) > SECONDS_TO_MENTION
    return Result(Check.CLOCK, Level.WARN if is_off else Level.PASS, "off" if is_off else "right", values)


def judge_subscription(name: str, state: str) -> Result:
    """By Azure's word for its state."""
    values = {"name": name, "state": state}
    if state.casefold() == _ENABLED:
        return Result(Check.SUBSCRIPTION, Level.PASS, "enabled", values)
    works = state.casefold() in _STILL_WORKING
    return Result(Check.SUBSCRIPTION, Level.WARN if works else Level.FAIL, "warned" if works else "disabled", values)


def judge_registration(state: str) -> Result:
    """By Azure's word for how it stands to Microsoft.Network."""
    match state.casefold():
        case "registered":
            return Result(Check.REGISTRATION, Level.PASS, "registered")
        case "registering":
            return Result(Check.REGISTRATION, Level.WARN, "registering")
    return Result(Check.REGISTRATION, Level.FAIL, "not-registered", {"state": state})


def judge_permissions(missing: Iterable[Need]) -> Result:
    """By what is not granted of what the portal needs."""
    lacking = list(missing)
    values = {"missing": [{"action": one.action, "what_for": one.what_for} for one in lacking]}
    if not lacking:
        return Result(Check.PERMISSIONS, Level.PASS, "all", values)
    is_vital = any(one.is_vital for one in lacking)
    return Result(Check.PERMISSIONS, Level.FAIL if is_vital else Level.WARN, "vital" if is_vital else "some", values)


def judge_enrolment(listed: int, *, has_more: bool) -> Result:
    """By the first page of the list: where Azure shows one, however short, the subscription is a partner's."""
    if not listed and not has_more:
        return Result(Check.ENROLMENT, Level.PASS, "empty")
    return Result(Check.ENROLMENT, Level.PASS, "some", {"count": listed, "has_more": has_more})


def judge_port_pairs(listed: int) -> Result:
    """By how many are listed."""
    return Result(Check.PORT_PAIRS, Level.PASS, "some" if listed else "none", {"count": listed})


def judge_quota(reads: int | None, writes: int | None) -> Result:
    """By what Azure said is left."""
    values = {"reads": reads, "writes": writes}
    if reads is None:
        return Result(Check.QUOTA, Level.PASS, "not-told", values)
    return Result(
        Check.QUOTA, Level.WARN if reads < FEW_READS else Level.PASS, "few" if reads < FEW_READS else "left", values
    )
