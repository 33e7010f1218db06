"""The mirror of one peering."""

from django.db import models

from crossconnections.models.cross_connection import CrossConnection


class Peering(models.Model):
    """A peering of a cross connection, as the last GET had it. The shared key is never here."""

    cross_connection = models.ForeignKey(CrossConnection, on_delete=models.CASCADE, related_name="peerings")
    peering_type = models.CharField(max_length=40)
    state = models.CharField(max_length=40, blank=True)
    provisioning_state = models.CharField(max_length=40, blank=True)
    vlan_id = models.PositiveIntegerField(null=True, blank=True)
    azure_asn = models.PositiveBigIntegerField(null=True, blank=True)
    peer_asn = models.PositiveBigIntegerField(null=True, blank=True)
    primary_prefix = models.CharField(max_length=64, blank=True)
    secondary_prefix = models.CharField(max_length=64, blank=True)
    ipv6_primary_prefix = models.CharField(max_length=64, blank=True)
    ipv6_secondary_prefix = models.CharField(max_length=64, blank=True)
    ipv6_state = models.CharField(max_length=40, blank=True)
    last_modified_by = models.CharField(max_length=80, blank=True)

    advertised_prefixes = models.JSONField(default=list)
    advertised_communities = models.JSONField(default=list)
    advertised_prefixes_state = models.CharField(max_length=40, blank=True)
    # How far Microsoft is with each: ``prefix``, ``validation_state``, ``validation_id``, ``is_signed``.
    advertised_prefix_infos = models.JSONField(default=list)
    customer_asn = models.PositiveBigIntegerField(null=True, blank=True)
    routing_registry = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cross_connection", "peering_type"], name="one_peering_per_type"),
        ]

    def __str__(self) -> str:
        return f"{self.peering_type} of {self.cross_connection_id}"
