"""What waits for somebody, in words: above the list, in its rows, and on the page of one."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from crossconnections.enums import ProviderProvisioningState
from crossconnections.filters import Filters
from crossconnections.models import Attention, CrossConnection
from crossconnections.peering_names import peering_name
from crossconnections.presenters.states import Mark, bandwidth
from crossconnections.queries import AttentionSum
from portal.times import Moment, ago, span_in_words

Kind = Attention.Kind


@dataclass(frozen=True, slots=True)
class _Words:
    """``many`` follows a number of cross connections in the strip; ``row`` stands in the list and may say how long."""

    many: str
    row: str
    glyph: str
    tone: str


# The worst first.
_KINDS: dict[str, _Words] = {
    Kind.FAILED: _Words("failed", "Failed", "s-fail", "bad"),
    Kind.DELETED: _Words("deleted by customer", "Customer deleted", "s-gone", "bad"),
    Kind.LINK_DOWN: _Words("with a link down", "{links} down, {age}", "s-fail", "bad"),
    Kind.TO_PROVISION: _Words("to provision", "Waiting {age}", "clock", "warn"),
    Kind.DEPROVISIONING: _Words("to remove", "Removal, {age}", "s-off", "warn"),
    Kind.BANDWIDTH_RAISED: _Words("bandwidth raised", "Raised to {after}", "raise", "warn"),
    Kind.EDITED: _Words("edited by customer", "Customer edited", "pen", "warn"),
}
_ORDER = list(_KINDS)


@dataclass(frozen=True, slots=True)
class AttentionLink:
    """A kind above the list: how many, the worst case, and where they are listed."""

    title: str
    worst: str
    glyph: str
    tone: str
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class AttentionChoice:
    """The tick box of the filters: what it narrows to, in words."""

    value: str
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class AttentionCall:
    """A call-out on the page of one: what happened, what it asks for, and since when it is known.

    ``as_of`` comes back with the person's word that it is dealt with.
    """

    kind: str
    glyph: str
    claim: str
    advice: str
    seen: Moment
    as_of: str


def show_attention(sums: Sequence[AttentionSum], filters: Filters, *, now: datetime) -> tuple[AttentionLink, ...]:
    """The kinds that occur, the worst first; one that is chosen already links to the list without it."""
    in_order = sorted((one for one in sums if one.kind in _KINDS), key=lambda one: _ORDER.index(one.kind))
    return tuple(_link(one, filters, now) for one in in_order)


def show_choice(filters: Filters) -> AttentionChoice:
    """``Needs attention``, or the one kind that was chosen above the list."""
    words = _KINDS.get(filters.attention)
    return AttentionChoice(
        filters.attention or "1",
        words.many[0].upper() + words.many[1:] if words else "Needs attention",
        bool(filters.attention),
    )


def row_attention(waiting: Iterable[Attention], *, now: datetime) -> Mark | None:
    """The worst reason, and how many more there are."""
    known = sorted((one for one in waiting if one.kind in _KINDS), key=lambda one: _ORDER.index(one.kind))
    if not known:
        return None
    words = _KINDS[known[0].kind]
    more = f" +{len(known) - 1}" if len(known) > 1 else ""
    return Mark(_row_words(words, known[0], now) + more, words.glyph, words.tone)


def link_mark(waiting: Iterable[Attention], *, now: datetime) -> Mark | None:
    """``Secondary down, 12 min``, since the first reading that saw it; None where no link is known to be down."""
    one = next((one for one in waiting if one.kind == Kind.LINK_DOWN), None)
    words = _KINDS[Kind.LINK_DOWN]
    return Mark(_row_words(words, one, now), words.glyph, words.tone) if one else None


def show_calls(waiting: Iterable[Attention], of: CrossConnection, *, now: datetime) -> tuple[AttentionCall, ...]:
    """What happened and asks for a person's word; what follows from a state is said by the state.

    ``of`` is the cross connection as it is now, with its peerings.
    """
    return tuple(_call(one, of, now) for one in waiting if one.kind in _CALLS)


def _link(one: AttentionSum, filters: Filters, now: datetime) -> AttentionLink:
    words, is_chosen = _KINDS[one.kind], filters.attention == one.kind
    address = filters.query(attention="") if is_chosen else Filters(attention=one.kind).query()
    return AttentionLink(f"{one.count:,} {words.many}", _worst(one, now), words.glyph, words.tone, address, is_chosen)


def _worst(one: AttentionSum, now: datetime) -> str:
    row, age = one.oldest.cross_connection, span_in_words(now - one.oldest.seen_at)
    if one.kind == Kind.LINK_DOWN:
        which = f"{_links(one.oldest)}, {age}, {row.circuit_name or row.service_key}"
        return which if one.count == 1 else f"Oldest: {which[0].lower()}{which[1:]}"
    if one.count == 1:
        return f"{row.circuit_name or row.service_key}, {age}"
    return f"Oldest {age}, {row.peering_location}" if row.peering_location else f"Oldest {age}"


def _row_words(words: _Words, one: Attention, now: datetime) -> str:
    links = _links(one) if one.kind == Kind.LINK_DOWN else ""
    return words.row.format(age=span_in_words(now - one.seen_at), after=_bandwidth(one.after), links=links)


def _links(one: Attention) -> str:
    """Which of a circuit's links are down: one path, both of a peering, or one of each peering."""
    pairs = one.after if isinstance(one.after, list) else []
    paths = {path for _, path in pairs}
    if len(paths) == 1:
        return str(paths.pop()).capitalize()
    return "Both" if len({peering for peering, _ in pairs}) < len(pairs) else "Several"


def _call(one: Attention, of: CrossConnection, now: datetime) -> AttentionCall:
    claim, advice = _CALLS[one.kind](one, of)
    glyph = _KINDS[one.kind].glyph
    return AttentionCall(one.kind, glyph, claim, advice, ago(one.seen_at, now=now), one.moved_at.isoformat())


def _raised(one: Attention, of: CrossConnection) -> tuple[str, str]:
    """Source: EXPRESSROUTE.md 1.3; a bandwidth cannot be lowered again."""
    return (
        f"The customer raised the bandwidth from {_bandwidth(one.before)} to {_bandwidth(one.after)}.",
        "Raise your own limits on both ports."
        if of.provider_provisioning_state == ProviderProvisioningState.PROVISIONED
        else f"Provision it with {_bandwidth(one.after)}.",
    )


def _edited(one: Attention, of: CrossConnection) -> tuple[str, str]:
    """Source: EXPRESSROUTE.md 0: a customer's edit overwrites what the provider had set."""
    advice = "The history below says what moved. If you manage its routing, compare it with what you had set."
    if not one.subject:
        return "More than one peering was changed by the customer, or removed.", advice
    if one.subject not in {peering.peering_type for peering in of.peerings.all()}:
        return f"{peering_name(one.subject)} was removed, and not from here.", advice
    return f"The customer changed {peering_name(one.subject)}.", advice


def _deleted(_one: Attention, of: CrossConnection) -> tuple[str, str]:
    return (
        "The customer's circuit was deleted, or it was moved.",
        "It was not provisioned: if nothing is set up for it on your side, nothing is to do."
        if of.provider_provisioning_state == ProviderProvisioningState.NOT_PROVISIONED
        else "Take your side of it down on both ports.",
    )


_CALLS: dict[str, Callable[[Attention, CrossConnection], tuple[str, str]]] = {
    Kind.BANDWIDTH_RAISED: _raised,
    Kind.EDITED: _edited,
    Kind.DELETED: _deleted,
}


def _bandwidth(value: object) -> str:
    return bandwidth(value if isinstance(value, int) else None)
