"""The links of a peering: a prefix for each path, in one address family or both (V3, V4, V5)."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from crossconnections.addressing.breaches import Breach, Repair, shown, use
from crossconnections.addressing.families import FAMILIES, FAMILY_OF, IPV4_LINKS, IPV6_LINKS, Family
from crossconnections.addressing.networks import BITS, IPV6, Network
from crossconnections.addressing.prefixes import TypedPrefix, meant_prefix, read_prefix, text_of, why_unreadable

# A wider block is an allocation, of which nobody can tell the link. Inferred: a choice of ours.
_WIDEST_MEANT = {4: 24, 6: 64}


class Link(NamedTuple):
    """What stands in one field; ``prefix`` is None for a text that is none, and for no text."""

    field: str
    text: str
    prefix: TypedPrefix | None

    @property
    def family(self) -> Family:
        """The one that the field is for."""
        return FAMILY_OF[self.field]

    @property
    def is_of_other_family(self) -> bool:
        """Whether it is a prefix for the field of the other family."""
        return self.prefix is not None and self.prefix.version != self.family.version

    @property
    def network(self) -> Network | None:
        """The link net that is meant: of the right length, be it written by one of its hosts."""
        is_link = self.prefix and (self.prefix.version, self.prefix.length) == (self.family.version, self.family.length)
        return self.prefix.network if self.prefix and is_link else None

    @property
    def is_exact(self) -> bool:
        """Whether it is written as Azure takes it."""
        return self.network is not None and self.prefix is not None and not self.prefix.has_host_bits


Links = Mapping[str, Link]


def read_link(text: str, version: int) -> Network | None:
    """The /30 (version 4) or /126 (version 6) that a text is, without host bits; None for anything else (V3 to V5)."""
    family = IPV6_LINKS if version == IPV6 else IPV4_LINKS
    link = Link(family.fields[0], text.strip(), read_prefix(text))
    return link.network if link.is_exact else None


def read_links(texts: Mapping[str, str]) -> Links:
    """The four fields; one that is missing is empty."""
    typed = {field: texts.get(field, "").strip() for field in FAMILY_OF}
    return {field: Link(field, text, read_prefix(text)) for field, text in typed.items()}


def judge_links(links: Links) -> Iterator[Breach]:
    """V3 and V4: one family at least, and of each the links of both paths or none. Then each link by itself."""
    if not any(link.text for link in links.values()):
        yield Breach("V3", "link_missing", IPV4_LINKS.fields[0])
    for family in FAMILIES:
        for field in family.fields:
            if breach := judge_link(links[field], links) if links[field].text else half_missing(links[field], links):
                yield breach
        if breach := same_links(family, links):
            yield breach


def judge_link(link: Link, links: Links) -> Breach | None:
    """The first rule that a link does not keep."""
    prefix = link.prefix
    if prefix is None:
        return link_unreadable(link, links)
    if link.is_of_other_family:
        return wrong_family(link, links)
    if prefix.length is None:
        return link_without_length(link, prefix, links)
    if prefix.length == link.family.length - 1:
        return link_doubled(link, prefix)
    if prefix.length != link.family.length:
        return link_length(link, prefix, links)
    return host_bits(link, prefix, links) if prefix.has_host_bits else None


def half_missing(link: Link, links: Links) -> Breach | None:
    """V3, V4: both paths or none. One that holds a net for both is told of itself."""
    partner = links[link.family.partner_of(link.field)]
    holds_both = partner.prefix and partner.prefix.length == link.family.length - 1 and not partner.is_of_other_family
    if not partner.text or holds_both:
        return None
    return Breach(link.family.rule, "link_half_missing", link.field, _of(link))


def link_unreadable(link: Link, links: Links) -> Breach:
    """V3, V4: it is a prefix at all. Inferred: zones and IPv4-mapped addresses name no network of a link."""
    meant = meant_prefix(link.text)
    fits = meant and (meant.version, meant.length) == (link.family.version, link.family.length)
    repairs = _single(link, meant.network, links) if meant and fits else ()
    return Breach(link.family.rule, why_unreadable(link.text), link.field, _of(link), repairs)


def wrong_family(link: Link, links: Links) -> Breach:
    """V3, V4: each family has its own fields. The texts change places where that leaves none in a wrong one."""
    fills: dict[str, str] = {}
    for field in link.family.fields:
        here, there = links[field], links[link.family.twin_of(field)]
        if here.is_of_other_family and (there.is_of_other_family or not there.text):
            fills |= {here.field: there.text, there.field: here.text}
    other = link.family.other.version
    repairs = (Repair(fills, f"Move to IPv{other}"),) if link.field in fills else ()
    return Breach(link.family.rule, "wrong_family", link.field, {**_of(link), "other": other}, repairs)


def link_without_length(link: Link, prefix: TypedPrefix, links: Links) -> Breach:
    """V3, V4: exactly a /30 or /126; an address alone lies in one."""
    values = {**_of(link), "prefix": prefix.host}
    repairs = _single(link, prefix.cut(link.family.length), links)
    return Breach(link.family.rule, "link_without_length", link.field, values, repairs)


def link_doubled(link: Link, prefix: TypedPrefix) -> Breach:
    """V3, V4: a /29 or /125 is split, the first half for the primary path, the second for the secondary."""
    first = prefix.network._replace(length=link.family.length)
    second = first._replace(address=first.address + (1 << BITS[first.version] - first.length))
    fills = dict(zip(link.family.fields, map(text_of, (first, second)), strict=True))
    values = {**_of(link), "prefix": text_of(prefix.network), "typed_length": prefix.length}
    halves = dict(zip(("first", "second"), fills.values(), strict=True))
    return Breach(link.family.rule, "link_doubled", link.field, values | halves, (use(fills),))


def link_length(link: Link, prefix: TypedPrefix, links: Links) -> Breach:
    """V3, V4: no other length. A longer one lies in a link net, a shorter one begins with one or names a host of it."""
    values = {**_of(link), "prefix": shown(link.text), "typed_length": prefix.length}
    is_clear = prefix.length is not None and prefix.length >= _WIDEST_MEANT[prefix.version]
    repairs = _single(link, prefix.cut(link.family.length), links) if is_clear else ()
    return Breach(link.family.rule, "link_length", link.field, values, repairs)


def host_bits(link: Link, prefix: TypedPrefix, links: Links) -> Breach:
    """V5: the network's own address. Inferred: Azure's answer to host bits is not documented."""
    values = {"address": prefix.host, "network": text_of(prefix.network)}
    return Breach("V5", "host_bits", link.field, values, _single(link, prefix.network, links))


def same_links(family: Family, links: Links) -> Breach | None:
    """V5: two paths, two nets. Nets of one length overlap only where they are the same, by whichever host written."""
    primary, secondary = (links[field] for field in family.fields)
    if not secondary.network or primary.network != secondary.network:
        return None
    return Breach("V5", "same_link", secondary.field, {**_of(secondary), "prefix": text_of(secondary.network)})


def _single(link: Link, network: Network, links: Links) -> tuple[Repair, ...]:
    """Put the net there, unless the other path has it. Of two that mean one net, the primary path's may have it."""
    partner = links[link.family.partner_of(link.field)]
    is_theirs = network == partner.network and (partner.is_exact or link.field == link.family.fields[1])
    return () if is_theirs else (use({link.field: text_of(network)}),)


def _of(link: Link) -> dict[str, str | int]:
    return {"text": shown(link.text), "version": link.family.version, "length": link.family.length}
