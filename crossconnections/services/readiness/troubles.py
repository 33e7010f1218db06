"""What a failure to ask Azure comes to, by the class of the error."""

from crossconnections.arm import (
    AnswerNotUnderstood,
    ApiVersionRefused,
    ArmError,
    AzureFailed,
    HostNotAllowed,
    NoAnswer,
    NotConnected,
    NotEnrolled,
    NotPermitted,
    NotRegistered,
    Refused,
    Throttled,
)
from crossconnections.readiness.checks import Check, Level, Result
from crossconnections.readiness.judging import Trouble

# Azure has two codes for a feature that it gives only to those who ask (Resource Manager, "Set up preview features").
NO_FEATURE = frozenset({"SubscriptionNotRegisteredForFeature", "FeatureNotRegistered"})

_TROUBLES: dict[type[ArmError], Trouble] = {
    NotPermitted: Trouble.NOT_PERMITTED,
    NotRegistered: Trouble.NOT_REGISTERED,
    Throttled: Trouble.THROTTLED,
    NotConnected: Trouble.NOT_CONNECTED,
    HostNotAllowed: Trouble.NOT_CONNECTED,
    NoAnswer: Trouble.NO_ANSWER,
    AnswerNotUnderstood: Trouble.NOT_UNDERSTOOD,
    AzureFailed: Trouble.FAILED,
    ApiVersionRefused: Trouble.VERSION_REFUSED,
}
# These tell that Azure Resource Manager itself is out of reach: nothing else is worth asking then.
OUT_OF_REACH = (NotConnected, HostNotAllowed, NoAnswer, AnswerNotUnderstood)
# What passes by itself is no fault of the set-up.
_PASSING = frozenset({Trouble.THROTTLED, Trouble.FAILED})


def troubled(check: Check, error: ArmError) -> Result:
    """The result of a check whose question failed."""
    trouble = next((word for kind, word in _TROUBLES.items() if isinstance(error, kind)), Trouble.REFUSED)
    level = Level.WARN if trouble in _PASSING else Level.FAIL
    return with_ids(Result(check, level, trouble.value), error)


def with_ids(result: Result, error: ArmError) -> Result:
    """The result with what Microsoft's support asks for."""
    return Result(
        result.check, result.level, result.outcome, result.values, code=error.word, correlation_id=error.correlation_id
    )


def of_enrolment(error: ArmError) -> Result:
    """Why there is no list of cross connections."""
    if isinstance(error, NotEnrolled):
        return with_ids(Result(Check.ENROLMENT, Level.FAIL, "not-enrolled"), error)
    return troubled(Check.ENROLMENT, error)


def of_port_pairs(error: ArmError) -> Result:
    """Why there are no port pairs: without them circuits can still be moved, so it is never more than a warning."""
    if isinstance(error, Refused) and error.code in NO_FEATURE:
        return with_ids(Result(Check.PORT_PAIRS, Level.WARN, "no-feature"), error)
    if isinstance(error, NotEnrolled):
        return with_ids(Result(Check.PORT_PAIRS, Level.WARN, "unknown-type"), error)
    result = troubled(Check.PORT_PAIRS, error)
    return with_ids(Result(result.check, Level.WARN, result.outcome), error)
