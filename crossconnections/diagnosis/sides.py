"""On which side of Microsoft's edge router a route leads: to the customer or into Azure."""

import re
from collections.abc import Iterable
from enum import StrEnum, auto
from functools import lru_cache

VNET_ASN = "65515"
_ASN = re.compile(r"\d{1,10}(\.\d{1,5})?", re.ASCII)


class Side(StrEnum):
    """Where a route leads. MIXED: routes to the same network lead to different sides."""

    CUSTOMER = auto()
    AZURE = auto()
    MIXED = auto()
    UNKNOWN = auto()


def is_asn(word: str) -> bool:
    """An AS number as a router writes it, ``65020`` or ``1.10`` (RFC 5396)."""
    return _ASN.fullmatch(word) is not None


# Ten thousand routes have some hundred paths.
@lru_cache(maxsize=4096)
def side_of(path: str) -> Side:
    """By the AS path: a VNet's begins with 65515, which no edge may have as its own (P2); UNKNOWN without an AS.

    Documented is the path ``65515`` alone. What a gateway passes on for somebody else behind it has more after it, and
    leads into Azure as well.
    """
    first = next(iter(path.split(None, 1)), "")
    if first == VNET_ASN:
        return Side.AZURE
    return Side.CUSTOMER if is_asn(first) else Side.UNKNOWN


def common_side(paths: Iterable[str]) -> Side:
    """Where all of them lead; UNKNOWN where there are none."""
    sides = {side_of(path) for path in paths}
    if len(sides) > 1:
        return Side.MIXED
    return next(iter(sides), Side.UNKNOWN)
