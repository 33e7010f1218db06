"""The read side of the trail."""

from django.db.models import QuerySet

from portal.access.access import Access
from portal.access.permissions import Permission
from portal.accounts.models import User
from portal.activity.models import Entry
from portal.activity.reading import Unreadable, read_entries

MOST_PEOPLE = 50


def visible_entries(user: User, access: Access) -> QuerySet[Entry]:
    """All of them to those who may see them, else what the person did; the newest first."""
    entries = Entry.objects.order_by("-number")
    if access.may(Permission.SEE_ACTIVITY):
        return entries
    return entries.filter(actor_tenant_id=str(user.tenant_id), actor_object_id=str(user.object_id))


def list_activity_of(kind: str, object_id: str, *, most: int = 10) -> list[Entry | Unreadable]:
    """What was done to an object, the newest first; who was not let do something is for those who see the trail."""
    of_it = Entry.objects.filter(object_kind=kind, object_id=object_id).exclude(result=Entry.Result.REFUSED)
    return list(read_entries(of_it.order_by("-number")[:most]))


def list_people() -> list[tuple[str, str]]:
    """Object ids and names of those who have signed in, by name, for a menu; of more than fit, one searches."""
    people = User.objects.order_by("name", "pk").values_list("object_id", "name")[:MOST_PEOPLE]
    return [(str(object_id), name) for object_id, name in people]
