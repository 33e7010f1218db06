"""What the work and its steps are called, on the pages and in the trail."""

from crossconnections.workflows.steps import StepName

WORK = {"connect": "Onboarding", "disconnect": "Disconnect"}

_STEPS: dict[str, str] = {
    StepName.ORDER: "Compare the order",
    StepName.PROVISIONING: "Set Provisioning",
    StepName.LAYER_2_PRIMARY: "Build layer 2, primary",
    StepName.LAYER_2_SECONDARY: "Build layer 2, secondary",
    StepName.PROVISIONED: "Set Provisioned",
    StepName.PRIVATE_PEERING: "Set up private peering",
    StepName.MICROSOFT_PEERING: "Set up Microsoft peering",
    StepName.ANY_PEERING: "Set up a peering",
    StepName.READING: "Read the tables",
    StepName.VERIFICATION: "Verify",
    StepName.FAILOVER_PRIMARY: "Failover check, primary",
    StepName.FAILOVER_SECONDARY: "Failover check, secondary",
    StepName.HAND_OVER: "Hand over",
    StepName.REQUEST: "Take the customer's request",
    StepName.LINKS_REMOVED: "Have the customer remove what hangs on it",
    StepName.SESSIONS: "See what is still alive",
    StepName.NO_PEERING: "Remove the peerings",
    StepName.NOT_PROVISIONED: "Set Not provisioned",
    StepName.LAYER_2_REMOVED: "Remove layer 2",
    StepName.TOLD: "Tell the customer to delete the circuit",
    StepName.DELETED: "See it go",
}


def within_sentence(words: str) -> str:
    """``set Provisioned``: behind other words, with Azure's own as Azure spells them."""
    return words[:1].lower() + words[1:]


def step_name(name: str) -> str:
    """``Build layer 2, primary``; one that this version does not know by its own word."""
    return _STEPS.get(name, name)
