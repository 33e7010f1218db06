"""How near the sessions are to what Microsoft takes, and what is announced against what is listed."""

from collections.abc import Mapping

from crossconnections.addressing.address_space import is_default, is_public
from crossconnections.addressing.networks import IPV4, IPV6
from crossconnections.diagnosis.advertised import AdvertisedComparison, Seen, compare_advertised
from crossconnections.diagnosis.aggregation import find_savings
from crossconnections.diagnosis.budget import Level, Use, find_fitting
from crossconnections.diagnosis.case import Case, Peering
from crossconnections.diagnosis.findings import Found, Layer, Severity
from crossconnections.diagnosis.legs import LegSession, legs_of
from crossconnections.diagnosis.presence import Presence
from crossconnections.diagnosis.rules.registry import (
    BGP_SPEAKER,
    DOCUMENTED,
    HIGH,
    INFERRED,
    US,
    WARNING,
    Layered,
)  # fmt: skip

_routes = Layered(Layer.ROUTES)
_both = Layered(Layer.BOTH_PATHS)
_SEVERITIES = {Level.NEAR: WARNING, Level.CLOSE: HIGH}
_NEVER_WORSE = {Level.NEAR: WARNING, Level.CLOSE: WARNING}


@_routes.session("R35", WARNING, BGP_SPEAKER, DOCUMENTED, "ExpressRoute limits; the shares inferred")
def private_ipv4_comes_near_its_limit(one: LegSession) -> Found | None:
    """4,000, or 10,000 with Premium, which a partner only knows where it is on record."""
    return _near(one, _SEVERITIES) if one.leg.peering.is_private and one.version == IPV4 else None


@_routes.session("R36", WARNING, BGP_SPEAKER, DOCUMENTED, "ExpressRoute limits; the share inferred")
def private_ipv6_comes_near_its_limit(one: LegSession) -> Found | None:
    """100, for every SKU."""
    return _near(one, _NEVER_WORSE) if one.leg.peering.is_private and one.version == IPV6 else None


@_routes.session("R37", WARNING, BGP_SPEAKER, DOCUMENTED, "ExpressRoute limits; the shares inferred")
def microsoft_comes_near_its_limit(one: LegSession) -> Found | None:
    """200 of each address family."""
    return _near(one, _SEVERITIES) if one.leg.peering.is_microsoft else None


@_both.peering("R42", WARNING, US, DOCUMENTED, "ExpressRoute routing requirements: the list is an ACL")
def more_is_announced_than_is_listed(case: Case, peering: Peering) -> Found | None:
    """Microsoft lets nothing else through. What may not be announced at all is R38 and R39."""
    if not peering.is_microsoft:
        return None
    texts = tuple(one.text for one in _comparison(case, peering).strangers if _may_be_listed(one))
    return Found({"networks": texts, "count": len(texts)}) if texts else None


@_both.peering("R43", WARNING, US, INFERRED, "a prefix is listed to be announced")
def less_is_announced_than_is_listed(case: Case, peering: Peering) -> Found | None:
    """Both tables were read, a session stands, and neither table has the prefix or a part of it."""
    if not peering.is_microsoft or not any(leg.is_up for leg in legs_of(case, peering)):
        return None
    unseen = tuple(one.text for one in _comparison(case, peering).prefixes if one.presence == Presence.NEITHER)
    return Found({"prefixes": unseen, "count": len(unseen)}) if unseen else None


def _near(one: LegSession, severities: Mapping[Level, Severity]) -> Found | None:
    count, limits = one.session.prefixes, one.limits
    limit = find_fitting(limits, count) if count is not None else None
    if count is None or limit is None:
        return None
    use = Use(count, limit)
    if use.level == Level.ROOM:
        return None
    is_sure = limit is limits[-1]
    evidence = {"count": count, "limit": limit.networks, "percent": int(use.share * 100), "is_sure": is_sure}
    saved = find_savings(route.row for route in one.leg.from_edge if route.network.version == one.version)
    return Found({**evidence, "saved": saved.saved_by_aggregates}, severity=severities[use.level])


def _comparison(case: Case, peering: Peering) -> AdvertisedComparison:
    rows = (None if leg.routes is None else [one.row for one in leg.from_edge] for leg in legs_of(case, peering))
    return compare_advertised(peering.advertised_prefixes, *rows)


def _may_be_listed(one: Seen) -> bool:
    return one.network is not None and not is_default(one.network) and is_public(one.network)
