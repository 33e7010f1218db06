"""BGP communities and route filters as they were last read, and the search among them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any

from django.conf import settings

from crossconnections.communities import EVERYWHERE, documented, find
from crossconnections.models import Catalogue

Network = IPv4Network | IPv6Network


@dataclass(frozen=True, slots=True)
class KnownCommunity:
    """A community; ``prefixes`` as Azure spelled them, none where it is only documented."""

    value: str
    service: str
    region: str
    name: str
    prefixes: tuple[str, ...] = ()
    is_documented: bool = False
    is_refused: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A community that was found, with the prefixes it was found by, or all of them where it was not by these."""

    community: KnownCommunity
    prefixes: tuple[str, ...]
    is_by_prefix: bool = False


def merge_communities(catalogues: Iterable[Catalogue]) -> list[KnownCommunity]:
    """What Azure listed, of each value the newest answer, and what is only documented."""
    found = {
        one.value: KnownCommunity(one.value, one.service, one.region, one.name, is_documented=True)
        for one in documented(settings.PORTAL_CLOUD)
    }
    read = [one for one in catalogues if one.kind == Catalogue.Kind.COMMUNITIES]
    for catalogue in sorted(read, key=_read_at):
        found |= {entry["value"]: _listed(entry) for entry in catalogue.entries}
    return list(found.values())


def search_communities(communities: Sequence[KnownCommunity], q: str) -> list[Match]:
    """Those whose value, name, service or region has all words of ``q``, or a prefix of which ``q`` is in or part of.

    A whole value finds that one alone: 12076:5100 is also how 12076:51002 begins.
    """
    exact = [one for one in communities if one.value == q]
    if exact or not q:
        return [Match(one, one.prefixes) for one in exact or communities]
    network, words = _network(q), q.casefold().split()
    matches = (_match(one, words, network) for one in communities)
    return [match for match in matches if match]


def _read_at(catalogue: Catalogue) -> datetime:
    return catalogue.read_at or datetime.min.replace(tzinfo=UTC)


def _listed(entry: dict[str, Any]) -> KnownCommunity:
    known = find(entry["value"])
    return KnownCommunity(
        value=entry["value"],
        service=known.service if known else _service_of(entry["service"], entry["region"]),
        region=entry["region"],
        name=entry["name"],
        prefixes=tuple(entry["prefixes"]),
        is_refused=entry["is_authorized"] is False,
    )


def _service_of(service: str, region: str) -> str:
    """The service without the region, which Azure writes behind it: StorageNorwayWest, Norway West."""
    return service.removesuffix(region.replace(" ", "")) or service or EVERYWHERE


def _match(community: KnownCommunity, words: Sequence[str], network: Network | None) -> Match | None:
    # As people write it and as Azure's ids do: West Europe, westeurope.
    region = f"{community.region} {community.region.replace(' ', '')}"
    told = f"{community.value} {community.name} {community.service} {region}".casefold()
    if network is None and all(word in told for word in words):
        return Match(community, community.prefixes)
    prefixes = tuple(prefix for prefix in community.prefixes if _is_meant(prefix, words, network))
    return Match(community, prefixes, is_by_prefix=True) if prefixes else None


def _is_meant(prefix: str, words: Sequence[str], network: Network | None) -> bool:
    if network is None:
        return len(words) == 1 and words[0] in prefix.casefold()
    found = _network(prefix)
    return found is not None and found.version == network.version and network.overlaps(found)


def _network(text: str) -> Network | None:
    """An address is a network of one; a number alone is a part of a community's value, not an address."""
    try:
        return None if text.isdecimal() else ip_network(text, strict=False)
    except ValueError:
        return None
