"""Facts for the tests: of a circuit that was just ordered, unless said otherwise."""

from datetime import UTC, datetime, timedelta
from typing import Any

from crossconnections.enums import PeeringType
from crossconnections.workflows.facts import Deed, Facts, Order, PeeringFacts, ReadingFacts
from crossconnections.workflows.steps import Step, find_current, steps_of

BEGUN = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
PRIVATE, MICROSOFT = PeeringType.AZURE_PRIVATE_PEERING, PeeringType.MICROSOFT_PEERING


def after(minutes: float) -> datetime:
    """So many minutes after it was begun."""
    return BEGUN + timedelta(minutes=minutes)


def did(minutes: float, by: str = "Lotte", **values: Any) -> Deed:
    return Deed(after(minutes), by, **values)


def facts(**values: Any) -> Facts:
    usual: dict[str, Any] = {
        "begun_at": BEGUN,
        "state": "NotProvisioned",
        "location": "Amsterdam",
        "bandwidth_mbps": 1000,
    }
    return Facts(**usual | values)


def provisioned(**values: Any) -> Facts:
    """In service since the tenth minute, with an enabled private peering since the twentieth."""
    usual: dict[str, Any] = {
        "state": "Provisioned",
        "reached": {"Provisioned": did(10)},
        "peerings": {PRIVATE: PeeringFacts(is_enabled=True, vlan_id=200)},
        "set_up": {PRIVATE: did(20)},
    }
    return facts(**usual | values)


def reading(minutes: float, *, is_open: bool = False) -> ReadingFacts:
    return ReadingFacts(4, after(minutes), "Jonas", None if is_open else after(minutes + 1))


def ordered(*wanted: PeeringType, **values: Any) -> Order:
    return Order("Amsterdam", 1000, wanted=wanted, **values)


def steps(of: Facts, kind: str = "connect") -> dict[str, Step]:
    return {step.name: step for step in steps_of(kind, of)}


def current(of: Facts, kind: str = "connect") -> str:
    """The name of the step that it stands at, "" where all is done."""
    step = find_current(steps_of(kind, of))
    return step.name if step else ""


def done(of: Facts, kind: str = "connect") -> set[str]:
    return {name for name, step in steps(of, kind).items() if step.is_done}
