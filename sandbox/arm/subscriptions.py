"""What Azure Resource Manager itself answers: subscriptions."""

from typing import Any

from sandbox.arm.question import Question
from sandbox.estate.subscriptions import SUBSCRIPTIONS, Subscription, find_subscription


def list_subscriptions(question: Question) -> dict[str, Any]:
    """Subscriptions_List."""
    tenant_id = question.world.identity.tenant_id
    listed = [_subscription(one, tenant_id) for one in SUBSCRIPTIONS]
    return {"value": listed, "count": {"type": "Total", "value": len(listed)}}


def get_subscription(question: Question) -> dict[str, Any]:
    """Subscriptions_Get."""
    return _subscription(_asked(question), question.world.identity.tenant_id)


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
