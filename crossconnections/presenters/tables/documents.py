"""A reading as a machine reads it, and a table as lines of a CSV file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, astuple, fields
from typing import Any

from crossconnections.arm import Row
from crossconnections.diagnosis.examination import Diagnosis
from crossconnections.models import Snapshot, TableRead
from crossconnections.presenters.tables.findings import ShownFinding, show_finding
from crossconnections.presenters.tables.read_words import seconds_taken
from crossconnections.tables import ROW_TYPES
from portal.spreadsheets import START, as_lines, safe_cell
from portal.times import as_iso

_LINES_AT_ONCE = 1_000


def as_document(snapshot: Snapshot, rows: Mapping[int, Sequence[Row]], diagnosis: Diagnosis) -> dict[str, Any]:
    """The whole reading; ``rows`` by the keys of its reads, findings worst first."""
    return {
        "service_key": snapshot.cross_connection.service_key,
        "number": snapshot.number,
        "asked_at": as_iso(snapshot.asked_at),
        "asked_by": snapshot.asked_by.name if snapshot.asked_by else None,
        "finished_at": as_iso(snapshot.finished_at),
        "comment": snapshot.comment,
        "configuration": snapshot.configuration,
        "reads": [_read(read, rows.get(read.pk)) for read in snapshot.reads.all()],
        "findings": [_finding(show_finding(one)) for one in diagnosis.findings],
    }


def as_csv(table: str, rows: Sequence[Row]) -> Iterator[str]:
    """A table as it was read, under the names of the JSON twin."""
    yield START + as_lines([[field.name for field in fields(ROW_TYPES[table])]])
    for first in range(0, len(rows), _LINES_AT_ONCE):
        yield as_lines(_cells(rows[first : first + _LINES_AT_ONCE]))


def _cells(rows: Iterable[Row]) -> Iterator[list[str]]:
    return ([safe_cell(value) for value in astuple(row)] for row in rows)


def _finding(one: ShownFinding) -> dict[str, str | None]:
    return {
        "rule": one.rule,
        "severity": one.severity,
        "owner": one.owner,
        "peering": one.peering or None,
        "path": one.path,
        "text": one.text,
        "next_step": one.next_step,
    }


def _read(read: TableRead, rows: Sequence[Row] | None) -> dict[str, Any]:
    took = seconds_taken(read)
    return {
        "peering": read.peering_type,
        "device_path": read.device_path,
        "table": read.table,
        "state": read.state,
        "rows": None if rows is None else [asdict(row) for row in rows],
        "asked_at": as_iso(read.asked_at),
        "sent_at": as_iso(read.sent_at),
        "finished_at": as_iso(read.finished_at),
        "answered_seconds": None if took is None else round(took, 3),
        "azure_status": read.azure_status,
        "error_code": read.error_code,
        "error_message": read.error_message,
        "correlation_id": read.correlation_id,
        "request_id": read.request_id,
    }
