"""Shares dealt out exactly: seven in ten are seven in ten, not about seven."""

from collections.abc import Iterable, Mapping
from random import Random
from typing import TypeVar

_Kind = TypeVar("_Kind")


def deal(total: int, shares: Mapping[_Kind, int], chance: Random, *, without: Iterable[_Kind] = ()) -> list[_Kind]:
    """As many of each kind as its share of the total says, in chance's order, without those already given."""
    counts = _apportion(total, shares)
    for kind in without:
        richest = max(counts, key=counts.__getitem__)
        counts[kind if counts[kind] else richest] -= 1
    dealt = [kind for kind, count in counts.items() for _ in range(count)]
    chance.shuffle(dealt)
    return dealt


def _apportion(total: int, shares: Mapping[_Kind, int]) -> dict[_Kind, int]:
    """Whole numbers that add up to the total, by the largest remainder."""
    whole = sum(shares.values())
    counts = {kind: total * share // whole for kind, share in shares.items()}
    by_remainder = sorted(shares, key=lambda kind: -(total * shares[kind] % whole))
    for kind in by_remainder[: total - sum(counts.values())]:
        counts[kind] += 1
    return counts
