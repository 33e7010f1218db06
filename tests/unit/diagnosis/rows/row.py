"""A row of the table."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from crossconnections.diagnosis.case import Case
from crossconnections.diagnosis.examination import diagnose
from crossconnections.diagnosis.findings import Finding, Layer, Owner, Severity
from crossconnections.enums import DevicePath, PeeringType

CRITICAL, HIGH, WARNING, INFO = Severity
US, CUSTOMER, MICROSOFT = Owner
CIRCUIT, PEERING, LAYER_2, SESSION, ROUTES, BOTH_PATHS = Layer


@dataclass(frozen=True)
class Holds:
    """What is found once, and where; ``evidence`` is what its sentence needs, other evidence may be there as well.

    ``peering`` "" is the cross connection as a whole, ``path`` None both paths.
    """

    rule: str
    layer: Layer
    when: str
    case: Case
    severity: Severity
    owner: Owner
    peering: PeeringType | str = PeeringType.AZURE_PRIVATE_PEERING
    path: DevicePath | None = DevicePath.PRIMARY
    ends: bool = False
    evidence: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class HoldsNot:
    """A near miss: the rule must not be found at that layer, on no path."""

    rule: str
    layer: Layer
    when: str
    case: Case


def find(row: Holds) -> Finding:
    """What the row says is found there, once."""
    of_rule = [one for one in diagnose(row.case).findings if (one.rule, one.layer) == (row.rule, row.layer)]
    (found,) = (one for one in of_rule if (one.peering, one.path) == (row.peering, row.path))
    return found
