"""Syncs from beginning to end, in the test's own process."""

from crossconnections.models import Subscription, SyncRun
from crossconnections.services import syncs

# The two cross connections of the sandbox's test subscription.
PROVISIONED = "aaaa0a0a-bb1b-cc2c-dd3d-eeeeee4e4e4e"
NOT_PROVISIONED = "bbbb1b1b-cc2c-dd3d-ee4e-ffffff5f5f5f"


def synced(subscription: Subscription) -> SyncRun:
    """A sync of the subscription, ended."""
    run = syncs.run_sync(run_id=syncs.active_sync(subscription=subscription).pk)
    assert run is not None
    return run
