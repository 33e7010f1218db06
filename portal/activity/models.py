"""The rows of the trail: entries that nobody changes, the head that they hang on, what is left of forgotten ones."""

import json
from functools import cached_property
from typing import Any, NoReturn, TypeVar

from django.db import models

_MAC = 64  # SHA-256 in hexadecimal
Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class Unchangeable(Exception):  # noqa: N818 - reads as what happened
    """Somebody tried to change or delete what only is added to."""


class AppendOnly(models.QuerySet[Row_co]):
    """Rows that are added and read. The database refuses the rest as well (portal.activity.guards)."""

    def update(self, **_values: Any) -> NoReturn:  # noqa: ANN401 - Django's interface
        """Never."""
        raise Unchangeable("The trail cannot be changed.")

    def delete(self) -> NoReturn:
        """Never; see ``forget``."""
        raise Unchangeable("The trail cannot be deleted.")

    def forget(self) -> int:
        """Delete entries that a checkpoint stands for, which the database checks; how many."""
        return super().delete()[0]


class _Unchangeable(models.Model):
    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - Django's interface
        """Only once."""
        if not self._state.adding:
            raise Unchangeable(f"{self} cannot be changed.")
        super().save(*args, **kwargs)

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:  # noqa: ANN401 - Django's interface
        """Never."""
        raise Unchangeable(f"{self} cannot be deleted.")


class Entry(_Unchangeable):
    """Who did what to what, from where, when, and what came of it.

    Numbers have no gaps: they are given under the head's lock. Ids of people and objects are text, "" where there is
    none, so that an entry outlives what it names. ``details`` is canonical JSON as text, an object of plain values:
    it is sealed character for character, which a column of JSON would not keep.
    """

    class Result(models.TextChoices):
        """What came of it."""

        DONE = "done", "Done"
        REFUSED = "refused", "Refused"
        FAILED = "failed", "Failed"

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    deed = models.CharField(max_length=64)
    via = models.CharField(max_length=8)
    actor_name = models.CharField(max_length=256, blank=True)
    actor_tenant_id = models.CharField(max_length=36, blank=True)
    actor_object_id = models.CharField(max_length=36, blank=True)
    address = models.CharField(max_length=255, blank=True)
    object_kind = models.CharField(max_length=32, blank=True)
    object_id = models.CharField(max_length=200, blank=True)
    object_name = models.CharField(max_length=256, blank=True)
    result = models.CharField(max_length=8, choices=Result)
    reason = models.CharField(max_length=400, blank=True)
    correlation_id = models.CharField(max_length=80, blank=True)
    details = models.TextField(default="{}")
    key_id = models.CharField(max_length=16)
    previous_mac = models.CharField(max_length=_MAC, blank=True)
    mac = models.CharField(max_length=_MAC)

    objects = AppendOnly.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["actor_object_id", "actor_tenant_id", "-number"], name="activity_of_a_person"),
            models.Index(fields=["object_kind", "object_id", "-number"], name="activity_of_an_object"),
            models.Index(fields=["deed", "-number"], name="activity_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"entry {self.number}"

    @cached_property
    def named_details(self) -> dict[str, Any]:
        """The details by name; none where somebody has changed them into what is no JSON.

        Raises:
            RecursionError: they are deeper than can be read (portal.activity.reading).
        """
        try:
            found = json.loads(self.details)
        except ValueError:
            return {}
        return found if isinstance(found, dict) else {}


class Head(models.Model):
    """The one row that every new entry locks. Its seal says how far the chain goes: a cut-off tail shows."""

    number = models.PositiveBigIntegerField()
    mac = models.CharField(max_length=_MAC, blank=True)
    key_id = models.CharField(max_length=16)
    seal = models.CharField(max_length=_MAC)

    def __str__(self) -> str:
        return f"head {self.number}:{self.mac}"


class Checkpoint(_Unchangeable):
    """All entries up to ``number`` were forgotten; ``mac`` is that of the last one, so that the chain goes on from it.

    ``count`` were forgotten behind this one. Checkpoints stay.
    """

    number = models.PositiveBigIntegerField(primary_key=True)
    mac = models.CharField(max_length=_MAC)
    at = models.DateTimeField()
    count = models.PositiveIntegerField()
    key_id = models.CharField(max_length=16)
    seal = models.CharField(max_length=_MAC)

    objects = AppendOnly.as_manager()

    def __str__(self) -> str:
        return f"checkpoint {self.number}"


class Check(models.Model):
    """The one row of when the clock last verified the chain, how many entries it had, and what was found, in words."""

    at = models.DateTimeField()
    entries = models.PositiveBigIntegerField()
    findings = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"check at {self.at:%H:%M}"
