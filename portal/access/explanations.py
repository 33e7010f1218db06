"""What may somebody do with an object, and why: the one question, with its reasons."""

from dataclasses import dataclass

from portal.access.access import Access
from portal.access.grants import Grant
from portal.access.permissions import Permission, Span
from portal.access.roles import Role
from portal.access.scopes import Place


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a permission is had there; ``through`` are the grants that give it, ``held`` the highest role there."""

    permission: Permission
    is_allowed: bool
    through: tuple[Grant, ...]
    held: Role | None


def explain(access: Access, place: Place) -> list[Answer]:
    """An answer for each permission that is about objects."""
    return [_answer(access, one, place) for one in Permission if one.span is Span.OBJECT]


def _answer(access: Access, permission: Permission, place: Place) -> Answer:
    giving = (one for one in access.grants if one.covers(place) and one.role >= permission.least_role)
    return Answer(permission, access.may(permission, at=place), tuple(giving), access.role_at(place))
