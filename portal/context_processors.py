"""What the frame around every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from portal.access.roles import highest_role


def shell(request: HttpRequest) -> dict[str, Any]:
    """The theme and keys chosen in this browser, the person and their role, and whether Azure is the sandbox."""
    theme = request.COOKIES.get("theme", "")
    user = getattr(request, "user", None)
    person = user if user is not None and user.is_authenticated else None
    return {
        "theme": theme if theme in {"light", "dark"} else "",
        "keys": "off" if request.COOKIES.get("keys") == "off" else "on",
        "person": person,
        "role": highest_role(person) if person else None,
        "is_sandbox": settings.PORTAL_CLOUD == "Sandbox",
        "version": settings.VERSION,
    }
