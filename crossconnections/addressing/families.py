"""The two address families of a peering's links, and the form fields that they are typed in."""

from typing import NamedTuple

from crossconnections.addressing.networks import IPV4, IPV6


class Family(NamedTuple):
    """``length`` is that of a link; ``fields`` are the primary path's and the secondary's."""

    version: int
    rule: str
    length: int
    fields: tuple[str, str]

    @property
    def other(self) -> "Family":
        """The other one."""
        return IPV4_LINKS if self.version == IPV6 else IPV6_LINKS

    def partner_of(self, field: str) -> str:
        """The field of the other path."""
        primary, secondary = self.fields
        return secondary if field == primary else primary

    def twin_of(self, field: str) -> str:
        """The field of the same path in the other family."""
        return self.other.fields[self.fields.index(field)]


# V3 and V4: ExpressRoute routing requirements.
IPV4_LINKS = Family(IPV4, "V3", 30, ("primary_prefix", "secondary_prefix"))
IPV6_LINKS = Family(IPV6, "V4", 126, ("ipv6_primary_prefix", "ipv6_secondary_prefix"))
FAMILIES = (IPV4_LINKS, IPV6_LINKS)
FAMILY_OF = {field: family for family in FAMILIES for field in family.fields}
