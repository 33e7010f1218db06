"""The page of port pairs, and the pairs that a form offers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.text import slugify

from crossconnections.port_pairs import NEARLY_FULL_PERCENT, PortPair, find_next, squeeze
from crossconnections.presenters.states import Mark, bandwidth
from crossconnections.queries.ports import Ports

NO_LOCATION = "Peering location not told"
_NOT_TOLD = "Azure does not tell how much is left"
_ORDER = "Order capacity from Microsoft."


@dataclass(frozen=True, slots=True)
class Gauge:
    """How full a pair is, in per cent and in words; ``tone`` is "", warn or bad."""

    percent: int
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair; ``mark`` says what matters of it most, ``facts`` stand in small, ``query`` leads to its circuits.

    ``gauge`` is None where Azure does not tell; ``remark`` is what the mirror and Azure do not agree on.
    """

    name: str
    primary: str
    secondary: str
    gauge: Gauge | None
    left: str
    mark: Mark | None
    facts: str
    circuits: str
    query: str
    remark: str


@dataclass(frozen=True, slots=True)
class LocationPorts:
    """A peering location: its pairs, where the next circuit goes, and what to be warned of."""

    title: str
    anchor: str
    count: str
    advice: str
    warning: str
    rows: tuple[PairRow, ...]
    unplaced: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A peering location to choose."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class PortsPage:
    """All of it; ``mbps`` is what the box asks for, 0 for nothing."""

    locations: tuple[LocationPorts, ...]
    choices: tuple[Choice, ...]
    location: str
    mbps: int
    words: str


def show_ports(ports: Ports, *, location: str = "", mbps: int = 0) -> PortsPage:
    """By location, or those of the chosen one; each pair judged by whether a circuit of ``mbps`` finds room."""
    places = _by_location(ports.pairs)
    choices = tuple(Choice(name, name, squeeze(name) == squeeze(location)) for name in places if name)
    has_several = len({one.subscription for one in ports.pairs}) > 1
    shown = {name: own for name, own in places.items() if not location or squeeze(name) == squeeze(location)}
    cards = tuple(
        _location(name, own, ports.unplaced.get(name, 0), mbps=mbps, has_several=has_several)
        for name, own in shown.items()
    )
    return PortsPage(cards, choices, location, mbps, _words(shown.values()))


def show_gauge(pair: PortPair) -> Gauge | None:
    """Used, of what can be."""
    percent = pair.percent
    if percent is None or pair.used_mbps is None or pair.left_mbps is None:
        return None
    whole = bandwidth(pair.used_mbps + pair.left_mbps)
    tone = "bad" if percent >= 100 else "warn" if percent >= NEARLY_FULL_PERCENT else ""  # noqa: PLR2004 - per cent
    return Gauge(max(0, min(percent, 100)), f"{percent} % used, {bandwidth(pair.used_mbps)} of {whole}", tone)


def left_in_words(pair: PortPair) -> str:
    """``24 Gbps left``; nothing is left of less than nothing."""
    if pair.left_mbps is None:
        return _NOT_TOLD
    return f"{bandwidth(pair.left_mbps)} left" if pair.left_mbps > 0 else "Nothing left"


def _by_location(pairs: Iterable[PortPair]) -> dict[str, list[PortPair]]:
    found: dict[str, list[PortPair]] = {}
    for one in pairs:
        found.setdefault(one.location, []).append(one)
    return found


def _location(name: str, pairs: Sequence[PortPair], unplaced: int, *, mbps: int, has_several: bool) -> LocationPorts:
    best = find_next(pairs, mbps=mbps)
    return LocationPorts(
        title=name or NO_LOCATION,
        anchor=f"ports-{slugify(name)}",
        count=_many(len(pairs), "port pair"),
        advice=_advice(best, mbps),
        warning=_warning(name, pairs, best, mbps),
        rows=tuple(_row(one, best, mbps=mbps, has_several=has_several) for one in pairs),
        unplaced=_unplaced(unplaced),
    )


def _advice(best: PortPair | None, mbps: int) -> str:
    if best is None:
        return ""
    what = f"A circuit of {bandwidth(mbps)}" if mbps else "The next circuit"
    return f"{what} goes on {best.name}: {left_in_words(best)}."


def _warning(name: str, pairs: Sequence[PortPair], best: PortPair | None, mbps: int) -> str:
    """One sentence: nothing fits, or all that is told is nearly full."""
    told = [one for one in pairs if one.is_told]
    if not told:
        return ""
    if best is None:
        what = f"No pair has {bandwidth(mbps)} left" if mbps else "Nothing is left on any pair"
        return f"{what} in {name}. {_ORDER}"
    if all((one.percent or 0) >= NEARLY_FULL_PERCENT for one in told):
        return f"All pairs in {name} are used to {NEARLY_FULL_PERCENT} % or more. {_ORDER}"
    return ""


def _row(pair: PortPair, best: PortPair | None, *, mbps: int, has_several: bool) -> PairRow:
    return PairRow(
        name=pair.name,
        primary=pair.primary,
        secondary=pair.secondary,
        gauge=show_gauge(pair),
        left=left_in_words(pair),
        mark=_mark(pair, best, mbps),
        facts=", ".join(_facts(pair, has_several=has_several)),
        circuits=_many(pair.circuits, "circuit") if pair.circuits else "No circuit",
        query="?" + urlencode({"port": pair.primary or pair.secondary}) if pair.circuits else "",
        remark=_remark(pair),
    )


def _mark(pair: PortPair, best: PortPair | None, mbps: int) -> Mark | None:
    if pair is best:
        return Mark("Next circuit goes here", "check", "ok")
    percent = pair.percent
    if percent is None:
        return Mark("Not told by Azure", "s-idle")
    if percent >= 100:  # noqa: PLR2004 - per cent
        return Mark("Full", "s-fail", "bad")
    if not pair.fits(mbps):
        return Mark(f"{bandwidth(mbps)} does not fit", "s-fail", "bad")
    return Mark("Nearly full", "s-warn", "warn") if percent >= NEARLY_FULL_PERCENT else None


def _facts(pair: PortPair, *, has_several: bool) -> Iterable[str]:
    if pair.bandwidth_mbps is not None:
        yield f"port bandwidth {bandwidth(pair.bandwidth_mbps)}"
    if pair.factor is not None:
        yield f"over-provisioning factor {pair.factor}"
    if has_several:
        yield pair.subscription_label


def _remark(pair: PortPair) -> str:
    """The mirror knows a circuit's ports only once it was read in full, and Azure counts what others ordered since."""
    if pair.used_mbps is None or pair.used_mbps == pair.sold_mbps:
        return ""
    return f"By Azure {bandwidth(pair.used_mbps)} are used; the circuits known here have {bandwidth(pair.sold_mbps)}."


def _unplaced(count: int) -> str:
    if not count:
        return ""
    return f"{_many(count, 'circuit')} there {'is' if count == 1 else 'are'} on no port yet, or not read in full."


def _words(places: Iterable[Sequence[PortPair]]) -> str:
    counts = [len(one) for one in places]
    return f"{_many(sum(counts), 'port pair')} in {_many(len(counts), 'location')}"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"
