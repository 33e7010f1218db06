"""Deeds for the tests of the trail."""

from typing import Any

from portal.accounts.models import User
from portal.activity.deeds import deed
from portal.activity.models import Entry
from portal.activity.trail import About, record_alone
from portal.actors import WEB, Actor

TURNED = deed("test.turned", "Turned {thing} to {side}", area="Tests")
LOOKED = deed("test.looked", "Looked around", area="Tests of looking")
SWITCH = About("switch", "5b2f0c1e-7d94-4f63-9a1c-3e8d52b7f610", "The red one")


def person(name: str = "Lotte de Vries", object_id: str = "33333333-3333-4333-8333-333333333333") -> User:
    """Somebody of Support who has signed in once."""
    tenant_id = "00000000-0000-4000-8000-000000000000"
    support = {"name": name, "app_roles": ["Portal.Support"]}
    return User.objects.get_or_create(tenant_id=tenant_id, object_id=object_id, defaults=support)[0]


def at_a_browser(user: User | None = None) -> Actor:
    """A person at a browser; without a user, nobody who is signed in."""
    return Actor(WEB, user.name if user else "", user, "10.8.4.17")


def turned(*sides: str, **values: Any) -> list[Entry]:
    """An entry for each side that the switch was turned to."""
    by = values.pop("by", None) or at_a_browser(person())
    return [
        record_alone(TURNED, by=by, about=SWITCH, details={"thing": "it", "side": side}, **values) for side in sides
    ]
