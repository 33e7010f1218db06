"""What Azure answers to who changes a cross connection's tags, and nothing else of it."""

import copy
from typing import Any

from sandbox.arm.answer import Answer, plain_answer
from sandbox.arm.bodies import read_object, reading
from sandbox.arm.conflicts import conflict_of_write
from sandbox.arm.cross_connections import find_cross_connection, show, shown
from sandbox.arm.long_running import accept_write
from sandbox.arm.preconditions import check_if_match
from sandbox.arm.question import Question
from sandbox.arm.starting import start_write
from sandbox.arm.versions import TAGS_AT_ONCE_SINCE
from sandbox.estate.documents import Document
from sandbox.estate.fact_checks import object_of
from sandbox.estate.new_peerings import new_etag
from sandbox.estate.replacing import Replacement, put
from sandbox.estate.tags import check_tags
from sandbox.refused import RefusedError


def update_tags(question: Question) -> Answer:
    """ExpressRouteCrossConnections_UpdateTags: done at once since 2019-09-01, and long-running before.

    Inferred: that anything else in the body is refused, and that the etag moves.
    """
    body = read_object(question)
    document = find_cross_connection(question)
    with reading():
        _check(body)
    check_if_match(question, document)
    tagged = _tagged(document, body["tags"])
    if question.version < TAGS_AT_ONCE_SINCE:
        return _start(question, document, tagged)
    conflict = conflict_of_write(question, document["name"])
    if conflict is not None:
        # There is no operation that could fail with it.
        raise conflict
    question.world.estate.replace(tagged, question.world.estate.shared_keys(document["name"]))
    return plain_answer(shown(question, tagged))


def _check(body: dict[str, Any]) -> None:
    object_of({"tags": check_tags})("The body", body)
    if "tags" not in body:
        raise RefusedError("tags is missing.")


def _tagged(document: Document, tags: dict[str, str]) -> Document:
    result = copy.deepcopy(document)
    result["etag"] = new_etag()
    put(result, "tags", tags or None)
    return result


def _start(question: Question, document: Document, tagged: Document) -> Answer:
    tagged["properties"]["provisioningState"] = "Updating"
    keys = question.world.estate.shared_keys(document["name"])
    replacement = Replacement(tagged, keys, [])
    operation = start_write(question, document, replacement, lambda: show(question, document["name"]))
    return accept_write(operation, question.world, shown(question, tagged))
