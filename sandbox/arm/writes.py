"""What Azure answers to who writes a cross connection.

A partner cannot create one: what is not there is the gateway's 404, as for a GET. Not documented otherwise.
"""

from typing import Any

from sandbox.arm.answer import Answer
from sandbox.arm.bodies import read_object, reading
from sandbox.arm.cross_connections import find_cross_connection, show
from sandbox.arm.immutable import check_immutable, check_location
from sandbox.arm.long_running import accept_write
from sandbox.arm.preconditions import check_if_match
from sandbox.arm.question import Question
from sandbox.arm.render import render_accepted, render_whole
from sandbox.arm.shared_keys import with_keys
from sandbox.arm.starting import start_write
from sandbox.arm.versions import DEPROVISIONED_SINCE
from sandbox.arm.write_errors import no_port_pair, port_pair_is_full
from sandbox.estate.asked import Asked, read_asked
from sandbox.estate.documents import Document
from sandbox.estate.replacing import Berth, LeftOut, Replacement, replaced


def put_cross_connection(question: Question) -> Answer:
    """ExpressRouteCrossConnections_CreateOrUpdate."""
    body = read_object(question)
    document = find_cross_connection(question)
    check_location(document, body)
    asked = _read(question, body)
    check_immutable(document, body)
    replacement = _replacement(question, document, asked)
    check_if_match(question, document)
    operation = start_write(question, document, replacement, lambda: show(question, document["name"]))
    told = render_accepted(replacement.document, replacement.peerings)
    told = with_keys(told, replacement.keys, question.world)
    return accept_write(operation, question.world, render_whole(told, question.version))


def _read(question: Question, body: dict[str, Any]) -> Asked:
    """A provider's state that the api-version does not have yet is refused as one that there is not. Inferred."""
    with reading():
        return read_asked(body, may_be_deprovisioned=question.version >= DEPROVISIONED_SINCE)


def _replacement(question: Question, document: Document, asked: Asked) -> Replacement:
    behaviour = question.world.behaviour
    left_out = LeftOut(
        keeps_peerings=behaviour.left_out_peerings == "kept",
        keeps_missing=behaviour.missing_peerings == "kept",
        keeps_key=behaviour.key_left_out == "kept",
    )
    keys = question.world.estate.shared_keys(document["name"])
    return replaced(document, keys, asked, left_out, _berth(question, document, asked.ports))


def _berth(question: Question, document: Document, ports: tuple[str, str]) -> Berth | None:
    """Where the circuit moves to ("circuit-placement-api"): None for blank ports, as a PUT's answer has, and its own.

    Inferred: one port alone, two that are not a pair of the provider's at the circuit's peering location, and a pair
    with less bandwidth left than the circuit has are refused. Inferred as well: S-tags are a port pair's own, so the
    circuit gets another one there.
    """
    estate, facts = question.world.estate, document["properties"]
    if not any(ports):
        return None
    pair = estate.find_pair(question.subscription_id, ports, facts["peeringLocation"])
    if pair is None:
        raise no_port_pair(*ports, facts["peeringLocation"])
    if pair.primary == facts["primaryAzurePort"]:
        return None
    left, mbps = estate.remaining_mbps(question.subscription_id, pair.primary), facts["bandwidthInMbps"]
    if left < mbps:
        raise port_pair_is_full(*ports, left, mbps)
    return Berth(pair.primary, pair.secondary, estate.free_s_tag(pair.primary))
