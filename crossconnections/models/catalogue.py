"""What a subscription sees besides its cross connections."""

from django.db import models

from crossconnections.models.subscription import Subscription


class Catalogue(models.Model):
    """The whole of one list, kept as it was read: a few dozen entries that are shown together, never one by one.

    The row is the outbox and the lock of its reading as well, as in :class:`CrossConnection`: ``wanted_at`` while
    somebody waits for it, ``claimed_until`` while a worker is at it.
    """

    class Kind(models.TextChoices):
        """Which list."""

        COMMUNITIES = "communities"
        ROUTE_FILTERS = "route-filters"
        PORT_PAIRS = "port-pairs"

    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE, related_name="catalogues")
    kind = models.CharField(max_length=24, choices=Kind)
    entries = models.JSONField(default=list)
    read_at = models.DateTimeField(null=True, blank=True)
    wanted_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    read_error_code = models.CharField(max_length=80, blank=True)
    read_correlation_id = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "kind"], name="one_catalogue_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subscription_id}"
