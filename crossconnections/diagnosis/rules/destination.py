"""Whether an address that somebody asks for is routed: looked at only when somebody asks."""

from crossconnections.diagnosis.findings import Found, Layer, Scope
from crossconnections.diagnosis.match import Coverage, Match
from crossconnections.diagnosis.presence import Presence
from crossconnections.diagnosis.rules.registry import (
    BGP_SPEAKER,
    CUSTOMER,
    DOCUMENTED,
    HIGH,
    INFERRED,
    INFO,
    WARNING,
    make_rules,
)  # fmt: skip

_match = make_rules(Layer.BOTH_PATHS, Scope.MATCH)
_ONLY = {Presence.PRIMARY_ONLY: "primary", Presence.SECONDARY_ONLY: "secondary"}


@_match("R59", HIGH, BGP_SPEAKER, DOCUMENTED, "Verify ExpressRoute connectivity")
def is_not_routed(match: Match) -> Found | None:
    """Both tables were read, and neither has a route that covers it, nor one that lies in it."""
    is_so = {match.primary.coverage, match.secondary.coverage} == {Coverage.NONE}
    return Found() if is_so else None


@_match("R60", INFO, CUSTOMER, DOCUMENTED, "Verify ExpressRoute connectivity")
def is_routed(match: Match) -> Found | None:
    """On both paths: what does not work then has another cause, unless nothing is announced the other way."""
    if match.presence != Presence.BOTH:
        return None
    is_one_way = False in {match.primary.is_answered, match.secondary.is_answered}
    return Found({"is_one_way": is_one_way}, severity=WARNING if is_one_way else None)


@_match("R61", WARNING, BGP_SPEAKER, INFERRED, "as R53")
def is_routed_on_one_path(match: Match) -> Found | None:
    """It works until that path fails."""
    return Found({"only": _ONLY[match.presence]}) if match.presence in _ONLY else None
