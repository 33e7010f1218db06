"""Asking Azure Resource Manager over HTTPS: the host rule, the token, the time-outs, the ledger, the answer.

One call is one request, but for two cases: a read that met a passing failure is tried again, and a claims challenge
is answered once.
"""

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from azure.core.credentials import TokenCredential
from requests import PreparedRequest, Request, RequestException, Response
from requests.exceptions import ContentDecodingError
from urllib3.exceptions import HTTPError

from crossconnections.arm.answer import Answer, Head, Ids
from crossconnections.arm.credentials import bearer_token, existing
from crossconnections.arm.errors import AnswerNotUnderstood, ArmError, NoAnswer, NotAuthenticated, NotConnected
from crossconnections.arm.failures import plain_reason
from crossconnections.arm.hosts import check_host, endpoint_from
from crossconnections.arm.quota import QuotaBook
from crossconnections.arm.recorder import Recorder, Recording, recorded
from crossconnections.arm.retries import RetryPolicy, tried_again
from crossconnections.arm.watch import Watch, watched_session

T = TypeVar("T")

_HEADERS = {
    "Accept": "application/json",
    "Accept-Language": "en-US",  # Azure translates its messages otherwise
    "User-Agent": "crossconnect/0.1",
}
_CHUNK_BYTES = 64 * 1024
_LARGEST_ANSWER_BYTES = 64 * 1024 * 1024
_FAILURES = (RequestException, HTTPError, OSError)
_SHORTEST_SECONDS = 0.01
_HALF_A_SECOND = 0.5


@dataclass(frozen=True, slots=True)
class TimeOuts:
    """How long one call may take: to connect to one address, to send the next bytes, and altogether.

    The total counts from before the token is asked for until the last byte of the answer, over all tries: there
    is a further one only while that leaves the time to connect. Azure's own gateway
    gives up after 60 seconds (Azure Resource Manager RPC), so less would miss its word.
    """

    connect_seconds: float = 5.0
    read_seconds: float = 60.0
    total_seconds: float = 65.0


