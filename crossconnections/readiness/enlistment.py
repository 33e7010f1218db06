"""Whether the portal can work with a subscription at all: what has to be right before it is enlisted."""

from collections.abc import Iterable, Mapping

from crossconnections.readiness.actions import NEEDS
from crossconnections.readiness.checks import Check, Level, Result

_TO_SEE_ANYTHING = NEEDS[0].action
# What has to be right, each with what it means where it is not; the rest can be mended with the subscription enlisted.
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
_NOT_KNOWN = "Azure could not tell all that has to be known of it. Check again in a minute."
# It works, and Azure warns of what may become of it.
_GOOD_ENOUGH = frozenset({"warned"})


def reason_not_to_enlist(results: Iterable[Result]) -> str | None:
    """None, or the sentence why it must not be enlisted; the first that is wrong, for the others may follow from it.

    What could not be found out is a reason as well: else a customer's subscription could slip through.
    """
    found = {one.check: one for one in results}
    if not found.keys() >= _NEEDED.keys():
        return "It was not checked yet."
    for check, sentence in _NEEDED.items():
        if found[check].level is Level.PASS or found[check].outcome in _GOOD_ENOUGH:
            continue
        if check is Check.ENROLMENT and _may_not_read(found):
            return _NOT_LET
        return sentence if found[check].level is Level.FAIL else _NOT_KNOWN
    return None


def _may_not_read(found: Mapping[Check, Result]) -> bool:
    permissions = found.get(Check.PERMISSIONS)
    missing = permissions.values.get("missing", []) if permissions else []
    return any(one["action"] == _TO_SEE_ANYTHING for one in missing)
