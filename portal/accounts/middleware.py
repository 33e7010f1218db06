"""A page asks an anonymous person to sign in; a polled fragment says so in place and keeps what was typed."""

from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import HTMX_STOP_POLLING, reswap, retarget


class SignInRequired(LoginRequiredMiddleware):
    """Every view needs a person, unless it is marked ``open_to_everyone``."""

    def handle_no_permission(self, request: HttpRequest, view_func: Any) -> Any:  # noqa: ANN401 - Django's interface
        """Redirect a page; answer a fragment with a banner, never a redirect."""
        if getattr(request, "htmx", False):
            return _signed_out_banner(request)
        return super().handle_no_permission(request, view_func)


def _signed_out_banner(request: HttpRequest) -> HttpResponse:
    banner = render(request, "accounts/_signed_out.html", {"page": request.htmx.current_url_abs_path or "/"})  # type: ignore[attr-defined]
    # htmx swaps such an answer in and polls no more: the one banner is enough.
    banner.status_code = HTMX_STOP_POLLING
    return reswap(retarget(banner, "#banner"), "innerHTML")
