"""The write side of access: giving roles and taking them back, ending sessions, letting nobody in any more."""

import uuid
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.access.access import Access, require
from portal.access.deeds import (
    ACTIVATED,
    DEACTIVATED,
    ENDED,
    GIVEN,
    SESSIONS_ENDED,
    about_person,
    about_principal,
    told,
)
from portal.access.models import RoleAssignment
from portal.access.permissions import Permission
from portal.access.roles import Role
from portal.access.scopes import Scope
from portal.accounts.models import User
from portal.activity.deeds import Deed
from portal.activity.trail import record
from portal.actors import Actor


@dataclass(frozen=True, slots=True)
class Principal:
    """A group or a user of Entra ID, by object id, and what it is called here."""

    kind: RoleAssignment.Principal
    id: uuid.UUID
    name: str


class AlreadyAssigned(Exception):  # noqa: N818 - reads as what happened
    """The group or user has that very role at that very scope."""


def add_assignment(*, principal: Principal, role: Role, scope: Scope, scope_name: str, by: Actor) -> RoleAssignment:
    """Give a role at a scope from now on.

    Raises:
        AlreadyAssigned: they have it already.
        NotAllowed: whoever asks may not manage access.
    """
    require(by, Permission.MANAGE_ACCESS)
    try:
        with transaction.atomic():
            assignment = RoleAssignment.objects.create(
                principal_kind=principal.kind,
                principal_id=principal.id,
                principal_name=principal.name,
                role=role,
                scope_kind=scope.kind,
                scope_id=scope.id,
                scope_name=scope_name,
                added_by=by.name,
            )
            record(GIVEN, by=by, about=about_principal(assignment), details=told(assignment))
    except IntegrityError:
        raise AlreadyAssigned from None
    return assignment


def end_assignment(*, assignment: RoleAssignment, by: Actor) -> str | None:
    """Take a role back: it is felt at the next request. The sentence why not, where it must stay; twice is fine.

    Raises:
        NotAllowed: whoever asks may not manage access.
    """
    require(by, Permission.MANAGE_ACCESS)
    if reason := reason_not_to_end(assignment, by):
        return reason
    with transaction.atomic():
        open_one = RoleAssignment.objects.filter(pk=assignment.pk, ended_at=None)
        if open_one.update(ended_at=timezone.now(), ended_by=by.name):
            record(ENDED, by=by, about=about_principal(assignment), details=told(assignment))
    return None


def reason_not_to_end(assignment: RoleAssignment, by: Actor) -> str | None:
    """None, or the sentence why somebody cannot end it: it is what lets themselves manage access."""
    if by.user is None:
        return None
    if Access(by.user, without=assignment.pk).may(Permission.MANAGE_ACCESS):
        return None
    return "You would lose this page yourself: let another administrator end it."


def end_sessions(*, user: User, by: Actor) -> None:
    """End all of somebody's sessions at their next request; whether they may come back is Entra ID's to say.

    Raises:
        NotAllowed: whoever asks may not manage access.
    """
    require(by, Permission.MANAGE_ACCESS)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(session_stamp=uuid.uuid4())
        _record(SESSIONS_ENDED, user, by)


def deactivate(*, user: User, by: Actor) -> str | None:
    """Let somebody in no more, whatever Entra ID says, and end their sessions; twice is fine.

    The sentence why not, for oneself.

    Raises:
        NotAllowed: whoever asks may not manage access.
    """
    require(by, Permission.MANAGE_ACCESS)
    if by.user == user:
        return "You cannot deactivate yourself: let another administrator do it."
    with transaction.atomic():
        active = User.objects.filter(pk=user.pk, is_active=True)
        if active.update(is_active=False, session_stamp=uuid.uuid4()):
            _record(DEACTIVATED, user, by)
    return None


def activate(*, user: User, by: Actor) -> None:
    """Let somebody in again.

    Raises:
        NotAllowed: whoever asks may not manage access.
    """
    require(by, Permission.MANAGE_ACCESS)
    with transaction.atomic():
        if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
            _record(ACTIVATED, user, by)


def _record(done: Deed, user: User, by: Actor) -> None:
    record(done, by=by, about=about_person(user), details={"name": user.name})
