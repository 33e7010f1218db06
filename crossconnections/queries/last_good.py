"""What the portal last set up of a peering, to be had again after somebody else overwrote it (EXPRESSROUTE.md 0.6)."""

from typing import Any, NamedTuple

from crossconnections.differences import is_same, part_of
from crossconnections.models import Change, CrossConnection
from crossconnections.models.wish import PRESENCE
from crossconnections.policies import OFFERED_PEERINGS
from crossconnections.proposals import fields_of, find_peering, values_now

State = Change.State


class Overwritten(NamedTuple):
    """The number of our own last change of a peering, and the columns that Azure holds otherwise by now."""

    change: int
    fields: tuple[str, ...]


def list_overwritten(row: CrossConnection) -> dict[str, Overwritten]:
    """By type the peerings that Azure holds otherwise than the portal last set them up.

    By the customer's hand, as Azure says, or because they are gone.
    """
    suspects = [kind for kind in OFFERED_PEERINGS if row.gone_at is None and _is_suspect(row, kind)]
    if not suspects:
        return {}
    taken = row.changes.filter(subject__in=suspects, state=State.SUCCEEDED).order_by("pk")
    newest = {change.subject: change for change in taken}
    found = {kind: Overwritten(change.pk, _differing(row, change)) for kind, change in newest.items()}
    return {kind: one for kind, one in found.items() if one.fields}


def settings_of(change: Change) -> dict[str, Any]:
    """A peering as a change left it; of one that came to nothing what it asked for; never its key."""
    is_done = change.state == State.SUCCEEDED
    told = part_of(change.after or {}, change.subject) if is_done else change.moved
    names = (PRESENCE, "state", *fields_of(change.subject))
    return {name: told[name] for name in names if name in told}


def settings_before(change: Change) -> dict[str, Any]:
    """A peering as it was before a change removed it."""
    before = part_of(change.before or {}, change.subject)
    return {name: before[name] for name in ("state", *fields_of(change.subject)) if name in before}


def _is_suspect(row: CrossConnection, peering_type: str) -> bool:
    peering = find_peering(row, peering_type)
    return peering is None or peering.last_modified_by.casefold() == "customer"


def _differing(row: CrossConnection, change: Change) -> tuple[str, ...]:
    """None where the portal had removed it, which is no setting of ours."""
    ours = settings_of(change)
    now = values_now(row, ours, change.subject)
    return tuple(name for name, value in ours.items() if not is_same(value, now[name])) if ours.get(PRESENCE) else ()
