"""Azure's answers against the rows: compared first, and only what moved is written.

Two answers tell of a cross connection. A LIST entry lacks ports, S-tag and peerings (Microsoft's published trace), so
``note_listed`` takes only what it has; ``note_read`` takes all of a GET.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Case, F, Q, QuerySet, When

from crossconnections.arm import CrossConnectionResource, PeeringResource, ResourceId
from crossconnections.models import CrossConnection, Observation, Peering, Subscription

READ_AGAIN_AFTER = timedelta(days=1)
IDS = frozenset({"resource_id", "circuit_id", "circuit_name", "circuit_resource_group", "customer_subscription_id"})

Moves = dict[str, tuple[Any, Any]]


def note_listed(
    *, subscription: Subscription, entries: Sequence[CrossConnectionResource], now: datetime
) -> tuple[int, int]:
    """Write what is new or moved of one LIST page; ``(created, changed)``. An unchanged page costs one query."""
    keys = [entry.service_key.lower() for entry in entries]
    rows = {row.service_key: row for row in subscription.cross_connections.filter(service_key__in=keys)}
    moved = [entry for entry in entries if _has_moved(rows.get(entry.service_key.lower()), entry)]
    return _note_moved(subscription, moved, rows, now) if moved else (0, 0)


@transaction.atomic
def _note_moved(
    subscription: Subscription,
    entries: Sequence[CrossConnectionResource],
    rows: Mapping[str, CrossConnection],
    now: datetime,
) -> tuple[int, int]:
    created = changed = 0
    for entry in entries:
        row = rows.get(entry.service_key.lower())
        created += row is None
        changed += _save_listed(row or _new_row(subscription, entry, now), entry, now)
    return created, changed


def note_gone(*, subscription: Subscription, seen: set[str], now: datetime) -> int:
    """Mark the rows that a complete LIST no longer has; how many. ``seen`` holds its service keys in lower case."""
    present = subscription.cross_connections.filter(gone_at=None)
    gone = [pk for pk, key in present.values_list("pk", "service_key") if key not in seen]
    for start in range(0, len(gone), 500):
        _mark_gone(gone[start : start + 500], now)
    return len(gone)


@transaction.atomic
def _mark_gone(keys: Sequence[int], now: datetime) -> None:
    CrossConnection.objects.filter(pk__in=keys).update(gone_at=now, changed_at=now)
    seen = {"seen_at": now, "field": Observation.PRESENCE, "before": True, "after": False}
    Observation.objects.bulk_create(Observation(cross_connection_id=key, **seen) for key in keys)


def list_to_read(subscription: Subscription, *, now: datetime) -> QuerySet[CrossConnection]:
    """The rows that wait for a GET, the most urgent first.

    Wanted by somebody who has it open, never read, listed with another etag since, or not read for a day: whether a
    change of a peering moves the etag of its cross connection is not documented.
    """
    is_moved = ~Q(listed_etag=F("mirrored_etag"))
    is_wanted = Q(wanted_at__isnull=False)
    due = is_wanted | Q(read_at=None) | is_moved | Q(read_at__lt=now - READ_AGAIN_AFTER)
    urgency = Case(When(is_wanted, then=0), When(read_at=None, then=1), When(is_moved, then=2), default=3)
    return subscription.cross_connections.filter(due, gone_at=None).order_by(urgency, "read_at", "pk")


def note_read(*, row: CrossConnection, resource: CrossConnectionResource, now: datetime) -> bool:
    """Write a GET's answer to its row; whether anything differs from what an earlier GET had shown."""
    was_read = row.read_at is not None
    with transaction.atomic():
        moves = _assign(row, _listed_values(resource) | _read_values(resource))
        peering_moves = _replace_peerings(row, resource.peerings)
        row.etag, row.mirrored_etag, row.read_at = _fit("etag", resource.etag), row.listed_etag, now
        row.wanted_at = row.claimed_until = None
        row.read_error_code = row.read_correlation_id = ""
        if changed := was_read and bool(moves or peering_moves):
            row.changed_at = now
            _observe(row, {"": moves, **peering_moves}, now)
        row.save()
    return changed


def _has_moved(row: CrossConnection | None, entry: CrossConnectionResource) -> bool:
    return row is None or row.gone_at is not None or row.listed_etag != _fit("listed_etag", entry.etag)


def _new_row(subscription: Subscription, entry: CrossConnectionResource, now: datetime) -> CrossConnection:
    return CrossConnection(
        subscription=subscription, service_key=entry.service_key.lower(), first_seen_at=now, changed_at=now
    )


