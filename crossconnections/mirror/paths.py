"""What follows from the last known states of the paths: what is forgotten, and the link-down that waits."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from crossconnections.enums import PeeringState, ProviderProvisioningState
from crossconnections.mirror.moves import Moves
from crossconnections.models import Attention, CrossConnection, LastKnown

_OF_THE_CIRCUIT = frozenset({"s_tag", "primary_azure_port", "secondary_azure_port"})
_OF_A_LINK = frozenset({
    "vlan_id", "peer_asn", "primary_prefix", "secondary_prefix", "ipv6_primary_prefix", "ipv6_secondary_prefix",
})  # fmt: skip
_LINK_DOWN = Attention.Kind.LINK_DOWN


def note_paths(row: CrossConnection, *, now: datetime) -> None:
    """Forget what is not in service any more; open, move or end the link-down as what is left says.

    The caller holds the row. What was known of a path ends with its service: of one that is set up anew, nobody
    knows anything yet.
    """
    known = list(LastKnown.objects.filter(cross_connection=row))
    if not known:
        return
    in_service = _in_service(row)
    over = [one.pk for one in known if one.peering_type not in in_service]
    if over:
        LastKnown.objects.filter(pk__in=over).delete()
    _note_down(row, [one for one in known if one.pk not in over and one.state == LastKnown.State.DOWN], now)


def forget_moved(row: CrossConnection, moves: Mapping[str, Moves]) -> None:
    """What was known of a link that is another one now: nobody has looked at that yet."""
    if _OF_THE_CIRCUIT & moves.get("", {}).keys():
        LastKnown.objects.filter(cross_connection=row).delete()
    moved = [subject for subject, fields in moves.items() if subject and _OF_A_LINK & fields.keys()]
    LastKnown.objects.filter(cross_connection=row, peering_type__in=moved).delete()


def forget_paths(keys: Sequence[int]) -> None:
    """Of rows that are gone, by primary key."""
    LastKnown.objects.filter(cross_connection__in=keys).delete()


def _in_service(row: CrossConnection) -> set[str]:
    """The peerings that are switched on, of a circuit that is provisioned."""
    if row.gone_at is not None or row.provider_provisioning_state != ProviderProvisioningState.PROVISIONED:
        return set()
    return set(row.peerings.filter(state=PeeringState.ENABLED).values_list("peering_type", flat=True))


def _note_down(row: CrossConnection, down: Sequence[LastKnown], now: datetime) -> None:
    """It waits since the oldest of the links that are down now went down; another one's is another matter."""
    waiting = row.attention.select_for_update().filter(kind=_LINK_DOWN, settled_at=None).first()
    seen_at = min((one.since for one in down), default=None)
    if waiting is not None and waiting.seen_at != seen_at:
        row.attention.filter(pk=waiting.pk).update(settled_at=now)
        waiting = None
    if seen_at is None:
        return
    links = sorted([one.peering_type, one.device_path] for one in down)
    told = {"subject": _subject(down), "after": links}
    if waiting is None:
        row.attention.create(kind=_LINK_DOWN, seen_at=seen_at, moved_at=now, **told)
    elif waiting.after != links:
        row.attention.filter(pk=waiting.pk).update(moved_at=now, **told)


def _subject(down: Sequence[LastKnown]) -> str:
    types = {one.peering_type for one in down}
    return types.pop() if len(types) == 1 else ""
