"""Django's view of who is signed in. It can look a person up; it cannot let anyone in."""

from django.conf import settings
from django.contrib.auth.backends import BaseBackend

from portal.accounts.models import User


class EntraBackend(BaseBackend):
    """Knows the people of past sign-ins. ``authenticate`` stays the base's: no credential is ever accepted."""

    def get_user(self, user_id: int) -> User | None:
        """The person of a session; None, so signed out, once deactivated or once the portal has another tenant."""
        return User.objects.filter(pk=user_id, is_active=True, tenant_id=settings.ENTRA_TENANT_ID).first()
