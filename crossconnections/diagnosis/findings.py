"""What a rule finds: values, from which the pages make sentences."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import IntEnum, StrEnum

Value = str | int | bool | timedelta | tuple[str, ...] | None
Evidence = Mapping[str, Value]


class Severity(StrEnum):
    """How bad it is, worst first: the service is down, redundancy is lost or blocked, to check, to know."""

    CRITICAL = "critical"
    HIGH = "high"
    WARNING = "warning"
    INFO = "info"


class Owner(StrEnum):
    """Whose turn it is; US is the partner."""

    US = "us"
    CUSTOMER = "customer"
    MICROSOFT = "microsoft"


class Turn(StrEnum):
    """Whose turn it is where that depends on the circuit: whoever speaks BGP with Microsoft, or mends the cause."""

    BGP_SPEAKER = "bgp_speaker"
    WHO_MENDS = "who_mends"


class Basis(StrEnum):
    """Whether a rule is in Microsoft's documents, or follows from them and from how networks work."""

    DOCUMENTED = "documented"
    INFERRED = "inferred"


class Layer(IntEnum):
    """The order of reading (EXPRESSROUTE.md 3.2): where one fails on a path, those above it cannot work there."""

    CIRCUIT = 1
    PEERING = 2
    LAYER_2 = 3
    SESSION = 4
    ROUTES = 5
    BOTH_PATHS = 6


class Scope(StrEnum):
    """What a rule takes: a case, a case and a path, a case and a peering, a Leg, a LegSession, or a Match."""

    CASE = "case"
    PATH = "path"
    PEERING = "peering"
    LEG = "leg"
    SESSION = "session"
    MATCH = "match"


@dataclass(frozen=True, slots=True)
class Found:
    """That a rule holds, with what it saw. ``ends``: the path carries nothing because of it.

    ``severity`` and ``owner`` stand where they differ from the rule's.
    """

    evidence: Evidence = field(default_factory=dict)
    ends: bool = False
    severity: Severity | None = None
    owner: Owner | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of EXPRESSROUTE.md 3.3.

    ``severity`` None: critical where the other path carries nothing either, else high. ``examine`` takes what the scope
    says.
    """

    id: str
    layer: Layer
    severity: Severity | None
    owner: Owner | Turn
    basis: Basis
    source: str
    scope: Scope
    examine: Callable[..., Found | None]


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found; ``peering`` "" is the cross connection as a whole, ``path`` None both paths.

    ``depends_on_other``: how bad it is depends on the other path; ``follows_cause``: whose turn, on what failed below.
    """

    rule: str
    layer: Layer
    severity: Severity
    owner: Owner
    basis: Basis
    source: str
    peering: str
    path: str | None
    ends: bool
    depends_on_other: bool
    follows_cause: bool
    evidence: Evidence

    @property
    def rank(self) -> tuple[int, int, str, str, str]:
        """Worst first; of the same severity the lower layer first, since what stands above follows from it."""
        return (list(Severity).index(self.severity), self.layer, self.peering, self.path or "", self.rule)
