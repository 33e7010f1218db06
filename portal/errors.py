"""The pages a person gets when something is refused, missing or broken. Each has a link out."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from portal.banners import as_banner, is_fragment


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request could not be read, or came to an address that is not the portal's."""
    if isinstance(exception, DisallowedHost):
        text = "The portal answers at one address only, the one in its settings:"
        return _page(request, 400, "This is not the portal's address", text, f"{settings.PORTAL_BASE_URL}/")
    return _page(request, 400, "That request could not be read", "Go back and try again.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 raised by Django itself; a role too low has its own page in portal.access."""
    return _page(request, 403, "That is not allowed", "Your account may not do this.")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was not sent from a page of ours, or the session behind it has ended."""
    return _page(
        request, 403, "This page was open too long", "Nothing was done. Load the page again and repeat the step."
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: nothing here, or nothing that this person may know of."""
    return _page(request, 404, "Nothing here", "The address is wrong, or it is outside of what your role lets you see.")


def too_many(request: HttpRequest, *, seconds: int) -> HttpResponse:
    """429: asked more often than portal.limits lets one address or person ask, with Retry-After in seconds."""
    wait = max(seconds, 1)
    text = f"Nothing was done, for it was asked too often. Try again in {wait} second{'s' * (wait != 1)}."
    answer = _page(request, 429, "Too many requests", text)
    answer.headers["Retry-After"] = str(wait)
    return answer


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours. Rendered without the request's context, which may be what broke."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)


def trail_broken(request: HttpRequest, *, why: str) -> HttpResponse:
    """503: a deed that cannot be recorded is not done (portal.activity). ``why`` is a sentence or more."""
    text = f"Nothing was done, for what cannot be recorded does not happen. Tell an administrator: {why}"
    return _page(request, 503, "The activity cannot be recorded", text)


def _page(request: HttpRequest, status: int, title: str, text: str, link: str = "") -> HttpResponse:
    words = {"title": title, "text": text, "link": link}
    if is_fragment(request):
        return as_banner(request, "components/_banner.html", words)
    return render(request, "errors/error.html", words, status=status)
