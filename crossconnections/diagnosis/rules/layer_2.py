"""Layer 3 of the reading: ARP. Whether Microsoft's router and the edge find each other on the link.

Where the session stands, layer 2 must too, whatever the table shows: then nothing of it ends the path. Microsoft's
own example of the table has a Microsoft row and no other.
"""

from crossconnections.addressing.macs import spell_mac
from crossconnections.arm import ArpRow
from crossconnections.diagnosis.findings import Found, Layer
from crossconnections.diagnosis.legs import Leg, Link, has_mac, is_incomplete, is_same, leg_of
from crossconnections.diagnosis.rules.registry import (
    DOCUMENTED,
    DOWN,
    HIGH,
    INFERRED,
    INFO,
    MICROSOFT,
    US,
    WARNING,
    Layered,
)  # fmt: skip
from crossconnections.enums import DevicePath

_arp = Layered(Layer.LAYER_2)
# A Cisco router asks anew after four hours; it is remembered, not documented for Microsoft's.
_OLDEST_MINUTES = 240


@_arp.leg("R10", DOWN, MICROSOFT, DOCUMENTED, "Troubleshoot ARP tables")
def table_is_empty(leg: Leg) -> Found | None:
    """Azure answered, and its router shows no row: the peering is not on the router, or its port is down."""
    return _missing(leg) if leg.ipv4 and leg.tables.arp.rows == () else None


@_arp.leg("R11", DOWN, US, DOCUMENTED, "Troubleshoot ARP tables")
def edge_does_not_answer(leg: Leg) -> Found | None:
    """Microsoft's router asks for the edge's address and gets no MAC address."""
    return _missing(leg) if leg.ipv4 and _is_silent(leg) else None


@_arp.leg("R12", DOWN, US, DOCUMENTED, "Troubleshoot ARP tables")
def edge_has_no_row(leg: Leg) -> Found | None:
    """Only Microsoft's own row is there."""
    return _missing(leg) if leg.ipv4 and leg.microsoft and not leg.on_prem else None


@_arp.leg("R13", INFO, US, DOCUMENTED, "Troubleshoot ARP tables")
def microsoft_has_no_row(leg: Leg) -> Found | None:
    """Normal on some of Microsoft's hardware."""
    macs = _macs(leg.on_prem)
    return Found({"mac": macs[0]}) if macs and not leg.microsoft else None


@_arp.leg("R14", HIGH, US, DOCUMENTED, "Troubleshoot ARP tables; detection inferred")
def address_is_not_the_configured_one(leg: Leg) -> Found | None:
    """Not both ends swapped: that is R15. Rows besides the right one are R20."""
    if leg.ipv4 is None or _is_swapped(leg, leg.ipv4):
        return None
    wrong = [*_unexpected(leg.on_prem, leg.ipv4.edge), *_unexpected(leg.microsoft, leg.ipv4.microsoft)]
    return Found({"told": tuple(wrong)}, ends=leg.is_up is False) if wrong else None


@_arp.leg("R15", HIGH, US, DOCUMENTED, "Troubleshoot ARP tables")
def ends_are_swapped(leg: Leg) -> Found | None:
    """The edge took the even address, which is Microsoft's."""
    return Found(ends=leg.is_up is False) if leg.ipv4 and _is_swapped(leg, leg.ipv4) else None


@_arp.leg("R16", HIGH, US, INFERRED, "a router does not have its neighbour's MAC address")
def frames_come_back(leg: Leg) -> Found | None:
    """Both ends have one MAC address: Microsoft's frames are sent back to it."""
    own = _macs(leg.microsoft)
    looped = [mac for mac in _macs(leg.on_prem) if mac in own]
    return Found({"mac": looped[0]}, ends=leg.is_up is False) if looped else None


@_arp.leg("R20", WARNING, US, INFERRED, "a link has one edge")
def there_are_more_neighbours(leg: Leg) -> Found | None:
    """Besides the edge itself."""
    link = leg.ipv4
    if link is None or not any(is_same(row.ip_address, link.edge) for row in leg.on_prem or ()):
        return None
    told = (row.ip_address.strip() for row in leg.on_prem or ())
    others = tuple(address for address in told if address and not is_same(address, link.edge))
    return Found({"others": others}) if others else None


