"""What a rule says of itself: its layer, how bad it is, whose turn, and whether Microsoft has documented it."""

import pytest

from crossconnections.diagnosis.findings import Basis, Layer, Owner, Rule, Severity, Turn
from crossconnections.diagnosis.rules import RULES

_C, _H, _W, _I = Severity
_US, _CUSTOMER, _MICROSOFT = Owner
_SPEAKER, _MENDS = Turn
_D, _K = Basis
_CIRCUIT, _PEERING, _LAYER_2, _SESSION, _ROUTES, _BOTH = Layer
# The table of EXPRESSROUTE.md 3.3 ("C/H", which depends on the other path, is None) with its owner map. R30 is C/H here
# and H there: a router without a session carries nothing.
_TOLD = [
    ("R01", _CIRCUIT, _C, _US, _D),
    ("R02", _CIRCUIT, _H, _US, _D),
    ("R02", _PEERING, _H, _US, _D),
    ("R03", _CIRCUIT, _I, _US, _K),
    ("R03", _PEERING, _I, _US, _K),
    ("R04", _CIRCUIT, _W, _US, _D),
    ("R05", _PEERING, _C, _US, _D),
    ("R06", _PEERING, _C, _CUSTOMER, _D),
    ("R07", _PEERING, _W, _MICROSOFT, _D),
    ("R08", _PEERING, _H, _CUSTOMER, _K),
    ("R09", _PEERING, _H, _US, _D),
    ("R10", _LAYER_2, None, _MICROSOFT, _D),
    ("R11", _LAYER_2, None, _US, _D),
    ("R12", _LAYER_2, None, _US, _D),
    ("R13", _LAYER_2, _I, _US, _D),
    ("R14", _LAYER_2, _H, _US, _D),
    ("R15", _LAYER_2, _H, _US, _D),
    ("R16", _LAYER_2, _H, _US, _K),
    ("R17", _LAYER_2, _W, _US, _K),
    ("R18", _LAYER_2, _W, _US, _K),
    ("R19", _LAYER_2, _W, _MICROSOFT, _D),
    ("R20", _LAYER_2, _W, _US, _K),
    ("R21", _LAYER_2, _W, _US, _K),
    ("R22", _LAYER_2, _H, _US, _K),
    ("R23", _LAYER_2, _H, _US, _K),
    ("R24", _LAYER_2, _C, _US, _K),
    ("R25", _SESSION, None, _SPEAKER, _D),
    ("R26", _SESSION, None, _SPEAKER, _K),
    ("R28", _SESSION, _W, _US, _K),
    ("R29", _SESSION, _H, _SPEAKER, _K),
    ("R30", _SESSION, None, _MICROSOFT, _K),
    ("R31", _SESSION, None, _SPEAKER, _D),
    ("R32", _SESSION, _W, _SPEAKER, _K),
    ("R33", _SESSION, _W, _US, _K),
    ("R34", _SESSION, _C, _SPEAKER, _D),
    ("R35", _ROUTES, _W, _SPEAKER, _D),
    ("R36", _ROUTES, _W, _SPEAKER, _D),
    ("R37", _ROUTES, _W, _SPEAKER, _D),
    ("R42", _BOTH, _W, _US, _D),
    ("R43", _BOTH, _W, _US, _K),
    ("R38", _ROUTES, _H, _US, _D),
    ("R39", _ROUTES, _H, _US, _D),
    ("R40", _ROUTES, _W, _US, _D),
    ("R41", _BOTH, _H, _SPEAKER, _D),
    ("R44", _ROUTES, _W, _SPEAKER, _D),
    ("R45", _ROUTES, _I, _SPEAKER, _D),
    ("R46", _ROUTES, _H, _CUSTOMER, _D),
    ("R47", _ROUTES, _W, _SPEAKER, _K),
    ("R48", _ROUTES, _H, _US, _D),
    ("R49", _ROUTES, _I, _CUSTOMER, _D),
    ("R50", _ROUTES, _W, _CUSTOMER, _K),
    ("R51", _ROUTES, _W, _CUSTOMER, _D),
    ("R53", _BOTH, _H, _SPEAKER, _D),
    ("R54", _BOTH, _W, _SPEAKER, _D),
    ("R55", _BOTH, _H, _MENDS, _D),
    ("R56", _BOTH, _C, _MENDS, _D),
    ("R57", _BOTH, _W, _SPEAKER, _K),
    ("R58", _ROUTES, _W, _SPEAKER, _K),
    ("R62", _ROUTES, _W, _SPEAKER, _K),
    ("R63", _ROUTES, _I, _SPEAKER, _K),
    ("R64", _PEERING, _W, _US, _K),
    ("R64", _LAYER_2, _W, _US, _K),
    ("R64", _SESSION, _W, _US, _K),
    ("R64", _ROUTES, _W, _US, _K),
    ("R66", _CIRCUIT, _W, _US, _D),
    ("R67", _CIRCUIT, _W, _US, _D),
]


@pytest.mark.parametrize("told", _TOLD, ids=lambda told: f"{told[0]} {told[1].name}")
def test_a_rule_is_as_the_document_has_it(told) -> None:
    rules = {
        (one.id, one.layer, one.severity, one.owner, one.basis) for one in RULES if (one.id, one.layer) == told[:2]
    }
    assert rules == {told}


def test_each_rule_is_told() -> None:
    assert {(one.id, one.layer) for one in RULES} == {told[:2] for told in _TOLD}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: f"{rule.id} {rule.examine.__name__}")
def test_a_rule_names_its_source(rule: Rule) -> None:
    assert rule.source.strip()
