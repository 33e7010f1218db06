"""Layer 2 of all peerings together."""

from tests.unit.diagnosis.cases import (
    IPV6_ONLY,
    M1,
    M2,
    MICROSOFT,
    P1,
    P2,
    PRIMARY,
    PRIVATE,
    SECONDARY,
    a_case,
    microsoft,
    private,
)  # fmt: skip
from tests.unit.diagnosis.rows.row import CRITICAL, HIGH, LAYER_2, US, Holds, HoldsNot

_PRIVATE_OFF = {"primary": P1.without_edge(), "secondary": P2.without_edge()}
_MICROSOFT_OFF = {"primary": M1.without_edge(), "secondary": M2.without_edge()}
_P1_PROVED = P1.without_edge(summary=(P1.session(),))

HOLDS = (
    Holds("R22", LAYER_2, "Microsoft peering's alone", a_case(private(), microsoft(primary=M1.without_edge())), HIGH,
          US, MICROSOFT, evidence={"well": (PRIVATE,), "vlan_id": 301}),
    Holds("R22", LAYER_2, "on the secondary, which has no row",
          a_case(private(secondary=P2.without_edge(arp=(P2.microsoft_row(),))), microsoft()), HIGH, US, path=SECONDARY,
          evidence={"well": (MICROSOFT,), "vlan_id": 300}),
    Holds("R23", LAYER_2, "the primary's",
          a_case(private(primary=P1.without_edge()), microsoft(primary=M1.without_edge())), HIGH, US, "", PRIMARY,
          evidence={"port": "AMS-A"}),
    Holds("R23", LAYER_2, "the secondary's, and there one peering answers",
          a_case(private(**_PRIVATE_OFF), microsoft(secondary=M2.without_edge())), HIGH, US, "", SECONDARY,
          evidence={"port": "AMS-B"}),
    Holds("R24", LAYER_2, "of the only peering", a_case(private(**_PRIVATE_OFF)), CRITICAL, US, "", None,
          evidence={"s_tag": 41}),
    Holds("R24", LAYER_2, "of the only peering that is switched on",
          a_case(private(**_PRIVATE_OFF), microsoft(state="Disabled")), CRITICAL, US, "", None),
    Holds("R24", LAYER_2, "and Microsoft does not list itself",
          a_case(private(primary=P1.without_edge(arp=(P1.silent_row(),)),
                         secondary=P2.without_edge(arp=(P2.silent_row(),)))), CRITICAL, US, "", None),
    Holds("R24", LAYER_2, "of both peerings", a_case(private(**_PRIVATE_OFF), microsoft(**_MICROSOFT_OFF)), CRITICAL,
          US, "", None, evidence={"s_tag": 41}),
)  # fmt: skip
HOLDS_NOT = (
    HoldsNot("R22", LAYER_2, "the other answers only on the other path",
             a_case(private(primary=P1.without_edge()), microsoft(primary=M1.without_edge()))),
    HoldsNot("R22", LAYER_2, "it is the only peering", a_case(private(primary=P1.without_edge()))),
    HoldsNot("R22", LAYER_2, "BGP proves otherwise", a_case(private(primary=_P1_PROVED), microsoft())),
    HoldsNot("R22", LAYER_2, "the table is empty: that is R10",
             a_case(private(primary=P1.without_edge(arp=())), microsoft())),
    HoldsNot("R23", LAYER_2, "of the only peering", a_case(private(primary=P1.without_edge()))),
    HoldsNot("R23", LAYER_2, "one peering answers", a_case(private(primary=P1.without_edge()), microsoft())),
    HoldsNot("R23", LAYER_2, "nothing answers on the other path either: that is R24",
             a_case(private(**_PRIVATE_OFF), microsoft(**_MICROSOFT_OFF))),
    HoldsNot("R23", LAYER_2, "there is no peering", a_case()),
    HoldsNot("R24", LAYER_2, "one edge answers on one path",
             a_case(private(**_PRIVATE_OFF), microsoft(primary=M1.without_edge()))),
    HoldsNot("R24", LAYER_2, "BGP proves otherwise on one path",
             a_case(private(primary=_P1_PROVED, secondary=P2.without_edge()))),
    HoldsNot("R24", LAYER_2, "one path was not read",
             a_case(private(primary=P1.without_edge(), secondary=P2.unread()))),
    HoldsNot("R24", LAYER_2, "ARP is not about IPv6", a_case(private(**_PRIVATE_OFF, **IPV6_ONLY))),
    HoldsNot("R24", LAYER_2, "there is no peering", a_case()),
    HoldsNot("R23", LAYER_2, "one of two peerings is switched off",
             a_case(private(primary=P1.without_edge()), microsoft(primary=M1.without_edge(), state="Disabled"))),
    HoldsNot("R24", LAYER_2, "the peering is switched off", a_case(private(**_PRIVATE_OFF, state="Disabled"))),
)  # fmt: skip
