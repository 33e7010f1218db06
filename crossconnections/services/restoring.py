"""After a backup was put back: what was asked before it was taken is yesterday's order, and becomes a question."""

from dataclasses import asdict, dataclass

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models.functions import Coalesce, Now

from crossconnections.deeds import RESTORED
from crossconnections.models import Change, Readiness
from crossconnections.services.changes.carrying_out import WAIT_FOR_A_PERSON
from crossconnections.services.leases import from_now
from portal.activity.trail import record
from portal.actors import Actor

State = Change.State


@dataclass(frozen=True, slots=True)
class Restored:
    """How many changes wait for a person's word, how many are looked up in Azure first, how many sessions ended.

    ``registrations`` is how many have to be pressed again.
    """

    held: int
    looked_up: int
    sessions: int
    registrations: int


@transaction.atomic
def note_restored(*, by: Actor) -> Restored:
    """Nothing that was asked before is sent without a person's word, however short ago that was; nobody is signed in.

    Since the backup was taken, a change in it may have ended or been canceled, and so may a session: who signed out
    then, or lost a role, would be back. What may have left for Azure is looked for there first, as always; only what
    would be sent because of that look waits as well. A registration that was pressed is forgotten: it is pressed again.

    Raises:
        TrailBroken: it cannot be recorded.
    """
    still_open = Change.objects.filter(state__in=Change.ACTIVE)
    still_open.filter(not_after__gt=Now()).update(not_after=Now())
    held = still_open.filter(state=State.QUEUED).update(
        held_at=Coalesce("held_at", Now()), due_at=from_now(WAIT_FOR_A_PERSON), claimed_until=None
    )
    looked_up = still_open.exclude(state=State.QUEUED).count()
    pressed = Readiness.objects.exclude(registration_wanted_at=None).update(registration_wanted_at=None)
    sessions, _ = Session.objects.all().delete()
    outcome = Restored(held, looked_up, sessions, pressed)
    record(RESTORED, by=by, details=asdict(outcome))
    return outcome
