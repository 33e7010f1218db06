"""Port pairs within reach: what Azure listed, and what is seen of them on the cross connections of the mirror."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from django.db.models import Count, Sum

from crossconnections.models import Catalogue, CrossConnection
from crossconnections.port_pairs import PORTS, PortPair, squeeze
from crossconnections.queries.cross_connections import list_locations
from crossconnections.queries.subscriptions import enlisted, is_whole
from crossconnections.scopes import PEERING_LOCATION, within
from portal.access.scopes import Reach

_Key: TypeAlias = tuple[int, str, str]


@dataclass(frozen=True, slots=True)
class Ports:
    """The pairs by location and name; ``unplaced`` counts by location the circuits of which no ports are known."""

    pairs: tuple[PortPair, ...]
    unplaced: Mapping[str, int]


def list_ports(reach: Reach, catalogues: Iterable[Catalogue]) -> Ports:
    """Those at the locations within reach, in two queries; ``catalogues`` are those of port pairs."""
    names = {squeeze(name): name for name in list_locations()}
    found: dict[_Key, PortPair] = {}
    unplaced: dict[str, int] = {}
    for catalogue in catalogues:
        found |= {_key(pair): pair for pair in _listed(catalogue, names) if _is_in_reach(pair, catalogue, reach)}
    for seen in _seen(reach, names):
        if not (seen.primary or seen.secondary):
            unplaced[seen.location] = unplaced.get(seen.location, 0) + seen.circuits
            continue
        known = found.get(_key(seen), replace(seen, circuits=0, sold_mbps=0))
        circuits, sold_mbps = known.circuits + seen.circuits, known.sold_mbps + seen.sold_mbps
        found[_key(seen)] = replace(known, circuits=circuits, sold_mbps=sold_mbps)
    return Ports(tuple(sorted(found.values(), key=_place)), unplaced)


def list_pairs_for(row: CrossConnection, catalogue: Catalogue | None) -> list[PortPair]:
    """The pairs that Azure listed at a cross connection's location in its subscription, by name."""
    here, names = squeeze(row.peering_location), {squeeze(row.peering_location): row.peering_location}
    pairs = _listed(catalogue, names) if catalogue and here else ()
    return sorted((one for one in pairs if squeeze(one.location) == here), key=_place)


def find_port_catalogue(row: CrossConnection) -> Catalogue | None:
    """What was read of the port pairs of its subscription."""
    found = Catalogue.objects.filter(subscription=row.subscription_id, kind=Catalogue.Kind.PORT_PAIRS)
    return found.select_related("subscription").first()


def _listed(catalogue: Catalogue, names: Mapping[str, str]) -> Iterator[PortPair]:
    for entry in catalogue.entries:
        used_mbps, left_mbps = _bandwidths(entry)
        yield PortPair(
            subscription=catalogue.subscription_id,
            subscription_label=catalogue.subscription.label,
            location=names.get(squeeze(entry["peering_location"]), entry["peering_location"]),
            primary=entry["primary_azure_port"],
            secondary=entry["secondary_azure_port"],
            descriptor=entry["descriptor"],
            factor=entry["overprovision_factor"],
            bandwidth_mbps=entry["bandwidth_mbps"],
            used_mbps=used_mbps,
            left_mbps=left_mbps,
        )


def _bandwidths(entry: Mapping[str, Any]) -> tuple[int | None, int | None]:
    """Used and left; of the three numbers any two tell the third."""
    whole, used, left = entry["bandwidth_mbps"], entry["used_mbps"], entry["remaining_mbps"]
    if whole is not None:
        used = whole - left if used is None and left is not None else used
        left = whole - used if left is None and used is not None else left
    return used, left


def _is_in_reach(pair: PortPair, catalogue: Catalogue, reach: Reach) -> bool:
    if is_whole(catalogue.subscription, reach):
        return True
    return squeeze(pair.location) in map(squeeze, reach.ids(PEERING_LOCATION))


def _seen(reach: Reach, names: Mapping[str, str]) -> Iterator[PortPair]:
    """One for each spelling of a location and its ports."""
    rows = CrossConnection.objects.filter(within(reach), subscription__in=enlisted(), gone_at=None).order_by()
    told = rows.values_list("subscription", "subscription__label", "peering_location", *PORTS)
    for subscription, label, location, primary, secondary, circuits, sold in told.annotate(
        Count("pk"), Sum("bandwidth_mbps")
    ):
        yield PortPair(
            subscription=subscription,
            subscription_label=label,
            location=names.get(squeeze(location), location),
            primary=primary,
            secondary=secondary,
            circuits=circuits,
            sold_mbps=sold or 0,
        )


def _key(pair: PortPair) -> _Key:
    return pair.subscription, pair.primary.casefold(), pair.secondary.casefold()


def _place(pair: PortPair) -> tuple[bool, str, str, str]:
    return not pair.location, pair.location.casefold(), pair.name, pair.subscription_label
