"""What the page of one piece of work shows of it."""

from collections.abc import Mapping
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Any

from crossconnections.models import CrossConnection, Workflow
from crossconnections.presenters.changes.forms import show_layer_2
from crossconnections.presenters.workflows import page as words
from crossconnections.presenters.workflows.steps import StepPresenter, count_in_words
from crossconnections.queries.workflow_facts import Known, know
from crossconnections.services.workflows.holding import find_verification
from crossconnections.workflows.comparing import differences_of
from crossconnections.workflows.facts import Facts
from crossconnections.workflows.rules import reason_not_to_finish, reason_not_to_tick
from crossconnections.workflows.steps import TICKED, Step, StepName, steps_of
from crossconnections.workflows.verification import Verification
from portal.times import ago


class WorkflowParts:
    """Of one piece of work, as it stands when they are asked for."""

    def __init__(self, row: CrossConnection, workflow: Workflow) -> None:
        self._row, self._workflow = row, workflow

    @cached_property
    def _known(self) -> Known:
        return know([self._workflow])[0]

    @property
    def facts(self) -> Facts:
        """All that is known of it."""
        return self._known.facts

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """How each stands."""
        return steps_of(self._workflow.kind, self.facts)

    @cached_property
    def version(self) -> str:
        """Another one once a step, the reading or the end is another."""
        told = repr(([(step.name, step.deed) for step in self.steps], self.facts.reading, self._workflow.ended_at))
        return sha256(told.encode()).hexdigest()[:12]

    def context(self, typed: Mapping[str, str], *, opened: str, now: datetime) -> dict[str, Any]:
        """For the template; ``typed`` is what was not taken, ``opened`` a step that is to be seen."""
        workflow, facts, steps = self._workflow, self.facts, self.steps
        is_over = workflow.ended_at is not None
        shown = StepPresenter(facts, self._reasons(), typed, opened=opened, is_over=is_over, now=now)
        return {
            "version": self.version,
            "is_over": is_over,
            "begun": ago(workflow.begun_at, now=now),
            "ended": ago(workflow.ended_at, now=now) if workflow.ended_at else None,
            "steps": shown.show(steps),
            "progress": count_in_words(steps),
            "reason_not_to_finish": reason_not_to_finish(list(steps)),
            "differences": words.show_differences(differences_of(facts)),
            "layer_2": show_layer_2(self._row),
            "read": ago(self._row.read_at, now=now) if self._row.read_at else None,
            "is_being_read": self._row.wanted_at is not None,
            "vlan_ids": words.vlan_words(facts),
            "layer_2_text": words.layer_2_text(self._row, workflow, facts),
            "can_be_read": bool(facts.peerings),
            "reading": facts.reading,
            "is_reading_fresh": facts.fresh_reading is not None,
            "verification": self._shown_verification(typed, now),
        }

    @cached_property
    def _verification(self) -> Verification | None:
        is_verified = self._workflow.kind == Workflow.Kind.CONNECT and self._workflow.ended_at is None
        return find_verification(self._known) if is_verified else None

    def _reasons(self) -> dict[str, str]:
        """Why steps cannot be said to be done now."""
        names = [step.name for step in self.steps if step.name in TICKED and step.name != StepName.ORDER]
        kind = self._workflow.kind
        reasons = {name: reason_not_to_tick(kind, name, self.facts, self._verification) for name in names}
        return {name: reason for name, reason in reasons.items() if reason}

    def _shown_verification(self, typed: Mapping[str, str], now: datetime) -> words.ShownVerification | None:
        if self._verification is None:
            return None
        accepted = self._workflow.accepted.all()
        return words.show_verification(self._verification, accepted, self.facts, typed, now=now)
