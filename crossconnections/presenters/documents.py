"""The machine-readable twins: the pages' facts under the Python names, Azure's words untouched."""

from typing import Any

from crossconnections.enums import DevicePath
from crossconnections.models import CrossConnection, CustomerRecord, LastKnown, Peering
from crossconnections.presenters.last_known import Known, known_of
from crossconnections.presenters.listing import in_order
from crossconnections.queries.records import find_record
from crossconnections.record_values import values_of
from portal.times import as_iso

_FIELDS = (
    "service_key",
    "peering_location",
    "provider_provisioning_state",
    "provisioning_state",
    "bandwidth_mbps",
    "s_tag",
    "primary_azure_port",
    "secondary_azure_port",
    "azure_region",
    "circuit_id",
    "circuit_name",
    "circuit_resource_group",
    "customer_subscription_id",
    "provider_notes",
    "resource_id",
    "tags",
    "etag",
    "read_error_code",
)
_TIMES = ("first_seen_at", "changed_at", "read_at", "gone_at")
_PEERING_FIELDS = (
    "peering_type",
    "state",
    "provisioning_state",
    "vlan_id",
    "peer_asn",
    "azure_asn",
    "primary_prefix",
    "secondary_prefix",
    "ipv6_primary_prefix",
    "ipv6_secondary_prefix",
    "ipv6_state",
    "last_modified_by",
    "advertised_prefixes",
    "advertised_communities",
    "advertised_prefixes_state",
    "advertised_prefix_infos",
    "customer_asn",
    "routing_registry",
)


def as_document(row: CrossConnection) -> dict[str, Any]:
    """A cross connection; the row comes with its subscription and all that is shown of it."""
    return _told(row) | {"record": _record(find_record(row))}


def as_entry(row: CrossConnection) -> dict[str, Any]:
    """The same as an entry of the list, with the customer's name and reference alone of what is on record."""
    record = values_of(find_record(row))
    return _told(row) | {name: record[name] for name in ("customer", "reference")}


def _record(record: CustomerRecord | None) -> dict[str, Any] | None:
    """Nobody has written one where it is None."""
    if record is None:
        return None
    planned_on = record.planned_on.isoformat() if record.planned_on else None
    return values_of(record) | {"planned_on": planned_on, "changed_at": as_iso(record.changed_at)}


def _told(row: CrossConnection) -> dict[str, Any]:
    known = known_of(row)
    return {
        **{name: getattr(row, name) for name in _FIELDS},
        **{name: as_iso(getattr(row, name)) for name in _TIMES},
        "subscription": row.subscription.label,
        "attention": [{"kind": one.kind, "seen_at": as_iso(one.seen_at)} for one in row.attention.all()],
        "peerings": [_peering(peering, known) for peering in in_order(row.peerings.all())],
    }


def _peering(peering: Peering, known: Known) -> dict[str, Any]:
    paths = {str(path): _path(known.get((peering.peering_type, path))) for path in DevicePath}
    return {name: getattr(peering, name) for name in _PEERING_FIELDS} | {"paths": paths}


def _path(one: LastKnown | None) -> dict[str, Any]:
    """The same keys whether or not anything is known."""
    if one is None:
        return {"state": LastKnown.UNKNOWN, "rule": "", "prefixes": None, "read_at": None, "since": None}
    told = {"state": one.state, "rule": one.rule, "prefixes": one.prefixes}
    return told | {"read_at": as_iso(one.read_at), "since": as_iso(one.since)}
