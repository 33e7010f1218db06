"""Moves to another port pair: what forbids to send a draft of one, by what Azure listed of its ports last."""

from crossconnections import policies
from crossconnections.models import CrossConnection, Draft
from crossconnections.port_pairs import PORTS
from crossconnections.proposals import values_now
from crossconnections.queries.ports import find_port_catalogue, list_pairs_for

NO_PAIR = "Azure lists no such pair of ports in {location} for this subscription: open the form again."


def reason_not_to_send_placement(draft: Draft, row: CrossConnection) -> str | None:
    """The form has judged by what was true then; meanwhile another circuit may have taken the room."""
    wanted = {name: draft.asked.get(name) for name in PORTS}
    if wanted == values_now(row, PORTS):
        return None
    pairs = list_pairs_for(row, find_port_catalogue(row))
    pair = next((one for one in pairs if one.ports == wanted), None)
    if pair is None:
        return NO_PAIR.format(location=row.peering_location or "its place")
    return policies.reason_not_to_place(row, pair)
