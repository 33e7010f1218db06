"""The chain: each entry is sealed together with the seal of the one before, and the head says how far it goes."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet

from portal.activity.models import Checkpoint, Entry, Head
from portal.activity.rows import any_text
from portal.activity.seals import CHECKPOINT, ENTRY, HEAD, Seals, list_keys, moment

_ONE_ROW = 1
FIELDS = tuple(field.name for field in Entry._meta.concrete_fields)


_TAMPERED = "The trail of activity was tampered with in the database: verify_activity on the host says more."
_KEY_GONE = (
    "The trail of activity is sealed with a key that is not configured: the former key belongs into "
    "PORTAL_SECRET_KEY_FALLBACKS or PORTAL_ACTIVITY_KEYS. Where no key was changed, the trail was tampered with in the "
    "database: verify_activity on the host says more."
)


class TrailBroken(Exception):  # noqa: N818 - reads as what happened
    """The trail cannot be continued, so nothing may be done that belongs into it; the text says why, for a person."""


def lock_head() -> Head:
    """The head, which nobody else gets before this transaction ends. The first entry ever finds none and makes one.

    Raises:
        TrailBroken: it is missing though there was a chain, or the portal did not write it, or not with a key of now.
    """
    head = _locked() or _made()
    verdict = is_sealed(head)
    if not verdict:
        raise TrailBroken(_TAMPERED if verdict is False else _KEY_GONE)
    return head


def find_head() -> Head | None:
    """The head as ``lock_head`` would find it, without a lock; None where there is none."""
    return _read(Head.objects.all())


def can_go_on() -> bool:
    """Whether a deed could be recorded, as far as a look without a lock tells."""
    head = find_head()
    return not has_begun() if head is None else is_sealed(head) is True


def has_begun() -> bool:
    """Whether there must be a head."""
    return Entry.objects.exists() or Checkpoint.objects.exists()


def find_superfluous_heads() -> list[int]:
    """The ids of rows beside the head, by which nothing goes: somebody has inserted or moved them."""
    return list(Head.objects.exclude(pk=_ONE_ROW).order_by("pk").values_list("pk", flat=True))


def remove_superfluous_heads() -> int:
    """How many there were."""
    return Head.objects.exclude(pk=_ONE_ROW).delete()[0]


def seal_anew(number: int, mac: str) -> None:
    """Let the chain go on behind ``number``, whatever the head says: for portal.activity.mending alone."""
    head = _locked() or Head(pk=_ONE_ROW)
    _seal_head(head, number, mac)
    head.save()


def append(head: Head, values: Mapping[str, Any]) -> Entry:
    """Write the entry that follows a locked head, and move the head to it."""
    key = list_keys()[0]
    whole = {**values, "number": head.number + 1, "key_id": key.id, "previous_mac": head.mac}
    entry = Entry(**whole, mac=key.seal(ENTRY, sealed_part(whole)))
    entry.save(force_insert=True)
    _seal_head(head, entry.number, entry.mac)
    head.save(force_update=True)
    return entry


def checkpoint(*, number: int, mac: str, at: Any, count: int) -> Checkpoint:  # noqa: ANN401 - a datetime, as Django takes it
    """Write down that the entries up to ``number`` are forgotten."""
    key = list_keys()[0]
    made = Checkpoint(number=number, mac=mac, at=at, count=count, key_id=key.id)
    made.seal = key.seal(CHECKPOINT, _values_of(made))
    made.save(force_insert=True)
    return made


def sealed_part(values: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry's MAC is made of: all its columns but the MAC, the time as text."""
    part = {name: values[name] for name in FIELDS if name != "mac"}
    return part | {"at": moment(values["at"])}


def is_sealed(row: Head | Checkpoint, seals: Seals | None = None) -> bool | None:
    """Whether the portal wrote this head or checkpoint; None where its key is not configured."""
    kind = HEAD if isinstance(row, Head) else CHECKPOINT
    return (seals or Seals()).judge(kind, _values_of(row), key_id=row.key_id, seal=row.seal)


def is_as_written(entry: Entry, seals: Seals) -> bool | None:
    """Whether the portal wrote these values into this entry, wherever it stands; None where its key is gone."""
    values = {name: getattr(entry, name) for name in FIELDS}
    return seals.judge(ENTRY, sealed_part(values), key_id=entry.key_id, seal=entry.mac)


def _values_of(row: Head | Checkpoint) -> dict[str, Any]:
    values = {"number": row.number, "mac": row.mac, "key_id": row.key_id}
    return values if isinstance(row, Head) else values | {"at": moment(row.at), "count": row.count}


def _seal_head(head: Head, number: int, mac: str) -> None:
    key = list_keys()[0]
    head.number, head.mac, head.key_id = number, mac, key.id
    head.seal = key.seal(HEAD, _values_of(head))


def _locked() -> Head | None:
    return _read(Head.objects.select_for_update())


def _read(heads: QuerySet[Head]) -> Head | None:
    with any_text():
        return heads.filter(pk=_ONE_ROW).first()


def _made() -> Head:
    if has_begun():
        raise TrailBroken(_TAMPERED)
    head = Head(pk=_ONE_ROW)
    _seal_head(head, 0, "")
    # Two first entries at once: the one that comes second waits here for the other, and then for its head.
    Head.objects.bulk_create([head], ignore_conflicts=True)
    return Head.objects.select_for_update().get(pk=_ONE_ROW)
