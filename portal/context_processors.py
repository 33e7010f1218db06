"""What the frame around every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.access.access import Access
from portal.access.permissions import Permission
from portal.access.presenters import roles_in_words


def shell(request: HttpRequest) -> dict[str, Any]:
    """The theme and keys chosen in this browser, the person and their role, and whether Azure is the sandbox."""
    theme = _kept(request, "theme")
    user = getattr(request, "user", None)
    # A page that tells of an error may stand where the middleware that sets it did not run.
    access: Access | None = getattr(request, "access", None)
    person = user if user is not None and user.is_authenticated else None
    return {
        "theme": theme if theme in {"light", "dark"} else "",
        "keys": "off" if _kept(request, "keys") == "off" else "on",
        "person": person,
        "role": roles_in_words(access.grants) if access else "",
        "may_change_any": access is not None and access.may(Permission.CHANGE),
        "may_see_readiness": access is not None and access.may(Permission.SEE_READINESS),
        "may_manage_access": access is not None and access.may(Permission.MANAGE_ACCESS),
        "is_sandbox": settings.PORTAL_CLOUD == "Sandbox",
        "version": settings.VERSION,
    }


def _kept(request: HttpRequest, name: str) -> str:
    """What a script has put into a cookie; at an https address under the name that no other host can set."""
    return request.COOKIES.get(f"__Host-{name}" if settings.HTTPS else name, "")
