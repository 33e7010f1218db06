"""A person, known by tenant and object id: e-mail addresses and names change hands (claims-validation, Entra docs)."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models
from django.utils.crypto import salted_hmac


class User(AbstractBaseUser):
    """Somebody who has signed in at least once. There is no password: Entra ID is the only way in."""

    password = None  # type: ignore[assignment] # removes the inherited column
    tenant_id = models.UUIDField()
    object_id = models.UUIDField()
    name = models.CharField(max_length=256)
    username = models.CharField(max_length=256, blank=True)
    app_roles = models.JSONField(default=list)
    # Object ids; none where the token only points to a list of too many (groups overage), which is not followed.
    groups = models.JSONField(default=list)
    has_groups_overage = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    first_seen_at = models.DateTimeField(auto_now_add=True)
    # A new stamp ends every session of the person.
    session_stamp = models.UUIDField(default=uuid.uuid4)

    objects = models.Manager["User"]()

    USERNAME_FIELD = "id"

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["tenant_id", "object_id"], name="one_user_per_tenant_and_object_id"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """Up to two letters for the round badge."""
        words = [word for word in self.name.split() if word[:1].isalpha()]
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        return salted_hmac(
            "portal.accounts.session", str(self.session_stamp), secret=secret, algorithm="sha256"
        ).hexdigest()
