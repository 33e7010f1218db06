"""A page asks an anonymous person to sign in; a polled fragment says so in place and keeps what was typed."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest

from portal.banners import as_banner, is_fragment


class SignInRequired(LoginRequiredMiddleware):
    """Every view needs a person, unless it is marked ``open_to_everyone``."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:  # noqa: ANN401 - Django's interface
        """Redirect a page; answer a fragment with a banner, never a redirect."""
        if is_fragment(request):
            return as_banner(request, "accounts/_signed_out.html", {})
        return super().handle_no_permission(request, view_func)