@_arp.leg("R21", WARNING, US, INFERRED, "routers ask for an address anew after hours at most")
def edge_is_silent(leg: Leg) -> Found | None:
    """It has a MAC address, and was not heard for longer than routers keep one."""
    ages = [row.age_minutes for row in leg.on_prem or () if has_mac(row) and row.age_minutes is not None]
    return Found({"minutes": max(ages)}) if ages and max(ages) > _OLDEST_MINUTES else None


@_arp.leg("R18", WARNING, US, INFERRED, "a device that nobody replaced keeps its MAC address")
def edge_has_another_mac(leg: Leg) -> Found | None:
    """Than those on record, or where none is, than at the reading before."""
    now, known = edge_macs(leg), leg.case.record.known_macs
    before = frozenset(edge_macs(leg.earlier)) if leg.earlier else frozenset[str]()
    expected = frozenset(map(_spelled, known)) or before
    new = tuple(mac for mac in now if expected and mac not in expected)
    return Found({"mac": new[0], "expected": tuple(sorted(expected)), "is_on_record": bool(known)}) if new else None


@_arp.leg("R19", WARNING, MICROSOFT, DOCUMENTED, "Troubleshoot ARP tables")
def microsoft_has_two_macs(leg: Leg) -> Found | None:
    """One router ends all peerings of a path, with one MAC address. Told at the peering that comes later."""
    own = _macs(leg.microsoft)
    earlier_ones = leg.case.peerings[: leg.case.peerings.index(leg.peering)]
    others = [mac for one in earlier_ones for mac in _macs(leg_of(leg.case, one, leg.path).microsoft)]
    return Found({"mac": own[0], "other": others[0]}) if own and others and own[0] not in others else None


@_arp.leg("R17", WARNING, US, INFERRED, "high availability wants two devices")
def both_paths_end_on_one_device(leg: Leg) -> Found | None:
    """Told once, at the primary."""
    if leg.path != DevicePath.PRIMARY:
        return None
    same = [mac for mac in edge_macs(leg) if mac in edge_macs(leg.other)]
    return Found({"mac": same[0]}) if same else None


def is_broken(leg: Leg) -> bool:
    """Microsoft's router is there, the edge does not answer it (R11, R12), and no session proves otherwise."""
    is_missing = bool(leg.microsoft and not leg.on_prem)
    return bool(leg.ipv4 and (is_missing or _is_silent(leg)) and not leg.is_up)


def _is_silent(leg: Leg) -> bool:
    return any(map(is_incomplete, leg.on_prem or ())) and not leg.has_edge_mac


def _missing(leg: Leg) -> Found:
    if leg.is_up:
        return Found({"is_up": True}, severity=WARNING)
    return Found({"is_up": False}, ends=True)


def _is_swapped(leg: Leg, link: Link) -> bool:
    edges = {row.ip_address for row in leg.on_prem or ()}
    return any(is_same(address, link.microsoft) for address in edges)


def _unexpected(rows: tuple[ArpRow, ...] | None, address: str) -> list[str]:
    """The addresses of one end, where the right one is not among them."""
    told = [row.ip_address for row in rows or () if row.ip_address.strip()]
    return [] if any(is_same(one, address) for one in told) else told


def edge_macs(leg: Leg) -> list[str]:
    """Of the edge alone, and not of a foreign host (R20); of all where none has the edge's address (R14, R15)."""
    rows = leg.on_prem or ()
    own = tuple(row for row in rows if leg.ipv4 and is_same(row.ip_address, leg.ipv4.edge))
    return _macs(own or rows)


def _macs(rows: tuple[ArpRow, ...] | None) -> list[str]:
    return [_spelled(row.mac_address) for row in rows or () if has_mac(row)]


def _spelled(mac: str) -> str:
    """One spelling for all, where it is one that is known: a record may have been written in another."""
    return spell_mac(mac) or mac.strip().lower()
