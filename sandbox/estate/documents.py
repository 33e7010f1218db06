"""Cross connections as Azure shows them to one who asks for a single one."""

from typing import Any

from sandbox.estate.chance import chance_of
from sandbox.estate.peerings import etag, invent_peerings
from sandbox.estate.places import EUAP_TEST
from sandbox.estate.plan import Plan
from sandbox.estate.subscriptions import CUSTOMER

# What Azure sends as JSON stays JSON here: a PUT keeps what it does not know.
Document = dict[str, Any]

TYPE = "Microsoft.Network/expressRouteCrossConnections"
_CIRCUIT_TYPE = "Microsoft.Network/expressRouteCircuits"
_NOTES = (
    "Handover in meet-me room 2, cage 14. Call the NOC before patching.",
    "Waiting for the letter of authorization from the customer.",
    "Customer asked for a maintenance window on Sunday, 02:00 UTC.",
    "Layer 3 service: peerings are ours to configure.",
)
_TIERS = ("gold", "silver")


def new_document(plan: Plan) -> Document:
    """A cross connection as it first appears; the order of the keys is that of Microsoft's published trace."""
    return {
        "name": plan.service_key,
        "id": _resource_id(plan),
        "etag": etag(chance_of("etag", plan.service_key)),
        "type": TYPE,
        "location": plan.place.region,
        "properties": _properties(plan),
    }


def invent_document(plan: Plan) -> Document:
    """A cross connection with a life behind it."""
    document = invent_without_peerings(plan)
    document["properties"]["peerings"] = invent_peerings(plan, document["id"])
    return document


def invent_without_peerings(plan: Plan) -> Document:
    """The same for a list, which shows no peerings: they are half of the work. Sometimes with a note or tags."""
    document = new_document(plan)
    if plan.place is EUAP_TEST:
        return document
    chance = chance_of("details", plan.service_key)
    if chance.random() < 0.08:
        document["properties"]["serviceProviderNotes"] = chance.choice(_NOTES)
    if chance.random() < 0.15:
        document["tags"] = {"ticket": f"NL-{chance.randrange(20_000, 60_000)}", "tier": chance.choice(_TIERS)}
    return document


def _resource_id(plan: Plan) -> str:
    group = f"/subscriptions/{plan.subscription.id}/resourceGroups/{plan.place.resource_group}"
    return f"{group}/providers/{TYPE}/{plan.service_key}"


def _properties(plan: Plan) -> dict[str, Any]:
    primary, secondary = plan.place.ports(plan.port_pair)
    group, name = plan.circuit
    circuits = f"/subscriptions/{CUSTOMER.id}/resourceGroups/{group}/providers/{_CIRCUIT_TYPE}"
    return {
        "provisioningState": "Succeeded",
        "expressRouteCircuit": {"id": f"{circuits}/{name}"},
        "peeringLocation": plan.place.name,
        "bandwidthInMbps": plan.bandwidth_mbps,
        "serviceProviderProvisioningState": plan.state,
        "primaryAzurePort": primary,
        "secondaryAzurePort": secondary,
        "sTag": plan.s_tag,
        "peerings": [],
    }
