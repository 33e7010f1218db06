"""Sets of changes, as far as somebody sees them."""

from uuid import UUID

from crossconnections.models import Change, ChangeSet, CrossConnection
from crossconnections.queries.cross_connection import map_by_key
from crossconnections.queries.subscriptions import enlisted
from crossconnections.scopes import within
from portal.access.scopes import Reach
from portal.accounts.models import User


def find_set(number: int) -> ChangeSet | None:
    """One set, whoever asks: what of it they see is :func:`list_changes` and :func:`list_left_out`."""
    return ChangeSet.objects.select_related("asked_by").filter(pk=number).first()


def find_set_of(draft: UUID, person: User) -> ChangeSet | None:
    """The set that a person's own review has become."""
    return ChangeSet.objects.filter(draft=draft, asked_by=person).first()


def list_changes(of: ChangeSet, reach: Reach) -> list[Change]:
    """Its changes within reach, in their order, without what a whole configuration takes."""
    rows = CrossConnection.objects.filter(within(reach), subscription__in=enlisted())
    changes = of.changes.filter(cross_connection__in=rows).select_related("cross_connection__subscription")
    return list(changes.defer("before", "after", "poll_url", "result_url").order_by("pk"))


def list_left_out(of: ChangeSet, reach: Reach, person: User) -> list[dict[str, str]]:
    """What was left out, with the reasons: all of it for whoever named it, for others what is within their reach."""
    if of.asked_by_id == person.pk:
        return list(of.left_out)
    known = map_by_key([one["service_key"] for one in of.left_out], reach)
    return [one for one in of.left_out if one["service_key"] in known]
