"""How a write starts: from then on the resource shows what was asked; at the operation's end, what came of it."""

from collections.abc import Callable
from typing import Any

from sandbox.arm.conflicts import conflict_of_write
from sandbox.arm.errors import ArmError
from sandbox.arm.long_running import fate_of
from sandbox.arm.question import Question
from sandbox.arm.running import Operation
from sandbox.estate.documents import Document
from sandbox.estate.replacing import Replacement
from sandbox.estate.writes import Write

# What an operation answers at its end; None for nothing.
Result = Callable[[], dict[str, Any] | None]


def start_write(
    question: Question,
    document: Document,
    replacement: Replacement,
    result: Result,
    *,
    trouble: ArmError | None = None,
    is_applied: bool = True,
) -> Operation:
    """Begin what makes the replacement of a document; raises AnotherOperationInProgress where a switch wants it so.

    One that fails because another one runs is accepted and changes nothing, now or later. ``result`` is what the
    operation answers at its end, ``trouble`` what it fails with where nothing else does; one that is not
    ``is_applied`` succeeds and leaves what was there before.
    """
    conflict = conflict_of_write(question, document["name"])
    seconds, failure = fate_of(question, question.world.settings.operation_seconds)
    operation = Operation(
        subscription_id=question.subscription_id,
        subject=document["name"],
        location=document["location"],
        version=question.version,
        ends_at=question.world.operations.end_after(seconds),
        result=result,
        failure=conflict or failure or trouble,
        is_write=True,
    )
    question.world.operations.add(operation)
    if conflict is None:
        write = _write(question, document, replacement, operation, is_applied=is_applied)
        question.world.estate.begin(replacement.document, write, replacement.keys)
    return operation


def _write(
    question: Question, document: Document, replacement: Replacement, operation: Operation, *, is_applied: bool
) -> Write:
    """Not documented: what a failed write leaves. By a switch what was asked, or else what was there before."""
    fails, estate, behaviour = operation.failure is not None, question.world.estate, question.world.behaviour
    return Write(
        ends_at=operation.ends_at,
        before=document,
        keys=dict(estate.shared_keys(document["name"])),
        peerings=replacement.peerings,
        fails=fails,
        is_undone=not is_applied or (fails and behaviour.failed_write_leaves == "before"),
        of_peering=replacement.of_peering,
        updates_parent=not replacement.of_peering or behaviour.peering_write_updates_parent,
        moves_etag=not replacement.of_peering or behaviour.peering_edit_moves_etag,
        states=replacement.states,
        fresh=replacement.fresh_since(document),
        prefix_word=behaviour.prefix_validation,
        prefix_seconds=behaviour.prefix_validation_seconds,
    )
