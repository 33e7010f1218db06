"""What somebody asks the way for, as they typed it."""

from enum import StrEnum, auto
from typing import NamedTuple

from crossconnections.addressing.networks import Network, parse_network

_MOST = 2


class TargetFault(StrEnum):
    """Why a text names no target."""

    EMPTY = auto()
    NO_ADDRESS = auto()
    TOO_MANY = auto()
    TWO_FAMILIES = auto()


class NoTarget(NamedTuple):
    """The fault, and the word that it is about, where it is about one."""

    fault: TargetFault
    word: str = ""


def words_of(text: str) -> list[str]:
    """The targets as they were typed, whatever they are."""
    return [word for word in text.replace(",", " ").replace("->", " ").split() if word.casefold() != "to"]


def parse_targets(text: str) -> tuple[Network, ...] | NoTarget:
    """One or two addresses or networks, apart by blanks, a comma, ``to`` or ``->``.

    Two of different families never talk to each other, so they are refused.
    """
    words = words_of(text)
    if not 0 < len(words) <= _MOST:
        return NoTarget(TargetFault.TOO_MANY if words else TargetFault.EMPTY)
    targets = []
    for word in words:
        if (network := parse_network(word)) is None:
            return NoTarget(TargetFault.NO_ADDRESS, word)
        targets.append(network)
    if targets[0].version != targets[-1].version:
        return NoTarget(TargetFault.TWO_FAMILIES)
    return tuple(targets)
