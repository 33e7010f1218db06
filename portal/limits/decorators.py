"""The mark on a view that may not be asked for without end."""

import ipaddress
from collections.abc import Callable, Collection
from functools import wraps
from math import ceil
from typing import Any, TypeVar, cast

import structlog
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from portal import errors
from portal.addresses import client_address
from portal.limits.counting import Limit, take

log = structlog.get_logger(__name__)

View = TypeVar("View", bound=Callable[..., HttpResponseBase])
# Whoever has one address of a network of version 6 has all of its 2 to the power of 64 (RFC 4291, 2.5.1).
_NETWORK_OF_ONE = 64


def limited(
    name: str, *, most: int, by: Callable[[HttpRequest], str], per_seconds: int = 60, methods: Collection[str] = ()
) -> Callable[[View], View]:
    """At most ``most`` requests in ``per_seconds`` of one address or person; what is more gets a 429 with Retry-After.

    ``by`` tells who asks. Without ``methods`` all of them count. The view has its ``limit``, for whoever lists them.
    """
    limit = Limit(name, most, per_seconds)

    def mark(view: View) -> View:
        @wraps(view)
        def within_limit(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:  # noqa: ANN401 - any view's
            is_counted = not methods or request.method in methods
            again_at = take(limit, by(request)) if is_counted else None
            if again_at is None:
                return view(request, *args, **kwargs)
            log.warning("limit_reached", limit=name)
            return errors.too_many(request, seconds=ceil((again_at - timezone.now()).total_seconds()))

        within_limit.limit = limit  # type: ignore[attr-defined]
        return cast("View", within_limit)

    return mark


def address(request: HttpRequest) -> str:
    """The browser's address; of version 6, its network."""
    text = client_address(request)
    try:
        parsed = ipaddress.ip_address(text)
    except ValueError:
        return text
    return text if parsed.version == 4 else str(ipaddress.ip_network((parsed, _NETWORK_OF_ONE), strict=False))  # noqa: PLR2004 - IP's


def person(request: HttpRequest) -> str:
    """Who is signed in, whatever their address."""
    return str(request.user.pk)
