"""AS paths of varied lengths, behind the AS of our edge."""

from random import Random

# Carriers that most paths on the internet go through; one of them never hands a route to our edge's AS by chance.
_CARRIERS = (174, 701, 1239, 1299, 2516, 2914, 3257, 3356, 3491, 4637, 5511, 6453, 6461, 6762, 6939, 7018, 9002, 12956)
# What is reserved for Azure, 65515 to 65520, is left out, and so are documentation's.
_PRIVATE = (range(64_512, 65_515), range(4_200_000_000, 4_200_100_000))
_PUBLIC = (range(20_000, 64_000), range(131_072, 151_000), range(196_608, 216_000))


def site_path(peer_asn: int, chance: Random) -> str:
    """A site of the customer's: mostly the edge's own AS, or one or two private ones behind it."""
    behind = [_private(chance) for _ in range(chance.choices((0, 1, 2), (55, 33, 12))[0])]
    return _written([peer_asn, *behind], chance)


def internet_path(peer_asn: int, chance: Random) -> str:
    """A public network: some carriers, and whose it is."""
    carriers = chance.sample(_CARRIERS, chance.choices((0, 1, 2, 3), (25, 40, 25, 10))[0])
    return _written([peer_asn, *carriers, chance.choice(chance.choice(_PUBLIC))], chance)


def own_path(peer_asn: int, customer_asn: int, chance: Random) -> str:
    """What the customer advertises to Microsoft: by the edge's AS, or by the customer's behind it."""
    return _written([peer_asn, *([customer_asn] if customer_asn > 0 else [])], chance)


def _written(path: list[int], chance: Random) -> str:
    """Now and then the last one is prepended."""
    repeated = chance.randrange(1, 4) if chance.random() < 0.07 else 0
    return " ".join(str(asn) for asn in [*path, *path[-1:] * repeated])


def _private(chance: Random) -> int:
    return chance.choice(_PRIVATE[chance.random() < 0.1])
