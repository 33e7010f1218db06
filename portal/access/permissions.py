"""What can be done, as verbs, and the least role for each."""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from portal.access.roles import Role

View = TypeVar("View", bound=Callable[..., Any])


class Permission(Enum):
    """A verb and the least role that may do it; ``everywhere`` where a role at a part of the estate is not enough."""

    VIEW = ("see cross connections", Role.VIEWER)
    SYNC = ("ask Azure for the present state", Role.VIEWER)
    SETTLE = ("say that something is dealt with", Role.SUPPORT)
    SEE_OWN_ACTIVITY = ("see what you did yourself", Role.VIEWER)
    SEE_ACTIVITY = ("see what everybody did", Role.ADMINISTRATOR, True)
    MANAGE_ACCESS = ("say who has which role where", Role.ADMINISTRATOR, True)

    def __init__(self, words: str, least_role: Role, everywhere: bool = False) -> None:  # noqa: FBT001, FBT002 - a row of a table
        self.words = words
        self.least_role = least_role
        self.everywhere = everywhere


class NotAllowed(Exception):  # noqa: N818 - reads as what happened
    """Somebody may not do this here; ``held`` is the highest role that they hold there, None for none."""

    def __init__(self, permission: Permission, held: Role | None) -> None:
        super().__init__(f"may not {permission.words}")
        self.permission = permission
        self.held = held


def needs(permission: Permission) -> Callable[[View], View]:
    """Mark a view with the permission it needs; ``PermissionRequired`` asks the question before the view runs."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark
