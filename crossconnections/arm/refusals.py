"""Azure's error answers as exceptions: by its error code, and by the HTTP status for codes that are not listed.

The message never decides: Azure translates it (a German one was seen in azure-rest-api-specs issue 27436).
Sources of the codes: Azure REST: CloudError; Troubleshoot common Azure deployment errors (learn.microsoft.com);
azure-cli-extensions, recorded sessions.
"""

from http import HTTPStatus

from crossconnections.arm.answer import Answer
from crossconnections.arm.challenge import claims_of
from crossconnections.arm.errors import (
    AnotherOperationInProgress,
    AnswerNotUnderstood,
    ApiVersionRefused,
    ArmError,
    AzureFailed,
    NotAuthenticated,
    NotEnrolled,
    NotFound,
    NotPermitted,
    NotRegistered,
    Overtaken,
    Refused,
    SubscriptionUnknown,
    Throttled,
)
from crossconnections.arm.reading import Fields, MalformedError

_BY_CODE: dict[str, type[Refused]] = {
    "AuthenticationFailed": NotAuthenticated,
    "ExpiredAuthenticationToken": NotAuthenticated,
    "InvalidAuthenticationToken": NotAuthenticated,
    "AuthorizationFailed": NotPermitted,
    "NotFound": NotFound,
    "ResourceNotFound": NotFound,
    "ResourceGroupNotFound": NotFound,
    "InvalidResourceType": NotEnrolled,
    "SubscriptionNotFound": SubscriptionUnknown,
    "SubscriptionRequestsThrottled": Throttled,
    "TooManyRequests": Throttled,
    # Seen with 429 and with 400: the reason why the code comes before the status.
    "AnotherOperationInProgress": AnotherOperationInProgress,
    "PreconditionFailed": Overtaken,
    "MissingSubscriptionRegistration": NotRegistered,
    "MissingApiVersionParameter": ApiVersionRefused,
    "InvalidApiVersionParameter": ApiVersionRefused,
    "NoRegisteredProviderFound": ApiVersionRefused,
}
_BY_STATUS: dict[int, type[Refused]] = {
    HTTPStatus.UNAUTHORIZED: NotAuthenticated,
    HTTPStatus.FORBIDDEN: NotPermitted,
    HTTPStatus.NOT_FOUND: NotFound,
    # Whether a gateway that waited too long had passed it on, nobody knows.
    HTTPStatus.REQUEST_TIMEOUT: AzureFailed,
    HTTPStatus.PRECONDITION_FAILED: Overtaken,
    HTTPStatus.TOO_MANY_REQUESTS: Throttled,
}
_LONGEST_MESSAGE = 1000


def refusal(answer: Answer) -> ArmError:
    """The exception for an answer of 400 or above.

    A 404 without Azure's error body is AnswerNotUnderstood: a proxy's 404 says nothing about a resource, and
    a cross connection must not count as gone by it.
    """
    head, error = answer.head, _cloud_error(answer.body)
    code = _plain(error, "code")
    if head.status == HTTPStatus.NOT_FOUND and not code:
        return AnswerNotUnderstood("A 404 came without Azure's error code, so it is not Azure's word.", **head.ids)
    refused = refusal_class(head.status, code)(
        _sentence(head.status, code, _plain(error, "message")),
        status=head.status,
        message=_plain(error, "message"),
        target=_plain(error, "target"),
        retry_after=head.retry_after_seconds,
        code=code,
        **head.ids,
    )
    if isinstance(refused, NotAuthenticated):
        refused.claims = claims_of(head.challenge)
    return refused


def refusal_class(status: int, code: str) -> type[Refused]:
    """The class for Azure's error code, else for the HTTP status."""
    by_status = AzureFailed if status >= HTTPStatus.INTERNAL_SERVER_ERROR else _BY_STATUS.get(status, Refused)
    return _BY_CODE.get(code, by_status)


def plain_error(document: Fields) -> tuple[str, str]:
    """Code and message of the ``error`` that a document holds; "" for what is missing or cannot be read."""
    error = _error_of(document)
    return _plain(error, "code"), _plain(error, "message")


def _cloud_error(body: bytes) -> Fields:
    # An error page of a proxy is no JSON: the status has to do then.
    try:
        return _error_of(Fields.parse(body))
    except MalformedError:
        return Fields({})


def _error_of(document: Fields) -> Fields:
    try:
        return document.find_object("error") or Fields({})
    except MalformedError:
        return Fields({})


def _plain(error: Fields, name: str) -> str:
    try:
        return " ".join(error.text(name).split())[:_LONGEST_MESSAGE]
    except MalformedError:
        return ""


def _sentence(status: int, code: str, message: str) -> str:
    told = f"{status} {code}".strip()
    return f"Azure refused with {told}: {message}" if message else f"Azure refused with {told}."
