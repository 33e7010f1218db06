"""Service keys that were looked up: a line for each, with what it is, or why it is not there and what to ask for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from crossconnections.enums import ProviderProvisioningState as Provider
from crossconnections.models import CrossConnection, Workflow
from crossconnections.peering_names import short_peering_name
from crossconnections.presenters.listing import NO_LOCATION
from crossconnections.presenters.states import GONE, Mark, bandwidth, provider_state
from crossconnections.queries.lookups import Listing, LookedUp, Missing
from crossconnections.service_keys import MOST_CHARACTERS_TOLD, Pasted
from portal.access.permissions import Permission
from portal.times import ago

_DIGITS = 32
_WORK: dict[str, str] = {
    Workflow.Kind.CONNECT: "Its onboarding goes on already.",
    Workflow.Kind.DISCONNECT: "It is being disconnected.",
}


@dataclass(frozen=True, slots=True)
class FoundLine:
    """A cross connection. ``reason`` is a sentence where no onboarding can begin, ``kind`` the work that goes on."""

    service_key: str
    circuit: str
    location: str
    bandwidth: str
    state: Mark
    s_tag: int | None
    ports: tuple[tuple[str, str], ...]
    peerings: str
    reason: str
    kind: str
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class MissingLine:
    """What was named and is no cross connection: why, and what to do next."""

    text: str
    why: str
    next_step: str


@dataclass(frozen=True, slots=True)
class LookUp:
    """``as_of`` says how old Azure's lists are, ``may_be_listed`` whether looking anew may help."""

    found: tuple[FoundLine, ...]
    missing: tuple[MissingLine, ...]
    as_of: str
    is_syncing: bool
    may_be_listed: bool
    failed: str

    @property
    def can_begin(self) -> bool:
        """Whether an onboarding can begin with any of them."""
        return any(not one.reason for one in self.found)


def show_look_up(pasted: Pasted, looked_up: Sequence[LookedUp], listing: Listing, *, now: datetime) -> LookUp:
    """Those that are there first, each kind in the order in which they were named."""
    found = tuple(_found(one.row, one) for one in looked_up if one.row)
    missing = [_missing(one) for one in looked_up if one.row is None]
    missing += [_no_key(word) for word in pasted.others]
    return LookUp(
        found,
        tuple(missing),
        as_of=_as_of(listing, now),
        is_syncing=listing.is_syncing,
        may_be_listed=any(one.missing == Missing.NOT_LISTED for one in looked_up),
        failed=" and ".join(listing.failed),
    )


def _found(row: CrossConnection, one: LookedUp) -> FoundLine:
    reason, workflow = _reason(row, one), one.workflow if one.may_begin else None
    return FoundLine(
        row.service_key,
        circuit=row.circuit_name or "Not told",
        location=row.peering_location or NO_LOCATION,
        bandwidth=bandwidth(row.bandwidth_mbps),
        state=GONE if row.gone_at else provider_state(row.provider_provisioning_state),
        s_tag=row.s_tag,
        ports=(("primary port", row.primary_azure_port), ("secondary port", row.secondary_azure_port)),
        peerings=_peerings(row),
        reason=reason,
        kind=workflow.kind if workflow else "",
        is_ticked=not reason and row.provider_provisioning_state != Provider.PROVISIONED,
    )


def _reason(row: CrossConnection, one: LookedUp) -> str:
    if row.gone_at:
        return (
            f"The customer deleted the circuit; it was last seen before {row.gone_at:%-d %b %Y, %H:%M} UTC. "
            "A new circuit has a new service key: ask for that one."
        )
    if not one.may_begin:
        return f"To begin with it takes the role {Permission.CHANGE.least_role.word} there."
    return _WORK[one.workflow.kind] if one.workflow else ""


def _peerings(row: CrossConnection) -> str:
    """``Private VLAN 200, Microsoft VLAN 300``."""
    told = (f"{short_peering_name(one.peering_type)} VLAN {one.vlan_id or '?'}" for one in row.peerings.all())
    return ", ".join(told) or "None"


def _missing(one: LookedUp) -> MissingLine:
    words = _MISSING[one.missing or Missing.NOT_LISTED]
    why, next_step = (text.format(detail=one.detail) for text in words)
    return MissingLine(one.service_key, why, next_step)


_MISSING: dict[Missing, tuple[str, str]] = {
    Missing.NOT_MADE_YET: (
        "All zeros is what Azure shows while the circuit is still being made.",
        "Ask the customer to open their circuit again and to copy its service key anew.",
    ),
    Missing.OUR_SUBSCRIPTION: (
        "This is the id of your own subscription {detail}, not a service key.",
        "The service key stands on the overview of the customer's circuit.",
    ),
    Missing.CUSTOMERS_SUBSCRIPTION: (
        "This is the id of a customer's subscription, the one with the circuit {detail}, not a service key.",
        "The service key stands on the overview of their circuit.",
    ),
    Missing.OTHER_CLOUD: (
        "This circuit is in {detail}, which this portal is not set to.",
        "Each cloud has its own portal: look for it there.",
    ),
    Missing.NOT_LISTED: (
        "No circuit of this key was given to you.",
        (
            "Ordered a moment ago? Look in Azure now. Else have the customer read out their circuit's overview: they "
            "may have chosen another provider or another cloud, cut the key short, or deleted the circuit."
        ),
    ),
}


def _as_of(listing: Listing, now: datetime) -> str:
    """``by Azure's lists for Production and Test, 2 min ago``."""
    if listing.as_of is None:
        return "while Azure's lists have not all been read yet"
    return f"by Azure's lists for {' and '.join(listing.subscriptions)}, {ago(listing.as_of, now=now).words}"


def _no_key(word: str) -> MissingLine:
    count = len(word.replace("-", ""))
    said = f"this has {count}" if count != _DIGITS else "one of these is none of 0 to 9 and a to f, or a group is off"
    if len(word) == MOST_CHARACTERS_TOLD:
        said = "this has more"
    return MissingLine(
        word,
        f"It is no service key: that has {_DIGITS} digits in five groups, 8-4-4-4-12, and {said}.",
        "Ask for the key as text, not as a picture or read aloud.",
    )
