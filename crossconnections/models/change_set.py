"""Several changes that were asked for together."""

from django.conf import settings
from django.db import models


class ChangeSet(models.Model):
    """What one review fixed: the same wish for each of some cross connections, one change each.

    ``left_out`` are those that the person named and that no change was made for, each with the reason: a list of
    objects with ``service_key`` and ``reason``. ``draft`` is the review that it came from, which makes one set.
    """

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    asked = models.JSONField(default=dict)
    draft = models.UUIDField(null=True, blank=True, unique=True)
    left_out = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"set {self.pk}"
