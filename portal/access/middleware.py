"""Nothing is open by oversight: a view names the permission it needs, or is marked open, or is refused to all."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.access.permissions import Permission, may
from portal.access.roles import highest_role
from portal.banners import as_banner, is_fragment


class PermissionRequired:
    """Runs after ``SignInRequired``: whoever arrives here at a closed view is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing to do before the view is known."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """None lets the view run; otherwise the page that says which role is missing."""
        if not getattr(view, "login_required", True):
            return None
        permission = getattr(view, "permission", None)
        if permission is not None and may(request.user, permission):  # type: ignore[arg-type] # signed in
            return None
        return _refused(request, permission)


def _refused(request: HttpRequest, permission: Permission | None) -> HttpResponse:
    held = highest_role(request.user)  # type: ignore[arg-type] # signed in
    if is_fragment(request):
        text = "It may have changed, or somebody else signed in here."
        words = {"title": "Your role does not allow this", "text": text}
        return as_banner(request, "components/_banner.html", words)
    template = "access/forbidden.html" if held else "access/no_role.html"
    return render(request, template, {"permission": permission, "held": held}, status=403)
