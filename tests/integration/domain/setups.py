"""The ways in which the set-up at Azure can be wrong, as the sandbox makes them, each with what it has to come to."""

from dataclasses import dataclass, field
from typing import Any

from crossconnections.readiness.checks import Check, Level
from tests.sandbox_process import SandboxProcess

CROSS = "Microsoft.Network/expressRouteCrossConnections"
_ANY: dict[str, Any] = {"times": 50}


@dataclass(frozen=True)
class Setup:
    """``behaviour`` are switches of the sandbox, ``faults`` what the next requests suffer."""

    name: str
    check: Check
    level: Level
    outcome: str
    behaviour: dict[str, Any] = field(default_factory=dict)
    faults: tuple[tuple[str, dict[str, Any]], ...] = ()

    def make(self, azure: SandboxProcess) -> None:
        """From now on Azure is so."""
        if self.behaviour:
            azure.behave(**self.behaviour)
        for fault, details in self.faults:
            azure.fault(fault, **_ANY | details)

    @property
    def told(self) -> str:
        """How the sandbox is told, in short."""
        switches = [f"`{name}` {value}" for name, value in self.behaviour.items()]
        struck = [
            f"fault `{fault}` {details.get('status', '')} {details.get('code', '')}" for fault, details in self.faults
        ]
        return ", ".join(" ".join(one.split()) for one in (*switches, *struck))


def _status(status: int, code: str, where: str = "/subscriptions/") -> tuple[tuple[str, dict[str, Any]], ...]:
    return (("status", {"status": status, "code": code, "path_pattern": where}),)


def _missing(*actions: str) -> dict[str, Any]:
    return {"missing_permission": list(actions)}


def _strikes(fault: str, where: str = "/subscriptions/") -> tuple[tuple[str, dict[str, Any]], ...]:
    return ((fault, {"path_pattern": where}),)


FAIL, WARN = Level.FAIL, Level.WARN
_TOKEN = "/oauth2/v2.0/token"
_LIST = "/providers/Microsoft.Network/expressRouteCrossConnections"
_PORTS = "Microsoft.Network/expressRouteProviderPorts/read"

SETUPS = (
    Setup("secret expired", Check.TOKEN, FAIL, "refused", faults=_status(401, "AADSTS7000222", _TOKEN)),
    Setup("Entra ID does not answer", Check.TOKEN, FAIL, "none", faults=_strikes("reset", _TOKEN)),
    Setup("token refused", Check.TOKEN, FAIL, "not-taken", faults=_status(401, "InvalidAuthenticationToken")),
    Setup("clock 400 s off", Check.TOKEN, FAIL, "not-taken-by-the-clock", {"clock_skew_seconds": -400}),
    Setup("connections break", Check.REACHABLE, FAIL, "no-answer", faults=_strikes("reset")),
    Setup("a proxy answers", Check.REACHABLE, FAIL, "not-understood", faults=_strikes("garbage")),
    Setup("clock 10 s off", Check.CLOCK, WARN, "off", {"clock_skew_seconds": 10}),
    Setup("clock 200 s off", Check.CLOCK, FAIL, "far-off", {"clock_skew_seconds": -200}),
    Setup("subscription past due", Check.SUBSCRIPTION, WARN, "warned", {"subscription_state": "PastDue"}),
    Setup("subscription disabled", Check.SUBSCRIPTION, FAIL, "disabled", {"subscription_state": "Disabled"}),
    Setup("subscription gone", Check.SUBSCRIPTION, FAIL, "unknown", faults=_status(404, "SubscriptionNotFound")),
    Setup("no role at all", Check.SUBSCRIPTION, FAIL, "not-permitted", _missing("*")),
    Setup("throttled", Check.SUBSCRIPTION, WARN, "throttled", faults=_status(429, "SubscriptionRequestsThrottled")),
    Setup("not registered", Check.REGISTRATION, FAIL, "not-registered", {"unregistered": True}),
    Setup("may not write", Check.PERMISSIONS, FAIL, "vital", _missing(f"{CROSS}/write")),
    Setup("the role Reader", Check.PERMISSIONS, FAIL, "vital", _missing("*/write", "*/delete", "*/action")),
    Setup("no route filters", Check.PERMISSIONS, WARN, "some", _missing("Microsoft.Network/routeFilters/read")),
    Setup("may not see its rights", Check.PERMISSIONS, FAIL, "not-permitted", _missing("Microsoft.Authorization/*")),
    Setup("not enrolled", Check.ENROLMENT, FAIL, "not-enrolled", {"unenrolled": True}),
    Setup("may not read", Check.ENROLMENT, FAIL, "not-permitted", _missing(f"{CROSS}/read")),
    Setup("Azure fails", Check.ENROLMENT, WARN, "failed", faults=_status(500, "InternalServerError", _LIST)),
    Setup("no port pairs feature", Check.PORT_PAIRS, WARN, "no-feature", {"port_pairs_unregistered": True}),
    Setup("no role for port pairs", Check.PORT_PAIRS, WARN, "not-permitted", _missing(_PORTS)),
    Setup("quota nearly used", Check.QUOTA, WARN, "few", {"quota": 50}),
)
