"""AS numbers: of the router that speaks to Microsoft, and of who owns the advertised prefixes."""

from collections.abc import Callable, Iterator

from crossconnections.addressing.address_space import MICROSOFTS_ASN, is_documentation_asn
from crossconnections.addressing.breaches import Breach
from crossconnections.addressing.numbers import Number, unreadable

LAST_ASN = 4_294_967_295
# AZURE_API.md 1.2: customerASN is an int32, so four-byte numbers from 2147483648 on do not fit.
LAST_CUSTOMER_ASN = 2_147_483_647
_RESERVED_BY_MICROSOFT = range(65_515, 65_521)
_PLACEHOLDER = 23_456
_LAST_OF_THEIR_KIND = {65_535, LAST_ASN}


def judge_peer_asn(number: Number, *, is_microsoft: bool) -> Iterator[Breach]:
    """V11 to V14 for ``peer_asn``, which every peering has."""

    def refuse(asn: int) -> Breach | None:
        return refuse_asn(asn, "peer_asn", is_microsoft=is_microsoft)

    if number.fault:
        yield unreadable("V11", "peer_asn", number, refuse)
    elif number.value is None:
        yield Breach("V11", "peer_asn_missing", "peer_asn")
    elif breach := refuse(number.value):
        yield breach


def judge_customer_asn(number: Number) -> Iterator[Breach]:
    """M6: empty or 0 for none, else 1 to 2147483647, the end of Azure's field (AZURE_API.md 1.2).

    Inferred: what can be nobody's peer ASN can own no prefixes either, so V12 to V14 hold here too.
    """
    if number.fault:
        yield unreadable("M6", "customer_asn", number, refuse_customer_asn)
    elif number.value is not None and (breach := refuse_customer_asn(number.value)):
        yield breach


def refuse_customer_asn(asn: int) -> Breach | None:
    """M6, and V12 to V14 for what fits the field."""
    if not asn:
        return None
    if asn > LAST_CUSTOMER_ASN:
        return Breach("M6", "customer_asn_range", "customer_asn", {"asn": asn})
    return refuse_asn(asn, "customer_asn", is_microsoft=True)


def refuse_asn(asn: int, field: str, *, is_microsoft: bool) -> Breach | None:
    """The first of V11 to V14 that an AS number does not keep."""
    for rule, key, holds in _REFUSALS:
        if holds(asn):
            return Breach(rule, key, field, {"asn": asn})
    if is_microsoft and is_documentation_asn(asn):
        return documentation_asn_in_path(asn, field)
    return None


def is_beyond_four_bytes(asn: int) -> bool:
    """V11: 1 to 4294967295 (the bounds in Azure's own SDK and CLI); 0 is V14's."""
    return asn > LAST_ASN


def is_reserved_by_microsoft(asn: int) -> bool:
    """V12: 65515 to 65520 (ExpressRoute routing requirements)."""
    return asn in _RESERVED_BY_MICROSOFT


def is_microsofts_own(asn: int) -> bool:
    """V13: 12076 is the other end. Inferred: the session is an external one, so the ends differ."""
    return asn == MICROSOFTS_ASN


def is_zero(asn: int) -> bool:
    """V14: RFC 7607."""
    return asn == 0


def is_placeholder(asn: int) -> bool:
    """V14: AS_TRANS stands for four-byte numbers towards old routers (RFC 6793)."""
    return asn == _PLACEHOLDER


def is_last_of_its_kind(asn: int) -> bool:
    """V14: the last two-byte and the last four-byte number (RFC 7300)."""
    return asn in _LAST_OF_THEIR_KIND


def documentation_asn_in_path(asn: int, field: str) -> Breach:
    """V14: 64496 to 64511 may not stand in a path of Microsoft peering (ExpressRoute routing requirements).

    So they are refused there; on private peering, of which no document says it, they are a caution.
    """
    return Breach("V14", "documentation_asn_in_path", field, {"asn": asn})


_REFUSALS: tuple[tuple[str, str, Callable[[int], bool]], ...] = (
    ("V11", "asn_range", is_beyond_four_bytes),
    ("V12", "asn_reserved", is_reserved_by_microsoft),
    ("V13", "asn_microsofts", is_microsofts_own),
    ("V14", "asn_zero", is_zero),
    ("V14", "asn_placeholder", is_placeholder),
    ("V14", "asn_last", is_last_of_its_kind),
)
