"""How often something was asked for."""

from django.db import models


class Tally(models.Model):
    """What one address or person has asked for in one window of time; worth nothing once that has ended."""

    limit = models.CharField(max_length=32)
    key = models.CharField(max_length=64)
    ends_at = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["limit", "key", "ends_at"], name="one_tally_per_limit_key_and_window"),
        ]

    def __str__(self) -> str:
        return f"{self.limit} of {self.key}: {self.count}"
