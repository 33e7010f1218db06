"""Azure's resources as frozen values, and how they are read from its JSON.

``sharedKey`` never gets this far (see ``crossconnections.arm.reading``). Unknown enum values are kept as they came (see
``crossconnections.enums``). Shapes: Azure REST API, Microsoft.Network, ExpressRouteCrossConnection; which fields a
list leaves out: Microsoft's published trace (cross-connections-api-development).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from crossconnections.arm.reading import Fields, MalformedError
from crossconnections.arm.resource_id import ResourceId
from crossconnections.enums import (
    AdvertisedPrefixesState,
    PeeringState,
    PeeringType,
    PrefixValidationState,
    ProviderProvisioningState,
    ProvisioningState,
    known_spelling,
)

# Azure's own work is not over yet: what a GET shows meanwhile may be blank.
UNDER_WAY = frozenset({ProvisioningState.UPDATING, ProvisioningState.CREATING, ProvisioningState.DELETING})


@dataclass(frozen=True, slots=True)
class PrefixInfo:
    """How far Microsoft is with one prefix (``advertisedPublicPrefixInfo``, since api-version 2024-07-01)."""

    prefix: str
    validation_state: str
    validation_id: str
    is_signed: bool


@dataclass(frozen=True, slots=True)
class MicrosoftPeeringConfig:
    """What only Microsoft peerings have: which prefixes are advertised, and who owns them."""

    advertised_prefixes: tuple[str, ...]
    advertised_prefixes_state: str
    advertised_communities: tuple[str, ...]
    customer_asn: int | None
    routing_registry: str
    legacy_mode: int | None
    prefix_infos: tuple[PrefixInfo, ...] = ()


@dataclass(frozen=True, slots=True)
class Ipv6PeeringConfig:
    """The IPv6 side of a peering: not a peering of its own."""

    primary_prefix: str
    secondary_prefix: str
    state: str
    microsoft: MicrosoftPeeringConfig | None


@dataclass(frozen=True, slots=True)
class PeeringResource:
    """A peering; ``primary_prefix`` and ``secondary_prefix`` are the IPv4 link networks."""

    peering_type: str
    state: str
    provisioning_state: str
    azure_asn: int | None
    peer_asn: int | None
    primary_prefix: str
    secondary_prefix: str
    vlan_id: int | None
    last_modified_by: str
    etag: str
    microsoft: MicrosoftPeeringConfig | None
    ipv6: Ipv6PeeringConfig | None

    @property
    def is_under_way(self) -> bool:
        """Whether Azure is at it: until then its state and Azure's ASN are blank (the published trace)."""
        return self.provisioning_state in UNDER_WAY


@dataclass(frozen=True, slots=True)
class CrossConnectionResource:
    """A cross connection; one from a list has no ports, no S-tag and no peerings, whatever Azure holds.

    ``document`` is the JSON of a get as text, without shared keys; "" from a list.
    """

    resource_id: ResourceId
    service_key: str
    location: str
    etag: str
    tags: Mapping[str, str]
    peering_location: str
    bandwidth_mbps: int | None
    circuit_id: str
    provider_provisioning_state: str
    provisioning_state: str
    provider_notes: str
    primary_azure_port: str
    secondary_azure_port: str
    s_tag: int | None
    peerings: tuple[PeeringResource, ...]
    document: str = field(default="", repr=False)

    @property
    def under_way(self) -> str:
        """Azure's word for what it is doing to the resource or to one of its peerings; "" where it is done."""
        states = [self.provisioning_state, *(one.provisioning_state for one in self.peerings)]
        return next((state for state in states if state in UNDER_WAY), "")

    def find_peering(self, peering_type: str) -> PeeringResource | None:
        """The peering of that type."""
        return next((one for one in self.peerings if one.peering_type == peering_type), None)


