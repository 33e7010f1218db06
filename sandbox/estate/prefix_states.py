"""What Azure says of the public prefixes of a Microsoft peering: of each, and of all of them in one word.

Each has one of ten states since api-version 2024-07-01, all together one of the first four (OpenAPI specification of
Microsoft.Network). Not documented: how the one word follows from the others. Here it is the worst of them, so that it
is Configured only where each is: anything that somebody has to mend is ValidationNeeded.
"""

from collections.abc import Iterable, Iterator
from typing import Any

Facts = dict[str, Any]

STATE, INFO = "advertisedPublicPrefixesState", "advertisedPublicPrefixInfo"
CONFIG, PREFIXES = "microsoftPeeringConfig", "advertisedPublicPrefixes"
# What the validation of a prefix may come to.
OUTCOMES = (
    *("Configured", "ValidationNeeded", "ManualValidationNeeded", "ValidationFailed", "AsnValidationFailed"),
    *("CertificateMissingInRoutingRegistry", "InvalidSignatureEncoding", "SignatureVerificationFailed"),
)
_OF_ONE = "validationState"
_WORST = "ValidationNeeded"
_WORDS = (_WORST, "Configuring", "NotConfigured", "Configured")


def overall(states: Iterable[str]) -> str:
    """The word for prefixes with these states; NotConfigured for none at all."""
    told = {state if state in _WORDS else _WORST for state in states}
    return next((word for word in _WORDS if word in told), "NotConfigured")


def fresh_prefixes(before: Facts, after: Facts) -> list[str]:
    """The prefixes that a write lets Azure look at, of IPv4 and IPv6: the properties of a peering before and after."""
    asns = before.get("peerASN", 0), after.get("peerASN", 0)
    families = zip(_families(before), _families(after), strict=True)
    return [prefix for one, other in families for prefix in fresh_of(*asns, one.get(CONFIG, {}), other.get(CONFIG, {}))]


def fresh_of(known_asn: int, asn: int, known: Facts, sent: Facts) -> list[str]:
    """The same of one configuration: those that it did not have, and all where the AS, or who vouches, is another.

    Inferred: an AS of the customer's that is left out is 0, and a registry that is left out is none.
    """
    is_same = _who(known_asn, known) == _who(asn, sent)
    return [one for one in sent.get(PREFIXES, []) if not (is_same and one in known.get(PREFIXES, []))]


def move_prefixes(peering: Facts, prefixes: Iterable[str], before: str, after: str) -> bool:
    """Let those of a peering's prefixes that have the state ``before`` have another; False where there is none.

    The word for all of them follows, unless somebody has written another one.
    """
    wanted = set(prefixes)
    configs = [family[CONFIG] for family in _families(peering["properties"]) if CONFIG in family]
    return sum(_move(config, wanted, before, after) for config in configs) > 0


def _move(config: Facts, wanted: set[str], before: str, after: str) -> int:
    """How many of them have another state now."""
    moving = [one for one in config.get(INFO, []) if (one.get("prefix") in wanted, one.get(_OF_ONE)) == (True, before)]
    follows = config.get(STATE) == overall(_states(config))
    for info in moving:
        info[_OF_ONE] = after
    if follows:
        config[STATE] = overall(_states(config))
    return len(moving)


def _states(config: Facts) -> Iterator[str]:
    return (one.get(_OF_ONE, "NotConfigured") for one in config.get(INFO, []))


def _families(properties: Facts) -> tuple[Facts, Facts]:
    return properties, properties.get("ipv6PeeringConfig", {})


def _who(asn: int, config: Facts) -> tuple[int, int, str]:
    return asn, config.get("customerASN", 0), config.get("routingRegistryName", "")
