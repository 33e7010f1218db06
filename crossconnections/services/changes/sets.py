"""Several changes at once: the set is fixed when it is reviewed, and each member of it becomes one change."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from crossconnections.deeds import CHANGE_ASKED, SET_ASKED, about_cross_connection
from crossconnections.models import Change, ChangeSet, CrossConnection, Draft
from crossconnections.proposals import values_now
from crossconnections.scopes import within
from crossconnections.service_keys import Pasted
from crossconnections.services.changes import asking
from crossconnections.services.changes.candidates import Candidate, Judge, judge_draft
from crossconnections.services.changes.drafts import GOOD_FOR
from crossconnections.services.changes.endings import details_of
from crossconnections.services.leases import clock
from crossconnections.services.snapshots import NotPossible
from crossconnections.services.subscriptions.holding import hold_all
from crossconnections.titles import title_of
from portal.access.access import reach_of, require
from portal.access.permissions import Permission
from portal.activity.trail import record
from portal.actors import Actor

MOST_IN_A_SET = 200
NO_KEY = "It is no service key."
NOTHING_LEFT = "None of them can be changed any more, so nothing was sent."

State = Change.State


def begin(*, pasted: Pasted, asked: Mapping[str, Any], by: Actor) -> Draft:
    """A draft of several, with each service key that was named judged as it stands now.

    Raises:
        NotAllowed: whoever asks may not change anything anywhere.
    """
    require(by, Permission.CHANGE)
    judge, now = Judge(pasted.service_keys, asked, by), clock()
    members = [_member(judge.judge(key), asked) for key in pasted.service_keys]
    draft = Draft(
        person=by.user,
        kind=Change.Kind.PROVISIONING,
        asked=dict(asked),
        members=members + [{"id": None, "service_key": word, "reason": NO_KEY} for word in pasted.others],
        begun_at=now,
        expires_at=now + GOOD_FOR,
    )
    draft.save(force_insert=True)
    return draft


def find_applied(draft_id: UUID) -> ChangeSet | None:
    """The set that a draft has become."""
    return ChangeSet.objects.filter(draft=draft_id).first()


@transaction.atomic
def apply(*, draft: Draft, by: Actor) -> ChangeSet:
    """One change for each member that can still be changed and is as it was at the review; the others are left out.

    A second press finds the set that the first one made.

    Raises:
        NotAllowed: whoever asks may not change anything anywhere.
        NotPossible: no member is left.
    """
    require(by, Permission.CHANGE)
    change_set = _create_set(draft, by)
    if change_set is None:
        return ChangeSet.objects.get(draft=draft.pk)
    hold_all([member["id"] for member in draft.members if member["id"]])
    changes = _create_changes(change_set, judge_draft(draft, by), by)
    if not changes:
        raise NotPossible(NOTHING_LEFT)
    draft.delete()
    # Last, since the first entry locks the head of the trail.
    told = {"number": change_set.pk, "count": len(changes), "what": title_of(change_set.asked)}
    record(SET_ASKED, by=by, details=told)
    for change in changes:
        details = {**details_of(change), "set": change_set.pk}
        record(CHANGE_ASKED, by=by, about=about_cross_connection(change.cross_connection), details=details)
    return change_set


def cancel_waiting(*, change_set: ChangeSet, by: Actor) -> int:
    """Take back what no worker has taken up yet, as far as whoever asks may change it; how many those were.

    Each in a transaction of its own: together they would hold the head of the trail and wait for a worker's rows.
    """
    # From the end, so that none is called in only to be canceled next.
    waiting = list(_waiting(change_set, by).order_by("-pk"))
    return sum(_is_done(partial(asking.cancel, change=change, by=by)) for change in waiting)


def go_ahead(*, change_set: ChangeSet, by: Actor) -> int:
    """What waits for a person's word still holds, as far as whoever says so may change it; how many those were."""
    held = list(_waiting(change_set, by).exclude(held_at=None).order_by("pk"))
    return sum(_is_done(partial(asking.go_ahead, change=one, by=by, ahead=n)) for n, one in enumerate(held))


def _member(found: Candidate, asked: Mapping[str, Any]) -> dict[str, Any]:
    member = {"id": found.row.pk if found.row else None, "service_key": found.service_key}
    if found.reason or found.row is None:
        return member | {"reason": found.reason, "change": found.change}
    return member | {"opened": values_now(found.row, asked)}


def _create_set(draft: Draft, by: Actor) -> ChangeSet | None:
    """None where the draft has become one already."""
    try:
        with transaction.atomic():
            return ChangeSet.objects.create(draft=draft.pk, asked=draft.asked, asked_by=by.user, asked_at=clock())
    except IntegrityError:
        return None


def _create_changes(change_set: ChangeSet, candidates: Sequence[Candidate], by: Actor) -> list[Change]:
    changes: list[Change] = []
    for one in candidates:
        if one.row is None or one.reason:
            reason = one.reason
        elif made := _create(change_set, one.row, by, ahead=len(changes)):
            changes.append(made)
            continue
        else:
            reason = asking.ASKED_MEANWHILE
        change_set.left_out.append({"service_key": one.service_key, "reason": reason})
    change_set.save(update_fields=["left_out"])
    return changes


def _create(change_set: ChangeSet, row: CrossConnection, by: Actor, *, ahead: int) -> Change | None:
    """None where somebody else asked for a change meanwhile."""
    now = values_now(row, change_set.asked)
    asked = {name: value for name, value in change_set.asked.items() if now[name] != value}
    values = {"kind": Change.Kind.PROVISIONING, "asked": asked, "opened": {name: now[name] for name in asked}}
    try:
        return asking.create(row, values, by=by, change_set=change_set, ahead=ahead)
    except asking.Busy:
        return None


def _waiting(change_set: ChangeSet, by: Actor) -> QuerySet[Change]:
    rows = CrossConnection.objects.filter(within(reach_of(by, Permission.CHANGE)))
    waiting = change_set.changes.filter(state=State.QUEUED, cross_connection__in=rows)
    return waiting.select_related("cross_connection__subscription")


def _is_done(deed: Callable[[], None]) -> bool:
    try:
        deed()
    except NotPossible:  # a worker was quicker
        return False
    return True
