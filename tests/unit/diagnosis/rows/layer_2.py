"""ARP."""

from crossconnections.diagnosis.case import Absence, Record
from tests.unit.diagnosis.cases import (
    IPV6_ONLY,
    M1,
    MICROSOFT,
    P1,
    P1_V6,
    P2,
    SECONDARY,
    a_case,
    after,
    microsoft,
    private,
)  # fmt: skip
from tests.unit.diagnosis.rows.row import CRITICAL, HIGH, INFO, LAYER_2, US, WARNING, Holds, HoldsNot
from tests.unit.diagnosis.rows.row import MICROSOFT as MICROSOFTS

_NO_BGP = {"summary": (P1.session("Idle"),), "routes": ()}
_SWAPPED = (P1.edge_row(ip_address=P1.microsoft), P1.microsoft_row(ip_address=P1.edge))
_MOVED = (P1.edge_row(ip_address="10.9.9.1"), P1.microsoft_row())
_LOOPED = (P1.edge_row(mac_address="CCCC.0000.0001"), P1.microsoft_row())
_LINK = {"port": "AMS-A", "edge": "10.255.0.1", "microsoft": "10.255.0.2", "prefix": "10.255.0.0/30", "vlan_id": 300,
         "s_tag": 41}  # fmt: skip


def _arp(*rows, **changes):
    """On the primary; BGP stands unless the changes say otherwise."""
    return a_case(private(primary=P1.tables(arp=rows, **changes)))


def _both(primary, secondary, **changes):
    return a_case(private(primary=P1.tables(arp=primary), secondary=P2.tables(arp=secondary)), **changes)


def _mac(mac, **changes):
    return a_case(private(primary=P1.tables(arp=(P1.edge_row(mac_address=mac), P1.microsoft_row()))), **changes)


def _age(minutes):
    return _arp(P1.edge_row(age_minutes=minutes), P1.microsoft_row())


_ENDS = (
    # The rule, its owner, the table that it is about, and the same on the secondary.
    ("R10", MICROSOFTS, (), ()),
    ("R11", US, (P1.silent_row(), P1.microsoft_row()), (P2.silent_row(), P2.microsoft_row())),
    ("R11", US, (P1.silent_row(),), (P2.silent_row(),)),
    ("R11", US, (P1.edge_row(mac_address=" incomplete "),), (P2.edge_row(mac_address="INCOMPLETE"),)),
    ("R12", US, (P1.microsoft_row(),), (P2.microsoft_row(),)),
)

