"""What was last known of a path, whoever asked and whenever that was."""

from django.db import models

from crossconnections.models.cross_connection import CrossConnection


class LastKnown(models.Model):
    """One peering on one path, as the latest reading that knew it found it; no row where none ever did.

    ``rule`` is the id of what made it down, else "". ``read_at`` is when Azure answered the table that it rests on,
    ``since`` the same of the first of those readings in a row that all knew this state. ``number`` is that of the
    reading, 0 where that is forgotten, or where it was a watch that looked.
    """

    class State(models.TextChoices):
        """As the diagnosis judges a path. What it does not know is not kept: it says nothing about the link."""

        UP = "up"
        DOWN = "down"

    # In every document that tells of a path of which nothing is known.
    UNKNOWN = "unknown"

    cross_connection = models.ForeignKey(CrossConnection, on_delete=models.CASCADE, related_name="last_known")
    peering_type = models.CharField(max_length=40)
    device_path = models.CharField(max_length=16)
    state = models.CharField(max_length=16, choices=State)
    rule = models.CharField(max_length=16, blank=True)
    prefixes = models.PositiveBigIntegerField(null=True, blank=True)
    read_at = models.DateTimeField()
    since = models.DateTimeField()
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["cross_connection", "peering_type", "device_path"], name="one_last_known_per_path"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.device_path} of {self.peering_type}, {self.state}"
