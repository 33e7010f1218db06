"""What each step is for, in a sentence or two. Where Microsoft documents a step, the sentence follows its page."""

from crossconnections.workflows.steps import StepName

WHAT_FOR: dict[str, str] = {
    StepName.ORDER: "Put down what the customer ordered. It is compared with what Azure has, before anything is built.",
    StepName.PROVISIONING: (
        "Tells the customer that you are at it; from then on they cannot delete the circuit. You may leave it out."
    ),
    StepName.LAYER_2_PRIMARY: (
        "The S-tag of Azure as the outer tag, the customer's VLAN IDs inside, on the primary Azure port."
    ),
    StepName.LAYER_2_SECONDARY: ("The same tags on the secondary Azure port. Microsoft's service level takes both."),
    StepName.PROVISIONED: "Once layer 2 works on both ports. Only then does Azure take peerings.",
    StepName.PRIVATE_PEERING: "Both links, the VLAN ID and the AS numbers.",
    StepName.MICROSOFT_PEERING: "Public prefixes, which Microsoft validates before the sessions come up.",
    StepName.ANY_PEERING: "Private or Microsoft peering: the order does not say which.",
    StepName.READING: "ARP, BGP and routes of both paths, read since the circuit was set up.",
    StepName.VERIFICATION: "No finding to check or worse, or each accepted with a reason.",
    StepName.FAILOVER_PRIMARY: (
        "Before production: shut the session on the primary path, see that the traffic goes on by the secondary, "
        "bring it back, and read the tables."
    ),
    StepName.FAILOVER_SECONDARY: "Likewise for the secondary path, once the primary one carries the traffic again.",
    StepName.HAND_OVER: "Give the customer the sheet with addresses, VLAN IDs, AS numbers, and what to do next.",
    StepName.REQUEST: "Who asked for it, and under which number: a circuit that ends by mistake is an outage.",
    StepName.LINKS_REMOVED: (
        "Connections of virtual networks, Global Reach, authorizations and route filters hang on the circuit. Azure "
        "does not show them to you: have the customer say that they are gone."
    ),
    StepName.SESSIONS: "Read the tables once more: prefixes that still come in are traffic that would end.",
    StepName.NO_PEERING: "Those that you set up. On a layer-2 service they are the customer's to remove.",
    StepName.NOT_PROVISIONED: (
        "Ends the service. Before it is sent, the tables are read and the end of the service key is asked for."
    ),
    StepName.LAYER_2_REMOVED: "On both ports, in your own network.",
    StepName.TOLD: "Only the customer can delete the circuit, and billing goes on until they do.",
    StepName.DELETED: "Once the customer has deleted the circuit, the next sync finds it gone.",
}

WAITS_FOR_CUSTOMER: dict[str, str] = {
    StepName.PRIVATE_PEERING: "The customer sets it up, on their circuit.",
    StepName.MICROSOFT_PEERING: "The customer sets it up, or proves to Microsoft that the prefixes are theirs.",
    StepName.ANY_PEERING: "The customer sets it up, on their circuit.",
    StepName.NO_PEERING: "The customer removes them, on their circuit.",
}
