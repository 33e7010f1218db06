"""The one question that pages, tasks, exports, counts, searches, fragments and JSON ask: may they, and how far."""

from functools import cached_property

from portal.access.grants import Grant, list_grants
from portal.access.permissions import NotAllowed, Permission
from portal.access.roles import Role
from portal.access.scopes import EVERYWHERE, Place, Reach
from portal.accounts.models import User
from portal.actors import WEB, Actor


class Access:
    """What one person may do. The grants are read once: make one for each request or task, and keep none.

    ``without`` is the key of an assignment that is not counted: what would be, were it ended.
    """

    def __init__(self, user: User, *, without: int | None = None) -> None:
        self._user = user
        self._without = without

    @cached_property
    def grants(self) -> list[Grant]:
        """All roles of the person, with their scopes and sources."""
        return list_grants(self._user, without=self._without)

    @property
    def highest_role(self) -> Role | None:
        """The highest role anywhere; None without any."""
        return max((grant.role for grant in self.grants), default=None)

    def role_at(self, place: Place) -> Role | None:
        """The highest role that covers an object there; None without any."""
        return max((grant.role for grant in self.grants if grant.covers(place)), default=None)

    @property
    def role_everywhere(self) -> Role | None:
        """The highest role that holds at every scope; None without any."""
        return max((grant.role for grant in self.grants if grant.is_everywhere), default=None)

    def reach(self, permission: Permission) -> Reach:
        """How far the permission goes: what lists, counts and searches are narrowed to."""
        giving = [grant for grant in self.grants if grant.role >= permission.least_role]
        if any(grant.is_everywhere for grant in giving):
            return EVERYWHERE
        return Reach() if permission.is_of_everything else Reach(scopes=frozenset(grant.scope for grant in giving))

    @property
    def places(self) -> tuple[str, ...]:
        """The names of the scopes where the person has a role; none where they have one everywhere, or none at all."""
        if any(grant.is_everywhere for grant in self.grants):
            return ()
        return tuple(sorted({grant.scope_name for grant in self.grants}))

    def may(self, permission: Permission, *, at: Place | None = None) -> bool:
        """Whether the person may do it to an object there, or without ``at``, to any object at all."""
        reach = self.reach(permission)
        return bool(reach) if at is None else reach.covers(at)

    def require(self, permission: Permission, *, at: Place | None = None) -> None:
        """Nothing, where the person may.

        Raises:
            NotAllowed: they may not.
        """
        if not self.may(permission, at=at):
            raise NotAllowed(permission, self.held_for(permission, at=at))

    def held_for(self, permission: Permission, *, at: Place | None = None) -> Role | None:
        """The highest role that counts for a permission, which may be too low for it; None without any."""
        if at is not None:
            return self.role_at(at)
        return self.role_everywhere if permission.is_of_everything else self.highest_role


def reach_of(by: Actor, permission: Permission) -> Reach:
    """The same for whoever acts: the clock and who has a terminal of the portal's machines reach everything."""
    if by.user is not None:
        return Access(by.user).reach(permission)
    return Reach() if by.via == WEB else EVERYWHERE


def require(by: Actor, permission: Permission, *, at: Place | None = None) -> None:
    """Nothing, where whoever acts may.

    Raises:
        NotAllowed: they may not; nobody who is not signed in may anything.
    """
    if by.user is not None:
        Access(by.user).require(permission, at=at)
    elif by.via == WEB:
        raise NotAllowed(permission, None)
