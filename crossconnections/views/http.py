"""What a request to these pages carries."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.core.exceptions import BadRequest
from django.http import Http404, QueryDict
from django.urls import reverse

from crossconnections.deeds import CROSS_CONNECTION
from crossconnections.filters import ANY_ATTENTION, NONE, NOT_TOLD_MBPS, Filters
from crossconnections.models import Attention, CrossConnection
from crossconnections.order import is_order
from crossconnections.queries import get_cross_connection
from crossconnections.scopes import place_of
from portal.access.permissions import Permission
from portal.access.refusals import note_refusal
from portal.access.scopes import Reach
from portal.activity.trail import About
from portal.http import PortalRequest, read_text, read_texts

_NOT_IN_SIGHT = "It is not there, or outside of where their role holds."


def sight(request: PortalRequest) -> Reach:
    """How far the person sees, whatever the view at hand is for."""
    return request.access.reach(Permission.VIEW)


def find_or_refuse(request: PortalRequest, service_key: str) -> CrossConnection:
    """The row, if the person may do there what the view is for.

    Raises:
        Http404: there is none, or none that they may see: which of the two is not theirs to know. For the same
            reason both are on record, if the person does not see everything.
        NotAllowed: they see it, and their role there is too low.
    """
    try:
        row = get_cross_connection(service_key, sight(request))
    except CrossConnection.DoesNotExist as error:
        note_not_in_sight(request, about=_about(service_key))
        raise Http404 from error
    request.access.require(request.permission, at=place_of(row))
    return row


def note_not_in_sight(request: PortalRequest, *, about: About | None = None) -> None:
    """Put on record that somebody asked for what is not there, or not theirs to see; of who sees all, nothing is."""
    if not sight(request).everything:
        note_refusal(request, verb=request.permission.words, reason=_NOT_IN_SIGHT, about=about)


def _about(service_key: str) -> About:
    return About(CROSS_CONNECTION, service_key.lower())


def read_filters(values: QueryDict) -> Filters:
    """The filters of a query string or a form; a bandwidth, attention or order that cannot be one is left out."""
    return Filters(
        # In braces, as PowerShell and registries print a GUID.
        q=read_text(values, "q").strip("{}"),
        location=read_text(values, "location"),
        states=read_texts(values, "state"),
        bandwidths=tuple(
            _bandwidth(text) for text in read_texts(values, "bandwidth") if _is_number(text) or text == NONE
        ),
        subscriptions=read_texts(values, "subscription"),
        peerings=read_texts(values, "peering"),
        attention=read_known(values, "attention", lambda text: text == ANY_ATTENTION or text in Attention.Kind),
        port=read_text(values, "port"),
        sort=read_known(values, "sort", is_order),
    )


def read_known(values: QueryDict, name: str, is_known: Callable[[str], bool]) -> str:
    """A text that means something, else ""."""
    text = read_text(values, name)
    return text if is_known(text) else ""


def read_number(values: QueryDict, name: str, *, most: int) -> int:
    """A number from zero to ``most``; zero for what is none."""
    text = values.get(name, "")
    return min(int(text), most) if _is_number(text) else 0


def read_moment(values: QueryDict, name: str) -> datetime | None:
    """A time with its zone, in UTC; None where there is none, BadRequest for what is no time."""
    text = values.get(name, "")
    try:
        return datetime.fromisoformat(text).astimezone(UTC) if text else None
    except (ValueError, OverflowError):
        raise BadRequest(f"{name} takes a time.") from None


def read_largest_number(values: QueryDict, name: str, *, most: int) -> int:
    """The largest of a field's numbers, as :func:`read_number`; zero for none."""
    return min(max((int(text) for text in values.getlist(name) if _is_number(text)), default=0), most)


def list_address(filters: Filters) -> str:
    """The list's address with only those filters that are set."""
    return reverse("cross-connections") + filters.query()


def _bandwidth(text: str) -> int:
    return NOT_TOLD_MBPS if text == NONE else int(text)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 10  # noqa: PLR2004 - the database's integers
