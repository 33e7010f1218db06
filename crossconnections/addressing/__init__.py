"""The rules of a peering's form (EXPRESSROUTE.md 2) as pure functions: texts in, values and breaches out.

Each rule is a function that names its number there and its source: V1 to V5, V7, V8, V11 to V16, V19, P1 to P6,
M1 to M4, M6 to M8 and M11 to M13. V6 is ``find_link_addresses``. Not here: what only a page shows (V9, V10, M5),
what a circuit's state allows (V17, V18). What they say stands in :mod:`~crossconnections.addressing.sentences`.
"""

from crossconnections.addressing.advertised import MOST_ADVERTISED
from crossconnections.addressing.asns import LAST_ASN, LAST_CUSTOMER_ASN
from crossconnections.addressing.breaches import Breach, Judgement, Neighbour, Repair
from crossconnections.addressing.judging import judge
from crossconnections.addressing.link_addresses import LinkAddresses, find_link_addresses
from crossconnections.addressing.links import read_link
from crossconnections.addressing.registries import ROUTING_REGISTRIES
from crossconnections.addressing.sentences import sentence_of
from crossconnections.addressing.shared_keys import LONGEST_KEY, judge_shared_key
from crossconnections.addressing.vlans import FIRST_VLAN, LAST_VLAN, next_free_vlan

__all__ = [
    "FIRST_VLAN",
    "LAST_ASN",
    "LAST_CUSTOMER_ASN",
    "LAST_VLAN",
    "LONGEST_KEY",
    "MOST_ADVERTISED",
    "ROUTING_REGISTRIES",
    "Breach",
    "Judgement",
    "LinkAddresses",
    "Neighbour",
    "Repair",
    "find_link_addresses",
    "judge",
    "judge_shared_key",
    "next_free_vlan",
    "read_link",
    "sentence_of",
]
