"""What Azure answers to who wants to see a path's tables: ARP, routes, and the summary of the routes.

A table shows the path as it was when it was asked for, not when the operation ends: so every reading of a result shows
the same rows, and a condition that was set before the question is seen. Not documented: which of the two Azure does.
"""

import time
from collections.abc import Callable
from typing import Any

from sandbox.arm.answer import Answer, plain_answer
from sandbox.arm.conflicts import conflict_of_read
from sandbox.arm.cross_connections import find_cross_connection, find_peering
from sandbox.arm.errors import ArmError, invalid_device_path
from sandbox.arm.long_running import accept, fate_of
from sandbox.arm.question import Question
from sandbox.arm.running import Operation
from sandbox.estate.conditions import PATHS
from sandbox.network.health import health_of
from sandbox.network.legs import Leg
from sandbox.network.tables import ARP, ROUTES, SUMMARY, Table


def list_arp_table(question: Question) -> Answer:
    """ExpressRouteCrossConnections_ListArpTable."""
    return _read(question, ARP)


def list_routes_table(question: Question) -> Answer:
    """ExpressRouteCrossConnections_ListRoutesTable."""
    return _read(question, ROUTES)


def list_routes_table_summary(question: Question) -> Answer:
    """ExpressRouteCrossConnections_ListRoutesTableSummary."""
    return _read(question, SUMMARY)


def _read(question: Question, table: Table) -> Answer:
    leg = _leg(question)
    conflict = conflict_of_read(question, leg.service_key)
    odd = question.world.behaviour.oddities()
    operation = _start(question, leg, lambda: {"value": table.rows(leg, odd)}, conflict)
    behaviour = question.world.behaviour
    # By a fault, one that would be answered at once may never end.
    if behaviour.table_answers == "at_once" and not question.world.operations.is_running(operation):
        return plain_answer(operation.outcome())
    return accept(operation, question.world, with_operation_header=behaviour.table_operation_header)


def _leg(question: Question) -> Leg:
    document = find_cross_connection(question)
    path = question.words["path"].casefold()
    if path not in PATHS:
        raise invalid_device_path(question.words["path"])
    peering = find_peering(document, question.words["peering"])
    health = health_of(question.world.estate, document["name"], peering["name"], path)
    return Leg(document, peering, path, health, time.time())


def _start(question: Question, leg: Leg, result: Callable[[], dict[str, Any]], conflict: ArmError | None) -> Operation:
    is_at_once = question.world.behaviour.table_answers == "at_once"
    seconds, failure = fate_of(question, 0 if is_at_once else question.world.settings.operation_seconds)
    operation = Operation(
        subscription_id=question.subscription_id,
        subject=leg.service_key,
        location=leg.document["location"],
        version=question.version,
        ends_at=question.world.operations.end_after(seconds),
        result=result,
        failure=conflict or failure,
    )
    question.world.operations.add(operation)
    return operation
