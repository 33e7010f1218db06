"""A reading as a case for the rules: what was configured when it was asked for, and what each table showed.

What the partner knows of the circuit is not part of a reading: each case has the customer's record as it is now.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from crossconnections.addressing.macs import spell_mac
from crossconnections.arm import Row, SummaryRow
from crossconnections.diagnosis.case import (
    Absence,
    Case,
    Peering,
    PrefixValidation,
    Record,
    Service,
    Shown,
    Tables,
)
from crossconnections.diagnosis.examination import Diagnosis, diagnose
from crossconnections.diagnosis.legs import legs_of
from crossconnections.diagnosis.prefix_report import PrefixReport, report_prefixes
from crossconnections.diagnosis.rules.layer_2 import edge_macs
from crossconnections.diagnosis.since import Since, compare_readings
from crossconnections.enums import Table
from crossconnections.models import CrossConnection, CustomerRecord, Snapshot, TableRead, WatchRead
from crossconnections.queries.records import find_record
from crossconnections.queries.snapshots import find_snapshot_before, load_rows, without_routes

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


class Judged:
    """A reading and the one before it, equal to another one where the same reads have ended in the same way.

    And where the same is on record of the customer, as it is now.
    """

    def __init__(self, snapshot: Snapshot, before: Snapshot | None) -> None:
        self.snapshot, self.before = snapshot, before
        self.record = load_record(snapshot.cross_connection)
        self._key = (self.record, *((read.pk, read.state, read.finished_at) for read in self.reads()))

    def reads(self) -> list[TableRead]:
        """Of both."""
        return [read for one in (self.snapshot, self.before) if one for read in one.reads.all()]

    @property
    def case(self) -> Case:
        """The reading as the rules take it."""
        return _load(self)

    @property
    def diagnosis(self) -> Diagnosis:
        """What is found in the reading."""
        return _diagnosed(self)

    def prefix_report(self, peering_type: str) -> PrefixReport:
        """About the prefixes of a peering."""
        return _reported(self, peering_type)

    def since(self, peering_type: str) -> Since:
        """What is different on a peering since the one before."""
        return _compared(self, peering_type)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Judged) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


def judge(snapshot: Snapshot) -> Judged:
    """Beside the reading before it, in two queries; what is asked of it takes one more, or none a moment later.

    One more again where the cross connection was read without its record.
    """
    return Judged(snapshot, find_snapshot_before(snapshot))


def load_case(snapshot: Snapshot) -> Case:
    """The same as values, for whoever looks at it once."""
    return _gather(judge(snapshot))


def load_watched_case(read: WatchRead) -> Case:
    """What one read of a watch knows: the sessions of one peering on one path, and nothing else."""
    row = read.watch.cross_connection
    told = {name: getattr(row, name) for name in _OF_THE_CIRCUIT if getattr(row, name) is not None}
    sessions = tuple(SummaryRow(**session) for session in read.sessions)
    tables = {read.device_path: Tables(summary=Shown(sessions, None, read.finished_at))}
    configured = row.peerings.filter(peering_type=read.peering_type)
    peerings = tuple(replace(_peering(dict(one), (), {}), tables=tables) for one in configured.values())
    return Case(read_at=read.asked_at, peerings=peerings, record=load_record(row), **told)


def load_record(row: CrossConnection) -> Record:
    """What is on record of the customer now, as the rules take it."""
    found = find_record(row)
    if found is None:
        return Record()
    return Record(
        service=Service(found.service) if found.service in set(Service) else None,
        is_premium=found.sku_tier == CustomerRecord.Tier.PREMIUM if found.sku_tier else None,
        known_macs=frozenset(map(str, found.known_macs)),
    )


def list_read_macs(snapshot: Snapshot) -> list[str]:
    """The MAC addresses that a reading shows of the edge routers, on both paths of all peerings, as they are kept."""
    case = load_case(without_routes(snapshot))
    legs = [leg for peering in case.peerings for leg in legs_of(case, peering)]
    return list(dict.fromkeys(mac for leg in legs for one in edge_macs(leg) if (mac := spell_mac(one))))


def configured_case(snapshot: Snapshot) -> Case:
    """What was configured, without the tables."""
    return _case(snapshot, {}, load_record(snapshot.cross_connection))


# A page asks for all of it with everything that lands, and rows never change. Ten thousand routes on both paths of two
# readings take some 16 MB, so few are kept; what is found in them is small.
@lru_cache(maxsize=3)
def _load(judged: Judged) -> Case:
    return _gather(judged)


@lru_cache(maxsize=64)
def _diagnosed(judged: Judged) -> Diagnosis:
    return diagnose(_load(judged))


@lru_cache(maxsize=64)
def _reported(judged: Judged, peering_type: str) -> PrefixReport:
    return report_prefixes(_load(judged), peering_type)


@lru_cache(maxsize=16)
def _compared(judged: Judged, peering_type: str) -> Since:
    after = _load(judged)
    return compare_readings(after.earlier or after, after, peering_type)


def _gather(judged: Judged) -> Case:
    rows = load_rows(judged.reads())
    earlier = _case(judged.before, rows, judged.record) if judged.before else None
    return _case(judged.snapshot, rows, judged.record, earlier=earlier)


def _case(snapshot: Snapshot, rows: _Rows, record: Record, *, earlier: Case | None = None) -> Case:
    told: dict[str, Any] = snapshot.configuration
    by_peering: dict[str, list[TableRead]] = {}
    for read in snapshot.reads.all():
        by_peering.setdefault(read.peering_type, []).append(read)
    # What was read without being configured is judged all the same, as far as that goes.
    configured = {one["peering_type"]: one for one in told.get("peerings", ())}
    configured |= {kind: {"peering_type": kind} for kind in by_peering if kind not in configured}
    peerings = tuple(_peering(one, by_peering.get(kind, ()), rows) for kind, one in configured.items())
    values = {name: told[name] for name in _OF_THE_CIRCUIT if told.get(name) is not None}
    return Case(read_at=snapshot.asked_at, peerings=peerings, record=record, earlier=earlier, **values)


def _peering(told: dict[str, Any], reads: Sequence[TableRead], rows: _Rows) -> Peering:
    values = {name: told[name] for name in _OF_A_PEERING if told.get(name) is not None}
    values |= {name: tuple(map(str, told.get(name) or ())) for name in ("advertised_prefixes", "overwritten")}
    validations = tuple(map(_validation, told.get("advertised_prefix_infos") or ()))
    by_path: dict[str, list[TableRead]] = {}
    for read in reads:
        by_path.setdefault(read.device_path, []).append(read)
    tables = {path: _tables(of_path, rows) for path, of_path in by_path.items()}
    return Peering(validations=validations, tables=tables, **values)


def _validation(told: Mapping[str, Any]) -> PrefixValidation:
    return PrefixValidation(str(told.get("prefix") or ""), str(told.get("validation_state") or ""))


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
