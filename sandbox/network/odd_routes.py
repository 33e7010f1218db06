"""What may be odd about a routes table: which routes there are stays as many as the summary counts."""

from sandbox.network.legs import Leg
from sandbox.network.oddity import Oddities, Row, Rows, each, first, without, without_fields
from sandbox.network.vnets import GATEWAY_ASN, vnets_of

_PRIVATE, _UNADVERTISED = "10.66.0.0/16", "185.66.0.0/22"
_DOCUMENTATION_ASN, _AZURES_ASN, _ANOTHER_ASN = 64_500, 12_076, 64_555


def _is_learned(row: Row) -> bool:
    return bool(row["path"] != str(GATEWAY_ASN))


def _is_vnets(row: Row) -> bool:
    return not _is_learned(row)


def _is_learned_v4(row: Row) -> bool:
    return _is_learned(row) and ":" not in row["network"]


def _overlap(row: Row, leg: Leg) -> Row:
    vnets = vnets_of(leg.document)
    return {"network": str(vnets[0].network) if vnets else row["network"]}


def _halve_default(rows: Rows, leg: Leg) -> Rows:
    whole = first(lambda _, __: {"network": "0.0.0.0/1"}, _is_learned_v4)(rows, leg)
    return first(
        lambda _, __: {"network": "128.0.0.0/1"}, lambda row: _is_learned_v4(row) and row["network"] != "0.0.0.0/1"
    )(whole, leg)


def _repeat_by_another_hop(rows: Rows, leg: Leg) -> Rows:
    learned = [row for row in rows if _is_learned_v4(row)]
    return [*rows, *({**row, "nextHop": str(leg.links[0].edge + 2)} for row in learned[:1])]


ODD_ROUTES: Oddities = {
    "opensent": without(_is_learned),
    "starred_hops": each(lambda row, _: {"nextHop": f"{row['nextHop']}*"}, _is_learned),
    "no_vnets": without(_is_vnets),
    "overlapping_vnet": first(_overlap, _is_learned_v4),
    "private_network": first(lambda _, __: {"network": _PRIVATE}, _is_learned_v4),
    "unadvertised_network": first(lambda _, __: {"network": _UNADVERTISED}, _is_learned_v4),
    "halves_of_default": _halve_default,
    "documentation_asn": first(lambda row, _: {"path": f"{row['path']} {_DOCUMENTATION_ASN}"}, _is_learned),
    "leaked_azure_route": first(lambda row, _: {"path": f"{row['path']} {_AZURES_ASN}"}, _is_learned),
    "another_first_asn": each(lambda row, _: {"path": f"{_ANOTHER_ASN} {row['path']}"}, _is_learned),
    "two_edges": _repeat_by_another_hop,
    "weights": each(lambda _, __: {"weight": 100, "locPrf": "200"}, _is_learned),
    "unreadable": first(lambda _, __: {"network": "<b>none</b>", "nextHop": "", "path": "? {1 2}"}, _is_learned),
    "missing_fields": without_fields("locPrf", "weight", "path"),
}
