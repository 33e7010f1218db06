"""A provider subscription that the portal looks after."""

from django.db import models
from django.db.models.functions import Lower


class Subscription(models.Model):
    """An enlisted provider subscription. Clouds are isolated from each other, so the cloud is part of its identity."""

    class Kind(models.TextChoices):
        """Microsoft has a partner keep a production and a test subscription apart."""

        PRODUCTION = "production"
        TEST = "test"

    class State(models.TextChoices):
        """Whether Azure is asked about it; whatever is known of it stays in each state."""

        ACTIVE = "active"
        PAUSED = "paused"  # seen on every page, and nothing new is asked of Azure
        RETIRED = "retired"  # in no list any more; the pages of its cross connections stay

    cloud = models.CharField(max_length=32)
    subscription_id = models.UUIDField()
    label = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.PRODUCTION)
    state = models.CharField(max_length=16, choices=State, default=State.ACTIVE)
    state_since = models.DateTimeField(null=True, blank=True)
    enlisted_at = models.DateTimeField(auto_now_add=True)
    last_synced_at = models.DateTimeField(null=True, blank=True)
    # The most reads that Azure said are left, when it said so, and until when it wants to be left alone.
    most_reads_left = models.PositiveIntegerField(default=0)
    most_reads_seen_at = models.DateTimeField(null=True, blank=True)
    throttled_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cloud", "subscription_id"], name="one_row_per_subscription"),
            models.UniqueConstraint(Lower("label"), name="one_subscription_per_label"),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def is_active(self) -> bool:
        """Whether Azure may be asked about it."""
        return self.state == self.State.ACTIVE
