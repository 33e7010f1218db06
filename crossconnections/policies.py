"""When-rules: which state of an operation can follow which, and what may be done to one as it stands.

A rule answers None, or the sentence why not, which serves a button's title and the refusal of its POST alike.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from crossconnections.enums import PeeringState, PeeringType
from crossconnections.enums import ProviderProvisioningState as Provider
from crossconnections.models import Change, CrossConnection, Operation, Snapshot, Subscription, TableRead, Watch
from crossconnections.models.wish import PRESENCE
from crossconnections.port_pairs import PORTS, PortPair
from crossconnections.titles import state_word

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
        State.QUEUED: "a look shows that Azure never got it",
        State.SUCCEEDED: "a look shows that it took, or a person says so",
        State.FAILED: "asked often enough, its time is over, or a person says so",
        State.CANCELED: "somebody stops it",
    },
    State.SUCCEEDED: {},
    State.FAILED: {State.QUEUED: "somebody asks once more"},
    State.CANCELED: {},
}


# What a partner may set, from each state (EXPRESSROUTE.md 1.2). Documented are NotProvisioned, Provisioning and
# Provisioned, and the way back; inferred: that Provisioning can be taken back, or else the customer of a canceled order
# could never delete the circuit, and that DeProvisioned is like NotProvisioned. A word that nobody knows leads nowhere.
PROVIDER_TRANSITIONS: dict[str, tuple[Provider, ...]] = {
    Provider.NOT_PROVISIONED: (Provider.PROVISIONING, Provider.PROVISIONED),
    Provider.PROVISIONING: (Provider.PROVISIONED, Provider.NOT_PROVISIONED),
    Provider.PROVISIONED: (Provider.DEPROVISIONING, Provider.NOT_PROVISIONED),
    Provider.DEPROVISIONING: (Provider.NOT_PROVISIONED,),
    Provider.DE_PROVISIONED: (Provider.PROVISIONING, Provider.PROVISIONED),
}
_IN_SERVICE = frozenset({Provider.PROVISIONED, Provider.DEPROVISIONING})
_ENDING = frozenset({Provider.DEPROVISIONING, Provider.NOT_PROVISIONED})

# Azure has no others for a partner: public peering was retired on 31 March 2024 (EXPRESSROUTE.md V1).
OFFERED_PEERINGS = (PeeringType.AZURE_PRIVATE_PEERING, PeeringType.MICROSOFT_PEERING)

GONE = "It is gone from Azure, so there are no tables to read."
NO_SESSIONS = "It is gone from Azure, so there are no sessions to watch."
NEWER_READING = "There is a newer reading by now: read the tables anew."


def can_follow(before: str, after: str) -> bool:
    """Whether an operation may go from one state to the other."""
    return State(after) in TRANSITIONS[State(before)]


def states_before(after: Operation.State) -> list[Operation.State]:
    """The states that this one may follow."""
    return [before for before, following in TRANSITIONS.items() if after in following]


def reason_not_to_ask(subscription: Subscription) -> str | None:
    """Why nothing new is asked of Azure about what is in a subscription."""
    match subscription.state:
        case Subscription.State.PAUSED:
            return f"{subscription.label} is paused: nothing is asked of Azure about it until it is resumed."
        case Subscription.State.RETIRED:
            return f"{subscription.label} was retired from this portal: what is shown is what was last known."
    return None


def reasons_not_to_ask(subscriptions: Iterable[Subscription]) -> list[str]:
    """The same of several, one sentence for each that is not asked about."""
    return [reason for one in subscriptions if (reason := reason_not_to_ask(one))]


def reason_not_to_read(row: CrossConnection, peering_types: list[str]) -> str | None:
    """Why no tables can be read of a cross connection with these peerings."""
    if row.gone_at is not None:
        return GONE
    if not peering_types:
        return "No peering is set up, so there are no tables to read yet."
    return reason_not_to_ask(row.subscription)


def reason_not_to_watch(row: CrossConnection, peering_types: list[str]) -> str | None:
    """Why a cross connection with these peerings cannot be put on watch."""
    if row.gone_at is not None:
        return NO_SESSIONS
    if not peering_types:
        return "No peering is set up, so there are no sessions to watch yet."
    return reason_not_to_ask(row.subscription)


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


def next_provider_states(now: str) -> tuple[Provider, ...]:
    """The provider provisioning states that can follow, in the order in which they are offered."""
    return PROVIDER_TRANSITIONS.get(now, ())


def reason_not_to_set(before: str, after: str) -> str | None:
    """Why the provider provisioning state cannot be set so."""
    following = next_provider_states(before)
    if after in following:
        return None
    if not following:
        return (
            f"Azure shows the state {before or 'not at all'}, which this portal does not know: nothing can follow it."
        )
    return f"From {state_word(before)} it can only become {' or '.join(map(state_word, following))}."


def ends_service(before: str, after: str) -> bool:
    """Whether that takes a circuit out of service, or further out of it: a guarded deed."""
    return before in _IN_SERVICE and after in _ENDING


def reason_not_to_peer(row: CrossConnection) -> str | None:
    """Why no peering can be set up or edited (V17): Azure takes one only of a circuit that is provisioned.

    To remove one, or to switch it off, belongs to the way out of service and is possible in any state.
    """
    if row.provider_provisioning_state == Provider.PROVISIONED:
        return None
    state = state_word(row.provider_provisioning_state) or "not told"
    return f"Azure takes peerings once the state is Provisioned, and it is {state}."


def only_disables(asked: Mapping[str, Any]) -> bool:
    """Whether of a peering nothing is asked but to switch it off."""
    touched = {name for name in asked if name not in {PRESENCE, "ipv6_state"}}
    return touched == {"state"} and asked["state"] == PeeringState.DISABLED


def ends_sessions(*, is_there: bool, state: str, removes: bool, after: str) -> bool:
    """Whether both BGP sessions of a peering end by that, and stay down: a guarded deed (V18)."""
    if removes:
        return is_there
    return is_there and state != PeeringState.DISABLED and after == PeeringState.DISABLED


def moves_ports(now: Mapping[str, Any], asked: Mapping[str, Any], *, peering_states: Iterable[str]) -> bool:
    """Whether that moves a circuit to other ports while a session may be up on these: a guarded deed."""
    is_moved = any(now[name] and asked.get(name, now[name]) != now[name] for name in PORTS)
    return is_moved and any(state != PeeringState.DISABLED for state in peering_states)


def reason_not_to_place(row: CrossConnection, pair: PortPair) -> str | None:
    """Why a circuit cannot be moved to a pair; one that Azure does not tell enough of is tried."""
    mbps = row.bandwidth_mbps or 0
    if pair.fits(mbps) is not False:
        return None
    return f"It has {max(pair.left_mbps or 0, 0):,} Mbps left, and the circuit takes {mbps:,} Mbps."


def reason_not_to_change(row: CrossConnection, active: Change | None) -> str | None:
    """Why nothing can be asked of Azure for a cross connection now; ``active`` is its change that goes on."""
    if row.gone_at is not None:
        return "It is gone from Azure, so there is nothing to change."
    if reason := reason_not_to_ask(row.subscription):
        return reason
    if row.read_at is None:
        return "It was not read in full yet, and what Azure holds must be known first. Read it now, and try again."
    if active is not None:
        return f"Change {active.pk} is not over yet, and Azure takes one after another."
    return None


def reason_not_to_cancel(change: Change) -> str | None:
    """Why a change cannot be canceled."""
    if change.state == State.QUEUED:
        return None
    return "It is with Azure already, which cannot take it back." if change.is_active else "It is over."


def reason_not_to_go_ahead(change: Change) -> str | None:
    """Why there is nothing to say to a change that waits for a word."""
    return None if change.state == State.QUEUED and change.held_at is not None else "It does not wait for a word."


def reason_not_to_settle(change: Change) -> str | None:
    """Why a person cannot say what became of a change."""
    return None if change.state == State.UNKNOWN else "What became of it is not in doubt."


def reason_not_to_ask_again(change: Change) -> str | None:
    """Why the same cannot be asked for once more."""
    if change.state in {State.FAILED, State.CANCELED}:
        is_key_gone = change.shared_key_action == Change.SharedKey.SET
        return "Its shared key was erased when it ended: open the form again, and type it." if is_key_gone else None
    return "It is not over yet." if change.is_active else "It was done."


def reason_not_to_pause(subscription: Subscription) -> str | None:
    """Why a subscription cannot be paused."""
    return None if subscription.is_active else "It is not looked after now."


def reason_not_to_resume(subscription: Subscription) -> str | None:
    """Why a subscription cannot be resumed; one that was retired is enlisted again, for its set-up is to be checked."""
    return None if subscription.state == Subscription.State.PAUSED else "It is not paused."


def reason_not_to_retire(subscription: Subscription, *, open_changes: int, open_readings: int) -> str | None:
    """Why a subscription cannot be retired: what was asked of Azure must be seen to its end."""
    if subscription.state == Subscription.State.RETIRED:
        return "It was retired already."
    if open_changes:
        goes_on = "1 change is" if open_changes == 1 else f"{open_changes} changes are"
        return f"{goes_on} not over yet. Pause it, so that no new one is asked for, and retire it afterwards."
    if open_readings:
        return "Tables are being read for it. Pause it, and retire it once that is over, in a few minutes at most."
    return None
