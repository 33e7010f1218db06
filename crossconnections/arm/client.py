"""What can be asked of Azure about cross connections: one method per operation."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http import HTTPStatus
from types import MappingProxyType
from typing import Self, TypeVar
from urllib.parse import quote

from azure.core.credentials import TokenCredential

from crossconnections.arm.answer import Answer
from crossconnections.arm.errors import AnswerNotUnderstood
from crossconnections.arm.hosts import endpoint_from
from crossconnections.arm.paging import Page, PageReader
from crossconnections.arm.reading import Fields, MalformedError
from crossconnections.arm.recorder import Recorder, ignore_calls
from crossconnections.arm.refusals import refusal
from crossconnections.arm.resource_id import ResourceId
from crossconnections.arm.resources import (
    CrossConnectionResource,
    PeeringResource,
    read_cross_connection,
    read_peering,
)
from crossconnections.arm.transport import TimeOuts, Transport

T = TypeVar("T")

_NO_PROXIES: Mapping[str, str] = MappingProxyType({})
_DEFAULT_TIME_OUTS = TimeOuts()


class ArmClient:
    """A client for one Azure cloud; close it, or use it as a context manager.

    ``endpoint`` is Azure Resource Manager's (https, no path), ``ca_bundle`` the path of the certificates to trust,
    ``proxies`` as requests takes them, ``scope`` what tokens are asked for, by default the endpoint's
    ``/.default``. Nothing is read from the environment. ValueError when one of them cannot be right.

    Every method may raise any :class:`~crossconnections.arm.errors.ArmError`; none retries or sleeps.
    """

    def __init__(
        self,
        *,
        endpoint: str,
        credential: TokenCredential,
        api_version: str,
        ca_bundle: str,
        proxies: Mapping[str, str] | None = None,
        recorder: Recorder = ignore_calls,
        time_outs: TimeOuts = _DEFAULT_TIME_OUTS,
        scope: str = "",
    ) -> None:
        self._endpoint = endpoint_from(endpoint)
        self._api_version = api_version
        self._transport = Transport(
            endpoint=self._endpoint,
            scope=scope or f"{self._endpoint}/.default",
            credential=credential,
            ca_bundle=ca_bundle,
            proxies=_NO_PROXIES if proxies is None else proxies,
            recorder=recorder,
            time_outs=time_outs,
        )

    def close(self) -> None:
        """Close the connections that are kept open."""
        self._transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self.close()

    def list_cross_connections(self, *, subscription_id: str) -> Iterator[Page[CrossConnectionResource]]:
        """All cross connections of a subscription, each page asked for when the iterator comes to it.

        Entries lack ports, S-tag and peerings (Microsoft's published trace, cross-connections-api-development).
        """
        path = (
            f"/subscriptions/{quote(subscription_id, safe='')}/providers/Microsoft.Network/expressRouteCrossConnections"
        )
        return self._pages("ExpressRouteCrossConnections_List", self._url(path), read_cross_connection)

    def get_cross_connection(self, *, resource_id: ResourceId) -> CrossConnectionResource:
        """One cross connection with all its fields; NotFound when Azure says that it is not there."""
        url = self._url(quote(resource_id.text))
        return self._get("ExpressRouteCrossConnections_Get", url, read_cross_connection)

    def list_peerings(self, *, resource_id: ResourceId) -> Iterator[Page[PeeringResource]]:
        """The peerings of a cross connection, each page asked for when the iterator comes to it."""
        url = self._url(f"{quote(resource_id.text)}/peerings")
        return self._pages("ExpressRouteCrossConnectionPeerings_List", url, read_peering)

    def _pages(self, operation: str, url: str, read_item: Callable[[Fields], T]) -> Iterator[Page[T]]:
        reader = PageReader(url, read_item)
        while reader.next_link:
            yield self._get(operation, reader.next_link, reader.read)

    def _get(self, operation: str, url: str, read: Callable[[Fields], T]) -> T:
        return self._transport.ask(
            operation=operation, method="GET", url=url, understand=partial(_understood, read=read)
        )

    def _url(self, path: str) -> str:
        return f"{self._endpoint}{path}?api-version={quote(self._api_version, safe='')}"


def _understood(answer: Answer, *, read: Callable[[Fields], T]) -> T:
    """What ``read`` makes of the answer to a GET: 200 and a JSON object, or an ArmError."""
    head = answer.head
    if head.status >= HTTPStatus.BAD_REQUEST:
        raise refusal(answer)
    if head.status != HTTPStatus.OK:
        raise AnswerNotUnderstood(f"Azure answered {head.status} where only 200 has a meaning.", **head.ids)
    try:
        return read(Fields.parse(answer.body))
    except MalformedError as error:
        wrong = str(error)
    raise AnswerNotUnderstood(f"Azure's answer was not understood: {wrong}.", **head.ids)
