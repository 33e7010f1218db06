"""What a request to a page carries."""

from django.http import HttpRequest, QueryDict
from django_htmx.middleware import HtmxDetails

from portal.access.access import Access
from portal.access.permissions import Permission
from portal.access.scopes import Reach
from portal.accounts.models import User


class PortalRequest(HttpRequest):
    """A request of somebody who is signed in: the middleware lets no other reach a view."""

    user: User
    htmx: HtmxDetails
    access: Access
    permission: Permission
    reach: Reach


def wants_fragment(request: PortalRequest) -> bool:
    """Whether htmx asks for a part. When it restores history it swaps the whole body, and needs the page."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def read_text(values: QueryDict, name: str) -> str:
    """A text as typed, without the NUL that no database takes."""
    return values.get(name, "").replace("\0", "").strip()


def read_texts(values: QueryDict, name: str) -> tuple[str, ...]:
    """All values of a field, as typed, sorted and once each: the same choice has one address."""
    return tuple(sorted({text.replace("\0", "").strip() for text in values.getlist(name)} - {""}))
