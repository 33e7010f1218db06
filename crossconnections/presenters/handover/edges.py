"""What each of Microsoft's two routers showed of a peering, in a few words."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from crossconnections.addressing.networks import IPV4, IPV6
from crossconnections.diagnosis.budget import Limit, limits_of
from crossconnections.diagnosis.durations import parse_up_down
from crossconnections.diagnosis.legs import Leg, LegSession, has_mac
from crossconnections.presenters.handover.sheet import Line
from portal.times import span_in_words

NOT_READ = "not read"


def show_edges(legs: tuple[Leg, Leg], sku: str) -> Iterable[Line]:
    """The rows of a peering; ``sku`` is the tier on record, "" for none."""
    yield "MAC address of the edge", _each(legs, _mac), True
    for version in _versions(legs):
        yield f"BGP session{_family(version)}", _each(legs, partial(_session, version=version)), False
        yield f"Prefixes received{_family(version)}", _each(legs, partial(_count, version=version, sku=sku)), False
    if legs[0].peering.is_private:
        yield "Prefixes from your VNets", _each(legs, _from_vnets), False


def _each(legs: tuple[Leg, Leg], told: Callable[[Leg], str]) -> tuple[str, str]:
    return told(legs[0]), told(legs[1])


def _versions(legs: Sequence[Leg]) -> list[int]:
    """IPv4 always, so that a peering whose links are not known shows its sessions."""
    configured = {link.version for leg in legs for link in leg.links}
    return [IPV4, *([IPV6] if IPV6 in configured else [])]


def _family(version: int) -> str:
    return ", IPv6" if version == IPV6 else ""


def _mac(leg: Leg) -> str:
    if leg.on_prem is None:
        return NOT_READ
    return ", ".join(dict.fromkeys(row.mac_address for row in leg.on_prem if has_mac(row))) or "none"


def _sessions(leg: Leg, version: int) -> list[LegSession]:
    return [one for one in leg.own_sessions if one.version == version]


def _session(leg: Leg, version: int) -> str:
    if leg.tables.summary.rows is None:
        return NOT_READ
    return ", ".join(map(_session_words, _sessions(leg, version))) or "none listed"


def _session_words(one: LegSession) -> str:
    since = parse_up_down(one.row.up_down)
    span = f" for {span_in_words(since)}" if since is not None else ""
    return f"up{span}" if one.session.is_up else f"{one.session.word or 'not told'}{span}"


def _count(leg: Leg, version: int, sku: str) -> str:
    if leg.tables.summary.rows is None:
        return NOT_READ
    counts = [one.session.prefixes for one in _sessions(leg, version) if one.session.prefixes is not None]
    return f"{sum(counts):,}{_limit(limits_of(leg.peering.peering_type, version, sku))}" if counts else "none"


def _limit(limits: Sequence[Limit]) -> str:
    """Which of two holds is the customer's to know where nobody has recorded the SKU."""
    told = " or ".join(f"{one.networks:,}" for one in limits)
    return f" of {told}" if told else ""


def _from_vnets(leg: Leg) -> str:
    if leg.routes is None:
        return NOT_READ
    return f"{len({one.network for one in leg.from_vnets}):,}" if leg.from_vnets else "none"
