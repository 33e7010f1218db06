"""Where customers' networks come from, and how long their prefixes are.

Not counted from one table: the shares for public networks are near those of the internet's, where three in five are a
/24; those for a company's own are how such tables tend to look: sites with a block each, many /24, smaller ones for
voice and management, transfer networks and loopbacks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from random import Random

from sandbox.network.networks import Network

_INTERNET_V4 = {24: 60, 23: 10, 22: 11, 21: 5, 20: 5, 19: 3, 18: 2, 17: 1, 16: 2}
_COMPANY_V4 = {24: 46, 23: 7, 22: 8, 21: 4, 20: 4, 18: 1, 16: 3, 25: 5, 26: 5, 27: 4, 28: 3, 29: 2, 30: 3, 32: 5}
_INTERNET_V6 = {48: 60, 44: 9, 40: 9, 36: 7, 32: 15}
_COMPANY_V6 = {64: 62, 56: 22, 60: 8, 48: 6, 128: 2}


@dataclass(frozen=True, slots=True)
class Space:
    """Sites get blocks of a length out of it, and announce networks of these lengths out of their blocks."""

    whole: Network
    block_length: int
    lengths: Mapping[int, int]
    is_internet: bool = False

    def block(self, chance: Random) -> Network:
        """A site's block; of the internet's one that is routed there."""
        numbers = (chance.getrandbits(self.block_length - self.whole.length) for _ in count())
        blocks = (self.whole.inside(self.block_length, number) for number in numbers)
        return next(block for block in blocks if not self.is_internet or block.is_global)

    def networks(self, block: Network, chance: Random) -> Iterator[Network]:
        """What a site announces of its block, in no order; there may be repetitions."""
        lengths = [length for length in self.lengths if length >= block.length]
        weights = [self.lengths[length] for length in lengths]
        most = min(80, 1 + int(chance.lognormvariate(1.7, 1)))
        for length in chance.choices(lengths, weights, k=most):
            yield block.inside(length, chance.getrandbits(length - block.length))


INTERNET = {
    4: Space(Network(0, 0, 32), 16, _INTERNET_V4, is_internet=True),
    6: Space(Network(0x2000 << 112, 3, 128), 32, _INTERNET_V6, is_internet=True),
}
# A company's spaces with their weights: 10/8, 172.16/12, 192.168/16, fd00::/8, and a few networks that are public.
COMPANY = {
    4: (
        (Space(Network(10 << 24, 8, 32), 16, _COMPANY_V4), 64),
        (Space(Network(0xAC10 << 16, 12, 32), 20, _COMPANY_V4), 14),
        (Space(Network(0xC0A8 << 16, 16, 32), 22, _COMPANY_V4), 12),
        (INTERNET[4], 10),
    ),
    6: ((Space(Network(0xFD << 120, 8, 128), 48, _COMPANY_V6), 85), (INTERNET[6], 15)),
}
