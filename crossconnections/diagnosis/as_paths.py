"""AS paths as the words of their text; a text may be anything."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby

from crossconnections.diagnosis.sides import Side, is_asn, side_of

AsPath = tuple[str, ...]


def parse_as_path(text: str) -> AsPath:
    """Its words, of which each counts as one: ``65020 65020 65031`` is three long."""
    return tuple(text.split())


def longer_by(one: Iterable[str], other: Iterable[str]) -> int | None:
    """How much longer the first one's shortest path is, by which BGP chooses; below 0 where the other's is longer.

    None where a path does not begin with an AS: how long it is, nobody can tell.
    """
    first, second = set(one), set(other)
    if any(side_of(path) is Side.UNKNOWN for path in first | second):
        return None
    return min(len(path.split()) for path in first) - min(len(path.split()) for path in second)


# Ten thousand routes have some hundred paths.
@lru_cache(maxsize=4096)
def repeated_in(text: str) -> tuple[tuple[str, int], ...]:
    """Each AS that stands more than once on end, and how often; one that comes again later is no prepending."""
    runs = [(word, sum(1 for _ in same)) for word, same in groupby(text.split())]
    return tuple((word, times) for word, times in runs if times > 1 and is_asn(word))
