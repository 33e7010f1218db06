"""Writing to Azure: read, change the one thing, write, all inside one call, and follow what comes of it.

The body may hold shared keys, if Azure showed them: it lives here between the GET and the PUT and nowhere else.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any

from crossconnections.arm.answer import Answer
from crossconnections.arm.documents import read_document
from crossconnections.arm.edits import Edit, build_write
from crossconnections.arm.errors import AnswerNotUnderstood, HostNotAllowed
from crossconnections.arm.hosts import check_host
from crossconnections.arm.long_running import OperationProgress, read_status
from crossconnections.arm.reading import Fields
from crossconnections.arm.refusals import refusal
from crossconnections.arm.resources import UNDER_WAY, CrossConnectionResource, read_whole_cross_connection
from crossconnections.arm.transport import LastMoment, Sending, Transport

Confirm = Callable[[CrossConnectionResource], None]
GET = "ExpressRouteCrossConnections_Get"
_ACCEPTED = frozenset({HTTPStatus.OK, HTTPStatus.CREATED, HTTPStatus.ACCEPTED, HTTPStatus.NO_CONTENT})


@dataclass(frozen=True, slots=True)
class _Seen:
    """The answer to a GET: what it says, and its JSON with whatever key Azure shows."""

    resource: CrossConnectionResource
    document: dict[str, Any] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes to one cross connection: ``address`` is its own, to which a peering's place and the query are added."""

    transport: Transport
    endpoint: str
    address: str
    query: str

    @property
    def url(self) -> str:
        """Where the cross connection itself is."""
        return f"{self.address}{self.query}"

    def start(self, *, edit: Edit, confirm: Confirm, seconds_to_send: float) -> OperationProgress:
        """See :meth:`~crossconnections.arm.client.ArmClient.start_edit`."""
        seen = self.transport.ask(operation=GET, method="GET", url=self.url, understand=_seen)
        # Counted from before the lease is renewed: whoever is frozen in between counts that as well.
        last_moment = LastMoment(seconds_to_send)
        confirm(seen.resource)
        request = build_write(seen.document, edit)
        return self.transport.ask(
            operation=request.operation,
            method=request.method,
            url=f"{self.address}{request.place}{self.query}",
            understand=partial(self._accepted, is_removal=edit.removes),
            sending=Sending(request.body, request.etag, last_moment),
        )

    def follow(self, *, poll_url: str, result_url: str) -> OperationProgress | CrossConnectionResource:
        """See :meth:`~crossconnections.arm.client.ArmClient.follow_edit`."""
        if result_url:
            understand = partial(read_status, poll_url=poll_url, result_url=result_url)
            return self.transport.ask(operation="Operations_Get", method="GET", url=poll_url, understand=understand)
        return self.transport.ask(operation=GET, method="GET", url=self.url, understand=self._settled)

    def _accepted(self, answer: Answer, *, is_removal: bool) -> OperationProgress:
        """Where the operation can be followed; where Azure names no place, or none of its own, at the resource.

        What the answer says of the resource is not kept: ports are blank in it, S-tag and ASN are 0, and a shared key
        may be there (Microsoft's published trace). Only that it is one tells that it was Azure who answered.
        """
        head = answer.head
        if head.status >= HTTPStatus.BAD_REQUEST:
            raise refusal(answer)
        if head.status not in _ACCEPTED:
            raise AnswerNotUnderstood(f"Azure answered {head.status} to a write.", **head.ids)
        state = _provisioning_state(answer, is_removal=is_removal)
        status_url = self._within_cloud(head.headers.get("Azure-AsyncOperation", ""))
        goes_on = status_url or state in UNDER_WAY or head.status == HTTPStatus.ACCEPTED
        pause = head.retry_after_seconds if goes_on else 0.0
        return OperationProgress(
            poll_url=status_url or self.url,
            result_url=self.url if status_url else "",
            word="",
            retry_after=pause,
            request_id=head.request_id,
            correlation_id=head.correlation_id,
        )

    def _within_cloud(self, url: str) -> str:
        try:
            if url:
                check_host(url, self.endpoint)
        except HostNotAllowed:
            return ""
        return url

    def _settled(self, answer: Answer) -> OperationProgress | CrossConnectionResource:
        """The resource, once Azure is not at it any more."""
        resource = _seen(answer).resource
        if not (word := resource.under_way):
            return resource
        head = answer.head
        return OperationProgress(self.url, "", word, head.retry_after_seconds, **head.ids)


def _seen(answer: Answer) -> _Seen:
    head = answer.head
    if head.status >= HTTPStatus.BAD_REQUEST:
        raise refusal(answer)
    if head.status != HTTPStatus.OK:
        raise AnswerNotUnderstood(f"Azure answered {head.status} where only 200 has a meaning.", **head.ids)
    resource = read_document(answer, read_whole_cross_connection)
    return _Seen(resource, json.loads(answer.body))


def _provisioning_state(answer: Answer, *, is_removal: bool) -> str:
    """Of the resource in an answer to a write; "" where a 202, or any answer to a DELETE, has no content."""
    if not answer.body.strip() and (is_removal or answer.head.status == HTTPStatus.ACCEPTED):
        return ""
    return read_document(answer, _state_of)


def _state_of(document: Fields) -> str:
    return document.get_object("properties").text("provisioningState")
