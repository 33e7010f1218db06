"""Several changes that were asked for together: a few at a time, and never on the half of the quota that is for people.

Request limits and throttling: a subscription's writes refill by the second, and a POST for a table is one too.
"""

from crossconnections.models import Change
from crossconnections.services.engine import Wait
from crossconnections.services.throttling import is_quota_short

MOST_AT_ONCE = 4
SECONDS_IN_THE_SET = 2.0
SECONDS_WHERE_QUOTA_IS_SHORT = 15.0

State = Change.State


def reason_in_the_set(row: Change) -> Wait | None:
    """Whether a change has to wait for others of its set; a change of its own never has to."""
    if row.change_set_id is None:
        return None
    at_it = Change.objects.filter(change_set=row.change_set_id, state__in=(State.SUBMITTING, State.RUNNING))
    if at_it.exclude(pk=row.pk).count() >= MOST_AT_ONCE:
        return Wait(SECONDS_IN_THE_SET)
    return Wait(SECONDS_WHERE_QUOTA_IS_SHORT) if is_quota_short(row.cross_connection.subscription) else None
