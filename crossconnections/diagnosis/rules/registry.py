"""How a function becomes a rule."""

from collections.abc import Callable
from types import ModuleType

from crossconnections.diagnosis.findings import Basis, Found, Layer, Owner, Rule, Scope, Severity, Turn

Examine = Callable[..., Found | None]
_Maker = Callable[[str, Severity | None, Owner | Turn, Basis, str], Callable[[Examine], Rule]]
DOCUMENTED, INFERRED = Basis.DOCUMENTED, Basis.INFERRED
CRITICAL, HIGH, WARNING, INFO = Severity
US, CUSTOMER, MICROSOFT = Owner
# Critical where the other path carries nothing either, else high.
DOWN = None
BGP_SPEAKER, WHO_MENDS = Turn


class Layered:
    """Makes rules of one layer: ``@layer.leg("R11", severity, owner, basis, "its source")`` above a function."""

    def __init__(self, layer: Layer) -> None:
        self.case = make_rules(layer, Scope.CASE)
        self.path = make_rules(layer, Scope.PATH)
        self.peering = make_rules(layer, Scope.PEERING)
        self.leg = make_rules(layer, Scope.LEG)
        self.session = make_rules(layer, Scope.SESSION)


def make_rules(layer: Layer, scope: Scope) -> _Maker:
    """What makes a function a rule of that layer and scope."""

    def make(
        name: str, severity: Severity | None, owner: Owner | Turn, basis: Basis, source: str
    ) -> Callable[[Examine], Rule]:
        return lambda examine: Rule(name, layer, severity, owner, basis, source, scope, examine)

    return make


def rules_of(*modules: ModuleType) -> tuple[Rule, ...]:
    """All rules that stand in these modules, in their order."""
    return tuple(value for module in modules for value in vars(module).values() if isinstance(value, Rule))