HOLDS = (
    *(
        Holds(rule, LAYER_2, f"{number}: the other path works",
              a_case(private(primary=P1.without_edge(arp=one))), HIGH, owner, ends=True,
              evidence=_LINK | {"is_up": False})
        for number, (rule, owner, one, _) in enumerate(_ENDS)
    ),
    *(
        Holds(rule, LAYER_2, f"{number}: the other path was not read",
              a_case(private(primary=P1.without_edge(arp=one), secondary=P2.unread())), HIGH, owner, ends=True)
        for number, (rule, owner, one, _) in enumerate(_ENDS)
    ),
    *(
        Holds(rule, LAYER_2, f"{number}: the other path is the same",
              a_case(private(primary=P1.without_edge(arp=one), secondary=P2.without_edge(arp=other))), CRITICAL, owner,
              path=SECONDARY, ends=True, evidence={"port": "AMS-B", "edge": "10.255.0.5"})
        for number, (rule, owner, one, other) in enumerate(_ENDS)
    ),
    *(
        Holds(rule, LAYER_2, f"{number}: BGP proves otherwise", _arp(*one), WARNING, owner, evidence={"is_up": True})
        for number, (rule, owner, one, _) in enumerate(_ENDS)
    ),
    *(
        Holds(rule, LAYER_2, f"{number}: BGP was not read", _arp(*one, summary=Absence.FAILED), HIGH, owner, ends=True,
              evidence={"is_up": False})
        for number, (rule, owner, one, _) in enumerate(_ENDS)
    ),
    Holds("R13", LAYER_2, "only the edge's row", _arp(P1.edge_row()), INFO, US, evidence={"mac": "aaaa.0000.0001"}),
    Holds("R13", LAYER_2, "and one that is incomplete", _arp(P1.silent_row(), P1.edge_row(ip_address="10.255.0.3")),
          INFO, US, evidence={"mac": "aaaa.0000.0001"}),
    Holds("R14", LAYER_2, "the edge's, with BGP", _arp(*_MOVED), HIGH, US, evidence=_LINK | {"told": ("10.9.9.1",)}),
    Holds("R14", LAYER_2, "the edge's, without BGP", _arp(*_MOVED, **_NO_BGP), HIGH, US, ends=True),
    Holds("R14", LAYER_2, "the edge's, and BGP is not known", _arp(*_MOVED, summary=Absence.FAILED), HIGH, US),
    Holds("R14", LAYER_2, "Microsoft's", _arp(P1.edge_row(), P1.microsoft_row(ip_address="10.9.9.2")), HIGH, US,
          evidence={"told": ("10.9.9.2",)}),
    Holds("R14", LAYER_2, "Microsoft's is the edge's",
          _arp(P1.edge_row(), P1.microsoft_row(ip_address=P1.edge)), HIGH, US, evidence={"told": (P1.edge,)}),
    Holds("R14", LAYER_2, "both", _arp(P1.edge_row(ip_address="10.9.9.1"), P1.microsoft_row(ip_address="10.9.9.2")),
          HIGH, US, evidence={"told": ("10.9.9.1", "10.9.9.2")}),
    Holds("R15", LAYER_2, "with BGP", _arp(*_SWAPPED), HIGH, US, evidence=_LINK),
    Holds("R15", LAYER_2, "without BGP", _arp(*_SWAPPED, **_NO_BGP), HIGH, US, ends=True),
    Holds("R15", LAYER_2, "and BGP is not known", _arp(*_SWAPPED, summary=Absence.FAILED), HIGH, US),
    Holds("R16", LAYER_2, "with BGP", _arp(*_LOOPED), HIGH, US, evidence={"mac": "cccc.0000.0001", "port": "AMS-A"}),
    Holds("R16", LAYER_2, "without BGP", _arp(*_LOOPED, **_NO_BGP), HIGH, US, ends=True),
    Holds("R16", LAYER_2, "and BGP is not known", _arp(*_LOOPED, summary=Absence.FAILED), HIGH, US),
    Holds("R17", LAYER_2, "in other letters",
          _both((P1.edge_row(mac_address="AAAA.0000.0009 "),), (P2.edge_row(mac_address="aaaa.0000.0009"),)), WARNING,
          US, evidence={"mac": "aaaa.0000.0009"}),
    Holds("R18", LAYER_2, "than before", after(_mac("aaaa.0000.0007"), _mac("aaaa.0000.0008")), WARNING, US,
          evidence={"mac": "aaaa.0000.0008", "expected": ("aaaa.0000.0007",), "is_on_record": False}),
    Holds("R18", LAYER_2, "than on record",
          _mac("aaaa.0000.0008", record=Record(known_macs=frozenset({"AAAA.0000.0002", "aaaa.0000.0001"}))), WARNING,
          US, evidence={"mac": "aaaa.0000.0008", "expected": ("aaaa.0000.0001", "aaaa.0000.0002"),
                        "is_on_record": True}),
    Holds("R18", LAYER_2, "than on record, as before",
          after(_mac("aaaa.0000.0008"),
                _mac("aaaa.0000.0008", record=Record(known_macs=frozenset({"aaaa.0000.0001", "aaaa.0000.0002"})))),
          WARNING, US, evidence={"is_on_record": True}),
    Holds("R18", LAYER_2, "than on record, where it is spelled otherwise",
          _mac("aaaa.0000.0008", record=Record(known_macs=frozenset({"AA:AA:00:00:00:01"}))), WARNING, US,
          evidence={"expected": ("aaaa.0000.0001",), "is_on_record": True}),
    Holds("R19", LAYER_2, "at the later peering",
          a_case(private(), microsoft(primary=M1.tables(arp=(M1.edge_row(), M1.microsoft_row(mac_address="C.1"))))),
          WARNING, MICROSOFTS, MICROSOFT, evidence={"mac": "c.1", "other": "cccc.0000.0001"}),
    Holds("R20", LAYER_2, "and one of them Microsoft's",
          _arp(P1.edge_row(), P1.edge_row(ip_address="10.9.9.9"), P1.edge_row(ip_address=P1.microsoft)), WARNING, US,
          evidence={"others": ("10.9.9.9", P1.microsoft), "edge": P1.edge, "vlan_id": 300}),
    Holds("R21", LAYER_2, "241 minutes", _age(241), WARNING, US, evidence={"minutes": 241}),
    Holds("R21", LAYER_2, "the oldest of two",
          _arp(P1.edge_row(age_minutes=1000), P1.edge_row(age_minutes=7), P1.microsoft_row()), WARNING, US,
          evidence={"minutes": 1000}),
)  # fmt: skip
HOLDS_NOT = (
    *(
        HoldsNot(rule, LAYER_2, when, case)
        for rule in ("R10", "R11", "R12")
        for when, case in (
            ("both are there", a_case(private())),
            ("only the edge is there", _arp(P1.edge_row(), **_NO_BGP)),
            ("the table was not read", _arp(summary=(P1.session("Idle"),)) if rule == "R11" else
             a_case(private(primary=P1.unread()))),
            ("one of the edge's rows has a MAC address", _arp(P1.silent_row(), P1.edge_row(), **_NO_BGP)),
            ("ARP is not about IPv6", a_case(private(**IPV6_ONLY, primary=P1_V6.tables(arp=())))),
            ("ARP is not about IPv6, and Microsoft's row is there",
             a_case(private(**IPV6_ONLY, primary=P1_V6.tables(arp=(P1.silent_row(), P1.microsoft_row()))))),
            ("no MAC address is told, which says nothing", _arp(P1.edge_row(mac_address=""), **_NO_BGP)),
            ("only words that nobody knows", _arp(P1.edge_row(interface="Elsewhere"), **_NO_BGP)),
        )
    ),
    HoldsNot("R10", LAYER_2, "it has a row of Microsoft's", _arp(P1.microsoft_row(), **_NO_BGP)),
    HoldsNot("R11", LAYER_2, "the edge has no row: that is R12", _arp(P1.microsoft_row(), **_NO_BGP)),
    HoldsNot("R12", LAYER_2, "the edge's is incomplete: that is R11",
             _arp(P1.silent_row(), P1.microsoft_row(), **_NO_BGP)),
    HoldsNot("R12", LAYER_2, "ARP is not about IPv6", a_case(private(**IPV6_ONLY, primary=P1.tables(
        arp=(P1.microsoft_row(),))))),
    HoldsNot("R13", LAYER_2, "both are there", a_case(private())),
    HoldsNot("R13", LAYER_2, "the edge's is incomplete: that is R11", _arp(P1.silent_row(), **_NO_BGP)),
    HoldsNot("R13", LAYER_2, "Microsoft's is incomplete, but there",
             _arp(P1.edge_row(), P1.microsoft_row(mac_address="Incomplete"))),
    HoldsNot("R14", LAYER_2, "the right one is among them", _arp(P1.edge_row(), P1.edge_row(ip_address="10.9.9.1"))),
    HoldsNot("R14", LAYER_2, "both ends are swapped: that is R15", _arp(*_SWAPPED)),
    HoldsNot("R14", LAYER_2, "no address was told",
             _arp(P1.edge_row(ip_address=""), P1.microsoft_row(ip_address=" "))),
    HoldsNot("R14", LAYER_2, "ARP is not about IPv6", a_case(private(**IPV6_ONLY, primary=P1_V6.tables(arp=_MOVED)))),
    HoldsNot("R15", LAYER_2, "an address of somebody else", _arp(*_MOVED)),
    HoldsNot("R15", LAYER_2, "only Microsoft's row has the other end's",
             _arp(P1.edge_row(), P1.microsoft_row(ip_address=P1.edge))),
    HoldsNot("R16", LAYER_2, "nearly the same", _arp(P1.edge_row(mac_address="cccc.0000.0010"), P1.microsoft_row())),
    HoldsNot("R16", LAYER_2, "both are incomplete",
             _arp(P1.silent_row(), P1.microsoft_row(mac_address="Incomplete"), **_NO_BGP)),
    HoldsNot("R17", LAYER_2, "two devices", a_case(private())),
    HoldsNot("R17", LAYER_2, "both are incomplete", _both((P1.silent_row(),), (P2.silent_row(),))),
    HoldsNot("R17", LAYER_2, "Microsoft's is the other edge's",
             _both((P1.edge_row(mac_address="a.1"),), (P2.edge_row(), P2.microsoft_row(mac_address="a.1")))),
    HoldsNot("R18", LAYER_2, "in other letters", after(_mac("aaaa.0000.0007"), _mac("AAAA.0000.0007"))),
    HoldsNot("R18", LAYER_2, "there is no reading before", _mac("aaaa.0000.0007")),
    HoldsNot("R18", LAYER_2, "nothing answered before", after(_mac("Incomplete"), _mac("aaaa.0000.0007"))),
    HoldsNot("R18", LAYER_2, "nothing answers now", after(_mac("aaaa.0000.0007"), _mac("Incomplete"))),
    HoldsNot("R18", LAYER_2, "the peering is new", after(a_case(microsoft()), _mac("aaaa.0000.0007"))),
    HoldsNot("R18", LAYER_2, "on record in other letters, and not as before",
             after(_mac("aaaa.0000.0007"),
                   _mac("aaaa.0000.0008", record=Record(known_macs=frozenset({"AAAA.0000.0008", "aaaa.0000.0002"}))))),
    HoldsNot("R18", LAYER_2, "on record with other marks between its digits",
             _mac("aaaa.0000.0008", record=Record(known_macs=frozenset({"aa-aa-00-00-00-08", "AAAA00000002"})))),
    HoldsNot("R18", LAYER_2, "the table spells it otherwise than the record",
             _mac("AA:AA:00:00:00:08",
                  record=Record(known_macs=frozenset({"aaaa.0000.0008", "aaaa.0000.0002"})))),
    HoldsNot("R19", LAYER_2, "one for both peerings", a_case(private(), microsoft())),
    HoldsNot("R19", LAYER_2, "on the other path", a_case(private())),
    HoldsNot("R19", LAYER_2, "Microsoft has no row",
             a_case(private(), microsoft(primary=M1.tables(arp=(M1.edge_row(),))))),
    HoldsNot("R19", LAYER_2, "Microsoft had no row at the other peering",
             a_case(private(primary=P1.tables(arp=(P1.edge_row(),))),
                    microsoft(primary=M1.tables(arp=(M1.microsoft_row(mac_address="C.1"),))))),
    HoldsNot("R20", LAYER_2, "one neighbour, written in two ways",
             a_case(private(primary_prefix="2a00:100::/126", primary=P1_V6.tables(arp=(
                 P1_V6.edge_row(), P1_V6.edge_row(ip_address="2A00:0100::1")))))),
    HoldsNot("R20", LAYER_2, "the edge itself is not there: that is R14",
             _arp(P1.edge_row(ip_address="10.9.9.1"), P1.edge_row(ip_address="10.9.9.2"))),
    HoldsNot("R20", LAYER_2, "only Microsoft's row besides",
             _arp(P1.edge_row(), P1.microsoft_row(ip_address="10.9.9.9"))),
    HoldsNot("R20", LAYER_2, "the other one's address was not told", _arp(P1.edge_row(), P1.edge_row(ip_address=" "))),
    HoldsNot("R21", LAYER_2, "240 minutes", _age(240)),
    HoldsNot("R21", LAYER_2, "no age was told", _age(None)),
    HoldsNot("R21", LAYER_2, "Microsoft's", _arp(P1.edge_row(), P1.microsoft_row(age_minutes=999))),
    HoldsNot("R21", LAYER_2, "an incomplete one's",
             _arp(P1.edge_row(), P1.edge_row(mac_address="Incomplete", age_minutes=999))),
)  # fmt: skip
