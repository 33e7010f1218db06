"""One reading of a subscription's cross connections into the mirror."""

from django.conf import settings
from django.db import models

from crossconnections.models.subscription import Subscription


class SyncRun(models.Model):
    """Outbox, lock and history of one sync in a row.

    At most one run of a subscription is active: a database constraint. A worker claims a run by conditional update
    with a lease on the database's clock and renews it before each call to Azure; a run whose lease has passed
    belongs to a worker that died, and is claimed again.
    """

    class State(models.TextChoices):
        """``failed`` leaves the mirror as it was for whatever was not read."""

        QUEUED = "queued"
        RUNNING = "running"
        SUCCEEDED = "succeeded"
        FAILED = "failed"

    ACTIVE = (State.QUEUED, State.RUNNING)

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="sync_runs")
    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL)
    asked_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    # The peering location that it has come to; pages are counted against those of the last sync.
    location = models.CharField(max_length=80, blank=True)
    pages = models.PositiveIntegerField(default=0)
    listed = models.PositiveIntegerField(default=0)
    to_read = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    unread = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    gone = models.PositiveIntegerField(default=0)

    error_code = models.CharField(max_length=80, blank=True)
    error_message = models.TextField(blank=True)
    correlation_id = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subscription"],
                condition=models.Q(state__in=["queued", "running"]),
                name="one_active_sync_per_subscription",
            ),
        ]
        indexes = [models.Index(fields=["subscription", "-asked_at"], name="latest_syncs")]

    def __str__(self) -> str:
        return f"sync {self.pk} of {self.subscription_id}, {self.state}"
