"""What Azure Resource Manager itself answers: subscriptions."""

from typing import Any

from sandbox.arm.question import Question
from sandbox.estate.subscriptions import SUBSCRIPTIONS, Subscription, find_subscription


def list_subscriptions(question: Question) -> dict[str, Any]:
    """Subscriptions_List."""
    listed = [_subscription(one, question) for one in SUBSCRIPTIONS]
    return {"value": listed, "count": {"type": "Total", "value": len(listed)}}


def get_subscription(question: Question) -> dict[str, Any]:
    """Subscriptions_Get."""
    return _subscription(_asked(question), question)


def _asked(question: Question) -> Subscription:
    found = find_subscription(question.subscription_id)
    if found is None:
        raise LookupError(question.subscription_id)
    return found


def _subscription(subscription: Subscription, question: Question) -> dict[str, Any]:
    world = question.world
    return {
        "id": f"/subscriptions/{subscription.id}",
        "authorizationSource": "RoleBased",
        "managedByTenants": [],
        "subscriptionId": subscription.id,
        "tenantId": world.identity.tenant_id,
        "displayName": subscription.label,
        "state": world.behaviour.subscription_state,
        "subscriptionPolicies": {
            "locationPlacementId": "Public_2014-09-01",
            "quotaId": "EnterpriseAgreement_2014-09-01",
            "spendingLimit": "Off",
        },
    }
