"""The steps of one piece of work as its page and the board show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from crossconnections.diagnosis.findings import Owner
from crossconnections.enums import ProviderProvisioningState as Provider
from crossconnections.presenters.states import Mark
from crossconnections.presenters.tables.findings import OWNERS
from crossconnections.presenters.workflows.page import PeeringLink, show_peering_links
from crossconnections.presenters.workflows.words import WAITS_FOR_CUSTOMER, WHAT_FOR
from crossconnections.workflows.facts import Deed, Facts
from crossconnections.workflows.names import step_name
from crossconnections.workflows.steps import LEFT_OUT, TICKED, Step, StepName, find_current
from portal.times import Moment, ago

# How each step is taken; the templates have a part for each.
_PARTS: dict[str, str] = {
    StepName.ORDER: "order",
    StepName.PROVISIONING: "state",
    StepName.PROVISIONED: "state",
    StepName.NOT_PROVISIONED: "state",
    StepName.PRIVATE_PEERING: "peering",
    StepName.MICROSOFT_PEERING: "peering",
    StepName.ANY_PEERING: "peering",
    StepName.READING: "reading",
    StepName.SESSIONS: "reading",
    StepName.FAILOVER_PRIMARY: "reading",
    StepName.FAILOVER_SECONDARY: "reading",
    StepName.VERIFICATION: "verification",
    StepName.HAND_OVER: "hand-over",
    StepName.NO_PEERING: "no-peering",
    StepName.DELETED: "deleted",
}


# What its press says; "Done" of the others.
_BUTTONS: dict[str, str] = {
    StepName.VERIFICATION: "Verified",
    StepName.HAND_OVER: "Handed over",
    StepName.LINKS_REMOVED: "The customer says so",
    StepName.TOLD: "Told",
}
# The state that is set in Azure.
_SETS: dict[str, str] = {
    StepName.PROVISIONING: Provider.PROVISIONING,
    StepName.PROVISIONED: Provider.PROVISIONED,
    StepName.NOT_PROVISIONED: Provider.NOT_PROVISIONED,
}


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One step. ``remark`` says who did it, or whose turn it is; ``when`` is None where nobody saw it.

    ``part`` names what is shown while it is to do. ``button`` says that it is done, "" where only Azure can, and
    ``reason`` why that cannot be said now. ``sets`` is the state that is to be set, ``links`` lead to the peerings.
    """

    number: int
    name: str
    title: str
    mark: Mark
    what_for: str
    part: str
    is_current: bool
    is_customers: bool
    is_done: bool
    remark: str
    when: Moment | None
    note: str
    change: int | None
    reason: str
    button: str
    sets: str
    links: tuple[PeeringLink, ...]
    can_be_left_out: bool
    can_be_taken_back: bool
    typed: str
    is_open: bool


class StepPresenter:
    """Shows the steps of one piece of work.

    ``reasons`` are why steps cannot be said to be done, ``typed`` what somebody typed to them that was not taken, both
    by their names; ``links`` lead to the peerings of each.
    """

    def __init__(
        self,
        facts: Facts,
        reasons: Mapping[str, str],
        typed: Mapping[str, str],
        *,
        opened: str = "",
        is_over: bool,
        now: datetime,
    ) -> None:
        self._links, self._reasons, self._typed = show_peering_links(facts), reasons, typed
        self._opened, self._is_over, self._now = opened, is_over, now

    def show(self, steps: Sequence[Step]) -> list[ShownStep]:
        """In their order."""
        current = None if self._is_over else find_current(steps)
        return [self._show(number, step, is_current=step is current) for number, step in enumerate(steps, start=1)]

    def _show(self, number: int, step: Step, *, is_current: bool) -> ShownStep:
        deed, name = step.deed, step.name
        return ShownStep(
            number,
            name,
            title=step_name(name),
            mark=_mark(deed, is_current=is_current),
            what_for=_what_for(step),
            part=_PARTS.get(name, "tick"),
            is_current=is_current,
            is_customers=step.turn == Owner.CUSTOMER,
            is_done=step.is_done,
            remark=_remark(step, deed, is_current=is_current),
            when=ago(deed.at, now=self._now) if deed and deed.at else None,
            note=deed.note if deed else "",
            change=deed.change if deed else None,
            reason=self._reasons.get(name, ""),
            button=_BUTTONS.get(name, "Done") if name in TICKED and name != StepName.ORDER else "",
            sets=_SETS.get(name, ""),
            links=tuple(self._links.get(name, ())),
            can_be_left_out=name in LEFT_OUT and not step.is_done,
            can_be_taken_back=can_be_taken_back(step),
            typed=self._typed.get(name, ""),
            is_open=is_current or name in self._typed or name == self._opened,
        )


def whose_turn(step: Step) -> str:
    """``Customer's turn``."""
    return OWNERS[step.turn]


def can_be_taken_back(step: Step) -> bool:
    """Whether a person said it, so that a person can unsay it; the order is edited instead."""
    if step.deed is None or step.name == StepName.ORDER:
        return False
    return step.name in TICKED or bool(step.deed.is_skipped and step.deed.note)


def _mark(deed: Deed | None, *, is_current: bool) -> Mark:
    if deed is None:
        return Mark("Now", "arrow", "run") if is_current else Mark("To do", "s-idle")
    return Mark("Left out", "s-off") if deed.is_skipped else Mark("Done", "s-done", "ok")


def _what_for(step: Step) -> str:
    waits = WAITS_FOR_CUSTOMER.get(step.name, "") if step.turn == Owner.CUSTOMER else ""
    return " ".join(filter(None, [WHAT_FOR[step.name], waits]))


def _remark(step: Step, deed: Deed | None, *, is_current: bool) -> str:
    if deed is None:
        # What is to come is one's own, unless it says otherwise.
        return whose_turn(step) if is_current or step.turn != Owner.US else ""
    if deed.is_skipped and not deed.note:
        return "Not needed any more"
    return f"by {deed.by}" if deed.by else "as Azure shows"


def count_in_words(steps: Iterable[Step]) -> str:
    """``4 of 11 steps done``."""
    known = list(steps)
    return f"{sum(step.is_done for step in known)} of {len(known)} steps done"
