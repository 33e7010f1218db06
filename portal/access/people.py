"""The read side of access: assignments that hold, and people with the roles they have."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from django.db.models import Q

from portal.access.grants import Grant, app_role_grants, grant_of
from portal.access.models import RoleAssignment
from portal.accounts.models import User

MOST_PEOPLE = 100
MOST_GROUPS = 100


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody who has signed in, and the roles they have; none for who is deactivated."""

    user: User
    grants: Sequence[Grant]


def list_assignments() -> list[RoleAssignment]:
    """All that hold, by name, the highest role first."""
    return list(RoleAssignment.objects.filter(ended_at=None).order_by("principal_name", "principal_id", "-role", "pk"))


def list_people(q: str, assignments: Iterable[RoleAssignment]) -> list[KnownPerson]:
    """Those who signed in last, or whose name or account holds ``q``, at most ``MOST_PEOPLE``; in one query."""
    named = User.objects.filter(Q(name__icontains=q) | Q(username__icontains=q)) if q else User.objects.all()
    held: dict[uuid.UUID, list[RoleAssignment]] = defaultdict(list)
    for one in assignments:
        held[one.principal_id].append(one)
    return [_known(user, held) for user in named.order_by("-last_login", "-pk")[:MOST_PEOPLE]]


def list_groups(people: Iterable[KnownPerson], assignments: Iterable[RoleAssignment]) -> list[tuple[str, str]]:
    """The groups that these people's tokens told of, the most frequent first: object id, and its name or a member's."""
    names = {str(one.principal_id): one.principal_name for one in assignments}
    members: dict[str, list[str]] = defaultdict(list)
    for person in people:
        for group in person.user.groups:
            members[group].append(person.user.name)
    most = sorted(members, key=lambda group: -len(members[group]))[:MOST_GROUPS]
    return [(group, names.get(group) or _members_in_words(members[group])) for group in most]


def is_group(object_id: uuid.UUID) -> bool:
    """Whether a token of anybody's told of a group of this id."""
    told = User.objects.exclude(groups=[]).values_list("groups", flat=True)
    return any(str(object_id) in groups for groups in told.iterator())


def find_by_name(text: str) -> list[User]:
    """People by their account, object id or name, in any case."""
    named = Q(username__iexact=text) | Q(name__iexact=text)
    with suppress(ValueError):
        named |= Q(object_id=uuid.UUID(text))
    return list(User.objects.filter(named).order_by("pk"))


def _members_in_words(names: Sequence[str]) -> str:
    others = f" and {len(names) - 1} more" if len(names) > 1 else ""
    return f"a group of {names[0]}{others}"


def _known(user: User, held: dict[uuid.UUID, list[RoleAssignment]]) -> KnownPerson:
    if not user.is_active:
        return KnownPerson(user, [])
    own = [one for one in held[user.object_id] if one.principal_kind == RoleAssignment.Principal.USER]
    of_all = (one for group in user.groups for one in held[uuid.UUID(group)])
    of_groups = [one for one in of_all if one.principal_kind == RoleAssignment.Principal.GROUP]
    return KnownPerson(user, [*app_role_grants(user), *map(grant_of, [*own, *of_groups])])
