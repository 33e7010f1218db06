"""The rules of EXPRESSROUTE.md 3.3, in the order of the layers that they look at.

Not here, since nothing that they look at can be read: R52 and R65 (the customer's own tables), R68 (what the customer
complains of). R27 is how the examination works: no session is looked at where layer 2 fails.
"""

from crossconnections.diagnosis.rules import (
    absences,
    both_paths,
    circuit,
    destination,
    history,
    layer_2,
    peerings,
    prefixes,
    routes,
    sessions,
    validations,
    whole_paths,
)  # fmt: skip
from crossconnections.diagnosis.rules.registry import rules_of

RULES = rules_of(
    circuit, peerings, validations, absences, layer_2, whole_paths, sessions, prefixes, routes, both_paths, history
)
RULES_OF_A_MATCH = rules_of(destination)
