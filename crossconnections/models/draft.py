"""A form between review and apply."""

import uuid

from django.conf import settings
from django.db import models

from crossconnections.models.cross_connection import CrossConnection
from crossconnections.models.snapshot import Snapshot
from crossconnections.models.wish import Wish


class Draft(Wish):
    """What a person is about to ask for; nobody else sees it, and after half an hour it is none any more.

    ``guard`` is the reading of the tables that tells what would go down,
    for what ends a service. A draft of several has no ``cross_connection`` but ``members``, one for each service key
    that was named: ``id`` and ``service_key``, and what it held when the set was fixed (``opened``), or why it was left
    out of the set then (``reason``).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    cross_connection = models.ForeignKey(
        CrossConnection, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=24)
    members = models.JSONField(default=list)
    guard = models.ForeignKey(Snapshot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"draft of {self.kind}"
