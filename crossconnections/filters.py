"""What a list is narrowed to. All filters combine; several values of one filter mean any of them."""

import ipaddress
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from crossconnections.models import CrossConnection, Peering

LONGEST_QUERY = 200
NO_PEERING = "none"


@dataclass(frozen=True, slots=True)
class Filters:
    """Texts as typed; states and peering types in Azure's spelling; bandwidths in Mbps; subscriptions by label."""

    q: str = ""
    location: str = ""
    states: tuple[str, ...] = ()
    bandwidths: tuple[int, ...] = ()
    subscriptions: tuple[str, ...] = ()
    peerings: tuple[str, ...] = ()

    @property
    def has_choices(self) -> bool:
        """Whether anything but the search and the location is set."""
        return bool(self.states or self.bandwidths or self.subscriptions or self.peerings)

    def narrow(self, rows: QuerySet[CrossConnection]) -> QuerySet[CrossConnection]:
        """The rows that pass them all."""
        conditions = [*map(_matches, self.q[:LONGEST_QUERY].split()), *self._choices()]
        return rows.filter(*conditions)

    def _choices(self) -> list[Q]:
        chosen = [
            Q(peering_location__iexact=self.location) if self.location else None,
            Q(provider_provisioning_state__in=self.states) if self.states else None,
            Q(bandwidth_mbps__in=self.bandwidths) if self.bandwidths else None,
            Q(subscription__label__in=self.subscriptions) if self.subscriptions else None,
            _has_peering(self.peerings) if self.peerings else None,
        ]
        return [condition for condition in chosen if condition is not None]


def _has_peering(types: tuple[str, ...]) -> Q:
    # By subquery: a join would list a cross connection once for each peering.
    of_type = Q(pk__in=Peering.objects.filter(peering_type__in=types).values("cross_connection"))
    return of_type | Q(peerings=None) if NO_PEERING in types else of_type


def _matches(word: str) -> Q:
    """Whole or part of the service key or the circuit's name; a short number is a tag, an address that of a link."""
    found = Q(service_key__contains=word.lower()) | Q(circuit_name__icontains=word)
    # 802.1Q: a tag has twelve bits.
    if word.isascii() and word.isdecimal() and len(word) <= 4:  # noqa: PLR2004
        found |= Q(s_tag=int(word)) | _of_peerings(Q(vlan_id=int(word)))
    return found | _on_link(word)


def _on_link(word: str) -> Q:
    """The link that an address or a prefix lies on: a /30 of IPv4, a /126 of IPv6."""
    try:
        address = ipaddress.ip_interface(word)
    except ValueError:
        return Q(pk__in=())
    prefix = str(ipaddress.ip_network((address.ip, address.max_prefixlen - 2), strict=False))
    columns = ("primary_prefix", "secondary_prefix", "ipv6_primary_prefix", "ipv6_secondary_prefix")
    is_on_it = Q()
    for column in columns:
        is_on_it |= Q(**{column: prefix})
    return _of_peerings(is_on_it)


def _of_peerings(condition: Q) -> Q:
    return Q(pk__in=Peering.objects.filter(condition).values("cross_connection"))
