"""What a move to another port pair came to: the ports and the S-tag that layer 2 has to be built with."""

from dataclasses import dataclass

from crossconnections.differences import S_TAG, is_same
from crossconnections.models import Change
from crossconnections.port_pairs import PORTS


@dataclass(frozen=True, slots=True)
class Berth:
    """Where a circuit is after its move; ``was`` is its S-tag before, None where that is unknown or still the same."""

    primary: str
    secondary: str
    s_tag: int | None
    was: int | None


def show_berth(change: Change) -> Berth | None:
    """None for any other change, and for a move that has not taken."""
    if change.kind != Change.Kind.PLACEMENT or change.state != Change.State.SUCCEEDED or not change.after:
        return None
    before, s_tag = (change.before or {}).get(S_TAG), change.after.get(S_TAG)
    primary, secondary = (change.after.get(name) or "not told" for name in PORTS)
    return Berth(primary, secondary, s_tag, None if is_same(before, s_tag) else before)
