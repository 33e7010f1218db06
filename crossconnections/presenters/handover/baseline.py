"""What Microsoft's routers showed when it was handed over: what a later reading is held against."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from crossconnections.addressing.networks import Network
from crossconnections.diagnosis.case import Case, Peering
from crossconnections.diagnosis.legs import Leg, legs_of
from crossconnections.peering_names import peering_name, peering_word
from crossconnections.presenters.handover.circuit import LINKS
from crossconnections.presenters.handover.edges import show_edges
from crossconnections.presenters.handover.sheet import Block, Section, facts, grid, listing, section, words
from crossconnections.presenters.tables.texts import in_full

MOST_PREFIXES = 50
_LIMITS = "Where more prefixes come than the limit, Microsoft shuts the session until they are fewer."
_TIERS = "Of two limits the higher one is that of Premium."
_NOT_READ_YET = "The tables of Microsoft's routers were not read yet."


class Baseline(NamedTuple):
    """A reading: its number, when it was asked for, and what came of it."""

    number: int
    asked_at: datetime
    case: Case


def show_baseline(baseline: Baseline | None, sku: str) -> Section:
    """Peering by peering; ``sku`` is the tier on record, "" for none."""
    title = "Baseline at hand-over"
    if baseline is None:
        return section(title, words(_NOT_READ_YET))
    peerings = [(one, legs_of(baseline.case, one)) for one in baseline.case.peerings]
    verdicts = [(peering_name(one.peering_type), _verdict(legs)) for one, legs in peerings]
    read = f"{in_full(baseline.asked_at)} (reading {baseline.number})"
    blocks = (block for one, legs in peerings for block in _peering(one, legs, sku))
    return section(title, facts(("Read", read), *verdicts), *blocks, words(_LIMITS, "" if sku else _TIERS))


def _peering(peering: Peering, legs: tuple[Leg, Leg], sku: str) -> Iterable[Block]:
    yield grid(peering_name(peering.peering_type), LINKS, show_edges(legs, sku))
    if received := _received(legs):
        title = f"Prefixes received, {peering_word(peering.peering_type)}"
        yield listing(title, received, most=MOST_PREFIXES, is_folded=True)


def _verdict(legs: Sequence[Leg]) -> str:
    """Only what the sessions tell: what else is wrong is between us and whoever mends it."""
    up = [leg.path for leg in legs if leg.is_up]
    down = [leg.path for leg in legs if leg.is_up is False]
    unknown = [leg.path for leg in legs if leg.is_up is None]
    if not (up or down):
        return "nothing is known of BGP"
    told = [f"BGP was {word} on {_links(paths)}" for word, paths in (("up", up), ("down", down)) if paths]
    told += [f"nothing is known of {_links(unknown)}"] if unknown else []
    return ", ".join(told)


def _links(paths: Sequence[str]) -> str:
    return "both links" if len(paths) == len(LINKS) else f"the {paths[0]} link"


def _received(legs: Sequence[Leg]) -> list[str]:
    """Of both links in the order of networks; what came on one alone is marked."""
    paths = [(leg.path, {one.network: one.row.network.strip() for one in leg.from_edge}) for leg in legs]
    texts = {network: text for _, of_leg in paths for network, text in of_leg.items()}
    is_whole = all(leg.routes is not None for leg in legs)
    return [texts[network] + _only(network, paths, is_whole=is_whole) for network in sorted(texts)]


def _only(network: Network, paths: Sequence[tuple[str, Mapping[Network, str]]], *, is_whole: bool) -> str:
    on = [path for path, of_leg in paths if network in of_leg]
    return f" ({on[0]} only)" if is_whole and len(on) == 1 else ""
