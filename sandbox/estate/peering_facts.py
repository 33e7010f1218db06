"""What a customer may write into a peering: names and types of ExpressRouteCircuitPeeringPropertiesFormat.

From Azure/azure-rest-api-specs, Microsoft.Network 2018-02-01 to 2026-03-01. The specification bounds no vlanId, so
any int32 passes. Azure decides the states of prefixes; here they can be written, so that a test may have each of them.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sandbox.refused import RefusedError

Facts = dict[str, Any]
# Takes the name of a fact and its value; raises RefusedError.
_Check = Callable[[str, object], None]

_READ_ONLY = ("azureASN", "primaryAzurePort", "secondaryAzurePort", "provisioningState", "lastModifiedBy")
_PREFIXES_STATES = ("NotConfigured", "Configuring", "Configured", "ValidationNeeded")
_VALIDATION_STATES = (
    *(*_PREFIXES_STATES, "ValidationFailed", "ManualValidationNeeded", "AsnValidationFailed"),
    *("CertificateMissingInRoutingRegistry", "InvalidSignatureEncoding", "SignatureVerificationFailed"),
)


def check_facts(name: str, facts: Facts, known: Facts) -> None:
    """Raise RefusedError unless these may be written to the peering of that name, which has the known ones so far.

    A read-only one may be repeated, as who sends back what a GET showed does, but not changed.
    """
    for fact in _READ_ONLY:
        # True equals 1 to Python.
        if fact in facts and (type(facts[fact]), facts[fact]) != (type(known.get(fact)), known.get(fact)):
            raise RefusedError(f"{fact} of a peering is read-only: Azure decides it.")
    if facts.get("peeringType", name) != name:
        raise RefusedError(f"peeringType of {name} is {name}.")
    _object(_WRITABLE)(name, {fact: value for fact, value in facts.items() if fact not in _READ_ONLY})


def _text(name: str, value: object) -> None:
    if not isinstance(value, str):
        raise RefusedError(f"{name} takes text.")


def _number(least: int, most: int) -> _Check:
    def check(name: str, value: object) -> None:
        # True is an int to Python, and 50.0 equals 50.
        if type(value) is not int or not least <= value <= most:
            raise RefusedError(f"{name} takes a whole number from {least} to {most}.")

    return check


def _one_of(*words: str) -> _Check:
    def check(name: str, value: object) -> None:
        if value not in words:
            raise RefusedError(f"{name} is one of {', '.join(words)}.")

    return check


def _list(check_entry: _Check) -> _Check:
    def check(name: str, value: object) -> None:
        if not isinstance(value, list):
            raise RefusedError(f"{name} takes a list.")
        for entry in value:
            check_entry(name, entry)

    return check


def _object(checks: Mapping[str, _Check]) -> _Check:
    def check(name: str, value: object) -> None:
        if not isinstance(value, dict):
            raise RefusedError(f"{name} takes a JSON object.")
        for inner, fact in value.items():
            if inner not in checks:
                raise RefusedError(f"{name} has no {inner!a}: it takes {', '.join(checks)}.")
            checks[inner](inner, fact)

    return check


_INT32 = _number(-(2**31), 2**31 - 1)
_STATE = _one_of("Disabled", "Enabled")
_PREFIX_INFO = _object(
    {"prefix": _text, "validationId": _text, "signature": _text, "validationState": _one_of(*_VALIDATION_STATES)}
)
_MICROSOFT_CONFIG = _object(
    {
        "advertisedPublicPrefixes": _list(_text),
        "advertisedPublicPrefixInfo": _list(_PREFIX_INFO),
        "advertisedPublicPrefixesState": _one_of(*_PREFIXES_STATES),
        "advertisedCommunities": _list(_text),
        "customerASN": _INT32,
        "legacyMode": _INT32,
        "routingRegistryName": _text,
    }
)
_LINKS = {"primaryPeerAddressPrefix": _text, "secondaryPeerAddressPrefix": _text}
_IPV6_CONFIG = _object(
    {
        **_LINKS,
        "microsoftPeeringConfig": _MICROSOFT_CONFIG,
        "routeFilter": _object({"id": _text}),
        "state": _STATE,
    }
)
_WRITABLE: dict[str, _Check] = {
    **_LINKS,
    "peeringType": _text,
    "state": _STATE,
    "peerASN": _number(1, 2**32 - 1),
    "vlanId": _INT32,
    "sharedKey": _text,
    "gatewayManagerEtag": _text,
    "microsoftPeeringConfig": _MICROSOFT_CONFIG,
    "ipv6PeeringConfig": _IPV6_CONFIG,
}
