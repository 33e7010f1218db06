"""Whether the portal can work with a subscription at all: what has to be right before it is enlisted."""

from collections.abc import Iterable

from crossconnections.readiness.actions import NEEDS
from crossconnections.readiness.checks import Check, Level, Result

_TO_SEE_ANYTHING = NEEDS[0].action
# What has to be right; the rest can be mended with the subscription enlisted.
_NEEDED = {
    Check.TOKEN: "The portal has no token for Azure, so nothing about it could be checked.",
    Check.REACHABLE: "Azure Resource Manager could not be reached, so nothing about it could be checked.",
    Check.SUBSCRIPTION: "Azure does not show this subscription to the portal as one that works.",
    Check.REGISTRATION: "The subscription is not registered for Microsoft.Network.",
    Check.ENROLMENT: (
        "Azure knows no cross connections in it: it is a customer's subscription, or Microsoft has not enrolled it "
        "as a partner's yet."
    ),
}
_NOT_LET = "The portal's application may not read cross connections there."


def reason_not_to_enlist(results: Iterable[Result]) -> str | None:
    """None, or the sentence why it must not be enlisted; the first that is wrong, for the others may follow from it."""
    found = {one.check: one for one in results}
    if not found.keys() >= _NEEDED.keys():
        return "It was not checked yet."
    for check, sentence in _NEEDED.items():
        if _is_refused_for_permission(check, found):
            return _NOT_LET
        if found[check].level in {Level.FAIL, Level.NOT_RUN}:
            return sentence
    return None


def _is_refused_for_permission(check: Check, found: dict[Check, Result]) -> bool:
    permissions = found.get(Check.PERMISSIONS)
    missing = permissions.values.get("missing", []) if permissions else []
    return check is Check.ENROLMENT and any(one["action"] == _TO_SEE_ANYTHING for one in missing)
