"""What the trail tells, in words."""

from typing import NamedTuple

from portal.activity.models import Entry
from portal.activity.presenters import what_in_words


class Told(NamedTuple):
    """Who did what to what; what came of it, and from where."""

    who: str
    what: str
    of: str
    result: str = "done"
    reason: str = ""
    origin: str = "web 127.0.0.1"


def told() -> list[Told]:
    """All that was recorded, the oldest first."""
    return [
        Told(
            one.actor_name,
            what_in_words(one),
            f"{one.object_kind} {one.object_name or one.object_id}".strip(),
            one.result,
            one.reason,
            f"{one.via} {one.address}",
        )
        for one in Entry.objects.order_by("number")
    ]
