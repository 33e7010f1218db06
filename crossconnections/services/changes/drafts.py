"""Forms between review and apply: begun, put right where Azure moved on, and forgotten after half an hour."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from crossconnections import policies
from crossconnections.differences import Conflict, find_conflicts, is_placement
from crossconnections.models import Change, CrossConnection, Draft, Snapshot, Wish
from crossconnections.models.wish import PRESENCE
from crossconnections.port_pairs import PORTS
from crossconnections.proposals import values_now
from crossconnections.queries.changes import find_active
from crossconnections.scopes import place_of
from crossconnections.services.changes.peerings import reason_not_to_send_peering
from crossconnections.services.changes.placements import reason_not_to_send_placement
from crossconnections.services.leases import clock
from crossconnections.services.snapshots import NotPossible, request_snapshot
from portal.access.access import require
from portal.access.permissions import Permission
from portal.accounts.models import User
from portal.actors import Actor
from portal.sealing import seal

GOOD_FOR = timedelta(minutes=30)


SharedKey = Wish.SharedKey


@transaction.atomic
def begin(
    *,
    row: CrossConnection,
    kind: Change.Kind,
    opened: Mapping[str, Any],
    asked: Mapping[str, Any],
    wants_proof: bool,
    by: Actor,
    subject: str = "",
    shared_key: str | None = None,
) -> Draft:
    """A draft of a change; for a guarded deed the tables are read at once, if there are any.

    ``opened`` holds what the person saw in the fields of ``asked``, of a peering that is to go in all of them.
    ``shared_key`` is one to set, "" to take it away; None leaves it alone.

    Raises:
        NotAllowed: whoever asks may not change anything there.
    """
    require(by, Permission.CHANGE, at=place_of(row))
    now = clock()
    draft = Draft(
        person=by.user,
        cross_connection=row,
        kind=kind,
        subject=subject,
        opened=dict(opened) if asked.get(PRESENCE) is False else {name: opened[name] for name in asked},
        asked=dict(asked),
        **_sealed(shared_key),
        wants_proof=wants_proof,
        begun_at=now,
        expires_at=now + GOOD_FOR,
    )
    draft.guard = read_before(row, by=by) if is_guarded(draft) else None
    draft.save(force_insert=True)
    return draft


def begin_again(*, change: Change, by: Actor) -> Draft:
    """A draft of what a change that came to nothing asked for; its review tells what Azure holds by now.

    Raises:
        NotAllowed: whoever asks may not change anything there.
        NotPossible: it is not over, or it was done, or nothing can be asked of the cross connection now.
    """
    row = change.cross_connection
    require(by, Permission.CHANGE, at=place_of(row))
    if reason := policies.reason_not_to_ask_again(change) or policies.reason_not_to_change(row, find_active(row)):
        raise NotPossible(reason)
    return begin(
        row=row,
        kind=Change.Kind(change.kind),
        subject=change.subject,
        opened=change.opened,
        asked=change.asked,
        wants_proof=change.wants_proof,
        shared_key="" if change.shared_key_action == SharedKey.REMOVE else None,
        by=by,
    )


def find(*, draft_id: uuid.UUID, person: User) -> Draft | None:
    """A person's own draft that is still good."""
    drafts = Draft.objects.filter(pk=draft_id, person=person, expires_at__gt=Now())
    return drafts.select_related("cross_connection__subscription", "guard").first()


def find_left(*, row: CrossConnection, kind: Change.Kind, subject: str, person: User) -> Draft | None:
    """The newest draft of a form that a person has left at its review, and that is still good."""
    own = Draft.objects.filter(person=person, cross_connection=row, kind=kind, subject=subject, expires_at__gt=Now())
    return own.order_by("-begun_at").first()


