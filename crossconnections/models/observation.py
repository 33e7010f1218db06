"""What was seen to change in Azure."""

from django.db import models

from crossconnections.models.cross_connection import CrossConnection


class Observation(models.Model):
    """One field that differed from what an earlier answer had shown.

    When it changed in Azure is not known, only when it was seen.
    ``subject`` is "" for the cross connection itself, else a peering type; ``field`` is a column's name, or
    ``presence`` where the thing itself came or went. ``before`` and ``after`` are JSON values.
    """

    PRESENCE = "presence"

    cross_connection = models.ForeignKey(CrossConnection, on_delete=models.CASCADE, related_name="observations")
    seen_at = models.DateTimeField()
    subject = models.CharField(max_length=40, blank=True)
    field = models.CharField(max_length=40)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["cross_connection", "-seen_at"], name="newest_observations")]

    def __str__(self) -> str:
        return f"{self.field}: {self.before} -> {self.after}"
