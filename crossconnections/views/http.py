"""What a request to these pages carries."""

from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django_htmx.middleware import HtmxDetails

from crossconnections.filters import Filters
from portal.accounts.models import User


class PortalRequest(HttpRequest):
    """A request of somebody who is signed in: the middleware lets no other reach a view."""

    user: User
    htmx: HtmxDetails


def wants_fragment(request: PortalRequest) -> bool:
    """Whether htmx asks for a part. When it restores history it swaps the whole body, and needs the page."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def read_filters(values: QueryDict) -> Filters:
    """The filters of a query string or a form. A bandwidth that is no number matches nothing, so it is left out."""
    return Filters(
        q=read_text(values, "q"),
        location=read_text(values, "location"),
        states=_read_texts(values, "state"),
        bandwidths=tuple(int(text) for text in _read_texts(values, "bandwidth") if _is_number(text)),
        subscriptions=_read_texts(values, "subscription"),
        peerings=_read_texts(values, "peering"),
    )


def filter_values(filters: Filters) -> list[tuple[str, str]]:
    """The filters that are set, as the fields of a query string or a form."""
    values = [("q", filters.q), ("location", filters.location)]
    values += [("state", state) for state in filters.states]
    values += [("bandwidth", str(mbps)) for mbps in filters.bandwidths]
    values += [("subscription", label) for label in filters.subscriptions]
    values += [("peering", peering) for peering in filters.peerings]
    return [(name, value) for name, value in values if value]


def read_text(values: QueryDict, name: str) -> str:
    """A text as typed, without the NUL that no database takes."""
    return values.get(name, "").replace("\0", "").strip()


def list_address(filters: Filters) -> str:
    """The list's address with only those filters that are set."""
    query = urlencode(filter_values(filters))
    return reverse("cross-connections") + (f"?{query}" if query else "")


def _read_texts(values: QueryDict, name: str) -> tuple[str, ...]:
    # Sorted and once each: the same choice has one address.
    return tuple(sorted({text.replace("\0", "").strip() for text in values.getlist(name)} - {""}))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10  # noqa: PLR2004 - the database's integers
