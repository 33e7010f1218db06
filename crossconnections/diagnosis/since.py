"""What is different on a peering between two readings."""

from collections.abc import Mapping
from datetime import timedelta
from typing import NamedTuple, TypeVar

from crossconnections.addressing.networks import Network
from crossconnections.diagnosis.case import Case, Peering
from crossconnections.diagnosis.changes import Change, Changes, compare_times
from crossconnections.diagnosis.legs import Leg, has_mac, legs_of
from crossconnections.diagnosis.uptime import age_if_flapped

_T = TypeVar("_T")


class Moved(NamedTuple):
    """A value then and now; of the cross connection, or of the peering that is compared."""

    field: str
    before: object
    after: object


class PathSince(NamedTuple):
    """One path. What one of the two readings does not have is None: nothing is said of it then.

    ``is_up`` and ``macs`` are then and now; ``away`` says that the session was away in between, with its age now.
    """

    path: str
    is_up: tuple[bool, bool] | None
    macs: tuple[tuple[str, ...], tuple[str, ...]] | None
    prefixes: tuple[int, int] | None
    away: timedelta | None
    routes: Changes | None


class Since(NamedTuple):
    """Both paths and what was configured otherwise."""

    paths: tuple[PathSince, ...]
    configuration: tuple[Moved, ...]

    @property
    def kinds(self) -> Mapping[Network, Mapping[str, tuple[Change, ...]]]:
        """What happened to each network that is not as it was, by path."""
        found: dict[Network, dict[str, tuple[Change, ...]]] = {}
        for one in self.paths:
            for change in one.routes.networks if one.routes else ():
                found.setdefault(change.network, {})[one.path] = change.kinds
        return found


_OF_THE_CIRCUIT = (
    "provider_provisioning_state", "peering_location", "bandwidth_mbps", "s_tag", "primary_azure_port",
    "secondary_azure_port",
)  # fmt: skip
_OF_THE_PEERING = (
    "state", "vlan_id", "peer_asn", "primary_prefix", "secondary_prefix", "ipv6_primary_prefix",
    "ipv6_secondary_prefix", "advertised_prefixes", "advertised_prefixes_state",
)  # fmt: skip


def compare_readings(before: Case, after: Case, peering_type: str) -> Since:
    """Of one peering; a reading that did not have it tells nothing of its paths."""
    then, now = (case.peering(peering_type) or Peering(peering_type) for case in (before, after))
    return Since(
        paths=tuple(map(_path, legs_of(before, then), legs_of(after, now))),
        configuration=(*_moved(before, after, _OF_THE_CIRCUIT), *_moved(then, now, _OF_THE_PEERING)),
    )


def _moved(before: object, after: object, fields: tuple[str, ...]) -> list[Moved]:
    values = ((name, getattr(before, name), getattr(after, name)) for name in fields)
    return [Moved(name, old, new) for name, old, new in values if old != new]


def _path(before: Leg, after: Leg) -> PathSince:
    return PathSince(
        path=after.path,
        is_up=_both(before.is_up, after.is_up),
        macs=_both(_macs(before), _macs(after)),
        prefixes=_both(before.prefixes, after.prefixes),
        away=_away(before, after),
        routes=_routes(before, after),
    )


def _both(before: _T | None, after: _T | None) -> tuple[_T, _T] | None:
    return None if before is None or after is None else (before, after)


def _macs(leg: Leg) -> tuple[str, ...] | None:
    return None if leg.on_prem is None else tuple(row.mac_address for row in leg.on_prem if has_mac(row))


def _routes(before: Leg, after: Leg) -> Changes | None:
    then, now = before.tables.routes.rows, after.tables.routes.rows
    return None if then is None or now is None else compare_times(then, now)


def _away(before: Leg, after: Leg) -> timedelta | None:
    earlier = {one.row.neighbor: one for one in before.sessions}
    pairs = ((earlier.get(one.row.neighbor), one) for one in after.sessions)
    return next((age for then, now in pairs if then and (age := age_if_flapped(then, now)) is not None), None)
