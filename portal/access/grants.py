"""Which roles somebody has where, and through what."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from portal.access.models import RoleAssignment
from portal.access.roles import BY_APP_ROLE, Role
from portal.access.scopes import EVERYTHING, Place, Scope
from portal.accounts.models import User

APP_ROLE = "app-role"


@dataclass(frozen=True, slots=True)
class Grant:
    """A role at a scope. ``source`` is an app role, a group or a user, and ``source_name`` which one."""

    role: Role
    scope: Scope
    scope_name: str
    source: str
    source_name: str

    @property
    def is_everywhere(self) -> bool:
        """Whether it holds at every scope."""
        return self.scope.kind == EVERYTHING

    def covers(self, place: Place) -> bool:
        """Whether it holds for an object that is there."""
        return self.is_everywhere or self.scope in place


def list_grants(user: User, *, without: int | None = None) -> list[Grant]:
    """All that holds for a person now, in one query; nothing for who is deactivated: there is no default role.

    ``without`` is the key of an assignment that is left out: what would be, were it ended.
    """
    if not user.is_active:
        return []
    return [*app_role_grants(user), *(grant_of(one) for one in _assignments(user) if one.pk != without)]


def app_role_grants(user: User) -> Iterator[Grant]:
    """An app role of Entra ID holds everywhere; one that the portal does not know means nothing."""
    for name in user.app_roles:
        if role := BY_APP_ROLE.get(name):
            yield Grant(role, Scope(EVERYTHING), "Everything", APP_ROLE, name)


def _assignments(user: User) -> Iterator[RoleAssignment]:
    own = Q(principal_kind=RoleAssignment.Principal.USER, principal_id=user.object_id)
    of_groups = Q(principal_kind=RoleAssignment.Principal.GROUP, principal_id__in=user.groups)
    return RoleAssignment.objects.filter(own | of_groups, ended_at=None).order_by("-role", "pk").iterator()


def grant_of(one: RoleAssignment) -> Grant:
    """What an assignment gives to whoever it is for."""
    scope = Scope(one.scope_kind, one.scope_id)
    return Grant(Role(one.role), scope, one.scope_name, one.principal_kind, one.principal_name)