def read_cross_connection(entry: Fields) -> CrossConnectionResource:
    """A cross connection from an entry of a list or the answer to a get; MalformedError without id or properties."""
    resource_id, properties = _resource_id(entry), entry.get_object("properties")
    circuit = properties.find_object("expressRouteCircuit")
    return CrossConnectionResource(
        resource_id=resource_id,
        service_key=resource_id.name,
        location=entry.text("location"),
        etag=entry.text("etag"),
        tags=entry.text_map("tags"),
        peering_location=properties.text("peeringLocation"),
        bandwidth_mbps=properties.number("bandwidthInMbps"),
        circuit_id=circuit.text("id") if circuit else "",
        provider_provisioning_state=known_spelling(
            ProviderProvisioningState, properties.text("serviceProviderProvisioningState")
        ),
        provisioning_state=known_spelling(ProvisioningState, properties.text("provisioningState")),
        provider_notes=properties.text("serviceProviderNotes"),
        primary_azure_port=properties.text("primaryAzurePort"),
        secondary_azure_port=properties.text("secondaryAzurePort"),
        s_tag=properties.number("sTag"),
        peerings=tuple(read_peering(peering) for peering in properties.objects("peerings")),
    )


def read_whole_cross_connection(entry: Fields) -> CrossConnectionResource:
    """The answer to a get, with Azure's own document beside the fields."""
    return replace(read_cross_connection(entry), document=entry.as_json())


def read_peering(entry: Fields) -> PeeringResource:
    """A peering from a list or from inside its cross connection; MalformedError without properties."""
    properties = entry.get_object("properties")
    return PeeringResource(
        peering_type=known_spelling(PeeringType, properties.text("peeringType") or entry.text("name")),
        state=known_spelling(PeeringState, properties.text("state")),
        provisioning_state=known_spelling(ProvisioningState, properties.text("provisioningState")),
        azure_asn=properties.number("azureASN"),
        peer_asn=properties.number("peerASN"),
        primary_prefix=properties.text("primaryPeerAddressPrefix"),
        secondary_prefix=properties.text("secondaryPeerAddressPrefix"),
        vlan_id=properties.number("vlanId"),
        last_modified_by=properties.text("lastModifiedBy"),
        etag=entry.text("etag"),
        microsoft=_microsoft_config(properties),
        ipv6=_ipv6_config(properties),
    )


def _microsoft_config(properties: Fields) -> MicrosoftPeeringConfig | None:
    config = properties.find_object("microsoftPeeringConfig")
    if config is None:
        return None
    return MicrosoftPeeringConfig(
        advertised_prefixes=config.texts("advertisedPublicPrefixes"),
        advertised_prefixes_state=known_spelling(AdvertisedPrefixesState, config.text("advertisedPublicPrefixesState")),
        advertised_communities=config.texts("advertisedCommunities"),
        customer_asn=config.number("customerASN"),
        routing_registry=config.text("routingRegistryName"),
        legacy_mode=config.number("legacyMode"),
        prefix_infos=tuple(_prefix_info(entry) for entry in config.objects("advertisedPublicPrefixInfo")),
    )


def _prefix_info(entry: Fields) -> PrefixInfo:
    return PrefixInfo(
        prefix=entry.text("prefix"),
        validation_state=known_spelling(PrefixValidationState, entry.text("validationState")),
        validation_id=entry.text("validationId"),
        is_signed=bool(entry.text("signature")),
    )


def _ipv6_config(properties: Fields) -> Ipv6PeeringConfig | None:
    config = properties.find_object("ipv6PeeringConfig")
    if config is None:
        return None
    return Ipv6PeeringConfig(
        primary_prefix=config.text("primaryPeerAddressPrefix"),
        secondary_prefix=config.text("secondaryPeerAddressPrefix"),
        state=known_spelling(PeeringState, config.text("state")),
        microsoft=_microsoft_config(config),
    )


def _resource_id(entry: Fields) -> ResourceId:
    try:
        return ResourceId.parse(entry.require("id").text("id"))
    except MalformedError:
        raise
    except ValueError:
        raise MalformedError(f"{entry.where}.id is not a resource id".lstrip(".")) from None