def _save_listed(row: CrossConnection, entry: CrossConnectionResource, now: datetime) -> bool:
    is_known = row.pk is not None
    moves = _assign(row, _listed_values(entry))
    if row.gone_at is not None:
        moves[Observation.PRESENCE] = (False, True)
    row.listed_etag, row.gone_at = _fit("listed_etag", entry.etag), None
    if changed := is_known and bool(moves):
        row.changed_at = now
        _observe(row, {"": moves}, now)
    row.save()
    return changed


def _assign(row: models.Model, values: dict[str, Any]) -> Moves:
    moves = {name: (getattr(row, name), value) for name, value in values.items() if getattr(row, name) != value}
    for name, (_, value) in moves.items():
        setattr(row, name, value)
    return {name: move for name, move in moves.items() if not (name in IDS and _is_same_id(*move))}


def _is_same_id(before: str, after: str) -> bool:
    # Azure spells its ids in changing case; that is no change.
    return before.casefold() == after.casefold()


def _observe(row: CrossConnection, moves: Mapping[str, Moves], now: datetime) -> None:
    Observation.objects.bulk_create(
        Observation(cross_connection=row, seen_at=now, subject=subject, field=field, before=before, after=after)
        for subject, fields in moves.items()
        for field, (before, after) in fields.items()
    )


def _listed_values(resource: CrossConnectionResource) -> dict[str, Any]:
    circuit = _circuit(resource.circuit_id)
    return _fitted(
        CrossConnection,
        resource_id=resource.resource_id.text,
        azure_region=resource.location,
        tags=dict(resource.tags),
        peering_location=resource.peering_location,
        bandwidth_mbps=resource.bandwidth_mbps,
        provider_provisioning_state=resource.provider_provisioning_state,
        provisioning_state=resource.provisioning_state,
        circuit_id=resource.circuit_id,
        circuit_name=circuit.name if circuit else "",
        circuit_resource_group=circuit.resource_group if circuit else "",
        customer_subscription_id=circuit.subscription_id if circuit else "",
    )


def _read_values(resource: CrossConnectionResource) -> dict[str, Any]:
    return _fitted(
        CrossConnection,
        provider_notes=resource.provider_notes,
        s_tag=resource.s_tag,
        primary_azure_port=resource.primary_azure_port,
        secondary_azure_port=resource.secondary_azure_port,
    )


def _replace_peerings(row: CrossConnection, peerings: Iterable[PeeringResource]) -> dict[str, Moves]:
    kept = {peering.peering_type: peering for peering in row.peerings.all()}
    moves: dict[str, Moves] = {}
    for resource in peerings:
        known = kept.pop(resource.peering_type, None)
        peering = known or Peering(cross_connection=row, peering_type=resource.peering_type)
        moved = _assign(peering, _peering_values(resource))
        if moved or known is None:
            peering.save()
            moves[resource.peering_type] = moved if known else {Observation.PRESENCE: (False, True)}
    for peering in kept.values():
        peering.delete()
        moves[peering.peering_type] = {Observation.PRESENCE: (True, False)}
    return moves


def _peering_values(resource: PeeringResource) -> dict[str, Any]:
    microsoft, ipv6 = resource.microsoft, resource.ipv6
    configs = [config for config in (microsoft, ipv6.microsoft if ipv6 else None) if config]
    return _fitted(
        Peering,
        state=resource.state,
        provisioning_state=resource.provisioning_state,
        vlan_id=resource.vlan_id,
        azure_asn=resource.azure_asn,
        peer_asn=resource.peer_asn,
        primary_prefix=resource.primary_prefix,
        secondary_prefix=resource.secondary_prefix,
        ipv6_primary_prefix=ipv6.primary_prefix if ipv6 else "",
        ipv6_secondary_prefix=ipv6.secondary_prefix if ipv6 else "",
        ipv6_state=ipv6.state if ipv6 else "",
        last_modified_by=resource.last_modified_by,
        advertised_prefixes=[prefix for config in configs for prefix in config.advertised_prefixes],
        advertised_prefixes_state=microsoft.advertised_prefixes_state if microsoft else "",
        customer_asn=microsoft.customer_asn if microsoft else None,
        routing_registry=microsoft.routing_registry if microsoft else "",
    )


def _circuit(text: str) -> ResourceId | None:
    try:
        return ResourceId.parse(text)
    except ValueError:
        return None


def _fitted(model: type[models.Model], **values: Any) -> dict[str, Any]:  # noqa: ANN401 - columns of any type
    """Azure promises no lengths: a text too long for its column is cut rather than failing the sync."""
    return {name: _cut(value, model._meta.get_field(name)) for name, value in values.items()}


def _fit(name: str, value: str) -> str:
    fitted: str = _fitted(CrossConnection, **{name: value})[name]
    return fitted


def _cut(value: Any, field: Any) -> Any:  # noqa: ANN401 - columns of any type
    return value[: field.max_length] if isinstance(value, str) and field.max_length else value
