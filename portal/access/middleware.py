"""Nothing is open by oversight: a view names the permission it needs, or is marked open, or is refused to all."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.access.access import Access
from portal.access.permissions import NotAllowed, Permission
from portal.access.presenters import grant_in_words, groups_in_words, refusal_in_words
from portal.access.refusals import note_refusal
from portal.access.roles import Role
from portal.banners import as_banner, is_fragment


class PermissionRequired:
    """Runs after ``SignInRequired``: whoever arrives here at a closed view is signed in.

    The view finds what its person may in ``request.access``, what the view itself is for in ``request.permission``,
    and how far that goes in ``request.reach``.
    What it, or a service that it calls, raises as ``NotAllowed`` becomes the same page as a role too low.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Before the view is known, so that the page for an address that is none has it too; nothing is read yet."""
        request.access = Access(request.user)  # type: ignore[attr-defined, arg-type] # nobody has no grants
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """None lets the view run; otherwise the page that says which role is missing."""
        if not getattr(view, "login_required", True):
            return None
        permission: Permission | None = getattr(view, "permission", None)
        access: Access = request.access  # type: ignore[attr-defined]
        if permission is None:
            return _refused(request, None, access, None)
        request.permission = permission  # type: ignore[attr-defined]
        request.reach = access.reach(permission)  # type: ignore[attr-defined]
        if request.reach:  # type: ignore[attr-defined]
            return None
        return _refused(request, permission, access, access.held_for(permission))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for what a view or a service did not allow."""
        if not isinstance(exception, NotAllowed):
            return None
        return _refused(request, exception.permission, request.access, exception.held)  # type: ignore[attr-defined]


def _refused(request: HttpRequest, permission: Permission | None, access: Access, held: Role | None) -> HttpResponse:
    verb = permission.words if permission else "open what is open to nobody"
    note_refusal(request, verb=verb, reason=refusal_in_words(permission, held) if permission else "")
    if is_fragment(request):
        text = "It may have changed, or somebody else signed in here."
        words = {"title": "Your role does not allow this", "text": text}
        return as_banner(request, "components/_banner.html", words)
    template = "access/forbidden.html" if access.grants else "access/no_role.html"
    context = {
        "permission": permission,
        "roles": [grant_in_words(grant) for grant in access.grants],
        "groups": groups_in_words(request.user),  # type: ignore[arg-type] # signed in
    }
    return render(request, template, context, status=403)
