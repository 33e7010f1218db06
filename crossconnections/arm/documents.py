"""The JSON object in an answer, or the error that says what is wrong with it."""

from collections.abc import Callable
from typing import TypeVar

from crossconnections.arm.answer import Answer
from crossconnections.arm.errors import AnswerCut, AnswerNotUnderstood
from crossconnections.arm.reading import Fields, MalformedError

T = TypeVar("T")


def read_document(answer: Answer, read: Callable[[Fields], T]) -> T:
    """What ``read`` makes of the document.

    Raises:
        AnswerCut: it began well and breaks off.
        AnswerNotUnderstood: it is no JSON object, or ``read`` met a MalformedError.
    """
    try:
        return read(Fields.parse(answer.body))
    except MalformedError as error:
        wrong = str(error)
    if answer.breaks_off:
        raise AnswerCut("Azure's answer breaks off.", **answer.head.ids)
    raise AnswerNotUnderstood(f"Azure's answer was not understood: {wrong}.", **answer.head.ids)
