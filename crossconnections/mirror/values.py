"""The columns' values out of Azure's resources."""

import contextlib
from collections.abc import Iterable
from ipaddress import ip_network
from typing import Any

from django.db import models

from crossconnections.arm import CrossConnectionResource, PeeringResource, PrefixInfo, ResourceId
from crossconnections.enums import AdvertisedPrefixesState
from crossconnections.models import CrossConnection, Peering

# Of notes, which have no length of their own; far more than anybody reads, far less than a page can bear.
LONGEST_TEXT = 10_000
_LARGEST = {"PositiveIntegerField": 2**31 - 1, "PositiveBigIntegerField": 2**63 - 1}


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
    ipv6 = resource.ipv6
    configs = [config for config in (resource.microsoft, ipv6.microsoft if ipv6 else None) if config]
    first = configs[0] if configs else None
    return _fitted(
        Peering,
        state=resource.state,
        provisioning_state=resource.provisioning_state,
        vlan_id=resource.vlan_id,
        azure_asn=resource.azure_asn,
        peer_asn=resource.peer_asn,
        primary_prefix=_canonical(resource.primary_prefix),
        secondary_prefix=_canonical(resource.secondary_prefix),
        ipv6_primary_prefix=_canonical(ipv6.primary_prefix) if ipv6 else "",
        ipv6_secondary_prefix=_canonical(ipv6.secondary_prefix) if ipv6 else "",
        ipv6_state=ipv6.state if ipv6 else "",
        last_modified_by=resource.last_modified_by,
        advertised_prefixes=[prefix for config in configs for prefix in config.advertised_prefixes],
        advertised_communities=list(dict.fromkeys(value for one in configs for value in one.advertised_communities)),
        advertised_prefixes_state=_least_settled(config.advertised_prefixes_state for config in configs),
        advertised_prefix_infos=[_info(one) for config in configs for one in config.prefix_infos],
        customer_asn=first.customer_asn if first else None,
        routing_registry=_registry(first.routing_registry) if first else "",
    )


def _least_settled(states: Iterable[str]) -> str:
    """Of both families the state that somebody has to look at."""
    told = list(states)
    return next((state for state in told if state != AdvertisedPrefixesState.CONFIGURED), told[0] if told else "")


def _info(info: PrefixInfo) -> dict[str, Any]:
    """Of a prefix what somebody may have to do; of its signature only whether there is one."""
    return {
        "prefix": info.prefix,
        "validation_state": info.validation_state,
        "validation_id": info.validation_id,
        "is_signed": info.is_signed,
    }


def _registry(name: str) -> str:
    """Blank is Azure's NONE (EXPRESSROUTE.md M7)."""
    return "" if name.upper() == "NONE" else name


def configuration_of(resource: CrossConnectionResource) -> dict[str, Any]:
    """All of a GET that a row and its peerings hold, by the columns' names; ``peerings`` is a list."""
    peerings = [{"peering_type": one.peering_type, **peering_values(one)} for one in resource.peerings]
    return listed_values(resource) | read_values(resource) | {"peerings": peerings}


def fit(name: str, value: str, *, model: type[models.Model] = CrossConnection) -> str:
    """A text as long as the column ``name`` holds."""
    fitted: str = _fitted(model, **{name: value})[name]
    return fitted


def key_of(resource: CrossConnectionResource) -> str:
    """The service key as the mirror has it: Azure does not mind its case."""
    return fit("service_key", resource.service_key.lower())


def _circuit(text: str) -> ResourceId | None:
    try:
        return ResourceId.parse(text)
    except ValueError:
        return None


def _fitted(model: type[models.Model], **values: Any) -> dict[str, Any]:  # noqa: ANN401 - columns of any type
    """Azure promises neither lengths nor ranges: what a column cannot hold must not fail the sync."""
    return {name: _fitting(value, model._meta.get_field(name)) for name, value in values.items()}


def _fitting(value: Any, field: Any) -> Any:  # noqa: ANN401 - columns of any type
    """A text is cut; a number that no column holds cannot be what it is called, and counts as not told."""
    if isinstance(value, str):
        return value[: field.max_length or LONGEST_TEXT]
    largest = _LARGEST.get(field.get_internal_type())
    return None if largest is not None and value is not None and not 0 <= value <= largest else value


def _canonical(prefix: str) -> str:
    """A link's prefix as everybody writes it, so that it is found by any of its addresses; else as it came.

    The customer types it into Azure, which keeps host bits, capitals and zeros (not documented; the raw JSON has them).
    """
    with contextlib.suppress(ValueError):
        return str(ip_network(prefix, strict=False)) if "/" in prefix else prefix
    return prefix
