"""What may be odd about a routes table summary."""

from sandbox.network.oddity import Oddities, each, first, without, without_fields

ODD_SUMMARY: Oddities = {
    "empty_summary": without(bool),
    "no_neighbour_asn": without_fields("asn"),
    "zero_neighbour_asn": each(lambda _, __: {"asn": 0}),
    "wrong_neighbour_asn": each(lambda _, leg: {"asn": 64_513 if leg.peer_asn == 64_512 else 64_512}),
    "wrong_neighbour": first(lambda _, leg: {"neighbor": str(leg.links[0].microsoft)}, bool),
    "opensent": each(lambda _, __: {"stateOrPrefixesReceived": "OpenSent"}),
    "missing_fields": without_fields("asn", "upDown", "stateOrPrefixesReceived"),
}
