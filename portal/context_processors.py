"""What the frame around every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.access.access import Access
from portal.access.roles import Role


def shell(request: HttpRequest) -> dict[str, Any]:
    """The theme and keys chosen in this browser, the person and their role, and whether Azure is the sandbox."""
    theme = request.COOKIES.get("theme", "")
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    return {
        "theme": theme if theme in {"light", "dark"} else "",
        "keys": "off" if request.COOKIES.get("keys") == "off" else "on",
        "person": person,
        "role": _role(request),
        "is_sandbox": settings.PORTAL_CLOUD == "Sandbox",
        "version": settings.VERSION,
    }


def _role(request: HttpRequest) -> Role | None:
    """Of who is signed in; a page that tells of an error may stand where no view was found."""
    access: Access | None = getattr(request, "access", None)
    return access.highest_role if access else None
