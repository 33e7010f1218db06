"""All rows."""

from tests.unit.diagnosis.rows import (
    absences,
    both_paths,
    circuit,
    history,
    layer_2,
    peerings,
    prefixes,
    routes,
    sessions,
    validations,
    whole_paths,
)  # fmt: skip
from tests.unit.diagnosis.rows.row import Holds, HoldsNot

_MODULES = (
    circuit, peerings, validations, absences, layer_2, whole_paths, sessions, prefixes, routes, both_paths, history,
)  # fmt: skip
HOLDS: list[Holds] = [row for module in _MODULES for row in module.HOLDS]
HOLDS_NOT: list[HoldsNot] = [row for module in _MODULES for row in module.HOLDS_NOT]
