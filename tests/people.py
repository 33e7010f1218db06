"""People of the portal, the roles that they have somewhere, and their browsers."""

import uuid
from typing import Any

from django.conf import settings
from django.test import Client

from portal.access.models import RoleAssignment
from portal.access.roles import Role
from portal.access.scopes import EVERYTHING
from portal.accounts import sessions
from portal.accounts.models import User

NOC = "9a1c3e8d-52b7-4610-8d94-4f635b2f0c1e"


def person(name: str = "Lotte de Vries", *app_roles: str, **values: Any) -> User:
    """Somebody who has signed in."""
    username = f"{name.casefold().replace(' ', '.')}@northlink.example"
    defaults = {"object_id": uuid.uuid4(), "username": username, "app_roles": list(app_roles)}
    return User.objects.create(tenant_id=settings.ENTRA_TENANT_ID, name=name, **defaults | values)


def given(role: Role, *, to: User | str, kind: str = EVERYTHING, where: str = "", name: str = "") -> RoleAssignment:
    """A role that an administrator gave to a person, or to a group by its object id, at the scope ``where``."""
    is_user = isinstance(to, User)
    return RoleAssignment.objects.create(
        principal_kind=RoleAssignment.Principal.USER if is_user else RoleAssignment.Principal.GROUP,
        principal_id=to.object_id if isinstance(to, User) else to,
        principal_name=to.name if isinstance(to, User) else "NOC EMEA",
        role=role,
        scope_kind=kind,
        scope_id=where.lower(),
        scope_name=name or where or "Everything",
        added_by="Priya Raman",
    )


def signed_in_as(user: User, client: Client | None = None) -> Client:
    """The browser of somebody who signed in just now."""
    browser = client or Client(HTTP_HOST="localhost")
    browser.force_login(user)
    session = browser.session
    sessions.note_sign_in(session)
    session.save()
    return browser
