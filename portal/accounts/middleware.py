"""A page asks an anonymous person to sign in; a polled fragment says so in place and keeps what was typed."""

from collections.abc import Callable
from typing import Any

import structlog
from django.contrib import auth
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from portal.accounts import sessions
from portal.banners import as_banner, is_fragment

log = structlog.get_logger(__name__)


def limit_sessions(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """End the session of somebody who was away or signed in for too long, before a view sees them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if sessions.is_signed_in(request.session):
            limit = sessions.limit_reached(request.session)
            if limit:
                _end(request, limit)
            elif sessions.is_by_person(request):
                sessions.note_seen(request.session)
        return get_response(request)

    return middleware


class SignInRequired(LoginRequiredMiddleware):
    """Every view needs a person, unless it is marked ``open_to_everyone``."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:  # noqa: ANN401 - Django's interface
        """Redirect a page; answer a fragment with a banner, never a redirect."""
        if is_fragment(request):
            return as_banner(request, "accounts/_signed_out.html", {})
        answer = super().handle_no_permission(request, view_func)
        has_ended = getattr(request, "session_has_ended", False)
        return HttpResponseRedirect(f"{answer.url}&ended=1") if has_ended else answer


def _end(request: HttpRequest, limit: sessions.Limit) -> None:
    log.info("session_ended", limit=limit, user_id=request.session[auth.SESSION_KEY])
    auth.logout(request)
    request.session_has_ended = True  # type: ignore[attr-defined] # for the sign-in page, which says why one is there
