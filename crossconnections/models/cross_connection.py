"""The mirror of one cross connection."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Upper

from crossconnections.models.subscription import Subscription

if TYPE_CHECKING:
    from crossconnections.models.last_known import LastKnown


class CrossConnection(models.Model):
    """What Azure said of a cross connection when it was last read. A row gone in Azure is marked, never deleted.

    Azure's words are kept as they came: an unknown state is data. LIST answers lack ports, S-tag and peerings, so
    each row says which etag LIST last gave (``listed_etag``) and which of those the last GET answered to
    (``mirrored_etag``); where they differ, a GET is due. Both come from LIST: whether a GET's own etag is the same
    is not documented.
    """

    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="cross_connections")
    service_key = models.CharField(max_length=80)
    resource_id = models.TextField()
    azure_region = models.CharField(max_length=80, blank=True)
    etag = models.CharField(max_length=80, blank=True)
    listed_etag = models.CharField(max_length=80, blank=True)
    mirrored_etag = models.CharField(max_length=80, blank=True)
    tags = models.JSONField(default=dict)

    peering_location = models.CharField(max_length=80, blank=True)
    bandwidth_mbps = models.PositiveIntegerField(null=True, blank=True)
    provider_provisioning_state = models.CharField(max_length=40, blank=True)
    provisioning_state = models.CharField(max_length=40, blank=True)
    provider_notes = models.TextField(blank=True)
    s_tag = models.PositiveIntegerField(null=True, blank=True)
    primary_azure_port = models.CharField(max_length=120, blank=True)
    secondary_azure_port = models.CharField(max_length=120, blank=True)

    circuit_id = models.TextField(blank=True)
    circuit_name = models.CharField(max_length=120, blank=True)
    circuit_resource_group = models.CharField(max_length=120, blank=True)
    customer_subscription_id = models.CharField(max_length=80, blank=True)

    first_seen_at = models.DateTimeField()
    # None until it was seen to change.
    changed_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    # A person waits for a GET of it; and how the last one ended, where it did not end well.
    wanted_at = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    read_failed_at = models.DateTimeField(null=True, blank=True)
    read_error_code = models.CharField(max_length=80, blank=True)
    read_correlation_id = models.CharField(max_length=80, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)

    # What was last known of its paths, on the rows of those queries that read it along.
    known_paths: "list[LastKnown]"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subscription", "service_key"], name="one_row_per_service_key"),
        ]
        indexes = [
            models.Index(fields=["service_key"], name="by_service_key"),
            models.Index(fields=["wanted_at"], condition=models.Q(wanted_at__isnull=False), name="wanted_rows"),
            # What the list searches and counts: read from these alone, without the rows, which are ten times as wide.
            models.Index(
                fields=["peering_location", "service_key", "circuit_name", "s_tag", "subscription"],
                condition=models.Q(gone_at=None),
                name="by_location",
            ),
            # ``?location=`` takes any case.
            models.Index(Upper("peering_location"), "service_key", name="by_location_in_any_case"),
            models.Index(
                fields=["peering_location", "provider_provisioning_state", "subscription"],
                condition=models.Q(gone_at=None),
                name="sums_by_location",
            ),
            models.Index(
                fields=["provider_provisioning_state", "bandwidth_mbps", "subscription"],
                condition=models.Q(gone_at=None),
                name="sums_of_choices",
            ),
        ]

    def __str__(self) -> str:
        return self.service_key
