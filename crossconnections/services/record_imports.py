"""Records of many customers at once: what a file would change, then exactly that."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from crossconnections.deeds import RECORDS_IMPORTED
from crossconnections.models import CrossConnection, CustomerRecord
from crossconnections.queries import map_by_key
from crossconnections.record_sheet import Line
from crossconnections.record_values import values_of
from crossconnections.scopes import place_of
from crossconnections.services.records import RecordMoved, keep_record, list_changed
from portal.access.access import reach_of
from portal.access.permissions import Permission
from portal.access.scopes import Place
from portal.activity.trail import record_alone
from portal.actors import Actor

NOT_FOUND = "No cross connection of this service key is known where your role holds."
NO_ROLE = f"To keep its record takes the role {Permission.KEEP_RECORDS.least_role.word} there."
ANOTHER = "It is another one than at the check: the circuit was moved or made anew."
MOVED = "Somebody else has written into its record since the check."
# Others who do something wait while the trail is written: so many at a time.
_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Planned:
    """What a line would do. ``before`` and ``after`` have the fields that differ, by name; ``wrong`` why it is refused.

    ``row`` is None where it is refused; ``version`` is that of the record, 0 where there is none.
    """

    line: Line
    row: CrossConnection | None = None
    version: int = 0
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    wrong: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        """Whether nothing was on record before."""
        return bool(self.after) and not self.version


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be kept of one cross connection, as it was shown."""

    service_key: str
    row_id: int
    version: int
    fields: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many records were kept, and why those that were not were left out, by service key."""

    kept: int
    left_out: Mapping[str, str]


def plan_import(lines: Sequence[Line], *, by: Actor) -> list[Planned]:
    """Each line beside what is on record now; nothing is written."""
    keys = {line.service_key for line in lines}
    rows = map_by_key(keys, reach_of(by, Permission.VIEW))
    records = CustomerRecord.objects.in_bulk([row.pk for row in rows.values()])
    reach = reach_of(by, Permission.KEEP_RECORDS)
    return [_plan(line, rows.get(line.service_key), records, reach.covers) for line in lines]


def apply_import(orders: Sequence[Order], *, by: Actor) -> Outcome:
    """Keep what was shown; what somebody else has written into meanwhile is left out, and so is what they lost.

    Each record that changed is a deed of its own, and so is the import.
    """
    left_out: dict[str, str] = {}
    kept = 0
    for start in range(0, len(orders), _AT_ONCE):
        part = orders[start : start + _AT_ONCE]
        reasons = _apply_part(part, by)
        left_out |= {key: reason for key, reason in reasons.items() if reason}
        kept += sum(not reason for reason in reasons.values())
    if kept:
        record_alone(RECORDS_IMPORTED, by=by, details={"count": kept})
    return Outcome(kept, left_out)


def _plan(
    line: Line,
    row: CrossConnection | None,
    records: Mapping[int, CustomerRecord],
    covers: Callable[[Place], bool],
) -> Planned:
    if line.wrong:
        return Planned(line, wrong=line.wrong)
    if row is None or not covers(place_of(row)):
        return Planned(line, wrong=(NOT_FOUND if row is None else NO_ROLE,))
    found = records.get(row.pk)
    now, changed = values_of(found), list_changed(found, line.fields)
    return Planned(
        line,
        row,
        found.version if found else 0,
        {name: now[name] for name in changed},
        {name: line.fields[name] for name in changed},
    )


@transaction.atomic
def _apply_part(orders: Sequence[Order], by: Actor) -> dict[str, str]:
    """Why each was left out, "" where it was kept."""
    rows = map_by_key({order.service_key for order in orders}, reach_of(by, Permission.VIEW))
    reach = reach_of(by, Permission.KEEP_RECORDS)
    return {order.service_key: _apply(order, rows.get(order.service_key), reach.covers, by) for order in orders}


def _apply(order: Order, row: CrossConnection | None, covers: Callable[[Place], bool], by: Actor) -> str:
    if row is None or not covers(place_of(row)):
        return NOT_FOUND if row is None else NO_ROLE
    if row.pk != order.row_id:
        return ANOTHER
    try:
        keep_record(row=row, fields=order.fields, seen_version=order.version, by=by)
    except RecordMoved:
        return MOVED
    return ""
