"""A provider's port pairs: how full they are, and where the next circuit goes. Plain values in, plain values out.

Source: Circuit placement API (learn.microsoft.com, ExpressRoute, 10/2021). In its one example remaining is the port
bandwidth less what is used: the over-provisioning is in the port bandwidth already.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

PORTS = ("primary_azure_port", "secondary_azure_port")
NEARLY_FULL_PERCENT = 80


@dataclass(frozen=True, slots=True)
class PortPair:
    """A primary and a secondary port at a peering location, bandwidths in Mbps.

    ``location`` is spelled as the mirror does, where it knows it. Of a pair that Azure did not list, ``used_mbps`` and
    ``left_mbps`` are None and ``descriptor`` is "". ``circuits`` and ``sold_mbps`` are what the mirror has on it.
    """

    subscription: int
    location: str
    primary: str
    secondary: str
    descriptor: str = ""
    factor: int | None = None
    bandwidth_mbps: int | None = None
    used_mbps: int | None = None
    left_mbps: int | None = None
    circuits: int = 0
    sold_mbps: int = 0
    subscription_label: str = ""

    @property
    def name(self) -> str:
        """Azure's descriptor, or what its two ports have in common."""
        return self.descriptor or pair_name(self.primary, self.secondary)

    @property
    def ports(self) -> dict[str, str]:
        """Both ports by the mirror's columns."""
        return dict(zip(PORTS, (self.primary, self.secondary), strict=True))

    @property
    def is_told(self) -> bool:
        """Whether Azure tells how much is left."""
        return self.left_mbps is not None

    @property
    def percent(self) -> int | None:
        """How much is used, of what can be; 100 only where nothing is left, None where Azure does not tell."""
        if self.used_mbps is None or self.left_mbps is None:
            return None
        whole = self.used_mbps + self.left_mbps
        return 100 if self.left_mbps <= 0 else self.used_mbps * 100 // whole

    def fits(self, mbps: int) -> bool | None:
        """Whether a circuit of that bandwidth finds room on it; None where Azure does not tell."""
        return None if self.left_mbps is None else self.left_mbps >= max(mbps, 1)


def find_next(pairs: Iterable[PortPair], *, mbps: int = 0) -> PortPair | None:
    """Where the next circuit of that bandwidth goes: the pair with the most left, the first by name of equals."""
    roomy = sorted((one for one in pairs if one.fits(mbps)), key=lambda one: (-(one.left_mbps or 0), one.name))
    return roomy[0] if roomy else None


def squeeze(name: str) -> str:
    """A peering location as port pairs spell it, in any case: Azure writes "SiliconValley" there."""
    return re.sub(r"[\W_]", "", name.casefold())


def pair_name(primary: str, secondary: str) -> str:
    """What both ports have in common, where that is a name with a number; the primary port otherwise."""
    alike = takewhile(lambda both: both[0] == both[1], zip(primary, secondary, strict=False))
    common = "".join(one for one, _ in alike)
    name, rest = common.rstrip("-_ "), primary[len(common) :]
    return name if name[-1:].isdecimal() and not (name == common and rest[:1].isdecimal()) else primary
