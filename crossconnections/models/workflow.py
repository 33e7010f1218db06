"""A guided piece of work on one cross connection, from its beginning to its end."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from crossconnections.models.cross_connection import CrossConnection


class Workflow(models.Model):
    """A customer is being connected, or disconnected: at most one of it goes on per cross connection, by a constraint.

    Only what Azure cannot tell is kept: the order, and the steps that a person ticked. How far the others are follows
    from the mirror, the changes and the readings (:mod:`crossconnections.workflows`).
    """

    class Kind(models.TextChoices):
        """Which of the two (EXPRESSROUTE.md 4.2 and 4.3)."""

        CONNECT = "connect"
        DISCONNECT = "disconnect"

    class Outcome(models.TextChoices):
        """How it ended; blank while it goes on."""

        FINISHED = "finished"
        GIVEN_UP = "given-up", "Given up"

    cross_connection = models.ForeignKey(CrossConnection, on_delete=models.CASCADE, related_name="workflows")
    kind = models.CharField(max_length=12, choices=Kind)
    begun_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    outcome = models.CharField(max_length=12, choices=Outcome, blank=True)
    # Why it was given up.
    end_note = models.CharField(max_length=500, blank=True)

    # The order, as the customer gave it; None or "" where they said nothing.
    ordered_location = models.CharField(max_length=80, blank=True)
    ordered_bandwidth_mbps = models.PositiveIntegerField(null=True, blank=True)
    # Which peerings are to be there at the end, and the VLAN IDs (C-tags) that the customer wishes for them.
    wants_private = models.BooleanField(default=False)
    wants_microsoft = models.BooleanField(default=False)
    private_vlan_id = models.PositiveIntegerField(null=True, blank=True)
    microsoft_vlan_id = models.PositiveIntegerField(null=True, blank=True)
    # Where the partner's own network hands each leg over.
    primary_a_end = models.CharField(max_length=120, blank=True)
    secondary_a_end = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cross_connection"], condition=Q(ended_at=None), name="one_workflow_goes_on"
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "begun_at"], condition=Q(ended_at=None), name="workflows_going_on"),
            models.Index(fields=["cross_connection", "-id"], name="newest_workflows"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} of {self.cross_connection_id}"


class WorkflowStep(models.Model):
    """A step that somebody says is done, or not needed; ``note`` is the reason, or what they wished to say."""

    workflow = models.ForeignKey(Workflow, on_delete=models.CASCADE, related_name="steps")
    name = models.CharField(max_length=40)
    is_skipped = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField()
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workflow", "name"], name="one_row_per_step")]

    def __str__(self) -> str:
        return f"{self.name} of {self.workflow_id}"


class AcceptedFinding(models.Model):
    """A finding that somebody takes as it is, with the reason: verification goes on without it.

    It stands for the same finding in any later reading, the same rule on the same peering and path, as long as that is
    not worse than ``severity``.
    """

    workflow = models.ForeignKey(Workflow, on_delete=models.CASCADE, related_name="accepted")
    rule = models.CharField(max_length=8)
    peering = models.CharField(max_length=40, blank=True)
    path = models.CharField(max_length=12, blank=True)
    severity = models.CharField(max_length=12)
    reason = models.CharField(max_length=500)
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["workflow", "rule", "peering", "path"], name="a_finding_is_accepted_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} accepted in {self.workflow_id}"
