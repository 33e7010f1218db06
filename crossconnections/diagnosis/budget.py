"""How many prefixes Microsoft takes from a session (EXPRESSROUTE.md 2.4, from "ExpressRoute limits")."""

from crossconnections.enums import PeeringType

_PRIVATE, _PRIVATE_PREMIUM, _PRIVATE_IPV6, _MICROSOFT = 4_000, 10_000, 100, 200


def lowest_limit(peering_type: str, version: int, *, is_premium: bool | None) -> int | None:
    """Above which the session may drop; of a circuit whose SKU nobody has told, the lower one. None: none is known."""
    if peering_type == PeeringType.MICROSOFT_PEERING:
        return _MICROSOFT
    if peering_type != PeeringType.AZURE_PRIVATE_PEERING:
        return None
    if version == 6:  # noqa: PLR2004 - IPv6
        return _PRIVATE_IPV6
    return _PRIVATE_PREMIUM if is_premium else _PRIVATE
