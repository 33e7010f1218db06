"""What a request to these pages carries."""

from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from crossconnections.queries import Filters
from portal.accounts.models import User


class PortalRequest(HttpRequest):
    """A request of somebody who is signed in: the middleware lets no other reach a view."""

    user: User
    htmx: HtmxDetails


def wants_fragment(request: PortalRequest) -> bool:
    """Whether htmx asks for a part. When it restores history it swaps the whole body, and needs the page."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def read_filters(values: QueryDict) -> Filters:
    """The filters of a query string or a form."""
    return Filters(q=read_text(values, "q"), location=read_text(values, "location"))


def read_text(values: QueryDict, name: str) -> str:
    """A text as typed, without the NUL that no database takes."""
    return values.get(name, "").replace("\0", "").strip()


def list_address(filters: Filters) -> str:
    """The list's address with only those filters that are set."""
    query = urlencode({name: value for name, value in {"q": filters.q, "location": filters.location}.items() if value})
    return reverse("cross-connections") + (f"?{query}" if query else "")
