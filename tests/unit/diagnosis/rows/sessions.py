"""BGP."""

from datetime import timedelta

from crossconnections.diagnosis.case import Absence, Record
from tests.unit.diagnosis.cases import (
    AN_HOUR_BEFORE,
    IPV6_ONLY,
    IPV6_TOO,
    LAYER_3,
    M1,
    MICROSOFT,
    P1,
    P1_V6,
    P2,
    P2_V6,
    READ_AT,
    SECONDARY,
    a_case,
    after,
    microsoft,
    private,
)  # fmt: skip
from tests.unit.diagnosis.cases import LAYER_2 as LAYER_2_SERVICE
from tests.unit.diagnosis.rows.row import CRITICAL, CUSTOMER, HIGH, SESSION, US, WARNING, Holds, HoldsNot
from tests.unit.diagnosis.rows.row import MICROSOFT as MICROSOFTS

_SECOND, _MINUTE = timedelta(seconds=1), timedelta(minutes=1)
_LINK = {"neighbor": P1.edge, "microsoft": P1.microsoft, "peer_asn": 65001, "version": 4}
_V6 = {"neighbor": P1_V6.edge, "microsoft": P1_V6.microsoft, "version": 6}
_NO_LINKS = {"primary_prefix": "", "secondary_prefix": ""}
_FROM_ELSEWHERE = {"neighbor": "10.9.9.9"}


def _says(told, **changes):
    """The primary's only session says so; BGP stands on the secondary."""
    return a_case(private(primary=P1.down(told)), **changes)


def _both_say(told, other=None, **changes):
    return a_case(private(primary=P1.down(told), secondary=P2.down(other or told)), **changes)


def _ipv6_says(told, ipv4="2", **changes):
    """Both families are configured."""
    summary = (P1.session(ipv4), P1_V6.session(told, up_down="never"))
    return a_case(private(primary=P1.tables(summary=summary), **IPV6_TOO), **changes)


def _summary(*rows, at=READ_AT, **changes):
    return a_case(private(primary=P1.tables(summary=rows, at=at), **changes))


def _up_for(text, told="2", at=READ_AT):
    return _summary(P1.session(told, up_down=text), at=at)


def _an_hour_before(told="2"):
    return _up_for("8w4d", told, at=AN_HOUR_BEFORE)


def _both_up_for(one, other, *, later=timedelta(0), told="2"):
    """The secondary was read later."""
    secondary = P2.tables(summary=(P2.session(told, up_down=other),), at=READ_AT + later)
    return a_case(private(primary=P1.tables(summary=(P1.session(up_down=one),)), secondary=secondary))


def _retired(told):
    """On a peering type of which no limit is known."""
    return a_case(private(peering_type="AzurePublicPeering", primary=P1.down(told)))


def _microsoft_says(told):
    return a_case(microsoft(primary=M1.down(told)))


_DOWN = (
    # The rule, a word for which it holds, and what it gives as evidence.
    ("R25", "Idle", {"state": "Idle", "is_shut": False, "has_arp": True}),
    ("R25", "Active", {"state": "Active", "is_shut": False, "has_arp": True}),
    ("R25", " IDLE (Admin) ", {"state": "IDLE (Admin)", "is_shut": True}),
    ("R26", "Connect", {"state": "Connect", "is_repeated": False}),
    ("R26", "OpenSent", {"state": "OpenSent", "is_repeated": False}),
    ("R26", "openconfirm", {"state": "openconfirm", "is_repeated": False}),
    ("R34", "Idle (PfxCt)", {"state": "Idle (PfxCt)", "before": None}),
    ("R34", "PfxCt", {"state": "PfxCt", "limit": 4000}),
)

