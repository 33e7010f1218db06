"""What Azure answers to who writes or deletes one peering of a cross connection."""

from typing import Any

from sandbox.arm.answer import Answer
from sandbox.arm.bodies import read_object, reading
from sandbox.arm.cross_connections import find_cross_connection, show
from sandbox.arm.long_running import accept, accept_write
from sandbox.arm.preconditions import check_if_match
from sandbox.arm.question import Question
from sandbox.arm.render import render_accepted_peering
from sandbox.arm.shared_keys import with_key
from sandbox.arm.starting import start_write
from sandbox.arm.weak_validation import check_config, is_vlan_free, trouble_with_links
from sandbox.arm.write_errors import public_peering_retired
from sandbox.estate.asked_peerings import read_body, read_name
from sandbox.estate.documents import Document
from sandbox.estate.one_peering import Parent, peering_of, with_deleting, with_written
from sandbox.estate.replacing import Replacement

_RETIRED = "AzurePublicPeering"


def put_peering(question: Question) -> Answer:
    """ExpressRouteCrossConnectionPeerings_CreateOrUpdate: 201 for a peering that was not there, and else 200."""
    body = read_object(question)
    document = find_cross_connection(question)
    name, sent = _read(question, document, body)
    check_config(document, name, sent)
    known = peering_of(document, name)
    check_if_match(question, known)
    replacement = _written(question, document, name, sent)
    operation = start_write(
        question,
        document,
        replacement,
        lambda: _show(question, document["name"], name),
        is_applied=is_vlan_free(question, document, name, sent),
        trouble=trouble_with_links(document, name, sent),
    )
    told = _told(question, replacement, name)
    return accept_write(operation, question.world, told, status=200 if known else 201)


def delete_peering(question: Question) -> Answer:
    """ExpressRouteCrossConnectionPeerings_Delete: 202, or 204 at once where there is none of that name."""
    document = find_cross_connection(question)
    known = peering_of(document, question.words["peering"])
    if known is None:
        return Answer(204)
    check_if_match(question, known)
    keys = question.world.estate.shared_keys(document["name"])
    replacement = with_deleting(document, keys, known, _parent(question))
    operation = start_write(question, document, replacement, lambda: None)
    return accept(operation, question.world, with_operation_header=True)


def _read(question: Question, document: Document, body: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The peering's name, and what is to be written. Inferred: the refusal of a name that is no peering's."""
    word = question.words["peering"]
    if word.casefold() == _RETIRED.casefold():
        raise public_peering_retired(document)
    with reading():
        name = read_name(word)
        return name, read_body(name, body)


def _written(question: Question, document: Document, name: str, sent: dict[str, Any]) -> Replacement:
    keys = question.world.estate.shared_keys(document["name"])
    keeps_key = question.world.behaviour.key_left_out == "kept"
    return with_written(document, keys, name, sent, _parent(question), keeps_key=keeps_key)


def _parent(question: Question) -> Parent:
    behaviour = question.world.behaviour
    return Parent(behaviour.peering_edit_moves_etag, behaviour.peering_write_updates_parent)


def _told(question: Question, replacement: Replacement, name: str) -> Document:
    [peering] = [one for one in replacement.document["properties"]["peerings"] if one["name"] == name]
    return render_accepted_peering(with_key(peering, replacement.keys, question.world), question.version)


def _show(question: Question, service_key: str, name: str) -> Document | None:
    """The peering as it is at the end of the operation; None where it, or its cross connection, is gone again."""
    document = show(question, service_key)
    return peering_of(document, name) if document else None
