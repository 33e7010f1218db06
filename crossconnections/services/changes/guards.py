"""The guard of what takes a circuit out of service: a reading of the tables that has ended, and the key's last letters.

The reading is a whole one, and so shared with whoever reads the tables at the same time; of it the guard needs the
summaries alone, and it is what a proof compares with afterwards.
"""

from crossconnections.models import CrossConnection, Draft
from crossconnections.services.changes.drafts import is_guarded, unread_peerings
from crossconnections.services.snapshots import NotPossible

ENDING = 4
STILL_READING = "The tables are still being read: what goes down must be known first."
NOT_READ = "A peering came since the tables were read, and what goes down of it must be known first."


class NotConfirmed(NotPossible):
    """The end of the service key was not typed, or is another one's."""


def ends_as(service_key: str, typed: str) -> bool:
    """Whether these are the last characters of the key, in any case."""
    return typed.strip().casefold() == service_key[-ENDING:].casefold()


def check_guard(draft: Draft, row: CrossConnection, *, confirm_ending: str) -> None:
    """Nothing, where the deed is not guarded or its guard is content.

    Raises:
        NotConfirmed: see there.
        NotPossible: the tables were not read to the end.
    """
    if not is_guarded(draft):
        return
    if not ends_as(row.service_key, confirm_ending):
        raise NotConfirmed(f"The service key does not end in {confirm_ending.strip() or 'nothing'}.")
    if draft.guard is not None and draft.guard.finished_at is None:
        raise NotPossible(STILL_READING)
    if unread_peerings(draft, row):
        raise NotPossible(NOT_READ)
