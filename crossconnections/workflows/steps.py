"""The steps of both workflows, each with how it stands: what follows from Azure is never ticked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from crossconnections.diagnosis.findings import Owner
from crossconnections.enums import AdvertisedPrefixesState, PeeringType
from crossconnections.enums import ProviderProvisioningState as Provider
from crossconnections.workflows.facts import Deed, Facts


class StepName(StrEnum):
    """In the database, the addresses and the trail."""

    ORDER = "order"
    PROVISIONING = "provisioning"
    LAYER_2_PRIMARY = "layer-2-primary"
    LAYER_2_SECONDARY = "layer-2-secondary"
    PROVISIONED = "provisioned"
    PRIVATE_PEERING = "private-peering"
    MICROSOFT_PEERING = "microsoft-peering"
    ANY_PEERING = "any-peering"
    READING = "reading"
    VERIFICATION = "verification"
    FAILOVER_PRIMARY = "failover-primary"
    FAILOVER_SECONDARY = "failover-secondary"
    HAND_OVER = "hand-over"

    REQUEST = "request"
    LINKS_REMOVED = "links-removed"
    SESSIONS = "sessions"
    NO_PEERING = "no-peering"
    NOT_PROVISIONED = "not-provisioned"
    LAYER_2_REMOVED = "layer-2-removed"
    TOLD = "told"
    DELETED = "deleted"


# What a person says is done; the others follow from what Azure holds.
TICKED = frozenset({
    StepName.ORDER, StepName.LAYER_2_PRIMARY, StepName.LAYER_2_SECONDARY, StepName.VERIFICATION,
    StepName.FAILOVER_PRIMARY, StepName.FAILOVER_SECONDARY, StepName.HAND_OVER,
    StepName.REQUEST, StepName.LINKS_REMOVED, StepName.SESSIONS, StepName.LAYER_2_REMOVED, StepName.TOLD,
})  # fmt: skip
# What may be left out, for a reason: Microsoft asks for none of these.
LEFT_OUT = frozenset({
    StepName.PROVISIONING, StepName.FAILOVER_PRIMARY, StepName.FAILOVER_SECONDARY, StepName.SESSIONS,
    StepName.NO_PEERING, StepName.LAYER_2_REMOVED,
})  # fmt: skip
# Its press ends the work.
LAST = {StepName.HAND_OVER, StepName.DELETED}


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``deed`` is None while it is not done; ``turn`` is whose it is while it is not."""

    name: StepName
    deed: Deed | None
    turn: Owner = Owner.US

    @property
    def is_done(self) -> bool:
        """Done, or left out for a reason."""
        return self.deed is not None


def steps_of(kind: str, facts: Facts) -> tuple[Step, ...]:
    """Of the kind ``connect`` or ``disconnect``, in the order in which they are usually taken."""
    return tuple(_STEPS[kind](facts))


def find_current(steps: Iterable[Step]) -> Step | None:
    """The first that is not done; None where all are."""
    return next((step for step in steps if not step.is_done), None)


def find_step(kind: str, name: str, facts: Facts) -> Step | None:
    """The one of that name."""
    return next((step for step in steps_of(kind, facts) if step.name == name), None)


def stands_since(steps: Sequence[Step], begun_at: datetime) -> datetime:
    """Since when it stands where it stands: the last thing that was done."""
    return max([begun_at, *(step.deed.at for step in steps if step.deed and step.deed.at)])


def _connect(facts: Facts) -> Iterator[Step]:
    yield _ticked(facts, StepName.ORDER)
    yield Step(StepName.PROVISIONING, _of_provisioning(facts))
    yield Step(StepName.LAYER_2_PRIMARY, _of_layer_2(facts, StepName.LAYER_2_PRIMARY))
    yield Step(StepName.LAYER_2_SECONDARY, _of_layer_2(facts, StepName.LAYER_2_SECONDARY))
    yield Step(StepName.PROVISIONED, _reached(facts, Provider.PROVISIONED) if facts.is_provisioned else None)
    yield from _peerings(facts)
    yield Step(StepName.READING, _of_reading(facts))
    yield Step(StepName.VERIFICATION, _of_verification(facts))
    yield _ticked(facts, StepName.FAILOVER_PRIMARY)
    yield _ticked(facts, StepName.FAILOVER_SECONDARY)
    yield _ticked(facts, StepName.HAND_OVER)


