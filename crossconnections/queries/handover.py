"""What the portal alone knows of a circuit that is handed over."""

from crossconnections.models import Change, CrossConnection, CustomerRecord, Workflow
from crossconnections.queries.records import find_record


def find_order(row: CrossConnection) -> Workflow | None:
    """The newest order that connects it, whether it goes on or has ended."""
    return row.workflows.filter(kind=Workflow.Kind.CONNECT).order_by("-pk").first()


def record_of(row: CrossConnection) -> CustomerRecord:
    """What is on record of its customer; an empty one, which is not kept, where nothing is."""
    return find_record(row) or CustomerRecord(cross_connection=row)


def list_keyed_peerings(row: CrossConnection) -> frozenset[str]:
    """The types of the peerings whose shared key the portal was the last to set; Azure does not tell of keys."""
    about = row.changes.filter(state=Change.State.SUCCEEDED).exclude(subject="").order_by("pk")
    keyed: dict[str, bool] = {}
    for subject, kind, action in about.values_list("subject", "kind", "shared_key_action"):
        if kind == Change.Kind.REMOVAL or action == Change.SharedKey.REMOVE:
            keyed[subject] = False
        elif action == Change.SharedKey.SET:
            keyed[subject] = True
    return frozenset(subject for subject, is_set in keyed.items() if is_set)
