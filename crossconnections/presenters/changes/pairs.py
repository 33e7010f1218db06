"""The port pairs that a form offers, each with what is left of it or why it is not to be had."""

from collections.abc import Sequence
from dataclasses import dataclass

from crossconnections.models import Catalogue, CrossConnection
from crossconnections.policies import reason_not_to_place
from crossconnections.port_pairs import PORTS, PortPair, find_next
from crossconnections.presenters.ports import Gauge, left_in_words, show_gauge
from crossconnections.proposals import values_now

NOW = "It is here now"
NOT_READ = "Azure has not told the port pairs of this subscription yet, so there is none to choose."
NO_PLACE = "Azure does not tell where this circuit is, so there is no other pair to choose."


@dataclass(frozen=True, slots=True)
class PairPick:
    """A pair to pick; ``hint`` says that it is there now, that it is the next, or why it is not to be had."""

    value: str
    name: str
    ports: str
    left: str
    gauge: Gauge | None
    hint: str
    is_chosen: bool
    is_offered: bool


def show_pairs(row: CrossConnection, pairs: Sequence[PortPair], *, chosen: str) -> list[PairPick]:
    """Where it is first, by the mirror where Azure does not list that, then the others by name."""
    now = values_now(row, PORTS)
    listed = next((one for one in pairs if one.ports == now), None)
    others = [one for one in pairs if one.ports != now]
    best = find_next(pairs, mbps=row.bandwidth_mbps or 0)
    picks = [_other(row, one, is_best=one is best, is_chosen=one.name == chosen) for one in others]
    if not any(now.values()):
        return picks
    is_chosen = not any(one.is_chosen for one in picks)
    own = _pick(listed or _unlisted(row), value=listed.name if listed else "", hint=NOW, is_chosen=is_chosen)
    return [own, *picks]


def reason_not_to_pick(row: CrossConnection, pairs: Sequence[PortPair], catalogue: Catalogue | None) -> str | None:
    """Why there is no other pair to choose."""
    if not row.peering_location:
        return NO_PLACE
    if catalogue is None or catalogue.read_at is None:
        return NOT_READ
    if not [one for one in pairs if one.ports != values_now(row, PORTS)]:
        return f"Azure lists no other port pair in {row.peering_location} for this subscription."
    return None


def _unlisted(row: CrossConnection) -> PortPair:
    return PortPair(row.subscription_id, row.peering_location, row.primary_azure_port, row.secondary_azure_port)


def _other(row: CrossConnection, pair: PortPair, *, is_best: bool, is_chosen: bool) -> PairPick:
    reason = reason_not_to_place(row, pair)
    hint = reason or ("It has the most left" if is_best else "")
    return _pick(pair, value=pair.name, hint=hint, is_chosen=is_chosen, is_offered=reason is None)


def _pick(pair: PortPair, *, value: str, hint: str, is_chosen: bool, is_offered: bool = True) -> PairPick:
    return PairPick(
        value=value,
        name=pair.name,
        ports=" and ".join(filter(None, (pair.primary, pair.secondary))),
        left=left_in_words(pair),
        gauge=show_gauge(pair),
        hint=hint,
        is_chosen=is_chosen,
        is_offered=is_offered,
    )
