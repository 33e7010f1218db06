"""Where the link subnets of a peering meet those of another circuit of ours (EXPRESSROUTE.md V7)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from django.db.models import Q

from crossconnections.models import CrossConnection, Peering, Wish
from crossconnections.scopes import within
from portal.access.scopes import Reach

LINKS = ("primary_prefix", "secondary_prefix", "ipv6_primary_prefix", "ipv6_secondary_prefix")
MOST = 3
# What links are made of: a wider one cannot be a link of anything, and its parts are looked for one by one.
_NARROWEST = 4


@dataclass(frozen=True, slots=True)
class Overlap:
    """``prefix`` of ours meets ``other``, a subnet of a peering of that type of another circuit."""

    prefix: str
    other: str
    peering_type: str
    row: CrossConnection


def find_overlaps(row: CrossConnection, wish: Wish, reach: Reach) -> list[Overlap]:
    """At most three, of circuits within reach; of a removal, or where no subnet is new, there are none."""
    wanted = [] if wish.removes else [str(wish.moved[name]) for name in LINKS if wish.moved.get(name)]
    return find_overlaps_of(row, wanted, reach)


def find_overlaps_of(row: CrossConnection, prefixes: Iterable[str], reach: Reach) -> list[Overlap]:
    """The same for prefixes in canonical text."""
    wanted = {prefix: list(_meeting(prefix)) for prefix in prefixes}
    texts = {text for meeting in wanted.values() for text in meeting}
    if not texts:
        return []
    found = Q()
    for name in LINKS:
        found |= Q(**{f"{name}__in": texts})
    rows = CrossConnection.objects.filter(within(reach), subscription__cloud=row.subscription.cloud, gone_at=None)
    others = Peering.objects.filter(found, cross_connection__in=rows).exclude(cross_connection=row)
    nearest = others.select_related("cross_connection").order_by("cross_connection__service_key", "peering_type")
    return [one for peering in nearest[:MOST] for one in _overlaps(peering, wanted)][:MOST]


def _overlaps(peering: Peering, wanted: Mapping[str, list[str]]) -> Iterator[Overlap]:
    links: list[Any] = [getattr(peering, name) for name in LINKS]
    for prefix, meeting in wanted.items():
        for other in links:
            if other in meeting:
                yield Overlap(prefix, other, peering.peering_type, peering.cross_connection)


def _meeting(prefix: str) -> Iterator[str]:
    """The texts of all networks that a link of ours can meet: itself, what it lies in, and its parts."""
    network: IPv4Network | IPv6Network = ip_network(prefix)
    for length in range(network.prefixlen + 1):
        yield str(network.supernet(new_prefix=length))
    if network.num_addresses <= _NARROWEST:
        for length in range(network.prefixlen + 1, network.max_prefixlen + 1):
            yield from map(str, network.subnets(new_prefix=length))
