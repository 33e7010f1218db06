"""Layer 2 of the reading: what Microsoft makes of the advertised prefixes (EXPRESSROUTE.md M9, M10).

Azure tells one state for all of them, and since api-version 2024-07-01 one for each. One matter is told once: R06 is
that BGP is off because of them, R08 which of them are not accepted and why, a rule for each reason since each takes
another step. Where BGP is up nevertheless and R08 names the prefixes, R06 has nothing left to tell. States that only
mean waiting are R07's, of all or of single ones.
"""

from dataclasses import replace
from datetime import timedelta

from crossconnections.diagnosis.case import Case, Peering
from crossconnections.diagnosis.findings import Evidence, Found, Layer
from crossconnections.diagnosis.rules.peerings import carries
from crossconnections.diagnosis.rules.registry import (
    CRITICAL,
    CUSTOMER,
    DOCUMENTED,
    HIGH,
    INFERRED,
    MICROSOFT,
    US,
    WARNING,
    Layered,
)  # fmt: skip
from crossconnections.diagnosis.validations import WAITING, Reason, is_refused_by_name, list_refused, list_waiting
from crossconnections.enums import AdvertisedPrefixesState

_peering = Layered(Layer.PEERING)
# How long a validation may take is not documented; a day is what one would wait for a manual one.
_TOO_LONG = timedelta(hours=24)


@_peering.peering("R06", CRITICAL, CUSTOMER, DOCUMENTED, "ExpressRoute workflows, routing requirements")
def needs_validation(case: Case, peering: Peering) -> Found | None:
    """BGP is not enabled. Where sessions stand nevertheless, only what was added since is held back."""
    if not _is_all_needed(peering):
        return None
    is_up, is_named = carries(case, peering), is_refused_by_name(peering)
    if is_up and is_named:
        return None
    evidence: Evidence = {"prefixes": peering.advertised_prefixes, "is_up": is_up, "is_named": is_named}
    return Found(evidence, ends=not is_up, severity=HIGH if is_up else None)


@_peering.peering("R07", WARNING, MICROSOFT, DOCUMENTED, "ExpressRoute workflows; the time inferred")
def is_being_validated(case: Case, peering: Peering) -> Found | None:
    """BGP comes up only once the prefixes are Configured; how long it has lasted, as far as readings tell."""
    if not _is_all_waiting(peering):
        return None
    before, state = _before(case, peering), peering.advertised_prefixes_state
    lasts = _age(case) if before and before.advertised_prefixes_state == state else None
    return Found({"state": state, "lasts": lasts, "is_too_long": _is_too_long(lasts)})


@_peering.peering("R07", WARNING, MICROSOFT, DOCUMENTED, "REST specification, state of a prefix; the time inferred")
def are_some_being_validated(case: Case, peering: Peering) -> Found | None:
    """Single ones wait where not all do, as after one was added. Where R06 names all of them, so these too, nothing."""
    waiting = list_waiting(peering)
    is_told = _is_all_waiting(peering) or (_is_all_needed(peering) and not is_refused_by_name(peering))
    if not peering.is_microsoft or not waiting or is_told:
        return None
    before = _before(case, peering)
    lasting = [one for one in waiting if before and one in before.validations]
    lasts = _age(case) if lasting else None
    is_too_long = _is_too_long(lasts)
    prefixes = tuple(one.prefix for one in (lasting if is_too_long else waiting))
    return Found({"prefixes": prefixes, "lasts": lasts, "is_too_long": is_too_long})


@_peering.peering("R08", HIGH, CUSTOMER, INFERRED, "REST specification: ValidationNeeded, ManualValidationNeeded")
def wants_proof(_: Case, peering: Peering) -> Found | None:
    """A ticket with a letter of authorization, or a signature (workflows, FAQ)."""
    return _refused(peering, Reason.MANUAL)


@_peering.peering("R08", HIGH, CUSTOMER, INFERRED, "REST specification: ValidationFailed")
def has_failed_validation(_: Case, peering: Peering) -> Found | None:
    """Without any reason."""
    return _refused(peering, Reason.FAILED)


@_peering.peering("R08", HIGH, CUSTOMER, INFERRED, "REST specification: AsnValidationFailed")
def has_another_asn(_: Case, peering: Peering) -> Found | None:
    """The registry has it under another AS than the customer's or the peer's of this peering (M6)."""
    return _refused(peering, Reason.ASN)


@_peering.peering("R08", HIGH, CUSTOMER, INFERRED, "REST specification: CertificateMissingInRoutingRegistry")
def lacks_certificate(_: Case, peering: Peering) -> Found | None:
    """It is signed, and nothing is there to check the signature with."""
    return _refused(peering, Reason.CERTIFICATE)


@_peering.peering("R08", HIGH, CUSTOMER, INFERRED, "REST specification: InvalidSignatureEncoding")
def has_unreadable_signature(_: Case, peering: Peering) -> Found | None:
    """How it has to be encoded is not documented where we could read it."""
    return _refused(peering, Reason.ENCODING)


@_peering.peering("R08", HIGH, CUSTOMER, INFERRED, "REST specification: SignatureVerificationFailed")
def has_wrong_signature(_: Case, peering: Peering) -> Found | None:
    """Of another text, or by another key."""
    return _refused(peering, Reason.SIGNATURE)


@_peering.peering("R08", HIGH, CUSTOMER, INFERRED, "a word that the REST specification does not have")
def has_unknown_state(_: Case, peering: Peering) -> Found | None:
    """It proves nothing: to check, and by us."""
    found = _refused(peering, Reason.UNKNOWN)
    return replace(found, severity=WARNING, owner=US) if found else None


def _refused(peering: Peering, reason: Reason) -> Found | None:
    refused = list_refused(peering, reason) if peering.is_microsoft else ()
    states = tuple(dict.fromkeys(one.state for one in refused))
    prefixes = tuple(one.prefix for one in refused)
    return Found({"reason": reason, "prefixes": prefixes, "states": states}) if refused else None


def _is_all_needed(peering: Peering) -> bool:
    return peering.is_microsoft and peering.advertised_prefixes_state == AdvertisedPrefixesState.VALIDATION_NEEDED


def _is_all_waiting(peering: Peering) -> bool:
    return peering.is_microsoft and peering.advertised_prefixes_state in WAITING


def _before(case: Case, peering: Peering) -> Peering | None:
    """The same at the reading before."""
    return case.earlier.peering(peering.peering_type) if case.earlier else None


def _age(case: Case) -> timedelta | None:
    """Since the reading before, where something was as it is now already."""
    return case.read_at - case.earlier.read_at if case.earlier else None


def _is_too_long(lasts: timedelta | None) -> bool:
    return lasts is not None and lasts > _TOO_LONG
