"""What can be done, as verbs, and the least role for each."""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from portal.access.roles import Role, highest_role
from portal.accounts.models import User

View = TypeVar("View", bound=Callable[..., Any])


class Permission(Enum):
    """A verb and the least role that may do it."""

    VIEW = ("see cross connections", Role.VIEWER)
    SYNC = ("ask Azure for the present state", Role.VIEWER)
    SETTLE = ("say that something is dealt with", Role.SUPPORT)

    def __init__(self, words: str, least_role: Role) -> None:
        self.words = words
        self.least_role = least_role


def may(user: User, permission: Permission) -> bool:
    """The one question that pages, tasks, exports and fragments ask."""
    role = highest_role(user)
    return role is not None and role >= permission.least_role


def needs(permission: Permission) -> Callable[[View], View]:
    """Mark a view with the permission it needs; ``PermissionRequired`` asks the question before the view runs."""

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark
