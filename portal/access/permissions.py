"""What can be done, as verbs, and the least role for each."""

from collections.abc import Callable
from enum import Enum
from typing import Any, TypeVar

from portal.access.roles import Role

View = TypeVar("View", bound=Callable[..., Any])


class Span(Enum):
    """What the role has to cover."""

    OBJECT = "the object at hand"
    ANYTHING = "anything at all"
    EVERYTHING = "everything"


class Permission(Enum):
    """A verb, the least role that may do it, and what that role has to cover."""

    VIEW = ("see cross connections", Role.VIEWER, Span.OBJECT)
    SYNC = ("ask Azure for the present state", Role.VIEWER, Span.OBJECT)
    READ_TABLES = ("read ARP tables and routes from Azure", Role.SUPPORT, Span.OBJECT)
    WATCH = ("put cross connections on watch", Role.OPERATOR, Span.OBJECT)
    CHANGE = ("change cross connections in Azure", Role.OPERATOR, Span.OBJECT)
    KEEP_RECORDS = ("keep the records of customers", Role.SUPPORT, Span.OBJECT)
    SETTLE = ("say that something is dealt with", Role.SUPPORT, Span.OBJECT)
    SEE_OWN_ACTIVITY = ("see what you did yourself", Role.VIEWER, Span.ANYTHING)
    SEE_ACTIVITY = ("see what everybody did", Role.ADMINISTRATOR, Span.EVERYTHING)
    SEE_READINESS = ("see whether the set-up at Azure is right", Role.OPERATOR, Span.ANYTHING)
    MANAGE_SUBSCRIPTIONS = ("manage the subscriptions and mend their set-up", Role.ADMINISTRATOR, Span.EVERYTHING)
    MANAGE_ACCESS = ("manage who has which role where", Role.ADMINISTRATOR, Span.EVERYTHING)

    def __init__(self, words: str, least_role: Role, span: Span) -> None:
        self.words = words
        self.least_role = least_role
        self.span = span

    @property
    def is_of_everything(self) -> bool:
        """Whether a role at a part of the estate is not enough."""
        return self.span is Span.EVERYTHING


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
