"""Which moves of a peering are the portal's own doing: those are nobody's matter.

What Azure says of who wrote a peering last does not tell them apart for sure: which word a partner's edit gets is not
documented, and an example of the specification has "Customer" there.
"""

from crossconnections.differences import AZURES_OWN, is_same
from crossconnections.mirror.moves import Moves
from crossconnections.models import Change, CrossConnection, Observation


def is_written_here(row: CrossConnection, subject: str, moves: Moves) -> bool:
    """Whether a change of the portal's that is with Azure now asked for all that moved on a peering."""
    active = row.changes.filter(subject=subject, state__in=Change.ACTIVE, written_at__isnull=False).first()
    moved = {name: after for name, (_, after) in moves.items() if name not in AZURES_OWN}
    return active is not None and all(is_same(after, active.asked.get(name)) for name, after in moved.items())


def is_removed_here(row: CrossConnection, subject: str) -> bool:
    """Whether the portal removed a peering: the last thing that it wrote to it, and nobody made it anew since."""
    last = row.changes.filter(subject=subject, written_at__isnull=False).order_by("-pk").first()
    if last is None or last.kind != Change.Kind.REMOVAL:
        return False
    came = {"subject": subject, "field": Observation.PRESENCE, "after": True}
    return not row.observations.filter(**came, seen_at__gt=last.written_at).exists()
