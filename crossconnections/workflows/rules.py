"""What may be said of a step as things stand: None, or the sentence why not, for the button and its POST alike."""

from crossconnections.workflows.facts import Facts
from crossconnections.workflows.steps import LEFT_OUT, TICKED, Step, StepName, steps_of
from crossconnections.workflows.verification import Verification

OVER = "This piece of work has ended."
NOT_A_STEP = "It has no such step."
FOLLOWS = "That follows from what Azure holds: it is done once Azure shows it."
NO_READING = "Read the tables first: there is no finished reading since the circuit was last set up."
LEFT = "The reading has findings that nobody has accepted: mend them and read again, or accept each with a reason."
UNKNOWN = "The reading tells nothing about a path: read again, or accept the finding that says so, with a reason."
GONE = "It is gone from Azure: the customer deleted the circuit. Give the onboarding up."
IN_SERVICE = "It is in service yet: set Not provisioned first."
NOT_LOOKED = "Read the tables first, so that it is known what would go down."
WITH_A_REASON = "Say why it is left out: whoever reads this later was not there."


_AFTER_A_READING = frozenset({StepName.FAILOVER_PRIMARY, StepName.FAILOVER_SECONDARY})
_OUT_OF_SERVICE = frozenset({StepName.LAYER_2_REMOVED, StepName.TOLD})


def reason_not_to_tick(kind: str, name: str, facts: Facts, verification: Verification | None = None) -> str | None:
    """Why nobody can say that this step is done; ``verification`` is that of the newest reading, if there is one."""
    steps = {step.name: step for step in steps_of(kind, facts)}
    if name not in steps:
        return NOT_A_STEP
    if name not in TICKED or name == StepName.ORDER:
        return FOLLOWS
    if kind == "connect" and facts.gone_at:
        return GONE
    if name == StepName.VERIFICATION:
        return _reason_not_to_verify(facts, verification)
    if name == StepName.HAND_OVER:
        return reason_not_to_finish(list(steps.values()))
    return _reason_not_yet(name, facts)


def _reason_not_yet(name: str, facts: Facts) -> str | None:
    """What has to be known, or done, before."""
    reading = facts.fresh_reading
    if name in _AFTER_A_READING and (reading is None or reading.ended_at is None):
        return NO_READING
    if name in _OUT_OF_SERVICE and not (facts.is_out_of_service or facts.gone_at):
        return IN_SERVICE
    return NOT_LOOKED if name == StepName.SESSIONS and facts.peerings and reading is None else None


def reason_not_to_leave_out(kind: str, name: str, facts: Facts, note: str) -> str | None:
    """Why this step cannot be left out for the reason in ``note``."""
    if name not in {step.name for step in steps_of(kind, facts)}:
        return NOT_A_STEP
    if name not in LEFT_OUT:
        return "This step cannot be left out."
    return None if note else WITH_A_REASON


def reason_not_to_finish(steps: list[Step]) -> str | None:
    """Why the work cannot end well: what is missing, but for the hand-over itself."""
    missing = [step.name for step in steps if not step.is_done and step.name != StepName.HAND_OVER]
    if not missing:
        return None
    count = "One step is" if len(missing) == 1 else f"{len(missing)} steps are"
    return f"{count} not done yet."


def _reason_not_to_verify(facts: Facts, verification: Verification | None) -> str | None:
    reading = facts.fresh_reading
    if reading is None or reading.ended_at is None or verification is None:
        return NO_READING
    if verification.open:
        return LEFT
    return UNKNOWN if verification.unknown else None
