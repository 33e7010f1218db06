"""Keeping the records of customers. Nothing of them is ever sent to Azure."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from crossconnections.deeds import RECORD_KEPT, about_cross_connection
from crossconnections.models import CrossConnection, CustomerRecord
from crossconnections.record_values import NAMES, values_of
from crossconnections.scopes import place_of
from portal.access.access import require
from portal.access.permissions import Permission
from portal.activity.trail import record as record_deed
from portal.actors import Actor

# In the words of the trail, which tells what was changed and never what it says: an entry cannot be erased.
_WORDS = {
    "customer": "customer", "reference": "reference", "contacts": "contacts", "service": "service",
    "sku_tier": "tier", "planned_on": "planned date", "known_macs": "known MACs", "internal_notes": "notes",
}  # fmt: skip


class RecordMoved(Exception):  # noqa: N818 - reads as what happened
    """Somebody else has written meanwhile; ``record`` is what they left."""

    def __init__(self, record: CustomerRecord) -> None:
        super().__init__(f"version {record.version} by now")
        self.record = record


@transaction.atomic
def save_record(
    *, row: CrossConnection, fields: Mapping[str, Any], seen_version: int, by: Actor
) -> CustomerRecord | None:
    """Keep those of the record's fields; of one that is gone in Azure as well. What is so already is no deed.

    ``seen_version`` is that of the record that the person saw, 0 where there was none. None where there is nothing to
    keep and nothing was kept.

    Raises:
        NotAllowed: whoever acts may not, there.
        RecordMoved: it has another version by now, and says otherwise.
    """
    require(by, Permission.KEEP_RECORDS, at=place_of(row))
    return keep_record(row=row, fields=fields, seen_version=seen_version, by=by)


def keep_record(
    *, row: CrossConnection, fields: Mapping[str, Any], seen_version: int, by: Actor
) -> CustomerRecord | None:
    """The same in the transaction that is open, for somebody who was asked already whether they may.

    Raises:
        RecordMoved: as :func:`save_record`; nothing was written then.
    """
    found = CustomerRecord.objects.select_for_update().filter(pk=row.pk).first()
    changed = list_changed(found, fields)
    if not changed:
        return found
    if found is None:
        found, is_ours = CustomerRecord.objects.get_or_create(pk=row.pk, defaults={"changed_at": timezone.now()})
        if not is_ours:
            raise RecordMoved(found)
    elif found.version != seen_version:
        raise RecordMoved(found)
    return _write(row, found, {name: fields[name] for name in changed}, by)


def list_changed(record: CustomerRecord | None, fields: Mapping[str, Any]) -> list[str]:
    """The names of those that are not so on record, in the record's order."""
    now = values_of(record)
    return [name for name in NAMES if name in fields and fields[name] != now[name]]


def _write(row: CrossConnection, found: CustomerRecord, fields: Mapping[str, Any], by: Actor) -> CustomerRecord:
    for name, value in fields.items():
        setattr(found, name, value)
    found.version += 1
    found.changed_at, found.changed_by = timezone.now(), by.user
    found.save()
    what = ", ".join(_WORDS[name] for name in fields)
    record_deed(RECORD_KEPT, by=by, about=about_cross_connection(row), details={"what": what})
    return found
