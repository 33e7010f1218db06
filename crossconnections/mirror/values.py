"""The columns' values out of Azure's resources."""

from typing import Any

from django.db import models

from crossconnections.arm import CrossConnectionResource, PeeringResource, ResourceId
from crossconnections.models import CrossConnection, Peering


def listed_values(resource: CrossConnectionResource) -> dict[str, Any]:
    """What an entry of a LIST has, and a GET as well."""
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


def read_values(resource: CrossConnectionResource) -> dict[str, Any]:
    """What only a GET has, without the peerings."""
    return _fitted(
        CrossConnection,
        provider_notes=resource.provider_notes,
        s_tag=resource.s_tag,
        primary_azure_port=resource.primary_azure_port,
        secondary_azure_port=resource.secondary_azure_port,
    )


def peering_values(resource: PeeringResource) -> dict[str, Any]:
    """A peering's columns; prefixes and communities of both families together."""
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
        advertised_communities=[value for config in configs for value in config.advertised_communities],
        advertised_prefixes_state=microsoft.advertised_prefixes_state if microsoft else "",
        customer_asn=microsoft.customer_asn if microsoft else None,
        routing_registry=microsoft.routing_registry if microsoft else "",
    )


def fit(name: str, value: str) -> str:
    """A text as long as the cross connection's column ``name`` holds."""
    fitted: str = _fitted(CrossConnection, **{name: value})[name]
    return fitted


def _circuit(text: str) -> ResourceId | None:
    try:
        return ResourceId.parse(text)
    except ValueError:
        return None


def _fitted(model: type[models.Model], **values: Any) -> dict[str, Any]:  # noqa: ANN401 - columns of any type
    """Azure promises no lengths: a text too long for its column is cut rather than failing the sync."""
    return {name: _cut(value, model._meta.get_field(name)) for name, value in values.items()}


def _cut(value: Any, field: Any) -> Any:  # noqa: ANN401 - columns of any type
    return value[: field.max_length] if isinstance(value, str) and field.max_length else value
