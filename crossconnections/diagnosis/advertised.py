"""What a Microsoft peering is configured to advertise, against what its edge really sends."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crossconnections.addressing.networks import Network, parse_network
from crossconnections.arm import RouteRow
from crossconnections.diagnosis.nesting import find_holders
from crossconnections.diagnosis.presence import Presence, presence_on


class Seen(NamedTuple):
    """Whether a path has it; None where that is not known. ``network`` is None where the text is none."""

    text: str
    network: Network | None
    primary: bool | None
    secondary: bool | None

    @property
    def presence(self) -> Presence:
        """On which paths it was seen: NEITHER only where both were read."""
        return presence_on(self.primary, self.secondary)


class AdvertisedComparison(NamedTuple):
    """``prefixes`` are the advertised ones as they are listed, of which NEITHER was never seen (R43).

    ``strangers`` are received networks in no advertised prefix (R42), ``unreadable`` are texts that are no network.
    """

    prefixes: tuple[Seen, ...]
    strangers: tuple[Seen, ...]
    unreadable: tuple[str, ...]


def compare_advertised(
    advertised: Iterable[str], primary: Sequence[RouteRow] | None, secondary: Sequence[RouteRow] | None
) -> AdvertisedComparison:
    """``primary`` and ``secondary`` are what the edge sends, None where it was not read.

    A prefix counts as seen where it or anything that lies in it is received: the list is what Microsoft lets through
    (M5), and to announce only more specific parts of it is what customers are told to do (M12). A wider network that
    holds a prefix is a stranger, for Microsoft does not let it through, and does not make the prefix seen.
    """
    listed = [(text, parse_network(text)) for text in advertised]
    holders = [network for _, network in listed if network is not None]
    first, second = (None if rows is None else _Received(rows, holders) for rows in (primary, secondary))
    texts = {network: text for one in (second, first) if one for network, text in one.texts.items()}
    strangers = sorted({network for one in (first, second) if one for network in one.strangers})
    return AdvertisedComparison(
        prefixes=tuple(Seen(text, network, _uses(first, network), _uses(second, network)) for text, network in listed),
        strangers=tuple(Seen(texts[one], one, _has(first, one), _has(second, one)) for one in strangers),
        unreadable=tuple(dict.fromkeys(text for one in (first, second) if one for text in one.unreadable)),
    )


class _Received:
    """What one path received: ``used`` are the prefixes that it lies in, ``strangers`` what lies in none."""

    def __init__(self, rows: Sequence[RouteRow], holders: Sequence[Network]) -> None:
        parsed = {row.network: parse_network(row.network) for row in rows}
        self.texts = {network: text for text, network in parsed.items() if network is not None}
        self.unreadable = [text for text, network in parsed.items() if network is None]
        held = find_holders(self.texts, holders)
        self.used = {holder for around in held.values() for holder in around}
        self.strangers = {network for network, around in held.items() if not around}


def _uses(received: _Received | None, prefix: Network | None) -> bool | None:
    return None if received is None or prefix is None else prefix in received.used


def _has(received: _Received | None, network: Network) -> bool | None:
    return None if received is None else network in received.texts
