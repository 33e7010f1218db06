"""The public prefixes that are announced over Microsoft peering (M3, M4)."""

from collections.abc import Iterator
from typing import NamedTuple

from crossconnections.addressing.address_space import is_default, is_public
from crossconnections.addressing.breaches import Breach, Repair, shown
from crossconnections.addressing.circuit import not_public
from crossconnections.addressing.families import FAMILIES, Family
from crossconnections.addressing.links import Links
from crossconnections.addressing.networks import BITS, IPV4, Network
from crossconnections.addressing.prefixes import TypedPrefix, read_prefix, text_of, why_unreadable
from crossconnections.addressing.words import Word, is_too_long, rewrite, tell_some, too_long, words_of

# What a session of Microsoft peering may carry, each family by itself (EXPRESSROUTE.md 2.4 and M4).
MOST_ADVERTISED = 200
_FIELD = "advertised_prefixes"


class Entry(NamedTuple):
    """A word of the list, and the prefix that it is; None for one that is none."""

    word: Word
    prefix: TypedPrefix | None


class Advertised(NamedTuple):
    """The field's text, and its entries in their order."""

    text: str
    entries: tuple[Entry, ...]

    @property
    def is_exact(self) -> bool:
        """Whether each entry is a network in CIDR notation."""
        prefixes = [entry.prefix for entry in self.entries]
        are_exact = all(one is not None and one.length is not None and not one.has_host_bits for one in prefixes)
        return are_exact and not is_too_long(self.text)

    def networks(self, version: int) -> tuple[Network, ...]:
        """Those of one family that can be read, in their order, each once: a list says no more by repeating itself."""
        found = (entry.prefix.network for entry in self.entries if entry.prefix and entry.prefix.version == version)
        return tuple(dict.fromkeys(found))

    @property
    def sound(self) -> list[Network]:
        """The public ones of both families, IPv4 first: what is refused needs no further word."""
        found = (network for family in FAMILIES for network in self.networks(family.version))
        return [network for network in found if is_public(network)]

    @property
    def canonical(self) -> list[str]:
        """All as text, IPv4 first."""
        return [text_of(network) for family in FAMILIES for network in self.networks(family.version)]


def read_advertised(text: str) -> Advertised:
    """The list as it was typed."""
    return Advertised(text, tuple(Entry(word, read_prefix(word.text)) for word in words_of(text)))


def judge_advertised(advertised: Advertised, links: Links) -> Iterator[Breach]:
    """M3 for each entry, then M3 and M4 for each family."""
    if is_too_long(advertised.text):
        yield too_long("M4", _FIELD, advertised.text)
        return
    entries = (breach for entry in advertised.entries if (breach := judge_entry(entry, advertised)))
    yield from tell_some(entries, "M3", _FIELD)
    for family in FAMILIES:
        rules = (advertised_missing, advertised_without_link, advertised_count)
        yield from (breach for rule in rules if (breach := rule(advertised, family, links)))


def judge_entry(entry: Entry, advertised: Advertised) -> Breach | None:
    """M3: CIDR, no default route, public, no host bits (ExpressRoute routing requirements and FAQ).

    P5: default routes are for private peering, which has no list. The first rule that is not kept; what cannot be
    mended by rewriting comes before what can.
    """
    prefix = entry.prefix
    if prefix is None:
        key = why_unreadable(entry.word.text)
        return Breach("M3", "advertised_unreadable" if key == "unreadable" else key, _FIELD, _of(entry.word))
    if is_default(prefix.network):
        return Breach("M3", "default_route", _FIELD, _of(entry.word))
    if breach := not_public("M3", _FIELD, prefix.network, entry.word.line):
        return breach
    if prefix.length is None:
        return Breach("M3", "advertised_without_length", _FIELD, _of(entry.word), _as_host(entry, advertised))
    return _host_bits(entry.word, prefix, advertised.text) if prefix.has_host_bits else None


def advertised_missing(advertised: Advertised, family: Family, links: Links) -> Breach | None:
    """M3: required as soon as there are links (ExpressRoute FAQ, for IPv4). Inferred: for IPv6 likewise."""
    is_told = any(not entry.prefix for entry in advertised.entries) or advertised.networks(family.version)
    if is_told or not _has_links(family, links):
        return None
    return Breach("M3", "advertised_missing", _FIELD, {"version": family.version})


def advertised_without_link(advertised: Advertised, family: Family, links: Links) -> Breach | None:
    """M3. Inferred: a family's prefixes are part of its links' settings in Azure, so without links they go nowhere."""
    of_family = (one for one in advertised.entries if one.prefix and one.prefix.version == family.version)
    first = next(of_family, None)
    if not first or _has_links(family, links) or not _has_links(family.other, links):
        return None
    return Breach("M3", "advertised_without_link", _FIELD, {**_of(first.word), "version": family.version})


def advertised_count(advertised: Advertised, family: Family, links: Links) -> Breach | None:
    """M4: 200 of each family. Inferred: the list's own limit is not documented, the session's is."""
    count = len(advertised.networks(family.version))
    values = {"count": count, "version": family.version, "most": MOST_ADVERTISED}
    return Breach("M4", "advertised_count", _FIELD, values) if count > MOST_ADVERTISED else None


def _host_bits(word: Word, prefix: TypedPrefix, text: str) -> Breach:
    network = text_of(prefix.network)
    values = {"line": word.line, "address": prefix.host, "network": network}
    return Breach("M3", "host_bits", _FIELD, values, (rewrite(_FIELD, text, word, network),))


def _as_host(entry: Entry, advertised: Advertised) -> tuple[Repair, ...]:
    """An IPv4 address that does not end with 0 is meant as itself; of any other the length is anybody's guess."""
    prefix = entry.prefix
    if not prefix or prefix.version != IPV4 or not prefix.address % 256:
        return ()
    return (rewrite(_FIELD, advertised.text, entry.word, f"{prefix.host}/{BITS[IPV4]}"),)


def _has_links(family: Family, links: Links) -> bool:
    return any(links[field].text for field in family.fields)


def _of(word: Word) -> dict[str, str | int]:
    return {"line": word.line, "text": shown(word.text)}
