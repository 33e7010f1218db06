"""What is checked, and what a check came to."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self


class Check(StrEnum):
    """In the order in which they are made: what fails keeps those behind it from being made."""

    TOKEN = "token"  # noqa: S105 - the check's name
    REACHABLE = "reachable"
    CLOCK = "clock"
    SUBSCRIPTION = "subscription"
    REGISTRATION = "registration"
    PERMISSIONS = "permissions"
    ENROLMENT = "enrolment"
    PORT_PAIRS = "port-pairs"
    QUOTA = "quota"

    DATABASE = "database"
    BROKER = "broker"
    WORKERS = "workers"
    TICKS = "ticks"
    SYNC = "sync"
    ROLES = "roles"
    SECRETS = "secrets"
    TRAIL = "trail"


# Of one subscription, by asking Azure; the rest is asked of this installation.
OF_A_SUBSCRIPTION = tuple(Check)[: tuple(Check).index(Check.DATABASE)]


# What they tell is the same for every subscription.
OF_THE_CLOUD = (Check.TOKEN, Check.REACHABLE, Check.CLOCK)


class Level(StrEnum):
    """Whether the portal can do its work by that. ``NOT_RUN``: something before it has to come right first."""

    PASS = "pass"  # noqa: S105 - no password
    WARN = "warn"
    FAIL = "fail"
    NOT_RUN = "not-run"


@dataclass(frozen=True, slots=True)
class Result:
    """What one check came to.

    ``outcome`` names it among those of the check, ``values`` are what its sentence tells; ``code`` is Azure's or
    Entra's word and ``correlation_id`` its id where the outcome is their error.
    """

    check: Check
    level: Level
    outcome: str
    values: Mapping[str, Any] = field(default_factory=dict)
    code: str = ""
    correlation_id: str = ""
    milliseconds: int | None = None

    def as_json(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Self:
        """As it was kept; ValueError or TypeError for what another version of the portal kept."""
        if not isinstance(kept.get("values"), dict):
            raise TypeError("A result without values.")
        return cls(**{**kept, "check": Check(kept.get("check", "")), "level": Level(kept.get("level", ""))})


def not_run(checks: Iterable[Check], *, waits_for: Check) -> list[Result]:
    """Those that another one keeps from being made."""
    return [Result(one, Level.NOT_RUN, "not-run", {"waits_for": waits_for.value}) for one in checks]


def count(results: Iterable[Result], level: Level) -> int:
    """How many are at a level."""
    return sum(one.level is level for one in results)
