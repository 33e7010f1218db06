"""How a write starts: from then on the resource shows what was asked; at the operation's end, what came of it."""

from sandbox.arm.conflicts import conflict_of_write
from sandbox.arm.cross_connections import show
from sandbox.arm.long_running import fate_of
from sandbox.arm.question import Question
from sandbox.arm.running import Operation
from sandbox.estate.documents import Document
from sandbox.estate.replacing import Replacement
from sandbox.estate.writes import Write


def start_write(question: Question, document: Document, replacement: Replacement) -> Operation:
    """Begin what makes the replacement of a document; raises AnotherOperationInProgress where a switch wants it so.

    One that fails because another one runs is accepted and changes nothing, now or later.
    """
    conflict = conflict_of_write(question, document["name"])
    seconds, failure = fate_of(question, question.world.settings.operation_seconds)
    operation = Operation(
        subscription_id=question.subscription_id,
        subject=document["name"],
        location=document["location"],
        version=question.version,
        ends_at=question.world.operations.end_after(seconds),
        result=lambda: show(question, document["name"]),
        failure=conflict or failure,
        is_write=True,
    )
    question.world.operations.add(operation)
    if conflict is None:
        write = _write(question, document, replacement, operation)
        question.world.estate.begin(replacement.document, write, replacement.keys)
    return operation


def _write(question: Question, document: Document, replacement: Replacement, operation: Operation) -> Write:
    """Not documented: what a failed write leaves. By a switch what was asked, or else what was there before."""
    fails, estate = operation.failure is not None, question.world.estate
    return Write(
        ends_at=operation.ends_at,
        before=document,
        keys=dict(estate.shared_keys(document["name"])),
        peerings=replacement.peerings,
        fails=fails,
        is_undone=fails and question.world.behaviour.failed_write_leaves == "before",
    )
