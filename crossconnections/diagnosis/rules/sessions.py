"""Layer 4 of the reading: BGP. Found only where layer 2 stands or is not known (R27: else it is a consequence)."""

from datetime import timedelta

from crossconnections.addressing.networks import IPV4
from crossconnections.diagnosis.budget import find_fitting
from crossconnections.diagnosis.durations import least_step, parse_up_down
from crossconnections.diagnosis.findings import Found, Layer
from crossconnections.diagnosis.legs import Leg, LegSession, is_same
from crossconnections.diagnosis.rules.registry import (
    BGP_SPEAKER,
    CRITICAL,
    DOCUMENTED,
    DOWN,
    HIGH,
    INFERRED,
    MICROSOFT,
    US,
    WARNING,
    Layered,
)  # fmt: skip
from crossconnections.diagnosis.uptime import age_if_flapped
from crossconnections.enums import DevicePath

_bgp = Layered(Layer.SESSION)
_RECENT, _AT_ONCE = timedelta(minutes=10), timedelta(minutes=1)


@_bgp.session("R25", DOWN, BGP_SPEAKER, DOCUMENTED, "Verify ExpressRoute connectivity; TCP 179 from RFC 4271")
def session_does_not_form(one: LegSession) -> Found | None:
    """Idle or Active, and not because of too many prefixes (R34)."""
    session = one.session
    if not session.is_silent or _is_over_limit(one):
        return None
    has_arp = one.leg.has_edge_mac and one.link == one.leg.ipv4  # IPv6 knows none
    return _down(one, {"state": session.word, "is_shut": session.is_shut, "has_arp": has_arp})


@_bgp.session("R26", DOWN, BGP_SPEAKER, INFERRED, "the BGP state machine of RFC 4271")
def parameters_are_refused(one: LegSession) -> Found | None:
    """Twice in a row it is no session that is just coming up; once it may be. Too many prefixes are R34."""
    if not one.session.is_negotiating or _is_over_limit(one):
        return None
    before = one.earlier
    return _down(one, {"state": one.session.word, "is_repeated": before is not None and before.session.is_negotiating})


@_bgp.session("R28", WARNING, US, INFERRED, "a link has two ends")
def neighbour_is_not_the_edge(one: LegSession) -> Found | None:
    """A session with somebody else, or one that is not in use any more."""
    if one.link is None or is_same(one.link.edge, one.row.neighbor):
        return None
    return Found({"neighbor": one.row.neighbor})


@_bgp.session("R29", HIGH, BGP_SPEAKER, INFERRED, "one AS on both sides of the configuration")
def as_is_not_the_configured_one(one: LegSession) -> Found | None:
    """Azure leaves out an AS number that its field does not hold, and 0 is none."""
    told, expected = one.row.asn, one.leg.peering.peer_asn
    return Found({"told": str(told), "expected": str(expected)}) if told and expected and told != expected else None


@_bgp.leg("R30", DOWN, MICROSOFT, INFERRED, "a router lists the sessions it is configured for")
def there_is_no_session(leg: Leg) -> Found | None:
    """The summary has no row, or none of IPv4 beside one of IPv6: BGP is not set up on Microsoft's router."""
    if leg.links and leg.tables.summary.rows == ():
        return Found({"is_ipv4_alone": False}, ends=True)
    is_missing = leg.ipv4 is not None and not any(one.version == IPV4 for one in leg.sessions)
    has_others = bool(leg.own_sessions)
    return Found({"is_ipv4_alone": True}, severity=HIGH) if is_missing and has_others else None


@_bgp.session("R31", DOWN, BGP_SPEAKER, DOCUMENTED, "howto-routing: you must advertise routes")
def nothing_is_announced(one: LegSession) -> Found | None:
    """The session stands and brings no prefix. Another family's may."""
    sessions = [other.session for other in one.leg.sessions]
    nothing = all(session.prefixes == 0 or session.is_up is False for session in sessions)
    return Found({"neighbor": one.row.neighbor}, ends=nothing) if one.session.prefixes == 0 else None


@_bgp.session("R32", WARNING, BGP_SPEAKER, INFERRED, "a session that stands gets older")
def session_came_up_lately(one: LegSession) -> Found | None:
    """Less than ten minutes ago, or since the reading before, where it had stood as well."""
    up_for = parse_up_down(one.row.up_down) if one.session.is_up else None
    if up_for is None:
        return None
    has_flapped = one.earlier is not None and age_if_flapped(one.earlier, one) is not None
    return Found({"up_for": up_for, "has_flapped": has_flapped}) if has_flapped or up_for < _RECENT else None


@_bgp.leg("R33", WARNING, US, INFERRED, "one event rather than two")
def both_paths_came_up_at_once(leg: Leg) -> Found | None:
    """Within a minute; only where both texts are that exact. Told once, at the primary."""
    if leg.path != DevicePath.PRIMARY:
        return None
    pairs = ((one, other) for one in leg.sessions for other in leg.other.sessions if one.version == other.version)
    ages = [age for one, other in pairs if (age := _age_of_both(one, other)) is not None]
    return Found({"up_for": ages[0]}) if ages else None


@_bgp.session("R34", CRITICAL, BGP_SPEAKER, DOCUMENTED, "ExpressRoute FAQ, limits; the word from Cisco")
def too_many_prefixes(one: LegSession) -> Found | None:
    """The word says so, or it is down and had as many as the limit at the reading before."""
    if not _is_over_limit(one):
        return None
    before = one.earlier.session.prefixes if one.earlier else None
    limits = one.limits
    limit = limits[0].networks if limits else None
    return _down(one, {"state": one.session.word, "limit": limit, "is_sure": len(limits) == 1, "before": before})


@_bgp.session("R64", WARNING, US, INFERRED, "a word that no router of Microsoft's was seen to use")
def state_is_not_known(one: LegSession) -> Found | None:
    """No verdict, and never a good one."""
    told = {"what": "state", "state": one.session.word, "neighbor": one.row.neighbor}
    return Found(told) if one.session.is_up is None else None


def _down(one: LegSession, evidence: dict[str, str | int | bool | None]) -> Found:
    """The path carries nothing unless a session of the other family stands, or nobody knows whether one does."""
    others = one.leg.is_up
    found = {"neighbor": one.row.neighbor, "version": one.version, "for": parse_up_down(one.row.up_down), **evidence}
    return Found(found, ends=others is False, severity=HIGH if others else None)


def _is_over_limit(one: LegSession) -> bool:
    """Its word says so, or it is down and had come to the limit at the reading before."""
    if one.session.is_over_limit:
        return True
    before = one.earlier.session.prefixes if one.earlier else None
    limit = find_fitting(one.limits, before) if before is not None else None
    return one.session.is_up is False and before is not None and limit is not None and before >= limit.networks


def _age_of_both(one: LegSession, other: LegSession) -> timedelta | None:
    """How old both are, where they came up within a minute of each other."""
    if not (one.session.is_up and other.session.is_up):
        return None
    first, second = parse_up_down(one.row.up_down), parse_up_down(other.row.up_down)
    is_exact = max(least_step(one.row.up_down), least_step(other.row.up_down)) <= _AT_ONCE
    gap = _gap(one, other)
    if first is None or second is None or gap is None or not is_exact:
        return None
    return min(first, second) if abs(first - second + gap) <= _AT_ONCE else None


def _gap(one: LegSession, other: LegSession) -> timedelta | None:
    """How much later the other path's summary was read."""
    first, second = one.leg.tables.summary.read_at, other.leg.tables.summary.read_at
    return second - first if first and second else None
