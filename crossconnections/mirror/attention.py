"""What moved in Azure that a person has to look at: opened when it is seen, ended when it is over.

Who edited is Azure's ``lastModifiedBy``, of which only "Customer" and "" were ever seen (Microsoft's published trace);
EXPRESSROUTE.md 0 and 1.3 say why an edit and a raised bandwidth matter.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from crossconnections.differences import AZURES_OWN
from crossconnections.enums import ProviderProvisioningState, ProvisioningState
from crossconnections.mirror import own_writes
from crossconnections.mirror.moves import DISAPPEARED, Moves
from crossconnections.mirror.paths import forget_moved, forget_paths, note_paths
from crossconnections.models import Attention, CrossConnection, Observation

Kind = Attention.Kind

# What does not follow from the states of the row and its peerings.
OTHERS = (Kind.BANDWIDTH_RAISED, Kind.EDITED, Kind.LINK_DOWN)
STATES = frozenset({"provider_provisioning_state", "provisioning_state", Observation.PRESENCE})
UNSETTLED = (ProviderProvisioningState.NOT_PROVISIONED, ProviderProvisioningState.PROVISIONING)


def note_created(row: CrossConnection, *, now: datetime) -> None:
    """A row that was not there before tells only of its states."""
    for kind in _due(row, was=None, is_waiting=False, has_failed_peering=False):
        row.attention.create(kind=kind, seen_at=now)


def note_moves(row: CrossConnection, moves: Mapping[str, Moves], *, now: datetime, was_known: bool = True) -> None:
    """Open and end what follows from ``moves``, by "" for the row itself, else by peering type.

    With ``was_known`` False they are not what happened, only what was not known before.
    """
    own = moves.get("", {})
    if any(STATES & fields.keys() for fields in moves.values()):
        _note_states(row, own, now=now)
    if was_known and Observation.PRESENCE not in own:
        _note_deeds(row, moves, now=now)
    if any(moves.values()):
        forget_moved(row, moves)
        note_paths(row, now=now)


def note_deleted(keys: Sequence[int], *, now: datetime) -> None:
    """Rows that are gone, by primary key: they wait for nothing else any more."""
    forget_paths(keys)
    Attention.objects.filter(cross_connection__in=keys, settled_at=None).update(settled_at=now)
    Attention.objects.bulk_create(Attention(cross_connection_id=key, kind=Kind.DELETED, seen_at=now) for key in keys)


def _note_states(row: CrossConnection, own: Moves, *, now: datetime) -> None:
    still_open = row.attention.filter(settled_at=None).exclude(kind__in=OTHERS)
    known = {one.kind for one in still_open}
    was = None if Observation.PRESENCE in own else _before(own, row)
    is_failed = row.peerings.filter(provisioning_state=ProvisioningState.FAILED).exists()
    due = _due(row, was, is_waiting=Kind.TO_PROVISION in known, has_failed_peering=is_failed)
    for kind in due - known:
        row.attention.create(kind=kind, seen_at=now)
    row.attention.filter(kind__in=known - due, settled_at=None).update(settled_at=now)


def _before(own: Moves, row: CrossConnection) -> str:
    before: str = own.get("provider_provisioning_state", (row.provider_provisioning_state,))[0]
    return before


def _note_deeds(row: CrossConnection, moves: Mapping[str, Moves], *, now: datetime) -> None:
    if bandwidths := moves.get("", {}).get("bandwidth_mbps"):
        _note_bandwidth(row, *bandwidths, now=now)
    edited = {one for one in _edited_by_customer(row, moves) if not own_writes.is_written_here(row, one, moves[one])}
    removed = {one for one in _removed(moves) if not own_writes.is_removed_here(row, one)}
    if edited | removed:
        _note_edit(row, edited | removed, now=now)


def _note_bandwidth(row: CrossConnection, before: int | None, after: int | None, *, now: datetime) -> None:
    """A second raise before the first was dealt with is one matter: from the oldest value to the newest."""
    if after is None:
        return  # not told this time; the next answer tells
    known = _waiting(row, Kind.BANDWIDTH_RAISED)
    if known is None:
        if before and after and after > before:
            row.attention.create(kind=Kind.BANDWIDTH_RAISED, seen_at=now, before=before, after=after)
    elif after and after > (known.before or 0):
        row.attention.filter(pk=known.pk).update(after=after, moved_at=now)
    else:
        row.attention.filter(pk=known.pk).update(settled_at=now)


def _waiting(row: CrossConnection, kind: str) -> Attention | None:
    """What waits already; held, so that nobody ends it before it says more."""
    return row.attention.select_for_update().filter(kind=kind, settled_at=None).first()


def _note_edit(row: CrossConnection, edited: set[str], *, now: datetime) -> None:
    """Edits of several peerings are one matter; its subject is "" then, and the history says which."""
    known = _waiting(row, Kind.EDITED)
    subjects = edited | ({known.subject} if known else set())
    subject = subjects.pop() if len(subjects) == 1 else ""
    if known:
        row.attention.filter(pk=known.pk).update(subject=subject, moved_at=now)
    else:
        row.attention.create(kind=Kind.EDITED, seen_at=now, subject=subject)


def _due(row: CrossConnection, was: str | None, *, is_waiting: bool, has_failed_peering: bool) -> set[str]:
    is_due = {
        Kind.TO_PROVISION: _is_to_provision(row.provider_provisioning_state, was, is_waiting=is_waiting),
        Kind.DEPROVISIONING: row.provider_provisioning_state == ProviderProvisioningState.DEPROVISIONING,
        Kind.FAILED: row.provisioning_state == ProvisioningState.FAILED or has_failed_peering,
    }
    return {kind for kind, due in is_due.items() if due}


def _is_to_provision(state: str, was: str | None, *, is_waiting: bool) -> bool:
    """A circuit that was in service and is no more waits for its customer, not for us (EXPRESSROUTE.md 1.2)."""
    if state == ProviderProvisioningState.NOT_PROVISIONED:
        return is_waiting if was == state else was is None or was in UNSETTLED
    return state == ProviderProvisioningState.PROVISIONING


def _edited_by_customer(row: CrossConnection, moves: Mapping[str, Moves]) -> set[str]:
    edited = [subject for subject, fields in moves.items() if subject and fields.keys() - AZURES_OWN]
    authors = row.peerings.filter(peering_type__in=edited).values_list("peering_type", "last_modified_by")
    return {subject for subject, author in authors if author.casefold() == "customer"} if edited else set()


def _removed(moves: Mapping[str, Moves]) -> set[str]:
    """Who removed a peering Azure does not tell."""
    return {subject for subject, fields in moves.items() if subject and fields == DISAPPEARED}
