"""The rows."""

from crossconnections.models.cross_connection import CrossConnection
from crossconnections.models.observation import Observation
from crossconnections.models.peering import Peering
from crossconnections.models.subscription import Subscription
from crossconnections.models.sync_run import SyncRun

__all__ = ["CrossConnection", "Observation", "Peering", "Subscription", "SyncRun"]
