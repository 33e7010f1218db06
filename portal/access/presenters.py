"""Roles, assignments and people in words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.access.explanations import Answer
from portal.access.grants import APP_ROLE, Grant
from portal.access.models import RoleAssignment
from portal.access.people import KnownPerson
from portal.access.permissions import Permission
from portal.access.roles import Role
from portal.accounts.models import User

MOST_PLACES = 5
_SOURCES = {
    APP_ROLE: "through the app role {}",
    RoleAssignment.Principal.GROUP: "through the group {}",
    RoleAssignment.Principal.USER: "given to this person",
}


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A permission, whether it is had there, and why."""

    verb: str
    is_allowed: bool
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """An assignment that holds."""

    key: int
    kind: str
    name: str
    object_id: str
    role: str
    where: str
    added_by: str
    added_at: datetime


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who has signed in."""

    key: int
    name: str
    account: str
    object_id: str
    roles: tuple[str, ...]
    groups: str
    has_groups_overage: bool  # a warning stands before the words then
    is_active: bool
    is_oneself: bool
    signed_in_at: datetime | None


def show_answers(answers: Iterable[Answer]) -> list[AnswerRow]:
    """One row for each permission, in the order in which they are listed in the code."""
    return [AnswerRow(one.permission.words, one.is_allowed, _reasons(one)) for one in answers]


def show_assignments(assignments: Iterable[RoleAssignment]) -> list[AssignmentRow]:
    """As they are listed."""
    return [
        AssignmentRow(
            key=one.pk,
            kind=one.get_principal_kind_display(),
            name=one.principal_name,
            object_id=str(one.principal_id),
            role=Role(one.role).word,
            where=one.scope_name,
            added_by=one.added_by,
            added_at=one.added_at,
        )
        for one in assignments
    ]


def show_people(people: Iterable[KnownPerson], *, oneself: int) -> list[PersonRow]:
    """As they are listed; ``oneself`` is the key of who looks."""
    return [
        PersonRow(
            key=one.user.pk,
            name=one.user.name,
            account=one.user.username,
            object_id=str(one.user.object_id),
            roles=tuple(dict.fromkeys(map(grant_in_words, one.grants))),
            groups=groups_in_words(one.user),
            has_groups_overage=one.user.has_groups_overage,
            is_active=one.user.is_active,
            is_oneself=one.user.pk == oneself,
            signed_in_at=one.user.last_login,
        )
        for one in people
    ]


def grant_in_words(grant: Grant) -> str:
    """``Support in Amsterdam``, ``Viewer everywhere``."""
    return f"{grant.role.word} everywhere" if grant.is_everywhere else f"{grant.role.word} in {grant.scope_name}"


def places_in_words(places: Sequence[str]) -> str:
    """``Amsterdam, Frankfurt and 3 more``; "" for none, which is everywhere."""
    more = len(places) - MOST_PLACES
    return ", ".join(places[:MOST_PLACES]) + (f" and {more} more" if more > 0 else "")


def _reasons(answer: Answer) -> tuple[str, ...]:
    if answer.is_allowed:
        return tuple(f"{grant_in_words(one)}, {_source(one)}" for one in answer.through)
    return (refusal_in_words(answer.permission, answer.held),)


def refusal_in_words(permission: Permission, held: Role | None) -> str:
    """What a permission takes and what is held instead, there where it was asked for."""
    needed, had = permission.least_role.word, held.word if held else "no role"
    everywhere = " everywhere" if permission.is_of_everything else ""
    return f"Takes {needed}{everywhere}; {had} is held{everywhere}"


def _source(grant: Grant) -> str:
    return _SOURCES[grant.source].format(grant.source_name)


def groups_in_words(user: User) -> str:
    """How many groups the last token told of."""
    if user.has_groups_overage:
        return "Too many for a token: none was told"
    count = len(user.groups)
    return {0: "No groups", 1: "1 group"}.get(count, f"{count} groups")


def roles_in_words(grants: Sequence[Grant]) -> str:
    """For the corner of every page: the highest role, and where if it does not hold everywhere; "" without any."""
    if not grants:
        return ""
    highest = max(grants, key=lambda one: (one.role, one.is_everywhere))
    if highest.is_everywhere:
        return highest.role.word
    places = {one.scope_name for one in grants if one.role == highest.role}
    return f"{highest.role.word}, {places.pop() if len(places) == 1 else f'{len(places)} places'}"