def is_guarded(draft: Draft) -> bool:
    """Whether it takes a circuit, or one of its peerings, out of service, or off its ports."""
    row = draft.cross_connection
    if row is None:
        return False
    if draft.subject:
        now = values_now(row, [PRESENCE, "state"], draft.subject)
        return policies.ends_sessions(
            is_there=now[PRESENCE], state=now["state"], removes=draft.removes, after=draft.asked.get("state", "")
        )
    if is_placement(draft.asked):
        states = [one.state for one in row.peerings.all()]
        return policies.moves_ports(values_now(row, PORTS), draft.asked, peering_states=states)
    after = draft.asked.get("provider_provisioning_state")
    return after is not None and policies.ends_service(row.provider_provisioning_state, after)


def conflicts_of(draft: Draft, row: CrossConnection) -> list[Conflict]:
    """What Azure holds otherwise by now, as far as the mirror knows."""
    return find_conflicts(draft.opened, draft.asked, values_now(row, draft.opened, draft.subject))


@transaction.atomic
def choose(*, draft: Draft, row: CrossConnection, theirs: Iterable[str], by: Actor) -> None:
    """Take what Azure holds now for seen, and leave the fields in ``theirs`` as they are; no draft where none is left.

    The rest of the fields in conflict are sent as asked. What is a guarded deed only now has its tables read. Of a
    draft that another press has applied meanwhile nothing is left to choose.
    """
    taken = set(theirs) & {one.field for one in conflicts_of(draft, row)}
    if PRESENCE in taken or (taken and draft.removes):  # whether the peering is there: with it goes everything else
        taken = set(draft.asked)
        draft.shared_key_action = SharedKey.KEEP
    if taken & set(PORTS):  # one port without the other is no pair
        taken |= set(PORTS)
    draft.asked = {name: value for name, value in draft.asked.items() if name not in taken}
    draft.opened = values_now(row, draft.opened if draft.removes else draft.asked, draft.subject)
    kept = Draft.objects.filter(pk=draft.pk)
    if not draft.moved and draft.shared_key_action == SharedKey.KEEP:
        kept.delete()
    elif kept.update(asked=draft.asked, opened=draft.opened):
        read_for_guard(draft=draft, row=row, by=by)


@transaction.atomic
def read_for_guard(*, draft: Draft, row: CrossConnection, by: Actor) -> None:
    """Read the tables for a guarded deed whose reading is missing, or lacks a peering that came since."""
    if is_guarded(draft) and unread_peerings(draft, row):
        draft.guard = read_before(row, by=by)
        Draft.objects.filter(pk=draft.pk).update(guard=draft.guard)


def read_before(row: CrossConnection, *, by: Actor) -> Snapshot | None:
    """A reading of the tables as they are before a change; None where there are none to read."""
    if policies.reason_not_to_read(row, _peering_types(row)):
        return None
    return request_snapshot(row=row, by=by)


def unread_peerings(draft: Draft, row: CrossConnection) -> set[str]:
    """The peerings that the draft is about and of which its reading tells nothing."""
    read = draft.guard.reads.values_list("peering_type", flat=True) if draft.guard else ()
    ended = {draft.subject} if draft.subject else set(_peering_types(row))
    return ended & set(_peering_types(row)) - set(read)


def reason_not_to_send(draft: Draft, row: CrossConnection) -> str | None:
    """Why what the draft asks for cannot follow what the mirror holds by now; the form has judged by what it was."""
    if draft.subject:
        return reason_not_to_send_peering(draft, row)
    if is_placement(draft.asked):
        return reason_not_to_send_placement(draft, row)
    before, after = row.provider_provisioning_state, draft.asked.get("provider_provisioning_state")
    return None if after in (None, before) else policies.reason_not_to_set(before, after)


def forget_the_expired() -> None:
    """What nobody applied in time."""
    Draft.objects.filter(expires_at__lte=Now()).delete()


def _sealed(shared_key: str | None) -> dict[str, str]:
    if shared_key is None:
        return {}
    action = SharedKey.SET if shared_key else SharedKey.REMOVE
    return {"shared_key_action": action, "sealed_key": seal(shared_key) if shared_key else ""}


def _peering_types(row: CrossConnection) -> list[str]:
    return list(row.peerings.order_by("pk").values_list("peering_type", flat=True))
