"""How Azure accepts what takes a while, and what it says to who asks later ("Asynchronous operations", ARM RPC)."""

import math
from typing import Any

from sandbox.arm.answer import Answer, plain_answer
from sandbox.arm.errors import ArmError, operation_failed, operation_not_found
from sandbox.arm.question import Question
from sandbox.arm.running import NEVER, Operation
from sandbox.faults import OPERATION_FAULTS
from sandbox.world import World


def fate_of(question: Question, seconds: float) -> tuple[float, ArmError | None]:
    """How long the operation that a request starts takes, ``seconds`` or for ever, and how it fails, if it does."""
    fault = question.world.faults.take(question.method, question.path, OPERATION_FAULTS)
    if fault is None:
        return seconds, None
    if fault.kind == "operation-stall":
        return NEVER, None
    return seconds, operation_failed(fault.code or "InternalServerError", fault.status)


def accept(operation: Operation, world: World, *, with_operation_header: bool) -> Answer:
    """202 without content: where the result will be, and by a switch where the operation's state is."""
    headers = {"x-ms-request-id": operation.id, **_result_headers(operation, world)}
    if with_operation_header:
        headers["Azure-AsyncOperation"] = operation_url(operation, world)
    return Answer(202, headers=headers)


def accept_write(operation: Operation, world: World, body: dict[str, Any], status: int = 200) -> Answer:
    """What is not true yet, and where the operation's state is; no Location (Microsoft's published trace)."""
    state = {"Azure-AsyncOperation": operation_url(operation, world)}
    return Answer(status, body, {"x-ms-request-id": operation.id, **state, **_retry_after(world)})


def tell_state(question: Question) -> Answer:
    """The state of an operation: always 200, and nothing but a word, with an error where it failed."""
    operation, world = _asked(question), question.world
    if world.operations.is_running(operation):
        return Answer(200, {"status": world.behaviour.operation_word}, _retry_after(world))
    if operation.failure is None:
        return Answer(200, {"status": "Succeeded"})
    return Answer(200, {"status": world.behaviour.failed_operation_word, **operation.failure.body(question.sentences)})


def tell_result(question: Question) -> Answer:
    """202 without content while it runs, and then what it answers.

    Inferred, for no recording has one: where it failed, this is an error answer with the operation's error, as if the
    request that started it had been refused with it.
    """
    operation, world = _asked(question), question.world
    if world.operations.is_running(operation):
        return Answer(202, headers=_result_headers(operation, world))
    return plain_answer(operation.outcome())


def operation_url(operation: Operation, world: World, kind: str = "operations") -> str:
    """Where an operation can be asked for; by a switch at another host than this one."""
    origin = world.behaviour.operation_host or world.settings.origin
    place = f"/subscriptions/{operation.subscription_id}/providers/Microsoft.Network/locations/{operation.location}"
    return f"{origin}{place}/{kind}/{operation.id}?api-version={operation.version}"


def _result_headers(operation: Operation, world: World) -> dict[str, str]:
    return {"Location": operation_url(operation, world, "operationResults"), **_retry_after(world)}


def _retry_after(world: World) -> dict[str, str]:
    return {"Retry-After": str(max(1, math.ceil(world.settings.operation_seconds)))}


def _asked(question: Question) -> Operation:
    operation_id = question.words["operation"]
    operation = question.world.operations.find(operation_id, question.subscription_id)
    if operation is None:
        raise operation_not_found(operation_id)
    return operation
