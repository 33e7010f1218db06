"""What somebody has to look at."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from crossconnections.models.cross_connection import CrossConnection


class Attention(models.Model):
    """A reason why a cross connection waits for a person, from when it was seen until it ended.

    What follows from its state (to provision, deprovisioning, failed, link down) ends by itself. What happened once
    (bandwidth raised, edited, deleted) ends when a person says that it is dealt with. ``subject`` is "" for the cross
    connection itself, else a peering type; ``before`` and ``after`` are JSON values. Of a link that is down, ``after``
    is which: a list of pairs of a peering type and a path.
    """

    class Kind(models.TextChoices):
        """Spelled as in the list's address, ``?attention=``."""

        TO_PROVISION = "to-provision"
        DEPROVISIONING = "deprovisioning"
        FAILED = "failed"
        LINK_DOWN = "link-down"
        BANDWIDTH_RAISED = "bandwidth-raised"
        EDITED = "edited"
        DELETED = "deleted"

    HAPPENED = (Kind.BANDWIDTH_RAISED, Kind.EDITED, Kind.DELETED)

    cross_connection = models.ForeignKey(CrossConnection, on_delete=models.CASCADE, related_name="attention")
    kind = models.CharField(max_length=24, choices=Kind)
    seen_at = models.DateTimeField()
    # When it became more than was seen at first: whoever ends it says as of when they know of it.
    moved_at = models.DateTimeField(default=timezone.now)
    subject = models.CharField(max_length=40, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cross_connection", "kind"],
                condition=models.Q(settled_at=None),
                name="one_open_attention_per_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "seen_at"], condition=models.Q(settled_at=None), name="open_attention"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.cross_connection_id}"
