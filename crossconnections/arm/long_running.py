"""Long-running operations: what an answer tells of one. Nothing here waits, and nothing here asks.

A POST is answered with the result at once (200), or with 202 and one or two addresses: ``Location``, where the
result will be, and sometimes ``Azure-AsyncOperation``, which tells the status in words until then. Source: Azure
Resource Manager RPC, Asynchronous Operations.
"""

from dataclasses import dataclass
from http import HTTPStatus

from crossconnections.arm.answer import Answer, Head
from crossconnections.arm.documents import read_document
from crossconnections.arm.errors import (
    AnswerNotUnderstood,
    ArmError,
    AzureFailed,
    HostNotAllowed,
    NotAuthenticated,
    NotFollowed,
    NotFound,
    NotPermitted,
    OperationFailed,
    OperationGone,
    Refused,
    Throttled,
)
from crossconnections.arm.hosts import check_host
from crossconnections.arm.reading import Fields
from crossconnections.arm.refusals import plain_error, refusal
from crossconnections.enums import OperationStatus, known_spelling

# These tell of the look, not of the operation that was looked at.
_OF_THE_LOOK = (NotAuthenticated, NotPermitted, Throttled, AzureFailed)


@dataclass(frozen=True, slots=True)
class OperationProgress:
    """An operation that goes on: where to look next, and how long Azure asks to wait before, in seconds.

    ``poll_url`` is the next place to look; ``result_url`` where the result will be, "" where that is the same place.
    ``word`` is Azure's for the status, "" where it gave none. ``retry_after`` is None where Azure does not say.
    """

    poll_url: str
    result_url: str
    word: str
    retry_after: float | None
    request_id: str
    correlation_id: str


def read_accepted(answer: Answer, *, endpoint: str) -> OperationProgress:
    """What a 202 tells of the operation that began.

    Raises:
        NotFollowed: it names no place where the result will be, or one outside of the configured cloud. The operation
            goes on unseen.
    """
    head = answer.head
    result_url = head.headers.get("Location", "")
    if not result_url:
        raise NotFollowed("Azure accepted, and did not say where the result will be.", **head.ids)
    status_url = head.headers.get("Azure-AsyncOperation", "")
    try:
        for url in filter(None, (result_url, status_url)):
            check_host(url, endpoint)
    except HostNotAllowed as error:
        raise NotFollowed(f"Azure accepted, and cannot be followed. {error}", **head.ids) from None
    return _progress(head, status_url or result_url, result_url if status_url else "")


def read_status(answer: Answer, *, poll_url: str, result_url: str) -> OperationProgress:
    """What the answer of an ``Azure-AsyncOperation`` address tells; after success the result is the next place.

    Any other word than Succeeded, Failed and Canceled means that it goes on: an unknown one never is a success.
    In any case, as Microsoft's own client compares them (azure-core, base_polling).

    Raises:
        OperationFailed: Azure says that it ended otherwise.
        OperationGone: Azure does not know it any more.
        ArmError: the look failed, which tells nothing of the operation.
    """
    fields = _status_fields(answer)
    word = known_spelling(OperationStatus, fields.text("status"))
    if word in (OperationStatus.FAILED, OperationStatus.CANCELED):
        raise _failed(fields, word, answer.head)
    if word == OperationStatus.SUCCEEDED:
        return _progress(answer.head, result_url, "", word, waits=False)
    return _progress(answer.head, poll_url, result_url, word)


def read_waiting(answer: Answer, *, poll_url: str, endpoint: str) -> OperationProgress | None:
    """What the answer of a ``Location`` address tells; None when it is the result itself.

    How an operation that failed shows here is not documented for these calls. By the RPC the answer is what the
    request itself would have been refused with, so a refusal with Azure's code counts as its end, except those that
    tell of the look. One without a code may be a proxy's.

    Raises:
        OperationFailed, OperationGone, ArmError: as :func:`read_status`.
    """
    head = answer.head
    if head.status == HTTPStatus.ACCEPTED:
        moved_to = head.headers.get("Location", "") or poll_url
        check_host(moved_to, endpoint)
        return _progress(head, moved_to, "")
    if head.status >= HTTPStatus.BAD_REQUEST:
        error = _look_refused(answer)
        if isinstance(error, Refused) and error.code and not isinstance(error, _OF_THE_LOOK):
            raise OperationFailed(str(error), message=error.message, code=error.code, **head.ids)
        raise error
    return None


def _status_fields(answer: Answer) -> Fields:
    head = answer.head
    if head.status >= HTTPStatus.BAD_REQUEST:
        raise _look_refused(answer)
    if head.status not in (HTTPStatus.OK, HTTPStatus.ACCEPTED):
        raise AnswerNotUnderstood(f"Azure answered {head.status} where only 200 and 202 have a meaning.", **head.ids)
    if head.status == HTTPStatus.ACCEPTED and not answer.body.strip():
        return Fields({})
    return read_document(answer, _with_status)


def _with_status(document: Fields) -> Fields:
    document.require("status").text("status")
    return document


def _look_refused(answer: Answer) -> ArmError:
    error = refusal(answer)
    if isinstance(error, NotFound):
        # Azure's code is that of any resource that is not there: it would tell of a peering or a cross connection.
        return OperationGone(f"Azure does not know the operation any more ({error.code}).", **answer.head.ids)
    return error


def _failed(fields: Fields, word: str, head: Head) -> OperationFailed:
    code, message = plain_error(fields)
    told = ": ".join(filter(None, (code, message)))
    sentence = f"Azure ended the operation as {word}. {told}".strip()
    return OperationFailed(sentence, message=message, code=code or word, **head.ids)


def _progress(head: Head, poll_url: str, result_url: str, word: str = "", *, waits: bool = True) -> OperationProgress:
    retry_after = head.retry_after_seconds if waits else 0.0
    return OperationProgress(poll_url, result_url, word, retry_after, head.request_id, head.correlation_id)
