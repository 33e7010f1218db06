"""What Microsoft makes of the advertised prefixes."""

from datetime import timedelta

from crossconnections.diagnosis.case import PrefixValidation
from tests.unit.diagnosis.cases import (
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
)  # fmt: skip
from tests.unit.diagnosis.rows.row import CRITICAL, CUSTOMER, HIGH, PEERING, US, WARNING, Holds, HoldsNot
from tests.unit.diagnosis.rows.row import MICROSOFT as MICROSOFTS

ONE, OTHER = LISTED
_DAY = timedelta(hours=24)
_BOTH_DOWN = {"primary": M1.down(), "secondary": M2.down()}


def _needed(**changes):
    return a_case(microsoft(advertised_prefixes_state="ValidationNeeded", **changes))


def _waiting(state="Configuring"):
    return a_case(microsoft(advertised_prefixes_state=state))


def _each(*states):
    """The prefixes of the list with these states, in its order."""
    return tuple(map(PrefixValidation, LISTED, states))


def _told(*states, whole="Configured", **changes):
    return a_case(microsoft(validations=_each(*states), advertised_prefixes_state=whole, **changes))


_REFUSED = {
    "ValidationNeeded": "manual",
    "ManualValidationNeeded": "manual",
    "ValidationFailed": "failed",
    "AsnValidationFailed": "asn",
    "CertificateMissingInRoutingRegistry": "certificate",
    "InvalidSignatureEncoding": "encoding",
    "SignatureVerificationFailed": "signature",
}
_SETTLED = ("", "Configured", "Configuring", "NotConfigured")

