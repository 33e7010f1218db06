"""Who the customer of a cross connection is."""

from django.conf import settings
from django.db import models

from crossconnections.models.cross_connection import CrossConnection


class CustomerRecord(models.Model):
    """What Azure does not know and the phone needs. Never sent to Azure, and kept when the circuit is gone.

    ``service`` and ``sku_tier`` are blank where nobody has said; the tier is Azure's word, which Azure does not tell a
    partner. ``contacts`` are lines as somebody typed them, ``known_macs`` the edge routers' addresses at hand-over, in
    the spelling of the tables (``ffff.eeee.dddd``). ``version`` rises with each save: whoever saves says which one they
    saw, so that nobody overwrites what somebody else wrote meanwhile.
    """

    class Service(models.TextChoices):
        """Who speaks BGP with Microsoft: the customer on a layer-2 service, the partner on a layer-3 one."""

        LAYER_2 = "layer2", "Layer 2"
        LAYER_3 = "layer3", "Layer 3"

    class Tier(models.TextChoices):
        """The circuit's SKU, which decides how many prefixes it takes (EXPRESSROUTE.md 2.4)."""

        STANDARD = "Standard", "Standard"
        PREMIUM = "Premium", "Premium"

    cross_connection = models.OneToOneField(
        CrossConnection, primary_key=True, on_delete=models.CASCADE, related_name="record"
    )
    customer = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    contacts = models.TextField(blank=True)
    service = models.CharField(max_length=8, choices=Service, blank=True)
    sku_tier = models.CharField(max_length=12, choices=Tier, blank=True)
    planned_on = models.DateField(null=True, blank=True)
    known_macs = models.JSONField(default=list, blank=True)
    internal_notes = models.TextField(blank=True)

    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["customer"], name="by_customer"),
            models.Index(fields=["reference"], name="by_reference"),
        ]

    def __str__(self) -> str:
        return f"record of {self.cross_connection_id}"
