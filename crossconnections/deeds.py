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
PAUSED = deed("subscription.paused", "Paused {label}", area="Subscriptions")
RESUMED = deed("subscription.resumed", "Resumed {label}", area="Subscriptions")
RETIRED = deed("subscription.retired", "Retired {label}", area="Subscriptions")
REGISTRATION_ASKED = deed(
    "subscription.registered", "Asked Azure to register Microsoft.Network in {label}", area="Subscriptions"
)
TABLES_ASKED = deed("tables.asked", "Asked for the tables: reading {number}", area="Tables")
TABLES_ASKED_AGAIN = deed("tables.asked-again", "Asked once more for {what}, reading {number}", area="Tables")
TABLES_STOPPED = deed("tables.stopped", "Stopped reading {number} of the tables", area="Tables")
TABLES_COMMENTED = deed("tables.commented", "Commented on reading {number} of the tables", area="Tables")
TABLES_EXPORTED = deed("tables.exported", "Exported {what} of reading {number}", area="Exports")
HANDOVER_TAKEN = deed("handover.taken", "Took the hand-over sheet as text", area="Exports")
WATCH_BEGUN = deed("watch.begun", "Put it on watch", area="Watches")
WATCH_ENDED = deed("watch.ended", "Ended the watch", area="Watches")
CHANGE_ASKED = deed("change.asked", "Asked for change {number}: {what}", area="Changes")
SET_ASKED = deed("changes.asked", "Asked for set {number} with {count} in it: {what}", area="Changes")
CHANGE_CANCELED = deed("change.canceled", "Canceled change {number}: {what}", area="Changes")
CHANGE_CONFIRMED = deed("change.confirmed", "Said that change {number} still holds: {what}", area="Changes")
CHANGE_SETTLED = deed("change.settled", "Settled change {number} as {outcome}: {what}", area="Changes")
CHANGE_ENDED = deed("change.ended", "Ended change {number} as {outcome}: {what}", area="Changes")
RECORD_KEPT = deed("record.kept", "Kept the customer's record: {what}", area="Customers")
RECORDS_IMPORTED = deed("records.imported", "Imported the records of {count} customers", area="Customers")
RECORDS_EXPORTED = deed("records.exported", "Exported the records of customers as CSV", area="Exports")
WORKFLOW_BEGUN = deed("workflow.begun", "Began: {what}", area="Onboarding")
WORKFLOW_ENDED = deed("workflow.ended", "Ended: {what}, {outcome}", area="Onboarding")
ORDER_KEPT = deed("workflow.order", "Kept the order", area="Onboarding")
STEP_TICKED = deed("workflow.step-done", "Said that it is done: {step}", area="Onboarding")
STEP_LEFT_OUT = deed("workflow.step-left-out", "Left out: {step}", area="Onboarding")
STEP_TAKEN_BACK = deed("workflow.step-taken-back", "Took back: {step}", area="Onboarding")
FINDING_ACCEPTED = deed("workflow.finding-accepted", "Accepted finding {rule}", area="Onboarding")
FINDING_OPENED = deed("workflow.finding-opened", "Accepts finding {rule} no more", area="Onboarding")
RESTORED = deed(
    "portal.restored", "Put a backup back: {held} changes wait for a person, {sessions} sessions ended", area="Portal"
)
EXPORTED = deed("cross-connections.exported", "Exported cross connections as CSV", area="Exports")


def about_cross_connection(row: CrossConnection) -> About:
    """Its service key, and the customer's circuit."""
    return About(CROSS_CONNECTION, row.service_key, row.circuit_name)


def about_subscription(subscription: Subscription) -> About:
    """Its id and label."""
    return About(SUBSCRIPTION, str(subscription.subscription_id), subscription.label)
