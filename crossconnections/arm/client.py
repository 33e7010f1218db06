"""What can be asked of Azure about cross connections: one method per operation."""

import time
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from http import HTTPStatus
from types import MappingProxyType
from typing import Self, TypeVar
from urllib.parse import quote

from azure.core.credentials import TokenCredential

from crossconnections.arm.answer import Answer
from crossconnections.arm.documents import read_document
from crossconnections.arm.edits import Edit
from crossconnections.arm.errors import AnswerNotUnderstood
from crossconnections.arm.hosts import endpoint_from
from crossconnections.arm.long_running import OperationProgress, read_accepted, read_status, read_waiting
from crossconnections.arm.management import (
    AUTHORIZATION_VERSION,
    RESOURCES_VERSION,
    SUBSCRIPTIONS_VERSION,
    AzureSubscription,
    Grant,
    Registration,
    read_grant,
    read_registration,
    read_subscription,
)
from crossconnections.arm.neighbours import (
    ProviderPort,
    RouteFilter,
    ServiceCommunity,
    read_provider_port,
    read_route_filter,
    read_service_community,
)
from crossconnections.arm.paging import Page, PageReader
from crossconnections.arm.quota import Quota
from crossconnections.arm.reading import Fields, MalformedError
from crossconnections.arm.recorder import Recorder, ignore_calls
from crossconnections.arm.refusals import refusal
from crossconnections.arm.resource_id import ResourceId
from crossconnections.arm.resources import (
    CrossConnectionResource,
    PeeringResource,
    read_cross_connection,
    read_peering,
    read_whole_cross_connection,
)
from crossconnections.arm.retries import RetryPolicy
from crossconnections.arm.tables import ROW_READERS, Row
from crossconnections.arm.transport import TimeOuts, Transport
from crossconnections.arm.writes import Confirm, Writer
from crossconnections.enums import DevicePath, Table

T = TypeVar("T")

_NO_PROXIES: Mapping[str, str] = MappingProxyType({})
_DEFAULT_TIME_OUTS = TimeOuts()
_DEFAULT_RETRIES = RetryPolicy()
_FIRST_VERSION_WITH_FILTER = "2024-01-01"


