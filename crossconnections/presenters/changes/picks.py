"""The states that a form offers, each with what it means or why it is not to be had."""

from collections.abc import Sequence
from dataclasses import dataclass

from crossconnections.enums import ProviderProvisioningState as Provider
from crossconnections.policies import PROVIDER_TRANSITIONS, reason_not_to_set
from crossconnections.presenters.states import Mark, provider_state

_MEANINGS: dict[str, str] = {
    Provider.NOT_PROVISIONED: "Out of service; the customer can delete it",
    Provider.PROVISIONING: "Work has started",
    Provider.PROVISIONED: "Layer 2 works end to end",
    Provider.DEPROVISIONING: "It is being taken out of service",
}


@dataclass(frozen=True, slots=True)
class Pick:
    """A state to pick; ``hint`` says what it means, that it is so now, or from where it can be had."""

    value: str
    mark: Mark
    hint: str
    is_chosen: bool
    is_offered: bool


def show_picks(offered: Sequence[str], *, now: str, chosen: str) -> list[Pick]:
    """In the order in which they are offered; ``now`` is where it stands, ``chosen`` what was typed last."""
    return [_pick(value, now, chosen=chosen) for value in offered]


def _pick(value: str, now: str, *, chosen: str) -> Pick:
    is_offered = value == now or reason_not_to_set(now, value) is None
    hint = "Now" if value == now else _MEANINGS.get(value, "") if is_offered else _from_where(value)
    return Pick(value, provider_state(value), hint, is_chosen=value == chosen, is_offered=is_offered)


def _from_where(value: str) -> str:
    sources = [provider_state(before).word for before, after in PROVIDER_TRANSITIONS.items() if value in after]
    return f"Only from {' or '.join(sources)}" if sources else ""
