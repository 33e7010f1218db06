"""When-rules: which state of an operation can follow which, and what may be done to one as it stands.

A rule answers None, or the sentence why not, which serves a button's title and the refusal of its POST alike.
"""

from crossconnections.models import CrossConnection, Operation, Snapshot, TableRead, Watch

State = Operation.State

# The one table of transitions, each with what brings it about. docs/operations.md draws it.
TRANSITIONS: dict[Operation.State, dict[Operation.State, str]] = {
    State.QUEUED: {
        State.SUBMITTING: "a worker claims it",
        State.FAILED: "its time is over, or the person may not any more",
        State.CANCELED: "somebody stops it",
    },
    State.SUBMITTING: {
        State.RUNNING: "Azure accepts",
        State.SUCCEEDED: "Azure answers at once",
        State.QUEUED: "Azure never got it",
        State.UNKNOWN: "nobody knows whether Azure got it",
        State.FAILED: "Azure refuses",
        State.CANCELED: "somebody stops it",
    },
    State.RUNNING: {
        State.SUCCEEDED: "Azure has the result",
        State.QUEUED: "another operation was in Azure's way",
        State.UNKNOWN: "Azure does not know it any more",
        State.FAILED: "Azure says so, or its time is over",
        State.CANCELED: "somebody stops it",
    },
    State.UNKNOWN: {
        State.SUBMITTING: "asking again harms nothing",
        State.FAILED: "asked often enough, or its time is over",
        State.CANCELED: "somebody stops it",
    },
    State.SUCCEEDED: {},
    State.FAILED: {State.QUEUED: "somebody asks once more"},
    State.CANCELED: {},
}


GONE = "It is gone from Azure, so there are no tables to read."
NO_SESSIONS = "It is gone from Azure, so there are no sessions to watch."
NEWER_READING = "There is a newer reading by now: read the tables anew."


def can_follow(before: str, after: str) -> bool:
    """Whether an operation may go from one state to the other."""
    return State(after) in TRANSITIONS[State(before)]


def states_before(after: Operation.State) -> list[Operation.State]:
    """The states that this one may follow."""
    return [before for before, following in TRANSITIONS.items() if after in following]


def reason_not_to_read(row: CrossConnection, peering_types: list[str]) -> str | None:
    """Why no tables can be read of a cross connection with these peerings."""
    if row.gone_at is not None:
        return GONE
    if not peering_types:
        return "No peering is set up, so there are no tables to read yet."
    return None


def reason_not_to_watch(row: CrossConnection, peering_types: list[str]) -> str | None:
    """Why a cross connection with these peerings cannot be put on watch."""
    if row.gone_at is not None:
        return NO_SESSIONS
    if not peering_types:
        return "No peering is set up, so there are no sessions to watch yet."
    return None


def reason_not_to_retry(read: TableRead, latest: Snapshot) -> str | None:
    """Why a read cannot be asked for once more; ``latest`` is the newest reading of the same cross connection."""
    if not can_follow(read.state, State.QUEUED):
        return "Only a read that failed can be asked for once more."
    if read.snapshot.cross_connection.gone_at is not None:
        return GONE
    if read.snapshot_id != latest.pk:
        return NEWER_READING
    return None


def reason_not_to_stop(snapshot: Snapshot) -> str | None:
    """Why a reading cannot be stopped."""
    return "It has ended already." if snapshot.finished_at is not None else None


def reason_not_to_end(watch: Watch) -> str | None:
    """Why a watch cannot be ended."""
    return "It has ended already." if watch.ended_at is not None else None
