"""A reading as a case for the rules: what was configured when it was asked for, and what each table showed."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from crossconnections.arm import Row
from crossconnections.diagnosis.case import Absence, Case, Peering, Shown, Tables
from crossconnections.diagnosis.examination import Diagnosis, diagnose
from crossconnections.enums import Table
from crossconnections.models import Snapshot, TableRead
from crossconnections.queries.snapshots import find_snapshot_before, load_rows

_State = TableRead.State
_ABSENCES = {_State.FAILED: Absence.FAILED, _State.CANCELED: Absence.STOPPED}
_OF_THE_CIRCUIT = (
    "provider_provisioning_state", "provisioning_state", "peering_location", "bandwidth_mbps", "s_tag",
    "primary_azure_port", "secondary_azure_port",
)  # fmt: skip
_OF_A_PEERING = (
    "peering_type", "state", "provisioning_state", "vlan_id", "peer_asn", "primary_prefix", "secondary_prefix",
    "ipv6_primary_prefix", "ipv6_secondary_prefix", "last_modified_by", "advertised_prefixes_state",
)  # fmt: skip
_Rows = Mapping[int, Sequence[Row]]


class _Judged:
    """A reading and the one before it, equal to another one where the same reads have ended in the same way."""

    def __init__(self, snapshot: Snapshot, before: Snapshot | None) -> None:
        self.snapshot, self.before = snapshot, before
        self._key = tuple((read.pk, read.state, read.finished_at) for read in self.reads())

    def reads(self) -> list[TableRead]:
        """Of both."""
        return [read for one in (self.snapshot, self.before) if one for read in one.reads.all()]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Judged) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


def find_diagnosis(snapshot: Snapshot) -> Diagnosis:
    """What is found in a reading; in four queries, or two where it was found a moment ago."""
    return _diagnosed(_Judged(snapshot, find_snapshot_before(snapshot)))


def load_case(snapshot: Snapshot) -> Case:
    """With the reading before it, in four queries."""
    return _load(_Judged(snapshot, find_snapshot_before(snapshot)))


# A page asks for it with everything that lands, and rows never change.
@lru_cache(maxsize=32)
def _diagnosed(judged: _Judged) -> Diagnosis:
    return diagnose(_load(judged))


def _load(judged: _Judged) -> Case:
    rows = load_rows(judged.reads())
    earlier = _case(judged.before, rows) if judged.before else None
    return _case(judged.snapshot, rows, earlier=earlier)


def _case(snapshot: Snapshot, rows: _Rows, *, earlier: Case | None = None) -> Case:
    told: dict[str, Any] = snapshot.configuration
    by_peering: dict[str, list[TableRead]] = {}
    for read in snapshot.reads.all():
        by_peering.setdefault(read.peering_type, []).append(read)
    # What was read without being configured is judged all the same, as far as that goes.
    configured = {one["peering_type"]: one for one in told.get("peerings", ())}
    configured |= {kind: {"peering_type": kind} for kind in by_peering if kind not in configured}
    peerings = tuple(_peering(one, by_peering.get(kind, ()), rows) for kind, one in configured.items())
    values = {name: told[name] for name in _OF_THE_CIRCUIT if told.get(name) is not None}
    return Case(read_at=snapshot.asked_at, peerings=peerings, earlier=earlier, **values)


def _peering(told: dict[str, Any], reads: Sequence[TableRead], rows: _Rows) -> Peering:
    values = {name: told[name] for name in _OF_A_PEERING if told.get(name) is not None}
    advertised = tuple(map(str, told.get("advertised_prefixes") or ()))
    by_path: dict[str, list[TableRead]] = {}
    for read in reads:
        by_path.setdefault(read.device_path, []).append(read)
    tables = {path: _tables(of_path, rows) for path, of_path in by_path.items()}
    return Peering(advertised_prefixes=advertised, tables=tables, **values)


def _tables(reads: Sequence[TableRead], rows: _Rows) -> Tables:
    shown: dict[str, Shown[Any]] = {read.table: _shown(read, rows.get(read.pk)) for read in reads}
    not_asked: Shown[Any] = Shown()
    return Tables(
        arp=shown.get(Table.ARP, not_asked),
        summary=shown.get(Table.ROUTES_SUMMARY, not_asked),
        routes=shown.get(Table.ROUTES, not_asked),
    )


def _shown(read: TableRead, rows: Sequence[Row] | None) -> Shown[Any]:
    if rows is not None:
        return Shown(tuple(rows), None, read.finished_at)
    return Shown(absence=_ABSENCES.get(_State(read.state), Absence.AWAITED))
