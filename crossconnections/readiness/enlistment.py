"""Whether the portal can work with a subscription at all: what has to be right before it is enlisted."""

from collections.abc import Iterable, Mapping

from crossconnections.readiness.actions import NEEDS
from crossconnections.readiness.checks import Check, Level, Result
from crossconnections.readiness.judging import CANNOT_REGISTER, Trouble

_TO_SEE_ANYTHING = NEEDS[0].action
# What has to be right; the rest can be mended with the subscription enlisted.
_NEEDED = (Check.TOKEN, Check.REACHABLE, Check.SUBSCRIPTION, Check.REGISTRATION, Check.ENROLMENT)
# It works, and Azure warns of what may become of it.
_GOOD_ENOUGH = frozenset({"warned"})

_NOT_CHECKED = "It was not checked yet."
_OWN_FAULT = "The portal failed while it checked, so nothing is known of it. Check again in a minute."
_NOT_KNOWN = "Azure could not tell all that has to be known of it. Check again in a minute."
_NO_TOKEN = "The portal has no token for Azure, so nothing about it could be checked."  # noqa: S105 - a sentence
_NOT_TAKEN = "Azure does not take the portal's token, so nothing about it could be checked."
_NOT_REACHED = "Azure Resource Manager could not be reached, so nothing about it could be checked."
_NOT_REGISTERED = "The subscription is not registered for Microsoft.Network."
_NOT_LET = "The portal's application may not read cross connections there."
# What is told only where the check came to just that; of every other outcome it is not known what is wrong.
_SENTENCES: dict[tuple[Check, str], str] = {
    (Check.TOKEN, "refused"): _NO_TOKEN,
    (Check.TOKEN, "none"): _NO_TOKEN,
    (Check.TOKEN, "not-taken"): _NOT_TAKEN,
    (Check.TOKEN, "not-taken-by-the-clock"): _NOT_TAKEN,
    (Check.REACHABLE, Trouble.NOT_CONNECTED): _NOT_REACHED,
    (Check.REACHABLE, Trouble.NO_ANSWER): _NOT_REACHED,
    (Check.REACHABLE, Trouble.NOT_UNDERSTOOD): (
        "Something else answers in the place of Azure Resource Manager, so nothing about it could be checked."
    ),
    (Check.SUBSCRIPTION, "unknown"): (
        "Azure knows no such subscription in this cloud, or the portal's application has no role in it."
    ),
    (Check.SUBSCRIPTION, "disabled"): "Azure only lets the subscription be read: it is not enabled.",
    (Check.SUBSCRIPTION, Trouble.NOT_PERMITTED): "The portal's application has no role in the subscription.",
    (Check.REGISTRATION, "not-registered"): _NOT_REGISTERED,
    (Check.REGISTRATION, "registering"): (
        "The subscription is being registered for Microsoft.Network, which takes some minutes. Check again then."
    ),
    (Check.REGISTRATION, Trouble.NOT_PERMITTED): (
        "The portal's application may not see whether the subscription is registered for Microsoft.Network."
    ),
    (Check.ENROLMENT, "not-enrolled"): (
        "Azure knows no cross connections in it: it is a customer's subscription, or Microsoft has not enrolled it "
        "as a partner's yet."
    ),
    (Check.ENROLMENT, Trouble.NOT_REGISTERED): _NOT_REGISTERED,
    (Check.ENROLMENT, Trouble.NOT_PERMITTED): _NOT_LET,
}


def reason_not_to_enlist(results: Iterable[Result]) -> str | None:
    """None, or the sentence why it must not be enlisted; the first that is wrong, for the others may follow from it.

    What could not be found out is a reason as well: else a customer's subscription could slip through.
    """
    found = {one.check: one for one in results}
    if any(one.outcome == Trouble.PORTAL_FAULT for one in found.values()):
        return _OWN_FAULT
    if not found.keys() >= set(_NEEDED):
        return _NOT_CHECKED
    wrong = next((found[check] for check in _NEEDED if not _is_right(found[check])), None)
    return _reason(wrong, found) if wrong else None


def _is_right(result: Result) -> bool:
    return result.level is Level.PASS or result.outcome in _GOOD_ENOUGH


def _reason(wrong: Result, found: Mapping[Check, Result]) -> str:
    if wrong.check is Check.ENROLMENT and _may_not_read(found):
        return _NOT_LET
    if wrong.outcome.startswith(CANNOT_REGISTER):
        return "The subscription could not be registered for Microsoft.Network."
    return _SENTENCES.get((wrong.check, wrong.outcome), _NOT_KNOWN)


def _may_not_read(found: Mapping[Check, Result]) -> bool:
    permissions = found.get(Check.PERMISSIONS)
    missing = permissions.values.get("missing", []) if permissions else []
    return any(one["action"] == _TO_SEE_ANYTHING for one in missing)