class LastMoment:
    """When a write may leave at the latest: ``seconds`` from now.

    A process that was frozen must not send what another has taken over. Counted by two clocks, since either may stand
    still or be set while a machine sleeps.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._begun = _clocks()

    def is_over(self) -> bool:
        """Asked right before bytes leave."""
        return any(now - then > self._seconds for now, then in zip(_clocks(), self._begun, strict=True))


@dataclass(frozen=True, slots=True)
class Sending:
    """What a write carries: a JSON ``body`` or none, and the etag that it was made from, "" for none."""

    body: dict[str, Any] | None = field(repr=False)
    if_match: str
    last_moment: LastMoment

    @property
    def headers(self) -> dict[str, str]:
        """Not documented for cross connections: whether Azure heeds it. Where it does, the write is refused (412)."""
        return {"If-Match": self.if_match} if self.if_match else {}


def _clocks() -> tuple[float, float]:
    return time.monotonic(), time.time()


@dataclass(slots=True)
class _Question(Generic[T]):
    """What one call asks; ``claims`` are those of the challenge that it met."""

    operation: str
    method: str
    url: str
    understand: Callable[[Answer], T]
    deadline: float
    sending: Sending | None = None
    claims: str = ""

    @property
    def seconds_left(self) -> float:
        return self.deadline - time.monotonic()

    def is_too_late(self) -> bool:
        return self.sending is not None and self.sending.last_moment.is_over()


class Transport:
    """Asks the configured Azure Resource Manager, and nobody else."""

    def __init__(
        self,
        *,
        endpoint: str,
        scope: str,
        credential: TokenCredential,
        ca_bundle: str,
        proxies: Mapping[str, str],
        recorder: Recorder,
        time_outs: TimeOuts,
        retries: RetryPolicy,
        sleep: Callable[[float], None],
    ) -> None:
        self._endpoint = endpoint_from(endpoint)
        self._scope = scope
        self._credential = credential
        self._recorder = recorder
        self._time_outs = time_outs
        self._retries = retries
        self._sleep = sleep
        self.quota = QuotaBook()
        self.seconds_ahead: float | None = None
        self._session = watched_session(proxies)
        self._session.headers.update(_HEADERS)
        self._session.verify = existing(ca_bundle)

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._session.close()

    def ask(
        self,
        *,
        operation: str,
        method: str,
        url: str,
        understand: Callable[[Answer], T],
        sending: Sending | None = None,
    ) -> T:
        """Send a request and return what ``understand`` makes of the whole answer; any ArmError.

        ``operation`` is Azure's operation id, for the recorder. Only a GET may be sent again after a failure.
        """
        deadline = time.monotonic() + self._time_outs.total_seconds
        question = _Question(operation, method, url, understand, deadline, sending)
        if method != "GET":
            return self._answering_a_challenge(question)
        return tried_again(
            partial(self._answering_a_challenge, question),
            policy=self._retries,
            sleep=self._sleep,
            has_time_after=lambda pause: question.seconds_left - pause >= self._time_outs.connect_seconds,
        )

    def _answering_a_challenge(self, question: _Question[T]) -> T:
        # A 401 means that nothing was done, so any method may be sent again; once in a call.
        try:
            return self._once(question)
        except NotAuthenticated as error:
            if question.claims or not error.claims:
                raise
            question.claims = error.claims
        return self._once(question)

    def _once(self, question: _Question[T]) -> T:
        request = self._prepared(question)
        with recorded(self._recorder, _recording(question.operation, request)) as recording:
            return question.understand(self._exchange(request, recording, question))

    def _prepared(self, question: _Question[T]) -> PreparedRequest:
        check_host(question.url, self._endpoint)
        request = self._session.prepare_request(_request(question))
        # Once more as it will be sent: the rule must not depend on what requests does to an address.
        check_host(request.url or "", self._endpoint)
        token = bearer_token(self._credential, scope=self._scope, seconds=question.seconds_left, claims=question.claims)
        request.headers["Authorization"] = f"Bearer {token}"
        return request

    def _exchange(self, request: PreparedRequest, recording: Recording, question: _Question[T]) -> Answer:
        with Watch(question.seconds_left, is_too_late=question.is_too_late) as watch:
            try:
                answer = self._answer(request, recording, question.seconds_left)
                if not watch.expired:
                    return answer
                reason = "no answer in time"
            except _FAILURES as error:
                reason = plain_reason(error)
        # Raised out here, so that no traceback leads to the request that carried the token.
        raise _failure(watch, reason, recording.head)

    def _answer(self, request: PreparedRequest, recording: Recording, seconds_left: float) -> Answer:
        connect_seconds = max(_SHORTEST_SECONDS, min(self._time_outs.connect_seconds, seconds_left))
        times = (connect_seconds, self._time_outs.read_seconds)
        with self._session.send(request, stream=True, allow_redirects=False, timeout=times) as response:
            recording.head = Head(response.status_code, response.headers)
            self.quota.note(recording.path, recording.head)
            self.seconds_ahead = _seconds_ahead(recording.head, self.seconds_ahead)
            return Answer(recording.head, _whole_body(response, recording.head.ids))


def _request(question: _Question[T]) -> Request:
    headers = {"x-ms-client-request-id": str(uuid.uuid4())}
    if question.sending is None:
        return Request(question.method, question.url, headers=headers)
    return Request(
        question.method, question.url, headers=headers | question.sending.headers, json=question.sending.body
    )


def _recording(operation: str, request: PreparedRequest) -> Recording:
    return Recording(
        operation=operation,
        method=str(request.method),
        path=urlsplit(str(request.url)).path,
        client_request_id=str(request.headers["x-ms-client-request-id"]),
    )


def _seconds_ahead(head: Head, before: float | None) -> float | None:
    # HTTP tells whole seconds: half of one is what is cut off on average.
    return before if head.date is None else (head.date - datetime.now(UTC)).total_seconds() + _HALF_A_SECOND


def _whole_body(response: Response, ids: Ids) -> bytes:
    body = bytearray()
    try:
        for chunk in response.iter_content(_CHUNK_BYTES):
            body += chunk
            if len(body) > _LARGEST_ANSWER_BYTES:
                raise AnswerNotUnderstood("Azure's answer is larger than 64 MiB.", **ids)
    except ContentDecodingError:
        raise AnswerNotUnderstood("Azure's answer could not be unpacked.", **ids) from None
    return bytes(body)


def _failure(watch: Watch, reason: str, head: Head | None) -> ArmError:
    if not watch.sent:
        return NotConnected(f"No connection to Azure Resource Manager: {reason}.")
    ids = head.ids if head else Ids(request_id="", correlation_id="")
    return NoAnswer(f"Azure Resource Manager was asked and gave no whole answer: {reason}.", **ids)
