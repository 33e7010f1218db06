"""Whether a subscription is registered for Microsoft.Network, and which of its types the subscription then has."""

from typing import Any

from sandbox.arm.question import Question
from sandbox.arm.versions import NETWORK
from sandbox.estate.regions import display_name
from sandbox.estate.subscriptions import find_subscription

_PARTNER_TYPES = ("expressRouteCrossConnections", "expressRouteProviderPorts")
# Only what is answered here: a portal that goes by this list finds nothing missing.
_TYPES = (
    *("bgpServiceCommunities", "expressRouteServiceProviders", "locations"),
    *("locations/operationResults", "locations/operations", "operations", "routeFilters"),
)
# Not documented: which they are; remembered of real registrations, Microsoft's own applications and their roles.
_AUTHORIZATIONS = (
    ("2cf9eb86-36b5-49dc-86ae-9a63135dfa8c", "13ba9ab4-19f0-4804-adc4-14ece36cc7a1"),
    ("7c33bfcb-8d33-48d6-8e60-dc6404003489", "ad6261e4-fa9a-4642-aa5f-104f1b67e9e3"),
    ("1e3e4475-288f-4018-a376-df66fd7fac5f", "1d538b69-3d87-4e56-8ff8-25786fd48261"),
)


def get_registration(question: Question) -> dict[str, Any]:
    """Providers_Get."""
    is_registered = question.world.is_registered(question.subscription_id)
    return _registration(question, "Registered" if is_registered else "NotRegistered")


def register(question: Question) -> dict[str, Any]:
    """Providers_Register: done by the time one asks again, and for this subscription only."""
    was_registered = question.world.is_registered(question.subscription_id)
    question.world.registered.add(question.subscription_id)
    return _registration(question, "Registered" if was_registered else "Registering")


def _registration(question: Question, state: str) -> dict[str, Any]:
    regions = [display_name(region) for region in question.world.estate.regions()]
    authorizations = [{"applicationId": one, "roleDefinitionId": role} for one, role in _AUTHORIZATIONS]
    return {
        "id": f"{question.subscription_path}/providers/Microsoft.Network",
        "namespace": "Microsoft.Network",
        "authorizations": authorizations,
        "resourceTypes": [_type(name, regions) for name in _types(question)],
        "registrationState": state,
        "registrationPolicy": "RegistrationRequired",
    }


def _types(question: Question) -> list[str]:
    subscription = find_subscription(question.subscription_id)
    is_partner = subscription is not None and subscription.is_enrolled and not question.world.behaviour.unenrolled
    return sorted([*_TYPES, *(_PARTNER_TYPES if is_partner else ())])


def _type(name: str, regions: list[str]) -> dict[str, Any]:
    is_nowhere = name == "operations" or name.startswith("locations")
    return {
        "resourceType": name,
        "locations": [] if is_nowhere else regions,
        "apiVersions": list(reversed(NETWORK)),
        "capabilities": "None",
    }
