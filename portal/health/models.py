"""Signs of life of the parts that nobody calls."""

from django.db import models
from django.db.models.functions import Now

# The part that gives the others their work: a sign comes from whoever carries out its ticks.
CLOCK = "clock"


class LifeSign(models.Model):
    """When a part of the portal was last seen alive, by the database's clock."""

    part = models.CharField(max_length=32, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.part} at {self.seen_at:%H:%M:%S}"

    @classmethod
    def give(cls, part: str) -> None:
        """Note that a part is alive now."""
        cls.objects.update_or_create(part=part, defaults={"seen_at": Now()})
