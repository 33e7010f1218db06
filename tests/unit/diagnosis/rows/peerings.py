"""The peering as it is configured."""

from datetime import timedelta

from tests.unit.diagnosis.cases import (
    LAYER_2,
    LAYER_3,
    LISTED,
    M1,
    M2,
    MICROSOFT,
    P1,
    P2,
    a_case,
    after,
    microsoft,
    private,
    private_down,
)  # fmt: skip
from tests.unit.diagnosis.rows.row import CRITICAL, CUSTOMER, HIGH, INFO, PEERING, US, WARNING, Holds, HoldsNot
from tests.unit.diagnosis.rows.row import MICROSOFT as MICROSOFTS

_DAY = timedelta(hours=24)
_BOTH_DOWN = {"primary": M1.down(), "secondary": M2.down()}


def _needed(**changes):
    return a_case(microsoft(advertised_prefixes_state="ValidationNeeded", **changes))


def _waiting(state="Configuring"):
    return a_case(microsoft(advertised_prefixes_state=state))


HOLDS = (
    Holds("R02", PEERING, "it failed", a_case(private(provisioning_state="Failed")), HIGH, US, path=None),
    *(
        Holds("R03", PEERING, f"{state}", a_case(private(provisioning_state=state)), INFO, US, path=None,
              evidence={"state": state})
        for state in ("Updating", "Creating", "Deleting")
    ),
    Holds("R05", PEERING, "nobody knows who did it", a_case(private_down(state="Disabled")), CRITICAL, US, path=None,
          ends=True, evidence={"is_up": False}),
    Holds("R05", PEERING, "the customer did it", a_case(private_down(state="Disabled", last_modified_by="customer")),
          CRITICAL, CUSTOMER, path=None, ends=True, evidence={"last_modified_by": "customer"}),
    Holds("R05", PEERING, "a session stands", a_case(private(state="Disabled", secondary=P2.down())), HIGH, US,
          path=None, evidence={"is_up": True}),
    Holds("R06", PEERING, "BGP is off", _needed(**_BOTH_DOWN), CRITICAL, CUSTOMER, MICROSOFT, None, ends=True,
          evidence={"prefixes": LISTED, "is_up": False}),
    Holds("R06", PEERING, "BGP is not known", _needed(primary=M1.unread(), secondary=M2.unread()), CRITICAL, CUSTOMER,
          MICROSOFT, None, ends=True, evidence={"is_up": False}),
    Holds("R06", PEERING, "and Azure names none", _needed(**_BOTH_DOWN, advertised_prefixes=()), CRITICAL, CUSTOMER,
          MICROSOFT, None, ends=True, evidence={"prefixes": ()}),
    Holds("R06", PEERING, "BGP is up on one path", _needed(primary=M1.down()), HIGH, CUSTOMER, MICROSOFT, None,
          evidence={"prefixes": LISTED, "is_up": True}),
    Holds("R07", PEERING, "since nobody knows when", _waiting(), WARNING, MICROSOFTS, MICROSOFT, None,
          evidence={"state": "Configuring", "lasts": None, "is_too_long": False}),
    Holds("R07", PEERING, "not begun", _waiting("NotConfigured"), WARNING, MICROSOFTS, MICROSOFT, None,
          evidence={"state": "NotConfigured"}),
    Holds("R07", PEERING, "for a day exactly", after(_waiting(), _waiting(), by=_DAY), WARNING, MICROSOFTS, MICROSOFT,
          None, evidence={"lasts": _DAY, "is_too_long": False}),
    Holds("R07", PEERING, "for longer than a day",
          after(_waiting(), _waiting(), by=_DAY + timedelta(seconds=1)), WARNING, MICROSOFTS, MICROSOFT, None,
          evidence={"lasts": _DAY + timedelta(seconds=1), "is_too_long": True}),
    Holds("R07", PEERING, "in another state before", after(_waiting("NotConfigured"), _waiting(), by=2 * _DAY), WARNING,
          MICROSOFTS, MICROSOFT, None, evidence={"lasts": None, "is_too_long": False}),
    Holds("R07", PEERING, "new since the reading before", after(a_case(private()), _waiting(), by=2 * _DAY), WARNING,
          MICROSOFTS, MICROSOFT, None, evidence={"lasts": None, "is_too_long": False}),
    Holds("R09", PEERING, "on a layer-3 service", a_case(private(last_modified_by="Customer"), record=LAYER_3), HIGH,
          US, path=None),
)  # fmt: skip
HOLDS_NOT = (
    *(
        HoldsNot(rule, PEERING, f"{told or 'no state'}", a_case(private(provisioning_state=told)))
        for rule in ("R02", "R03")
        for told in ("", "Succeeded", "Canceled")
    ),
    *(
        HoldsNot("R05", PEERING, f"{told or 'no state'}", a_case(private(state=told)))
        for told in ("", "Enabled", "Resting")
    ),
    HoldsNot("R06", PEERING, "Configured", a_case(microsoft(**_BOTH_DOWN))),
    HoldsNot("R06", PEERING, "on private peering",
             a_case(private(advertised_prefixes_state="ValidationNeeded", primary=P1.down(), secondary=P2.down()))),
    *(
        HoldsNot("R07", PEERING, f"{told or 'no state'}", _waiting(told))
        for told in ("", "Configured", "ValidationNeeded", "Resting")
    ),
    HoldsNot("R07", PEERING, "on private peering", a_case(private(advertised_prefixes_state="NotConfigured"))),
    HoldsNot("R09", PEERING, "on a layer-2 service", a_case(private(last_modified_by="Customer"), record=LAYER_2)),
    HoldsNot("R09", PEERING, "nobody said whose", a_case(private(last_modified_by="Customer"))),
    HoldsNot("R09", PEERING, "by us", a_case(private(last_modified_by="Provider"), record=LAYER_3)),
)  # fmt: skip
