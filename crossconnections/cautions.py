"""What a person should know before a change is sent. None of it forbids anything; it is shown, and kept with it.

Sources: EXPRESSROUTE.md 1.2 (states and billing), 0.7 (keys), 1.4 (removal), 2 (the rules of peerings), AZURE_API.md
0.3 and 9 (what a PUT replaces).
"""

from collections.abc import Iterator

from crossconnections.addressing import sentence_of
from crossconnections.differences import is_placement
from crossconnections.enums import PeeringState, PeeringType, ProvisioningState
from crossconnections.enums import ProviderProvisioningState as Provider
from crossconnections.models import CrossConnection, Peering, Wish
from crossconnections.policies import ends_service
from crossconnections.proposals import find_peering, judge_asked

KEYS = (
    "Its peerings are sent back as Azure shows them. Azure does not show shared keys, and whether a peering that is "
    "sent without its key keeps it is not documented: have the keys at hand, and look at the sessions afterwards."
)
SESSIONS_DROP = (
    "Both links leave their ports at once, so the sessions of all peerings drop. How long Azure takes to move it is "
    "not documented: agree on a time with the customer."
)
LAYER_2_ANEW = (
    "The S-tag may be another one on the new pair. No traffic flows before layer 2 is built on both new ports, with "
    "the S-tag that the change's page tells afterwards."
)
FAILED = "Azure's last work on it failed. This change is sent all the same, and may mend it; or fail likewise."
NO_PORTS = "Azure names no ports for it yet, so layer 2 cannot have been built on both."
UNLINKED = (
    "Before that the customer removes virtual networks, authorizations, Global Reach and route filters from the "
    "circuit. Azure does not show them here: ask."
)
BILLING = "Billing goes on until the customer deletes the circuit, which they can once it is not provisioned."


KEY_LEFT_ALONE = (
    "The shared key is not sent. Azure does not show whether there is one, and whether it stays when a peering is "
    "written without it is not documented: if the routers use one, set it in this change, or be ready to."
)
KEY_REMOVED = "The key goes on Microsoft's side: take it away on your routers at the same time, or no session comes up."
KEY_SET = "Set the same key on both of your routers: until it is there on both ends, no session comes up."
SESSIONS_RESTART = "Both BGP sessions of this peering go down while Azure applies it, and routes are learned anew."
VALIDATED_ANEW = (
    "Microsoft validates the prefixes anew when an AS number, the registry or a prefix is another: where that takes a "
    "person, both sessions stay down until it is done."
)
LINKED = (
    "Before a private peering can go, the customer removes its virtual network connections and Global Reach. Azure "
    "does not show them here: ask."
)
FORGOTTEN = "Azure forgets its settings and its shared key. The portal keeps the settings with the change, not the key."
_VALIDATED = frozenset({"peer_asn", "customer_asn", "routing_registry", "advertised_prefixes"})
_OF_THE_SESSION = frozenset(
    {"peer_asn", "vlan_id", "primary_prefix", "secondary_prefix", "ipv6_primary_prefix", "ipv6_secondary_prefix"}
)


def list_cautions(row: CrossConnection, wish: Wish) -> list[str]:
    """For what somebody wants of the row, or of one of its peerings."""
    return list(_of_peering(row, wish) if wish.subject else _of_circuit(row, wish))


def _of_circuit(row: CrossConnection, wish: Wish) -> Iterator[str]:
    state = wish.asked.get("provider_provisioning_state")
    if row.provisioning_state == ProvisioningState.FAILED:
        yield FAILED
    if state == Provider.PROVISIONED and not (row.primary_azure_port and row.secondary_azure_port):
        yield NO_PORTS
    if state and ends_service(row.provider_provisioning_state, state):
        yield UNLINKED
        yield BILLING
    if is_placement(wish.asked):
        yield from _of_placement(row)
    if "tags" not in wish.asked and row.peerings.all():
        yield KEYS


def _of_placement(row: CrossConnection) -> Iterator[str]:
    if row.peerings.all():
        yield SESSIONS_DROP
    yield LAYER_2_ANEW


def _of_peering(row: CrossConnection, wish: Wish) -> Iterator[str]:
    known = find_peering(row, wish.subject)
    if ProvisioningState.FAILED in {row.provisioning_state, known.provisioning_state if known else ""}:
        yield FAILED
    if wish.removes:
        if wish.subject == PeeringType.AZURE_PRIVATE_PEERING:
            yield LINKED
        yield FORGOTTEN
        return
    yield from _of_sessions(known, wish)
    # What is only switched on or off is judged by nobody: it was there before.
    if wish.asked.keys() - {"presence", "state", "ipv6_state"}:
        yield from map(sentence_of, judge_asked(row, wish.asked, wish.subject).cautions)


def _of_sessions(known: Peering | None, wish: Wish) -> Iterator[str]:
    is_up = known is not None and known.state != PeeringState.DISABLED
    if is_up and (wish.moved.keys() & _OF_THE_SESSION or wish.shared_key_action != Wish.SharedKey.KEEP):
        yield SESSIONS_RESTART
    if known is not None and wish.subject == PeeringType.MICROSOFT_PEERING and wish.moved.keys() & _VALIDATED:
        yield VALIDATED_ANEW
    if wish.shared_key_action == Wish.SharedKey.SET:
        yield KEY_SET
    elif wish.shared_key_action == Wish.SharedKey.REMOVE:
        yield KEY_REMOVED
    elif known is not None:
        yield KEY_LEFT_ALONE
