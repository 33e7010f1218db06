"""A provider subscription that the portal looks after."""

from django.db import models
from django.db.models.functions import Lower


class Subscription(models.Model):
    """An enlisted provider subscription. Clouds are isolated from each other, so the cloud is part of its identity."""

    class Kind(models.TextChoices):
        """Microsoft has a partner keep a production and a test subscription apart."""

        PRODUCTION = "production"
        TEST = "test"

    cloud = models.CharField(max_length=32)
    subscription_id = models.UUIDField()
    label = models.CharField(max_length=80)
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.PRODUCTION)
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