HOLDS = (
    *(
        Holds(rule, SESSION, f"{told}: the other path works", _says(told), CRITICAL if rule == "R34" else HIGH, US,
              ends=True, evidence=_LINK | evidence)
        for rule, told, evidence in _DOWN
    ),
    *(
        Holds(rule, SESSION, f"{told}: the other path is down", _both_say(told, "Idle", record=LAYER_2_SERVICE),
              CRITICAL, CUSTOMER, ends=True, evidence=_LINK | evidence)
        for rule, told, evidence in _DOWN
    ),
    *(
        Holds(rule, SESSION, f"{told}: of IPv6, and IPv4 stands", _ipv6_says(told), HIGH, US, evidence=_V6)
        for rule, told, _ in _DOWN
    ),
    *(
        Holds(rule, SESSION, f"{told}: of IPv6, and nobody knows of IPv4", _ipv6_says(told, ipv4="Resting"),
              CRITICAL if rule == "R34" else HIGH, US, evidence=_V6)
        for rule, told, _ in _DOWN
    ),
    *(
        Holds(rule, SESSION, f"{told}: IPv6 only", a_case(private(primary=P1_V6.tables(summary=(P1_V6.session(told),)),
              **IPV6_ONLY)), CRITICAL if rule == "R34" else HIGH, US, ends=True, evidence=_V6)
        for rule, told, _ in _DOWN
    ),
    Holds("R25", SESSION, "ARP was not read", a_case(private(primary=P1.down(arp=Absence.FAILED))), HIGH, US, ends=True,
          evidence={"has_arp": False}),
    Holds("R25", SESSION, "and one prefix below the limit before", after(_an_hour_before("3999"), _says("Idle")), HIGH,
          US, ends=True),
    Holds("R25", SESSION, "for an hour", _summary(P1.session("Idle", up_down="01:00:00")), HIGH, US, ends=True,
          evidence={"for": timedelta(hours=1)}),
    Holds("R26", SESSION, "twice in a row", after(_says("OpenSent"), _says("Connect")), HIGH, US, ends=True,
          evidence={"is_repeated": True}),
    Holds("R26", SESSION, "silent before", after(_says("Idle"), _says("Connect")), HIGH, US, ends=True,
          evidence={"is_repeated": False}),
    Holds("R28", SESSION, "of IPv4", _summary(P1.session(), P1.session(**_FROM_ELSEWHERE)), WARNING, US,
          evidence={"neighbor": "10.9.9.9", "edge": P1.edge}),
    Holds("R28", SESSION, "of IPv6", _summary(P1.session(), P1_V6.session(neighbor="2a00::9"), **IPV6_TOO), WARNING, US,
          evidence={"neighbor": "2a00::9", "edge": P1_V6.edge}),
    Holds("R28", SESSION, "Microsoft's end", _summary(P1.session(), P1.session(neighbor=P1.microsoft)), WARNING, US,
          evidence={"neighbor": P1.microsoft, "edge": P1.edge}),
    Holds("R29", SESSION, "of a layer-3 service", a_case(private(primary=P1.tables(summary=(P1.session(asn=65002),))),
          record=LAYER_3), HIGH, US, evidence={"told": "65002", "expected": "65001"}),
    Holds("R29", SESSION, "of a layer-2 service", a_case(private(primary=P1.tables(summary=(P1.session(asn=65002),))),
          record=LAYER_2_SERVICE), HIGH, CUSTOMER, evidence={"told": "65002", "expected": "65001"}),
    Holds("R30", SESSION, "the other path works", _summary(), HIGH, MICROSOFTS, ends=True),
    Holds("R30", SESSION, "the other path is the same",
          a_case(private(primary=P1.down(summary=()), secondary=P2.down(summary=()))), CRITICAL, MICROSOFTS,
          path=SECONDARY, ends=True),
    Holds("R30", SESSION, "IPv6 only", _summary(**IPV6_ONLY), HIGH, MICROSOFTS, ends=True),
    Holds("R30", SESSION, "none of IPv4 beside one of IPv6", _summary(P1_V6.session(), **IPV6_TOO), HIGH, MICROSOFTS,
          evidence={"is_ipv4_alone": True}),
    Holds("R31", SESSION, "the other path works", _says("0"), HIGH, US, ends=True, evidence={"neighbor": P1.edge}),
    Holds("R31", SESSION, "the other path is the same", _both_say("0", record=LAYER_2_SERVICE), CRITICAL, CUSTOMER,
          ends=True),
    Holds("R31", SESSION, "of IPv6, and IPv4 brings some", _ipv6_says("0", ipv4="1"), HIGH, US,
          evidence={"neighbor": P1_V6.edge}),
    *(
        Holds("R31", SESSION, f"of IPv6, and IPv4 says {told}", _ipv6_says("0", ipv4=told), HIGH, US,
              evidence={"neighbor": P1_V6.edge})
        for told in ("Established", "Resting")
    ),
    Holds("R31", SESSION, "of IPv6, and IPv4 is down", _ipv6_says("0", ipv4="Idle"), HIGH, US, ends=True),
    Holds("R32", SESSION, "a second less than ten minutes ago", _up_for("00:09:59"), WARNING, US,
          evidence={"up_for": timedelta(minutes=9, seconds=59), "has_flapped": False}),
    Holds("R32", SESSION, "since the reading before",
          after(_an_hour_before(), _up_for("00:59:58")), WARNING, US,
          evidence={"up_for": timedelta(minutes=59, seconds=58), "has_flapped": True}),
    Holds("R32", SESSION, "since the reading before, which is days ago",
          after(_up_for("8w4d", at=READ_AT - timedelta(days=9, seconds=1)), _up_for("1w1d")), WARNING, US,
          evidence={"up_for": timedelta(days=8), "has_flapped": True}),
    Holds("R33", SESSION, "a minute apart exactly", _both_up_for("01:00:00", "01:01:00"), WARNING, US,
          evidence={"up_for": timedelta(hours=1)}),
    Holds("R33", SESSION, "a minute apart the other way", _both_up_for("01:01:00", "01:00:00"), WARNING, US,
          evidence={"up_for": timedelta(hours=1)}),
    Holds("R33", SESSION, "read five minutes apart",
          _both_up_for("01:00:00", "01:05:00", later=timedelta(minutes=5)), WARNING, US,
          evidence={"up_for": timedelta(hours=1)}),
    Holds("R34", SESSION, "it had come to the limit", after(_an_hour_before("4000"), _says("Active")), CRITICAL, US,
          ends=True, evidence=_LINK | {"state": "Active", "limit": 4000, "before": 4000}),
    Holds("R34", SESSION, "it had come to the limit of Premium",
          after(_an_hour_before("10000"), _says("Idle", record=Record(is_premium=True))), CRITICAL, US, ends=True,
          evidence={"limit": 10_000, "is_sure": True, "before": 10_000}),
    Holds("R34", SESSION, "it had come to the limit of IPv6", after(_ipv6_says("100"), _ipv6_says("Idle")), HIGH, US,
          evidence={"limit": 100, "before": 100}),
    Holds("R34", SESSION, "Microsoft peering's limit", _microsoft_says("Idle (PfxCt)"), CRITICAL, US, MICROSOFT,
          ends=True, evidence={"limit": 200, "is_sure": True}),
    Holds("R34", SESSION, "the limit of IPv6", _ipv6_says("Idle (PfxCt)"), HIGH, US,
          evidence={"limit": 100, "is_sure": True}),
    Holds("R34", SESSION, "of Standard, as is on record", _says("Idle (PfxCt)", record=Record(is_premium=False)),
          CRITICAL, US, ends=True, evidence={"limit": 4_000, "is_sure": True}),
    Holds("R34", SESSION, "of an SKU that nobody has told", _says("Idle (PfxCt)"), CRITICAL, US, ends=True,
          evidence={"limit": 4_000, "is_sure": False}),
    Holds("R34", SESSION, "no limit is known", _retired("Idle (PfxCt)"), CRITICAL, US, "AzurePublicPeering", ends=True,
          evidence={"limit": None}),
    Holds("R64", SESSION, "an unknown word", _says("Resting"), WARNING, US,
          evidence={"what": "state", "state": "Resting", "neighbor": P1.edge}),
    Holds("R64", SESSION, "no word", _says(" "), WARNING, US, evidence={"what": "state", "state": ""}),
    Holds("R64", SESSION, "a number below zero", _says("-1"), WARNING, US, evidence={"what": "state", "state": "-1"}),
)  # fmt: skip
HOLDS_NOT = (
    HoldsNot("R25", SESSION, "one prefix", _says("1")),
    HoldsNot("R25", SESSION, "the limit: that is R34", _says("Idle (PfxCt)")),
    HoldsNot("R25", SESSION, "it had come to the limit: that is R34", after(_an_hour_before("4000"), _says("Idle"))),
    HoldsNot("R25", SESSION, "an unknown word: that is R64", _says("Idling")),
    HoldsNot("R26", SESSION, "Active: that is R25", _says("Active")),
    HoldsNot("R26", SESSION, "it stands", after(_says("Connect"), _says("Established"))),
    *(
        HoldsNot("R26", SESSION, f"it had come to the limit: that is R34, {word}",
                 after(_an_hour_before("4000"), _says(word)))
        for word in ("Connect", "Connect (PfxCt)")
    ),
    HoldsNot("R28", SESSION, "the edge of each family", _ipv6_says("2")),
    HoldsNot("R28", SESSION, "the edge, written in another way",
             _summary(P1.session(), P1_V6.session(neighbor="2A00:0100:0::1 "), **IPV6_TOO)),
    HoldsNot("R28", SESSION, "no link is configured", _summary(P1.session(), **_NO_LINKS)),
    HoldsNot("R28", SESSION, "its family is not configured", _summary(P1.session(), P1_V6.session())),
    HoldsNot("R29", SESSION, "the configured one", a_case(private())),
    *(
        HoldsNot("R29", SESSION, f"{asn} in the row", _summary(P1.session(asn=asn))) for asn in (None, 0)
    ),
    *(
        HoldsNot("R29", SESSION, f"{asn} in the configuration", a_case(private(peer_asn=asn))) for asn in (None, 0)
    ),
    HoldsNot("R30", SESSION, "it was not read", a_case(private(primary=P1.tables(summary=Absence.FAILED)))),
    HoldsNot("R30", SESSION, "none of IPv6 beside one of IPv4: whether routers list any is not known",
             _summary(P1.session(), **IPV6_TOO)),
    HoldsNot("R30", SESSION, "it has a row", _says("Idle")),
    HoldsNot("R30", SESSION, "no link is configured", _summary(**_NO_LINKS)),
    HoldsNot("R31", SESSION, "one prefix", _says("1")),
    HoldsNot("R31", SESSION, "it says not how many", _says("Established")),
    HoldsNot("R31", SESSION, "it is down", _says("Idle")),
    HoldsNot("R32", SESSION, "ten minutes ago exactly", _up_for("00:10:00")),
    HoldsNot("R32", SESSION, "it is down", _up_for("00:00:01", "Idle")),
    HoldsNot("R32", SESSION, "nobody knows how long", _up_for("never")),
    HoldsNot("R32", SESSION, "an hour older than an hour before",
             after(_up_for("00:20:00", at=AN_HOUR_BEFORE), _up_for("01:20:00"))),
    HoldsNot("R32", SESSION, "an hour older but for a few seconds",
             after(_up_for("00:20:00", at=AN_HOUR_BEFORE), _up_for("01:19:54"))),
    HoldsNot("R32", SESSION, "it was down before", after(_an_hour_before("Idle"), _up_for("00:30:00"))),
    HoldsNot("R32", SESSION, "nobody knows how it was before",
             after(_an_hour_before("Resting"), _up_for("00:30:00"))),
    HoldsNot("R32", SESSION, "it was not there before",
             after(_summary(P1_V6.session(), at=AN_HOUR_BEFORE), _up_for("00:30:00"))),
    HoldsNot("R32", SESSION, "nobody knows when the reading before was",
             after(_up_for("8w4d", at=None), _up_for("00:30:00"))),
    HoldsNot("R32", SESSION, "nobody knows when this reading was",
             after(_an_hour_before(), _up_for("00:30:00", at=None))),
    HoldsNot("R32", SESSION, "a week older, as exactly as days tell",
             after(_up_for("6d23h", at=READ_AT - timedelta(days=7)), _up_for("1w6d"))),
    HoldsNot("R33", SESSION, "a second more than a minute apart", _both_up_for("01:00:00", "01:01:01")),
    HoldsNot("R33", SESSION, "a second more than a minute apart the other way", _both_up_for("01:01:01", "01:00:00")),
    HoldsNot("R33", SESSION, "the same text, read five minutes apart",
             _both_up_for("01:00:00", "01:00:00", later=timedelta(minutes=5))),
    HoldsNot("R33", SESSION, "both texts are not exact", _both_up_for("1d02h", "1d02h")),
    HoldsNot("R33", SESSION, "one text is not exact", _both_up_for("23:59:59", "1d00h")),
    HoldsNot("R33", SESSION, "the other is down", _both_up_for("01:00:00", "01:00:00", told="Idle")),
    HoldsNot("R33", SESSION, "the primary is down", a_case(private(
        primary=P1.tables(summary=(P1.session("Idle", up_down="01:00:00"),)),
        secondary=P2.tables(summary=(P2.session(up_down="01:00:00"),))))),
    HoldsNot("R33", SESSION, "nobody knows how long", _both_up_for("01:00:00", "never")),
    HoldsNot("R33", SESSION, "nobody knows how long of the primary", _both_up_for("never", "01:00:00")),
    HoldsNot("R33", SESSION, "nobody knows when the secondary was read", a_case(private(
        primary=P1.tables(summary=(P1.session(up_down="01:00:00"),)),
        secondary=P2.tables(summary=(P2.session(up_down="01:00:00"),), at=None)))),
    HoldsNot("R33", SESSION, "of different families", a_case(private(
        primary=P1.tables(summary=(P1.session(up_down="01:00:00"),)),
        secondary=P2.tables(summary=(P2_V6.session(up_down="01:00:00"),)), **IPV6_TOO))),
    HoldsNot("R33", SESSION, "nobody knows when one was read", a_case(private(
        primary=P1.tables(summary=(P1.session(up_down="01:00:00"),), at=None),
        secondary=P2.tables(summary=(P2.session(up_down="01:00:00"),))))),
    HoldsNot("R34", SESSION, "one prefix below the limit before", after(_an_hour_before("3999"), _says("Idle"))),
    HoldsNot("R34", SESSION, "above the lower limit before: it has the higher one",
             after(_an_hour_before("4001"), _says("Idle"))),
    HoldsNot("R34", SESSION, "above the limit, and it stands", after(_an_hour_before("4001"), _says("4001"))),
    HoldsNot("R34", SESSION, "below the limit of Premium",
             after(_an_hour_before("9999"), _says("Idle", record=Record(is_premium=True)))),
    HoldsNot("R34", SESSION, "an unknown word", after(_an_hour_before("4000"), _says("Resting"))),
    HoldsNot("R34", SESSION, "no limit is known", after(_retired("99999"), _retired("Idle"))),
    *(
        HoldsNot("R64", SESSION, f"{told}", a_case(private(primary=P1.down(told))))
        for told in ("0", "Established", "Idle", "Idle (PfxCt)", "PfxCt", "Idle (Admin)", "active", "Connect")
    ),
    HoldsNot("R64", SESSION, "it has no rows", _summary()),
)  # fmt: skip
