"""What a fragment gets instead of a page: a banner above what stands there, so that nothing typed is lost."""

from contextlib import suppress
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import HTMX_STOP_POLLING, reselect, reswap, retarget


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks; also where its middleware has not run, as before a wrong Host."""
    return bool(getattr(request, "htmx", False))


def as_banner(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The banner in the place for banners; ``page`` in the template is the path of the page that asked.

    htmx polls no more after such an answer: one banner is enough.
    """
    banner = render(request, template, {"page": _page(request), **context}, status=HTMX_STOP_POLLING)
    # Whatever the page wanted of the answer it asked for, this is another one: all of it.
    return reselect(reswap(retarget(banner, "#banner"), "innerHTML"), "unset")


def _page(request: HttpRequest) -> str:
    with suppress(ValueError):  # of an address that is none
        page: str | None = request.htmx.current_url_abs_path  # type: ignore[attr-defined] # HtmxMiddleware adds it
        return page or "/"
    return "/"
