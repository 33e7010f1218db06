"""The write side of accounts."""

from django.db import transaction

from portal.accounts.deeds import SIGNED_IN
from portal.accounts.entra import Identity
from portal.accounts.models import User
from portal.activity.trail import record
from portal.actors import WEB, Actor


@transaction.atomic
def admit(identity: Identity, *, address: str) -> User:
    """The person of an identity, with name and roles as the token has them now: a role that is gone is gone here.

    That they signed in is on record, from the browser's ``address``; not for who is deactivated: that is refused.

    Raises:
        TrailBroken: it cannot be recorded.
    """
    user, _ = User.objects.update_or_create(
        tenant_id=identity.tenant_id,
        object_id=identity.object_id,
        defaults={
            "name": identity.name[:256],
            "username": identity.username[:256],
            "app_roles": list(identity.app_roles),
            "groups": list(identity.groups),
            "has_groups_overage": identity.has_groups_overage,
        },
    )
    if user.is_active:
        record(SIGNED_IN, by=Actor(WEB, user.name, user, address))
    return user
