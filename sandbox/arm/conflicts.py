"""What becomes of a request while something else is being done on the same circuit: as switches say.

A write runs until its operation ends; so does the reading of a table.
"""

from sandbox.arm.errors import ArmError, another_operation
from sandbox.arm.long_running import operation_url
from sandbox.arm.question import Question
from sandbox.arm.running import Operation

_REFUSALS = {"refused": 429, "refused_429": 429, "refused_400": 400}


def conflict_of_read(question: Question, service_key: str) -> ArmError | None:
    """What the reading of a table fails with, because anything else runs; raises it where a switch wants it so."""
    running = question.world.operations.running_on(service_key)
    return _conflict(question, running, question.world.behaviour.parallel_table_reads)


def conflict_of_write(question: Question, service_key: str) -> ArmError | None:
    """The same for a write, by one switch while another write runs, and by another one while a table is read."""
    behaviour, operations = question.world.behaviour, question.world.operations
    running = operations.running_on(service_key, is_write=False)
    _conflict(question, running, behaviour.writes_during_table_reads)
    return _conflict(question, operations.running_on(service_key, is_write=True), behaviour.parallel_writes)


def _conflict(question: Question, running: Operation | None, how: str) -> ArmError | None:
    if running is None or how == "allowed":
        return None
    url = operation_url(running, question.world)
    if how in _REFUSALS:
        raise another_operation(url, _REFUSALS[how])
    return another_operation(url)