def _disconnect(facts: Facts) -> Iterator[Step]:
    yield _ticked(facts, StepName.REQUEST)
    yield _ticked(facts, StepName.LINKS_REMOVED, Owner.CUSTOMER)
    yield _ticked(facts, StepName.SESSIONS)
    removal = facts.ticks.get(StepName.NO_PEERING)
    gone = Deed() if not facts.peerings else None
    yield Step(StepName.NO_PEERING, removal or _last(facts.set_up.values()) or gone if gone else removal, _bgp(facts))
    out = next((facts.reached[state] for state in _OUT if state in facts.reached), Deed())
    yield Step(StepName.NOT_PROVISIONED, out if facts.is_out_of_service or facts.gone_at else None)
    yield _ticked(facts, StepName.LAYER_2_REMOVED)
    yield _ticked(facts, StepName.TOLD)
    yield Step(StepName.DELETED, Deed(facts.gone_at) if facts.gone_at else None, Owner.CUSTOMER)


_STEPS: dict[str, Callable[[Facts], Iterator[Step]]] = {"connect": _connect, "disconnect": _disconnect}
_OUT = (Provider.NOT_PROVISIONED, Provider.DE_PROVISIONED)
_OF_PEERINGS = {
    PeeringType.AZURE_PRIVATE_PEERING: StepName.PRIVATE_PEERING,
    PeeringType.MICROSOFT_PEERING: StepName.MICROSOFT_PEERING,
}


def _ticked(facts: Facts, name: StepName, turn: Owner = Owner.US) -> Step:
    return Step(name, facts.ticks.get(name), turn)


def _reached(facts: Facts, state: Provider) -> Deed:
    """How that state came about; before the work began nobody looked."""
    return facts.reached.get(state, Deed())


def _of_provisioning(facts: Facts) -> Deed | None:
    """Microsoft's optional step: it tells the customer, and keeps them from deleting the circuit (1.2)."""
    if deed := facts.ticks.get(StepName.PROVISIONING):
        return deed
    if facts.state == Provider.PROVISIONING or Provider.PROVISIONING in facts.reached:
        return _reached(facts, Provider.PROVISIONING)
    return Deed(is_skipped=True) if facts.is_provisioned else None


def _of_layer_2(facts: Facts, name: StepName) -> Deed | None:
    """What was built on the ports from before a move is to be built anew, and maybe with another S-tag."""
    deed = facts.ticks.get(name)
    is_before = deed is not None and facts.moved_at is not None and deed.at is not None and deed.at < facts.moved_at
    return None if is_before else deed


def _peerings(facts: Facts) -> Iterator[Step]:
    """One for each that was ordered; where nobody said which, any will do."""
    if not facts.order.wanted:
        enabled = [kind for kind, one in facts.peerings.items() if one.is_enabled]
        deed = _last(facts.set_up.get(kind, Deed()) for kind in enabled) if enabled else None
        yield Step(StepName.ANY_PEERING, deed, _bgp(facts))
    for kind in facts.order.wanted:
        one = facts.peerings.get(kind)
        is_there = one is not None and one.is_enabled
        is_validated = one is None or one.prefixes_state in {"", AdvertisedPrefixesState.CONFIGURED}
        turn = _bgp(facts) if is_validated else Owner.CUSTOMER
        yield Step(_OF_PEERINGS[kind], facts.set_up.get(kind, Deed()) if is_there and is_validated else None, turn)


def _of_reading(facts: Facts) -> Deed | None:
    reading = facts.fresh_reading
    is_over = reading is not None and reading.ended_at is not None
    return Deed(reading.ended_at, reading.by) if reading and is_over else None


def _of_verification(facts: Facts) -> Deed | None:
    """It speaks of the reading that it looked at: a newer one, or another set-up, is to be verified again."""
    deed, reading = facts.ticks.get(StepName.VERIFICATION), facts.reading
    since = max(facts.configured_at, reading.asked_at) if reading else facts.configured_at
    return deed if deed and deed.at and deed.at >= since else None


def _bgp(facts: Facts) -> Owner:
    return Owner.CUSTOMER if facts.is_of_layer_2 else Owner.US


def _last(deeds: Iterable[Deed]) -> Deed | None:
    known = list(deeds)
    return max(known, key=lambda deed: deed.at.timestamp() if deed.at else 0.0, default=None)