class ArmClient:
    """A client for one Azure cloud; close it, or use it as a context manager.

    ``endpoint`` is Azure Resource Manager's (https, no path), ``ca_bundle`` the path of the certificates to trust,
    ``proxies`` as requests takes them, ``scope`` what tokens are asked for, by default the endpoint's
    ``/.default``. Nothing is read from the environment. ValueError when one of them cannot be right.

    Every method may raise any :class:`~crossconnections.arm.errors.ArmError`. A read that met a passing failure is
    tried again as ``retries`` says, with ``sleep`` for the pauses; throttling is raised at once and never waited out.
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
        retries: RetryPolicy = _DEFAULT_RETRIES,
        sleep: Callable[[float], None] = time.sleep,
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
            retries=retries,
            sleep=sleep,
        )

    @property
    def quota(self) -> Mapping[str, Quota]:
        """What Azure last said is left, by subscription id in lower case; a subscription not asked yet is missing."""
        return self._transport.quota.by_subscription

    @property
    def seconds_ahead(self) -> float | None:
        """How far Azure's clock is ahead of this machine's by its last answer, to a second; None before one told."""
        return self._transport.seconds_ahead

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
        url = self._network_url(subscription_id, "expressRouteCrossConnections")
        return self._pages("ExpressRouteCrossConnections_List", url, read_cross_connection)

    def list_cross_connections_in_group(
        self, *, subscription_id: str, resource_group: str
    ) -> Iterator[Page[CrossConnectionResource]]:
        """Those of one resource group, as poor as in the other list."""
        scope = f"{quote(subscription_id, safe='')}/resourceGroups/{quote(resource_group, safe='')}"
        url = self._url(f"/subscriptions/{scope}/providers/Microsoft.Network/expressRouteCrossConnections")
        return self._pages("ExpressRouteCrossConnections_ListByResourceGroup", url, read_cross_connection)

    def find_cross_connection(self, *, subscription_id: str, service_key: str) -> CrossConnectionResource | None:
        """The one with that key, as poor as in a list; None when the subscription has none.

        NotImplementedError when the configured api-version is older than 2024-01-01, the first with ``$filter``:
        without it every page would have to be read, and None must not mean "not looked for".
        """
        if self._api_version < _FIRST_VERSION_WITH_FILTER:
            raise NotImplementedError(f"api-version {self._api_version} cannot filter cross connections by name.")
        condition = "name eq '{}'".format(service_key.replace("'", "''"))
        url = self._network_url(subscription_id, "expressRouteCrossConnections")
        pages = self._pages(
            "ExpressRouteCrossConnections_List",
            f"{url}&$filter={quote(condition, safe='')}",
            read_cross_connection,
        )
        # Compared once more: were the filter not heeded, the first entry would be somebody else's.
        found = (item for page in pages for item in page.items if item.service_key.lower() == service_key.lower())
        return next(found, None)

    def get_cross_connection(self, *, resource_id: ResourceId) -> CrossConnectionResource:
        """One cross connection with all its fields; NotFound when Azure says that it is not there."""
        url = self._url(quote(resource_id.text))
        return self._get("ExpressRouteCrossConnections_Get", url, read_whole_cross_connection)

    def list_peerings(self, *, resource_id: ResourceId) -> Iterator[Page[PeeringResource]]:
        """The peerings of a cross connection, each page asked for when the iterator comes to it."""
        url = self._url(f"{quote(resource_id.text)}/peerings")
        return self._pages("ExpressRouteCrossConnectionPeerings_List", url, read_peering)

    def list_service_communities(self, *, subscription_id: str) -> Iterator[Page[ServiceCommunity]]:
        """Microsoft's services and their BGP communities."""
        url = self._network_url(subscription_id, "bgpServiceCommunities")
        return self._pages("BgpServiceCommunities_List", url, read_service_community)

    def list_route_filters(self, *, subscription_id: str) -> Iterator[Page[RouteFilter]]:
        """The route filters that the subscription holds."""
        url = self._network_url(subscription_id, "routeFilters")
        return self._pages("RouteFilters_List", url, read_route_filter)

    def list_provider_ports(self, *, subscription_id: str, location: str = "") -> Iterator[Page[ProviderPort]]:
        """The provider's port pairs, of one location or of all."""
        url = self._network_url(subscription_id, "expressRouteProviderPorts")
        if location:
            url += f"&location={quote(location, safe='')}"
        return self._pages("ExpressRouteProviderPortsLocation_List", url, read_provider_port)

    def get_subscription(self, *, subscription_id: str) -> AzureSubscription:
        """The subscription itself; SubscriptionUnknown or NotPermitted where the application cannot see it."""
        url = self._url(f"/subscriptions/{quote(subscription_id, safe='')}", SUBSCRIPTIONS_VERSION)
        return self._get("Subscriptions_Get", url, read_subscription)

    def get_registration(self, *, subscription_id: str) -> Registration:
        """How the subscription stands to Microsoft.Network."""
        url = self._url(_network(subscription_id), RESOURCES_VERSION)
        return self._get("Providers_Get", url, read_registration)

    def register_network(self, *, subscription_id: str) -> Registration:
        """Ask that the subscription be registered for Microsoft.Network; what is already stays so. Azure takes minutes.

        It is a POST and not sent twice by itself; to ask once more harms nothing (Providers_Register).
        """
        url = self._url(f"{_network(subscription_id)}/register", RESOURCES_VERSION)
        understand = partial(_understood, read=read_registration)
        return self._transport.ask(operation="Providers_Register", method="POST", url=url, understand=understand)

    def list_grants(self, *, subscription_id: str) -> Iterator[Page[Grant]]:
        """What the application's roles let it do in the subscription as a whole."""
        path = f"/subscriptions/{quote(subscription_id, safe='')}/providers/Microsoft.Authorization/permissions"
        return self._pages("Permissions_ListForResourceGroup", self._url(path, AUTHORIZATION_VERSION), read_grant)

    def start_table_read(
        self, *, resource_id: ResourceId, peering_type: str, device_path: DevicePath, table: Table
    ) -> OperationProgress | tuple[Row, ...]:
        """Ask an edge router for a table of a peering: an operation to follow, or the rows if Azure has them at once.

        It changes nothing at Azure, but it is a POST and never sent twice by itself.

        Raises:
            NotFollowed: it began, and there is nowhere to look.
            NotFound: that peering, or the cross connection, is not there.
            ArmError: see the errors; before anything began, or with no word of whether it did.
        """
        peering = f"{quote(resource_id.text)}/peerings/{quote(peering_type, safe='')}"
        url = self._url(f"{peering}/{table.azure_word}/{device_path}")
        return self._transport.ask(
            operation=table.azure_operation,
            method="POST",
            url=url,
            understand=partial(self._started, table=table),
        )

    def follow_table_read(self, *, table: Table, poll_url: str, result_url: str) -> OperationProgress | tuple[Row, ...]:
        """Look once at a read that goes on; the addresses are those of its last progress.

        Raises:
            OperationFailed: Azure says that it came to nothing.
            OperationGone: Azure does not know it any more.
            ArmError: the look failed, which tells nothing of the read.
        """
        if result_url:
            understand = partial(read_status, poll_url=poll_url, result_url=result_url)
            return self._transport.ask(operation="Operations_Get", method="GET", url=poll_url, understand=understand)
        looked = partial(self._looked, table=table, poll_url=poll_url)
        return self._transport.ask(operation="OperationResults_Get", method="GET", url=poll_url, understand=looked)

    def start_edit(
        self, *, resource_id: ResourceId, edit: Edit, confirm: Confirm, seconds_to_send: float
    ) -> OperationProgress:
        """GET a cross connection, and write what is to be different: it, its tags, or one of its peerings.

        ``confirm`` sees what Azure has now and may raise to let nothing be written; the write leaves within
        ``seconds_to_send`` after it was called or not at all.

        Raises:
            Overtaken: somebody wrote between the GET and this; nothing was written.
            ArmError: see the errors; until ``confirm`` was called nothing was written.
        """
        writer = self._writer(resource_id)
        return writer.start(edit=edit, confirm=confirm, seconds_to_send=seconds_to_send)

    def follow_edit(
        self, *, resource_id: ResourceId, poll_url: str, result_url: str
    ) -> OperationProgress | CrossConnectionResource:
        """Look once at an edit that goes on; with ``result_url`` "" at the cross connection itself.

        Raises:
            OperationFailed: Azure says that it came to nothing.
            OperationGone: Azure does not know the operation any more.
            ArmError: the look failed, which tells nothing of the edit.
        """
        return self._writer(resource_id).follow(poll_url=poll_url, result_url=result_url)

    def _writer(self, resource_id: ResourceId) -> Writer:
        address, query, version = self._url(quote(resource_id.text)).partition("?")
        return Writer(self._transport, self._endpoint, address, query + version)

    def _started(self, answer: Answer, *, table: Table) -> OperationProgress | tuple[Row, ...]:
        if answer.head.status == HTTPStatus.ACCEPTED:
            return read_accepted(answer, endpoint=self._endpoint)
        return _understood(answer, read=partial(_rows, table=table))

    def _looked(self, answer: Answer, *, table: Table, poll_url: str) -> OperationProgress | tuple[Row, ...]:
        goes_on = read_waiting(answer, poll_url=poll_url, endpoint=self._endpoint)
        return goes_on or _understood(answer, read=partial(_rows, table=table))

    def _pages(self, operation: str, url: str, read_item: Callable[[Fields], T]) -> Iterator[Page[T]]:
        reader = PageReader(url, read_item)
        while reader.next_link:
            yield self._get(operation, reader.next_link, reader.read)

    def _get(self, operation: str, url: str, read: Callable[[Fields], T]) -> T:
        return self._transport.ask(
            operation=operation, method="GET", url=url, understand=partial(_understood, read=read)
        )

    def _network_url(self, subscription_id: str, kind: str) -> str:
        return self._url(f"{_network(subscription_id)}/{kind}")

    def _url(self, path: str, version: str = "") -> str:
        return f"{self._endpoint}{path}?api-version={quote(version or self._api_version, safe='')}"


def _network(subscription_id: str) -> str:
    return f"/subscriptions/{quote(subscription_id, safe='')}/providers/Microsoft.Network"


def _understood(answer: Answer, *, read: Callable[[Fields], T]) -> T:
    """What ``read`` makes of an answer: 200 and a JSON object, or an ArmError."""
    head = answer.head
    if head.status >= HTTPStatus.BAD_REQUEST:
        raise refusal(answer)
    if head.status != HTTPStatus.OK:
        raise AnswerNotUnderstood(f"Azure answered {head.status} where only 200 has a meaning.", **head.ids)
    return read_document(answer, read)


def _rows(document: Fields, *, table: Table) -> tuple[Row, ...]:
    """All rows of a table.

    MalformedError when ``nextLink`` says that there are more: no page of a table but the first was ever seen
    or documented, and half a table must not look like a whole one.
    """
    if document.text("nextLink"):
        raise MalformedError("the table goes on on another page")
    return tuple(ROW_READERS[table](entry) for entry in document.require("value").objects("value"))
