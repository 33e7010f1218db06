"""What a list is narrowed to. All filters combine; several values of one filter mean any of them."""

import ipaddress
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Cast, Upper
from django.db.models.lookups import Exact

from crossconnections.addressing.macs import spell_mac
from crossconnections.models import Attention, CrossConnection, CustomerRecord, Peering

LONGEST_QUERY = 200
# As a value of any filter: the rows of which Azure does not tell it, or that have none.
NONE = "none"
NOT_TOLD_MBPS = 0
ANY_ATTENTION = "1"


@dataclass(frozen=True, slots=True)
class Filters:
    """Texts as typed; states and peering types in Azure's spelling; bandwidths in Mbps; subscriptions by label.

    A location, state or peering may be ``NONE``, a bandwidth ``NOT_TOLD_MBPS``. ``port`` is either Azure
    port, in any case.
    ``attention`` is "", a kind of it, or ``ANY_ATTENTION``. ``sort`` is a name of ``order.COLUMNS``, descending with
    a minus before it; it narrows nothing and goes wherever the filters go.
    """

    q: str = ""
    location: str = ""
    states: tuple[str, ...] = ()
    bandwidths: tuple[int, ...] = ()
    subscriptions: tuple[str, ...] = ()
    peerings: tuple[str, ...] = ()
    attention: str = ""
    port: str = ""
    sort: str = ""

    @property
    def has_choices(self) -> bool:
        """Whether anything but the search and the location is set."""
        return bool(
            self.states or self.bandwidths or self.subscriptions or self.peerings or self.attention or self.port
        )

    def fields(self) -> list[tuple[str, str]]:
        """Those that are set, as the fields of a query string or a form."""
        values = [("q", self.q), ("location", self.location)]
        values += [("state", state) for state in self.states]
        values += [("bandwidth", bandwidth_value(mbps)) for mbps in self.bandwidths]
        values += [("subscription", label) for label in self.subscriptions]
        values += [("peering", peering) for peering in self.peerings]
        values += [("attention", self.attention), ("port", self.port), ("sort", self.sort)]
        return [(name, value) for name, value in values if value]

    def query(self, **other: Any) -> str:  # noqa: ANN401 - fields of any type
        """The fields as the end of an address, with ``other`` in place of some of them; "" for none."""
        fields = replace(self, **other).fields()
        return f"?{urlencode(fields)}" if fields else ""

    def narrow(self, rows: QuerySet[CrossConnection]) -> QuerySet[CrossConnection]:
        """The rows that pass them all. What is gone in Azure passes only while it waits for somebody."""
        presence = needs_attention(self.attention) if self.attention else Q(gone_at=None)
        conditions = [presence, *map(_matches, self.q[:LONGEST_QUERY].split()), *self._choices()]
        return rows.filter(*conditions)

    def _choices(self) -> list[Q]:
        chosen = [
            in_location(self.location) if self.location else None,
            _has_state(self.states) if self.states else None,
            _has_bandwidth(self.bandwidths) if self.bandwidths else None,
            Q(subscription__label__in=self.subscriptions) if self.subscriptions else None,
            _has_peering(self.peerings) if self.peerings else None,
            _is_on_port(self.port) if self.port else None,
        ]
        return [condition for condition in chosen if condition is not None]


def needs_attention(kind: str) -> Q:
    """The rows that wait for somebody, for a reason of this kind or for any."""
    waiting = Attention.objects.filter(settled_at=None)
    if kind != ANY_ATTENTION:
        waiting = waiting.filter(kind=kind)
    return Q(pk__in=waiting.values("cross_connection"))


def bandwidth_value(mbps: int) -> str:
    """A bandwidth as a value of its field."""
    return NONE if mbps == NOT_TOLD_MBPS else str(mbps)


def in_location(location: str) -> Q:
    """The rows of a peering location, in whichever case Azure spelled it."""
    return Q(peering_location="") if location == NONE else is_called(location)


def is_called(location: str) -> Q:
    """The rows of the peering location of this name, in whichever case Azure spelled it."""
    # Not iexact: SQLite makes LIKE of that, which no index serves.
    return Q(Exact(Upper("peering_location"), Upper(Value(location))))


def _has_state(states: tuple[str, ...]) -> Q:
    return Q(provider_provisioning_state__in=["" if state == NONE else state for state in states])


def _has_bandwidth(bandwidths: tuple[int, ...]) -> Q:
    told = Q(bandwidth_mbps__in=bandwidths)
    return told | Q(bandwidth_mbps=None) if NOT_TOLD_MBPS in bandwidths else told


def _has_peering(types: tuple[str, ...]) -> Q:
    # By subquery: a join would list a cross connection once for each peering.
    of_type = _of_peerings(Q(peering_type__in=types))
    return of_type | ~_of_peerings(Q()) if NONE in types else of_type


def _is_on_port(port: str) -> Q:
    return Q(primary_azure_port__iexact=port) | Q(secondary_azure_port__iexact=port)


def _matches(word: str) -> Q:
    """Part of the service key, the circuit's name, the location or what is on record of the customer.

    A short number is a tag as well, an address a link's.
    """
    found = Q(service_key__contains=word.lower()) | Q(circuit_name__icontains=word)
    found |= Q(peering_location__icontains=word) | has_on_record(word)
    # 802.1Q: a tag has twelve bits.
    if word.isascii() and word.isdecimal() and len(word) <= 4:  # noqa: PLR2004
        found |= Q(s_tag=int(word)) | _of_peerings(Q(vlan_id=int(word)))
    return found | _on_link(word)


def has_on_record(word: str) -> Q:
    """The rows whose customer, reference or contacts have it in them, or whose known MAC address it is."""
    found = Q(customer__icontains=word) | Q(reference__icontains=word) | Q(contacts__icontains=word)
    if mac := spell_mac(word):
        found |= Q(macs__contains=mac)
    # By subquery: most words are looked for in records that most rows do not have.
    kept = CustomerRecord.objects.annotate(macs=Cast("known_macs", TextField())).filter(found)
    return Q(pk__in=kept.values("cross_connection"))


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
