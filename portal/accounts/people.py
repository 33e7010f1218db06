"""The write side of accounts."""

from portal.accounts.entra import Identity
from portal.accounts.models import User


def admit(identity: Identity) -> User:
    """The person of an identity, with name and roles as the token has them now: a role that is gone is gone here."""
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
    return user
