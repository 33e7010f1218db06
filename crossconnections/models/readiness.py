"""Whether Azure lets the portal do its work with a subscription."""

from django.db import models

from crossconnections.models.subscription import Subscription


class Readiness(models.Model):
    """What the checks of one subscription came to, the latest of each; it need not be enlisted.

    ``results`` is a list of :class:`crossconnections.readiness.checks.Result` as JSON, in the order in which they were
    made. The row is the outbox and the lock of its checks as well, as in :class:`Catalogue`: ``wanted_at`` while
    somebody waits for them, ``claimed_until`` while a worker is at them. ``registration_wanted_at`` says that an
    administrator wants Microsoft.Network to be registered before the next checks.

    ``proposed_label`` and the like stand while an administrator is about to enlist the subscription.
    """

    cloud = models.CharField(max_length=32)
    subscription_id = models.UUIDField()
    results = models.JSONField(default=list)
    failed = models.PositiveSmallIntegerField(default=0)
    checked_at = models.DateTimeField(null=True, blank=True)
    wanted_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    registration_wanted_at = models.DateTimeField(null=True, blank=True)
    proposed_label = models.CharField(max_length=80, blank=True)
    proposed_kind = models.CharField(max_length=16, choices=Subscription.Kind, blank=True)
    proposed_by = models.CharField(max_length=256, blank=True)
    proposed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cloud", "subscription_id"], name="one_readiness_per_subscription"),
        ]

    def __str__(self) -> str:
        return f"readiness of {self.subscription_id}"
