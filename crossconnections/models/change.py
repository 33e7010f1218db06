"""A write to Azure, from the wish to the proof of what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from crossconnections.models.change_set import ChangeSet
from crossconnections.models.cross_connection import CrossConnection
from crossconnections.models.operation import Operation
from crossconnections.models.snapshot import Snapshot
from crossconnections.models.wish import Wish


class Change(Operation, Wish):
    """What is asked of one cross connection: at most one of it is active, by a database constraint.

    Where Azure holds something third in a field that is ``asked`` for than what was ``opened``, nothing is sent.
    ``before`` and ``after`` are the whole configuration, as Azure showed it right before the write and after its end,
    and ``differences`` is what came out other than asked. Shared keys are in none of them; a sealed one goes with the
    change's end, by a database constraint.

    ``written_at`` is put down before the write leaves, None again once it is known that Azure never got it;
    ``written_etag`` is the etag that it was made from. After ``not_after`` nothing is sent without a person's word:
    ``held_at`` says since when it waits for one. ``draft`` is the form that it came from, which makes one change.
    """

    class Kind(models.TextChoices):
        """What is written."""

        PROVISIONING = "provisioning"
        TAGS = "tags"
        PEERING = "peering"
        REMOVAL = "peering-removal"
        PLACEMENT = "placement"

    class KnownBy(models.TextChoices):
        """How its end is known."""

        OPERATION = "operation"  # Azure said so, at once or at the end of its operation
        LOOK = "look"  # nobody heard Azure's answer, and the cross connection has what was asked
        NOTHING_TO_DO = "nothing-to-do"  # it had it before anything was sent
        PERSON = "person"

    cross_connection = models.ForeignKey(CrossConnection, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=24, choices=Kind)
    draft = models.UUIDField(null=True, blank=True, unique=True)
    change_set = models.ForeignKey(ChangeSet, null=True, blank=True, on_delete=models.CASCADE, related_name="changes")

    warnings = models.JSONField(default=list)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    differences = models.JSONField(default=list)

    not_after = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    written_etag = models.CharField(max_length=80, blank=True)
    known_by = models.CharField(max_length=16, choices=KnownBy, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    # The proof that somebody wished for.
    snapshot_before = models.ForeignKey(Snapshot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    snapshot_after = models.ForeignKey(Snapshot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cross_connection"],
                condition=Q(state__in=[*Operation.ACTIVE]),
                name="one_active_change_per_cross_connection",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[*Operation.ACTIVE]) | Q(sealed_key=""),
                name="no_key_is_kept_after_the_end",
            ),
        ]
        indexes = [
            Operation.index_of_the_due("due_changes"),
            models.Index(fields=["cross_connection", "-id"], name="newest_changes"),
            models.Index(fields=["kind", "-finished_at"], condition=Q(state="succeeded"), name="changes_that_took"),
            models.Index(
                fields=["finished_at"],
                condition=Q(wants_proof=True, snapshot_after=None, state="succeeded"),
                name="changes_without_proof",
            ),
        ]

    def __str__(self) -> str:
        return f"change {self.pk}, {self.kind} of {self.cross_connection_id}, {self.state}"
