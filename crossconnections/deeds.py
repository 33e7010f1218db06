"""What people do here, in the words of the trail of activity, and to what."""

from crossconnections.models import CrossConnection, Subscription
from portal.activity.deeds import deed
from portal.activity.trail import About

CROSS_CONNECTION, SUBSCRIPTION = "cross-connection", "subscription"

SYNC_ASKED = deed("sync.asked", "Asked for a sync of {label}", area="Syncs")
SETTLED = deed("attention.settled", "Dealt with: {what}", area="Attention")
ENLISTED = deed("subscription.enlisted", "Enlisted {label} as {kind}", area="Subscriptions")
ENLISTED_ANEW = deed(
    "subscription.changed", "Enlisted {former_label} ({former_kind}) anew, as {label} ({kind})", area="Subscriptions"
)
EXPORTED = deed("cross-connections.exported", "Exported cross connections as CSV", area="Exports")


def about_cross_connection(row: CrossConnection) -> About:
    """Its service key, and the customer's circuit."""
    return About(CROSS_CONNECTION, row.service_key, row.circuit_name)


def about_subscription(subscription: Subscription) -> About:
    """Its id and label."""
    return About(SUBSCRIPTION, str(subscription.subscription_id), subscription.label)
