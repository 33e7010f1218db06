"""A reading as a case for the rules: what was configured when it was asked for, and what each table showed."""

from collections.abc import Mapping, Sequence
from typing import Any

from crossconnections.arm import Row
from crossconnections.diagnosis.case import Absence, Case, Peering, Shown, Tables
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


def load_case(snapshot: Snapshot, *, is_compared: bool = True) -> Case:
    """With the reading before it, unless it is not compared; in at most five queries."""
    before = find_snapshot_before(snapshot) if is_compared else None
    reads = [*snapshot.reads.all(), *(before.reads.all() if before else ())]
    rows = load_rows(reads)
    return _case(snapshot, rows, earlier=_case(before, rows) if before else None)


def _case(snapshot: Snapshot, rows: _Rows, *, earlier: Case | None = None) -> Case:
    told: dict[str, Any] = snapshot.configuration
    by_peering: dict[str, list[TableRead]] = {}
    for read in snapshot.reads.all():
        by_peering.setdefault(read.peering_type, []).append(read)
    peerings = tuple(_peering(one, by_peering.get(one["peering_type"], ()), rows) for one in told.get("peerings", ()))
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
