"""What things are called on the page, and sentences for who sees them for the first time."""

from typing import Any

from sandbox.estate.subscriptions import find_subscription

PEERINGS = {
    "AzurePrivatePeering": "Azure private peering",
    "MicrosoftPeering": "Microsoft peering",
    "AzurePublicPeering": "Azure public peering",
}
CONDITIONS = {
    "healthy": "Both ends answer, the session is up, and all routes are there.",
    "no-arp": "The link is dead: the ARP table has no row at all, and BGP is idle.",
    "incomplete-arp": "The edge does not answer: its MAC address is Incomplete, and BGP stays in Active.",
    "bgp-idle": "The link works, but nobody starts the BGP session: Idle, no routes.",
    "bgp-active": "The link works, but the edge does not take the BGP session: Active, no routes.",
    "few-routes": "Everything is up, but only a tenth of the routes arrives.",
    "default-route-only": "Everything is up, but nothing arrives except a default route.",
    "prepended": "All routes arrive, by AS paths that are three longer than before.",
    "over-prefix-limit": "More prefixes arrive than Microsoft takes, so it has shut the session: Idle (PfxCt).",
    "flapped": "The session has just been reset, and is again every 90 seconds.",
}
# After a form was carried out, the address has one of these words, and the page its sentence.
NOTICES = {
    "ordered": "Ordered. Azure has made the circuit, and the provider a cross connection that is not provisioned.",
    "raised": "The bandwidth is raised. The provider finds out when they next read the circuit.",
    "edited": "The peering is edited, and Azure says that the customer did it.",
    "removed": "The peering is removed.",
    "deleted": "The circuit is deleted, and gone from the provider's list.",
    "condition": "The network does that from now on. The next tables that are read show it.",
    "healthy": "Everything is healthy again.",
    "routes": "The edge announces that many routes from now on.",
    "fault": "The next requests that match suffer it.",
    "cleared": "No more faults are waiting.",
    "switched": "Azure is like that from now on.",
    "reset": "Everything is as the seed made it: circuits, network and Azure.",
}


def speed(mbps: int) -> str:
    """A bandwidth as people say it: 500 Mbps, 2 Gbps."""
    return f"{mbps // 1000} Gbps" if mbps % 1000 == 0 else f"{mbps} Mbps"


def circuit_name(document: dict[str, Any]) -> str:
    """The customer's name of the circuit."""
    name: str = document["properties"]["expressRouteCircuit"]["id"].rpartition("/expressRouteCircuits/")[2]
    return name


def subscription_label(document: dict[str, Any]) -> str:
    """The label of the provider's subscription that the cross connection is in."""
    subscription = find_subscription(document["id"].split("/")[2])
    return subscription.label if subscription else ""


def email(document: dict[str, Any]) -> str:
    """What a customer would write to the provider who shall connect a circuit."""
    facts = document["properties"]
    vlan = next((one["properties"]["vlanId"] for one in facts["peerings"] if "vlanId" in one["properties"]), 200)
    return "\n".join(
        (
            f"Subject: ExpressRoute circuit {circuit_name(document)}, {facts['peeringLocation']}",
            "",
            "Hello,",
            "",
            "we have ordered an ExpressRoute circuit with you at Microsoft. Please connect it for us:",
            "",
            f"Service key: {document['name']}",
            f"Peering location: {facts['peeringLocation']}",
            f"Bandwidth: {speed(facts['bandwidthInMbps'])}",
            f"VLAN ID: {vlan}",
            "",
            "Tell us when it is provisioned.",
            "",
            "Kind regards,",
            "the network team",
        )
    )
