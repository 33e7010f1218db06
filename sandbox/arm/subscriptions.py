"""What Azure Resource Manager itself answers: subscriptions, registration and permissions."""

from typing import Any

from sandbox.arm.groups import check_group
from sandbox.arm.question import Question
from sandbox.arm.versions import NETWORK
from sandbox.estate.subscriptions import SUBSCRIPTIONS, Subscription, find_subscription

_PARTNER_TYPES = ("expressRouteCrossConnections", "expressRouteProviderPorts")
_TYPES = (
    *("bgpServiceCommunities", "expressRouteCircuits", "expressRouteServiceProviders", "locations"),
    *("locations/operationResults", "locations/operations", "operations", "routeFilters"),
)
_NETWORK_CONTRIBUTOR = (
    *("Microsoft.Authorization/*/read", "Microsoft.Insights/alertRules/*", "Microsoft.Network/*"),
    *("Microsoft.ResourceHealth/availabilityStatuses/read", "Microsoft.Resources/deployments/*"),
    *("Microsoft.Resources/subscriptions/resourceGroups/read", "Microsoft.Support/*"),
)


def list_subscriptions(question: Question) -> dict[str, Any]:
    """Subscriptions_List."""
    tenant_id = question.world.identity.tenant_id
    listed = [_subscription(one, tenant_id) for one in SUBSCRIPTIONS]
    return {"value": listed, "count": {"type": "Total", "value": len(listed)}}


def get_subscription(question: Question) -> dict[str, Any]:
    """Subscriptions_Get."""
    return _subscription(_asked(question), question.world.identity.tenant_id)


def get_registration(question: Question) -> dict[str, Any]:
    """Providers_Get."""
    state = "NotRegistered" if question.world.behaviour.unregistered else "Registered"
    return _registration(question, state)


def register(question: Question) -> dict[str, Any]:
    """Providers_Register: done by the time one asks again."""
    was_unregistered = question.world.behaviour.unregistered
    question.world.behaviour.unregistered = False
    return _registration(question, "Registering" if was_unregistered else "Registered")


def list_permissions(question: Question) -> dict[str, Any]:
    """Permissions_ListForResourceGroup and its like: those of Network Contributor, but for what is missing."""
    if question.words.get("group"):
        check_group(question)
    missing = question.world.behaviour.missing_permissions()
    granted = {"actions": list(_NETWORK_CONTRIBUTOR), "notActions": missing, "dataActions": [], "notDataActions": []}
    return {"value": [granted]}


def _asked(question: Question) -> Subscription:
    found = find_subscription(question.subscription_id)
    if found is None:
        raise LookupError(question.subscription_id)
    return found


def _subscription(subscription: Subscription, tenant_id: str) -> dict[str, Any]:
    return {
        "id": f"/subscriptions/{subscription.id}",
        "authorizationSource": "RoleBased",
        "managedByTenants": [],
        "subscriptionId": subscription.id,
        "tenantId": tenant_id,
        "displayName": subscription.label,
        "state": "Enabled",
        "subscriptionPolicies": {
            "locationPlacementId": "Public_2014-09-01",
            "quotaId": "EnterpriseAgreement_2014-09-01",
            "spendingLimit": "Off",
        },
    }


def _registration(question: Question, state: str) -> dict[str, Any]:
    is_partner = _asked(question).is_enrolled and not question.world.behaviour.unenrolled
    types = sorted([*_TYPES, *(_PARTNER_TYPES if is_partner else ())])
    return {
        "id": f"{question.subscription_path}/providers/Microsoft.Network",
        "namespace": "Microsoft.Network",
        "resourceTypes": [_type(name, question.world.estate.regions()) for name in types],
        "registrationState": state,
        "registrationPolicy": "RegistrationRequired",
    }


def _type(name: str, regions: list[str]) -> dict[str, Any]:
    return {
        "resourceType": name,
        "locations": regions,
        "apiVersions": list(reversed(NETWORK)),
        "capabilities": "None",
    }