HOLDS = (
    Holds("R06", PEERING, "BGP is off", _needed(**_BOTH_DOWN), CRITICAL, CUSTOMER, MICROSOFT, None, ends=True,
          evidence={"prefixes": LISTED, "is_up": False, "is_named": False}),
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
    *(
        Holds("R06", PEERING, f"BGP is off and Azure names {state or 'none'}",
              _told("Configured", state, whole="ValidationNeeded", **_BOTH_DOWN), CRITICAL, CUSTOMER, MICROSOFT, None,
              ends=True, evidence={"is_named": state in _REFUSED})
        for state in (*_REFUSED, *_SETTLED, "Resting")
    ),
    *(
        Holds("R06", PEERING, f"BGP is up and Azure names {state}",
              _told("Configured", state, whole="ValidationNeeded"), HIGH, CUSTOMER, MICROSOFT, None,
              evidence={"is_up": True, "is_named": False})
        for state in ("Configuring", "Resting")
    ),
    *(
        Holds("R07", PEERING, f"one of two is {state}, all {whole or 'untold'}",
              _told("Configured", state, whole=whole), WARNING, MICROSOFTS, MICROSOFT, None,
              evidence={"prefixes": (OTHER,), "lasts": None, "is_too_long": False})
        for state in ("Configuring", "NotConfigured")
        for whole in ("Configured", "")
    ),
    Holds("R07", PEERING, "one waits beside one that is refused",
          _told("AsnValidationFailed", "Configuring", whole="ValidationNeeded"), WARNING, MICROSOFTS, MICROSOFT, None,
          evidence={"prefixes": (OTHER,)}),
    Holds("R07", PEERING, "all wait, and each by its name", _told("Configuring", "Configuring", whole="Configuring"),
          WARNING, MICROSOFTS, MICROSOFT, None, evidence={"state": "Configuring", "prefixes": None}),
    Holds("R07", PEERING, "one of two for a day exactly",
          after(_told("Configured", "Configuring"), _told("Configured", "Configuring"), by=_DAY), WARNING, MICROSOFTS,
          MICROSOFT, None, evidence={"prefixes": (OTHER,), "lasts": _DAY, "is_too_long": False}),
    Holds("R07", PEERING, "one of two that wait for longer than a day",
          after(_told("Configured", "Configuring"), _told("Configuring", "Configuring"), by=_DAY * 2), WARNING,
          MICROSOFTS, MICROSOFT, None, evidence={"prefixes": (OTHER,), "lasts": _DAY * 2, "is_too_long": True}),
    Holds("R07", PEERING, "one of two that was in another state before",
          after(_told("Configured", "NotConfigured"), _told("Configured", "Configuring"), by=_DAY * 2), WARNING,
          MICROSOFTS, MICROSOFT, None, evidence={"prefixes": (OTHER,), "lasts": None, "is_too_long": False}),
    Holds("R07", PEERING, "one of two that is new since",
          after(a_case(private()), _told("Configured", "Configuring"), by=_DAY * 2), WARNING, MICROSOFTS, MICROSOFT,
          None, evidence={"lasts": None, "is_too_long": False}),
    *(
        Holds("R08", PEERING, f"{state}, all are {whole or 'untold'}", _told("Configured", state, whole=whole), HIGH,
              CUSTOMER, MICROSOFT, None, evidence={"prefixes": (OTHER,), "reason": reason, "states": (state,)})
        for state, reason in _REFUSED.items()
        for whole in ("Configured", "ValidationNeeded", "")
    ),
    Holds("R08", PEERING, "BGP is off",
          _told("AsnValidationFailed", "Configured", whole="ValidationNeeded", **_BOTH_DOWN), HIGH, CUSTOMER, MICROSOFT,
          None, evidence={"prefixes": (ONE,), "reason": "asn"}),
    Holds("R08", PEERING, "both for one reason", _told("ManualValidationNeeded", "ValidationNeeded"), HIGH, CUSTOMER,
          MICROSOFT, None,
          evidence={"prefixes": LISTED, "states": ("ManualValidationNeeded", "ValidationNeeded")}),
    Holds("R08", PEERING, "a prefix without its name",
          a_case(microsoft(validations=(PrefixValidation(state="ValidationFailed"),))), HIGH, CUSTOMER, MICROSOFT, None,
          evidence={"prefixes": ("",)}),
    Holds("R08", PEERING, "an unknown word", _told("Resting", "Resting"), WARNING, US, MICROSOFT, None,
          evidence={"prefixes": LISTED, "reason": "unknown", "states": ("Resting",)}),
)  # fmt: skip
HOLDS_NOT = (
    HoldsNot("R06", PEERING, "Configured", a_case(microsoft(**_BOTH_DOWN))),
    HoldsNot("R06", PEERING, "on private peering",
             a_case(private(advertised_prefixes_state="ValidationNeeded", primary=P1.down(), secondary=P2.down()))),
    *(
        HoldsNot("R07", PEERING, f"{told or 'no state'}", _waiting(told))
        for told in ("", "Configured", "ValidationNeeded", "Resting")
    ),
    HoldsNot("R07", PEERING, "on private peering", a_case(private(advertised_prefixes_state="NotConfigured"))),
    *(
        HoldsNot("R06", PEERING, f"BGP is up, and R08 names one that is {state}",
                 _told("Configured", state, whole="ValidationNeeded"))
        for state in _REFUSED
    ),
    HoldsNot("R07", PEERING, "each is Configured", _told("Configured", "Configured")),
    HoldsNot("R07", PEERING, "each is refused", _told("ValidationFailed", "Resting", whole="ValidationNeeded")),
    HoldsNot("R07", PEERING, "one waits, and R06 names them all", _told("", "Configuring", whole="ValidationNeeded")),
    HoldsNot("R07", PEERING, "one waits, on private peering", a_case(private(validations=_each("Configuring")))),
    *(
        HoldsNot("R08", PEERING, f"each is {state or 'untold'}, all are {whole}", _told(state, state, whole=whole))
        for state in _SETTLED
        for whole in ("Configured", "ValidationNeeded")
    ),
    HoldsNot("R08", PEERING, "Azure tells none of them", _needed()),
    HoldsNot("R08", PEERING, "on private peering", a_case(private(validations=_each("ValidationFailed", "Resting")))),
)  # fmt: skip
