"""The single prefixes of a Microsoft peering: which of them wait, and which are refused for what reason.

The ten states are those of the REST specification since api-version 2024-07-01 (EXPRESSROUTE.md M9). Inferred: the
reasons, from the states' names.
"""

from enum import StrEnum

from crossconnections.diagnosis.case import Peering, PrefixValidation
from crossconnections.enums import PrefixValidationState as State


class Reason(StrEnum):
    """Why a prefix is not accepted; UNKNOWN is a word that the specification does not have."""

    MANUAL = "manual"
    FAILED = "failed"
    ASN = "asn"
    CERTIFICATE = "certificate"
    ENCODING = "encoding"
    SIGNATURE = "signature"
    UNKNOWN = "unknown"


WAITING = frozenset({State.NOT_CONFIGURED, State.CONFIGURING})
_REASONS: dict[str, Reason] = {
    State.VALIDATION_NEEDED: Reason.MANUAL,
    State.MANUAL_VALIDATION_NEEDED: Reason.MANUAL,
    State.VALIDATION_FAILED: Reason.FAILED,
    State.ASN_VALIDATION_FAILED: Reason.ASN,
    State.CERTIFICATE_MISSING: Reason.CERTIFICATE,
    State.INVALID_SIGNATURE_ENCODING: Reason.ENCODING,
    State.SIGNATURE_VERIFICATION_FAILED: Reason.SIGNATURE,
}


def list_waiting(peering: Peering) -> tuple[PrefixValidation, ...]:
    """Those that Microsoft has not looked at, or is at: nobody has to do anything yet."""
    return tuple(one for one in peering.validations if one.state in WAITING)


def list_refused(peering: Peering, reason: Reason) -> tuple[PrefixValidation, ...]:
    """Those that are not accepted for that reason."""
    return tuple(one for one in peering.validations if _reason_of(one) == reason)


def is_refused_by_name(peering: Peering) -> bool:
    """Whether Azure names a prefix that is not accepted, and why."""
    return any(_reason_of(one) not in {None, Reason.UNKNOWN} for one in peering.validations)


def _reason_of(one: PrefixValidation) -> Reason | None:
    """A state that Azure does not tell is none."""
    if one.state in {"", State.CONFIGURED, *WAITING}:
        return None
    return _REASONS.get(one.state, Reason.UNKNOWN)
