"""Writing into the trail. What cannot be written did not happen: the entry stands in the deed's own transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from django.db import connection, transaction
from django.utils import timezone

from portal.activity.chain import TrailBroken, append, lock_head
from portal.activity.deeds import Deed
from portal.activity.models import Entry
from portal.activity.seals import canonical
from portal.actors import Actor
from portal.harmless import harmless, harmless_details

log = structlog.get_logger(__name__)

Result = Entry.Result
# The columns that a deed fills with texts, and how many characters each takes.
_TEXTS = {
    field.name: field.max_length
    for field in Entry._meta.concrete_fields
    if field.max_length and field.name not in {"key_id", "previous_mac", "mac"}
}


@dataclass(frozen=True, slots=True)
class About:
    """What a deed is done to. The portal knows no domain: kinds and ids are text (portal.activity.objects)."""

    kind: str
    id: str
    name: str = ""


def record(
    deed: Deed,
    *,
    by: Actor,
    about: About | None = None,
    result: Result = Result.DONE,
    reason: str = "",
    details: Mapping[str, Any] | None = None,
    correlation_id: str = "",
) -> Entry:
    """Write an entry into the transaction that is open. Call it last in there, and end the transaction soon after.

    It locks the head of the trail until the transaction ends: all others that record wait meanwhile, and one who took
    a row's lock after it could wait for somebody who has that row and waits for the head. ``reason`` is a plain
    sentence of ours, ``correlation_id`` Azure's. What is too long is cut, what cannot be seen is made visible, and an
    object without an id is none.

    Raises:
        RuntimeError: no transaction is open.
        TrailBroken: somebody has tampered with the trail; the deed must not happen.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(f"'{deed.name}' is to be recorded in the transaction of the deed itself, and none is open.")
    texts = {"deed": deed.name, "result": result.value, "reason": reason, "correlation_id": correlation_id}
    values = _whole(_cut(texts | _actor(by) | _object(about)))
    values |= {"details": canonical(harmless_details(details or {})), "at": timezone.now()}
    entry = append(lock_head(), values)
    transaction.on_commit(lambda: _ship(entry))
    return entry


def record_alone(deed: Deed, **values: Any) -> Entry:  # noqa: ANN401 - those of record
    """The same in a transaction of its own, for a deed that writes nothing else.

    Raises:
        RuntimeError: a transaction is open, which might take the entry back.
        TrailBroken: as record.
    """
    with transaction.atomic(durable=True):
        return record(deed, **values)


def record_anyway(deed: Deed, **values: Any) -> Entry | None:  # noqa: ANN401 - those of record
    """The same for what holds even where it cannot be recorded: who is refused, or wants out, comes in by no means.

    None where the trail is broken; the log tells then.

    Raises:
        RuntimeError: as record_alone.
    """
    try:
        return record_alone(deed, **values)
    except TrailBroken:
        log.exception("not_recorded", deed=deed.name)
        return None


def record_refusal(deed: Deed, *, by: Actor, reason: str, **values: Any) -> Entry | None:  # noqa: ANN401 - those of record
    """That somebody was not let do it. As ``record_anyway``, for the refusal stands either way."""
    return record_anyway(deed, by=by, reason=reason, result=Result.REFUSED, **values)


def _actor(by: Actor) -> dict[str, str]:
    ids = {"actor_tenant_id": str(by.user.tenant_id), "actor_object_id": str(by.user.object_id)} if by.user else {}
    return {"via": by.via, "actor_name": by.name, "address": by.address, **ids}


def _object(about: About | None) -> dict[str, str]:
    return {"object_kind": about.kind, "object_id": about.id, "object_name": about.name} if about else {}


def _cut(texts: Mapping[str, str]) -> dict[str, Any]:
    return {name: harmless(texts.get(name, ""), longest=longest) for name, longest in _TEXTS.items()}


def _whole(values: dict[str, Any]) -> dict[str, Any]:
    """Without the object where its kind or its id is empty: half of one leads nowhere."""
    is_named = values["object_kind"] and values["object_id"]
    return values if is_named else values | dict.fromkeys(("object_kind", "object_id", "object_name"), "")


def _ship(entry: Entry) -> None:
    """The entry as a line of the log: what leaves the machine, the database's owner cannot change any more."""
    log.info(
        "activity",
        number=entry.number,
        mac=entry.mac,
        deed=entry.deed,
        result=entry.result,
        actor=entry.actor_name,
        actor_object_id=entry.actor_object_id,
        object=f"{entry.object_kind}:{entry.object_id}" if entry.object_kind else "",
    )
