"""The rows."""

from crossconnections.models.arm_call import ArmCall
from crossconnections.models.attention import Attention
from crossconnections.models.azure_document import AzureDocument
from crossconnections.models.catalogue import Catalogue
from crossconnections.models.change import Change
from crossconnections.models.change_set import ChangeSet
from crossconnections.models.cross_connection import CrossConnection
from crossconnections.models.customer_record import CustomerRecord
from crossconnections.models.draft import Draft
from crossconnections.models.last_known import LastKnown
from crossconnections.models.observation import Observation
from crossconnections.models.operation import Operation
from crossconnections.models.peering import Peering
from crossconnections.models.readiness import Readiness
from crossconnections.models.snapshot import Snapshot, TableRead, TableRows
from crossconnections.models.subscription import Subscription
from crossconnections.models.sync_run import SyncRun
from crossconnections.models.watch import Watch, WatchRead
from crossconnections.models.wish import Wish
from crossconnections.models.workflow import AcceptedFinding, Workflow, WorkflowStep

__all__ = [
    "AcceptedFinding",
    "ArmCall",
    "Attention",
    "AzureDocument",
    "Catalogue",
    "Change",
    "ChangeSet",
    "CrossConnection",
    "CustomerRecord",
    "Draft",
    "LastKnown",
    "Observation",
    "Operation",
    "Peering",
    "Readiness",
    "Snapshot",
    "Subscription",
    "SyncRun",
    "TableRead",
    "TableRows",
    "Watch",
    "WatchRead",
    "Wish",
    "Workflow",
    "WorkflowStep",
]
