"""Roles that administrators gave here, besides the app roles of Entra ID."""

from django.db import models
from django.db.models import Q

from portal.access.roles import Role


class RoleAssignment(models.Model):
    """A group or a user of Entra ID has a role at a scope, from ``added_at`` until ``ended_at``.

    ``principal_name`` is what an administrator calls the group: its token carries only the id. Who added and who ended
    it stand here as text, so that the row tells its story when they are gone.
    """

    class Principal(models.TextChoices):
        """Whose object id it is."""

        GROUP = "group", "Group"
        USER = "user", "Person"

    principal_kind = models.CharField(max_length=8, choices=Principal)
    principal_id = models.UUIDField()
    principal_name = models.CharField(max_length=256)
    role = models.PositiveSmallIntegerField(choices=[(role.value, role.word) for role in Role])
    # As in portal.access.scopes: the id in lower case, "" for everything; the name as Azure spells it.
    scope_kind = models.CharField(max_length=32)
    scope_id = models.CharField(max_length=120, blank=True)
    scope_name = models.CharField(max_length=120, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)
    added_by = models.CharField(max_length=256)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=256, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["principal_kind", "principal_id", "role", "scope_kind", "scope_id"],
                condition=Q(ended_at=None),
                name="one_open_assignment",
            ),
        ]
        indexes = [models.Index(fields=["principal_id"], condition=Q(ended_at=None), name="open_assignments")]

    def __str__(self) -> str:
        return f"{Role(self.role).word} of {self.principal_name}"
