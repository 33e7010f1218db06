"""What a person wants to be different, before it is sent and while it is."""

from typing import Any

from django.db import models

from crossconnections.models.observation import Observation

# Of a peering: whether it is there.
PRESENCE = Observation.PRESENCE


class Wish(models.Model):
    """The fields that are to be different, of a cross connection or of one of its peerings.

    ``subject`` is "" or the type of the peering, as in the history. ``asked`` holds the fields by the mirror's columns,
    ``opened`` what those held when the person saw them; of a peering they begin with ``presence``, whether it is there.
    The shared key of a peering is in neither: ``shared_key_action`` says what becomes of it, and ``sealed_key`` holds
    one that is to be set (see :mod:`portal.sealing`), for as long as it has not been sent.
    """

    class SharedKey(models.TextChoices):
        """What becomes of the key that both routers of a session prove themselves by (TCP MD5)."""

        KEEP = "keep"
        SET = "set"
        REMOVE = "remove"

    subject = models.CharField(max_length=40, blank=True)
    opened = models.JSONField(default=dict)
    asked = models.JSONField(default=dict)
    shared_key_action = models.CharField(max_length=8, choices=SharedKey, default=SharedKey.KEEP)
    sealed_key = models.TextField(blank=True)
    # The tables before and after, where somebody wished to see what it does to the sessions.
    wants_proof = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def removes(self) -> bool:
        """Whether the peering is to go."""
        return self.asked.get(PRESENCE) is False

    @property
    def moved(self) -> dict[str, Any]:
        """What is asked for and is not as it was: a peering that stays is among ``asked`` as well."""
        return {name: value for name, value in self.asked.items() if value != self.opened.get(name)}
