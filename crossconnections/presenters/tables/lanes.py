"""Both paths side by side: what each edge router shows of layer 2 and of the session."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any, NamedTuple

from crossconnections.arm import ArpRow, Row, SummaryRow
from crossconnections.diagnosis.legs import has_mac
from crossconnections.diagnosis.sessions import Session, parse_session
from crossconnections.enums import DevicePath, Table
from crossconnections.models import Snapshot, TableRead
from crossconnections.presenters.states import Mark
from crossconnections.presenters.tables.explanations import explain_read_failure
from crossconnections.presenters.tables.texts import as_text, title_of
from crossconnections.presenters.tables.words import NOT_TOLD, TABLE_NAMES, path_name
from portal.times import Moment

State = TableRead.State
_HEADS: dict[str, tuple[str, ...]] = {
    Table.ARP: ("Interface", "IP address", "MAC address", "Age"),
    Table.ROUTES_SUMMARY: ("Neighbor", "AS", "State", "Up or down", "Prefixes"),
}


@dataclass(frozen=True, slots=True)
class ArpLine:
    """A neighbour on the link; ``missing`` says what is there instead of a MAC address."""

    interface: str
    ip_address: str
    mac_address: str
    age: str
    missing: str = ""

    def cells(self) -> tuple[str, ...]:
        """As a line of text."""
        return (self.interface, self.ip_address, self.mac_address or self.missing, self.age)


@dataclass(frozen=True, slots=True)
class SessionLine:
    """A BGP session; ``prefixes`` is "" while it does not stand."""

    neighbor: str
    asn: str
    state: Mark
    up_down: str
    prefixes: str

    def cells(self) -> tuple[str, ...]:
        """As a line of text."""
        return (self.neighbor, self.asn, self.state.word, self.up_down, self.prefixes)


class LastGood(NamedTuple):
    """The newest earlier reading that has a table which this one lacks."""

    number: int
    moment: Moment


@dataclass(frozen=True, slots=True)
class TableCard:
    """One table of one path. ``is_waited_for`` while it may still come; ``absence`` says why there are no lines."""

    kind: str
    title: str
    path: str
    answered: Moment | None
    is_waited_for: bool
    absence: Mark | None
    heads: tuple[str, ...]
    lines: tuple[ArpLine | SessionLine, ...]
    text: str
    last_good: LastGood | None

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"{self.path}-{self.kind}"

    @property
    def is_arp(self) -> bool:
        """Which of the two kinds it is."""
        return self.kind == Table.ARP


@dataclass(frozen=True, slots=True)
class Lane:
    """One path with the port that it ended at when the tables were read."""

    path: str
    name: str
    port: str
    cards: tuple[TableCard, ...]


def show_lanes(
    snapshot: Snapshot, reads: Sequence[TableRead], rows: Mapping[int, Sequence[Row]], last: Mapping[int, LastGood]
) -> list[Lane]:
    """Of one peering; ``rows`` by the keys of the reads, and ``last`` of those that failed or were stopped."""
    service_key = snapshot.cross_connection.service_key
    return [
        Lane(
            path=path,
            name=path_name(path),
            port=str(snapshot.configuration.get(f"{path}_azure_port") or ""),
            cards=tuple(
                _card(read, rows.get(read.pk), last.get(read.pk), service_key)
                for read in reads
                if read.device_path == path and read.table in _HEADS
            ),
        )
        for path in DevicePath
    ]


def absence_of(read: TableRead) -> Mark | None:
    """Why a table has no rows to show; None where it has some."""
    if read.is_active:
        return Mark("Not read yet", "s-idle")
    if read.state == State.FAILED:
        return Mark(f"Not read: {explain_read_failure(read.error_code).brief}", "s-fail", "bad")
    if read.state == State.CANCELED:
        return Mark("Not read: the reading was stopped", "s-off")
    return None if read.row_count else Mark("Azure answered with no rows", "s-idle")


def answered_at(read: TableRead) -> Moment | None:
    """When Azure answered, by the clock; what failed or was stopped has no answer."""
    if read.state != State.SUCCEEDED or read.finished_at is None:
        return None
    return Moment(read.finished_at, f"{read.finished_at.astimezone(UTC):%H:%M:%S} UTC")


def _card(read: TableRead, rows: Sequence[Row] | None, last_good: LastGood | None, service_key: str) -> TableCard:
    lines = tuple(_line(row) for row in rows or ())
    heads = _HEADS[read.table]
    return TableCard(
        kind=read.table,
        title=TABLE_NAMES[read.table],
        path=read.device_path,
        answered=answered_at(read),
        is_waited_for=read.is_active,
        absence=absence_of(read),
        heads=heads,
        lines=lines,
        text=as_text(title_of(read, service_key), heads, [line.cells() for line in lines]) if lines else "",
        last_good=last_good,
    )


def _line(row: Any) -> ArpLine | SessionLine:  # noqa: ANN401 - a row of either kind, as the table's name says
    if isinstance(row, ArpRow):
        age = "" if row.age_minutes is None else f"{row.age_minutes} min"
        missing = "" if has_mac(row) else row.mac_address.strip() or "no MAC address"
        return ArpLine(row.interface or NOT_TOLD, row.ip_address, "" if missing else row.mac_address, age, missing)
    return _session(row)


def _session(row: SummaryRow) -> SessionLine:
    session = parse_session(row.state_or_prefixes_received)
    stands = session.prefixes is not None
    return SessionLine(
        neighbor=row.neighbor,
        asn="" if row.asn is None else str(row.asn),
        state=_state(session),
        up_down=row.up_down,
        prefixes=f"{session.prefixes:,}" if stands else "",
    )


def _state(session: Session) -> Mark:
    """Red only for what is known to be down."""
    if session.prefixes is not None:
        return Mark("Established", "check")
    is_down = session.is_up is False
    return Mark(session.word or NOT_TOLD, "s-fail" if is_down else "s-idle", "bad" if is_down else "")
