"""What may be written into a peering: names and types of ExpressRouteCircuitPeeringPropertiesFormat.

From Azure/azure-rest-api-specs, Microsoft.Network 2018-02-01 to 2026-03-01. The specification bounds no vlanId, so
any int32 passes. Azure decides the states of prefixes; here they can be written, so that a test may have each of them.
"""

from typing import Any

from sandbox.estate.fact_checks import Check, list_of, object_of, one_of, text, whole
from sandbox.refused import RefusedError

Facts = dict[str, Any]

READ_ONLY = ("azureASN", "primaryAzurePort", "secondaryAzurePort", "provisioningState", "lastModifiedBy")
_PREFIXES_STATES = ("NotConfigured", "Configuring", "Configured", "ValidationNeeded")
_VALIDATION_STATES = (
    *(*_PREFIXES_STATES, "ValidationFailed", "ManualValidationNeeded", "AsnValidationFailed"),
    *("CertificateMissingInRoutingRegistry", "InvalidSignatureEncoding", "SignatureVerificationFailed"),
)


def check_facts(name: str, facts: Facts, known: Facts) -> None:
    """Raise RefusedError unless these may be written to the peering of that name, which has the known ones so far.

    A read-only one may be repeated, as who sends back what a GET showed does, but not changed.
    """
    for fact in READ_ONLY:
        # True equals 1 to Python.
        if fact in facts and (type(facts[fact]), facts[fact]) != (type(known.get(fact)), known.get(fact)):
            raise RefusedError(f"{fact} of a peering is read-only: Azure decides it.")
    check_writable(name, {fact: value for fact, value in facts.items() if fact not in READ_ONLY})


def check_writable(name: str, facts: Facts) -> None:
    """Raise RefusedError unless these, none of which is read-only, are of the right types for that peering."""
    if facts.get("peeringType", name) != name:
        raise RefusedError(f"peeringType of {name} is {name}.")
    object_of(_WRITABLE)(name, facts)


_INT32 = whole(-(2**31), 2**31 - 1)
_STATE = one_of("Disabled", "Enabled")
_PREFIX_INFO = object_of(
    {"prefix": text, "validationId": text, "signature": text, "validationState": one_of(*_VALIDATION_STATES)}
)
_MICROSOFT_CONFIG = object_of(
    {
        "advertisedPublicPrefixes": list_of(text),
        "advertisedPublicPrefixInfo": list_of(_PREFIX_INFO),
        "advertisedPublicPrefixesState": one_of(*_PREFIXES_STATES),
        "advertisedCommunities": list_of(text),
        "customerASN": _INT32,
        "legacyMode": _INT32,
        "routingRegistryName": text,
    }
)
_LINKS = {"primaryPeerAddressPrefix": text, "secondaryPeerAddressPrefix": text}
_IPV6_CONFIG = object_of(
    {
        **_LINKS,
        "microsoftPeeringConfig": _MICROSOFT_CONFIG,
        "routeFilter": object_of({"id": text}),
        "state": _STATE,
    }
)
_WRITABLE: dict[str, Check] = {
    **_LINKS,
    "peeringType": text,
    "state": _STATE,
    "peerASN": whole(1, 2**32 - 1),
    "vlanId": _INT32,
    "sharedKey": text,
    "gatewayManagerEtag": text,
    "microsoftPeeringConfig": _MICROSOFT_CONFIG,
    "ipv6PeeringConfig": _IPV6_CONFIG,
}
