"""What can go wrong at Azure, by the names of ``docs/faults.md``, and what the portal makes of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pytest_django import Settings

from crossconnections.models import CrossConnection, Subscription
from crossconnections.services import refreshes, syncs
from tests.sandbox_process import SandboxProcess

TABLE = Path(__file__).parents[3] / "docs" / "faults.md"
_ONE = r"/expressRouteCrossConnections/[^/]+$"
_CLOSED = "https://127.0.0.1:9"


def _status(status: int, code: str, **more: Any) -> dict[str, Any]:
    return {"fault": "status", "status": status, "code": code, **more}


ANSWERS: dict[str, dict[str, Any]] = {
    "401, the token has expired": _status(401, "ExpiredAuthenticationToken"),
    "403, no role": _status(403, "AuthorizationFailed"),
    "404, not there": _status(404, "ResourceNotFound"),
    "404, not enrolled": _status(404, "InvalidResourceType"),
    "404, no such subscription": _status(404, "SubscriptionNotFound"),
    "409, not registered": _status(409, "MissingSubscriptionRegistration"),
    "429, wait 7 seconds": _status(429, "SubscriptionRequestsThrottled", retry_after=7),
    "429, no word how long": _status(429, "TooManyRequests"),
    "500": _status(500, "InternalServerError"),
    "503": _status(503, "ServiceUnavailable"),
    "503, wait 60 seconds": _status(503, "ServiceUnavailable", retry_after=60),
    "an answer after a second": {"fault": "delay", "seconds": 1},
    "the connection is reset": {"fault": "reset"},
    "the answer breaks off": {"fault": "truncate"},
    "no JSON": {"fault": "garbage"},
}
SETTINGS = {
    "nobody answers": {"PORTAL_ARM_ENDPOINT": _CLOSED},
    "Entra ID refuses the secret": {"AZURE_CLIENT_SECRET": "wrong"},
    "Entra ID does not answer": {"AZURE_AUTHORITY_HOST": _CLOSED},
}
FAULTS = (*ANSWERS, *SETTINGS)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How often Azure was asked, how it ended, and the code that is kept; "" where it went well."""

    asked: int
    end: str
    code: str


@dataclass(frozen=True, slots=True)
class World:
    """One subscription that was synced, one of its rows, and Azure, which is about to fail."""

    subscription: Subscription
    row: CrossConnection
    azure: SandboxProcess
    settings: Settings

    def suffer(self, fault: str, pattern: str) -> None:
        """From now on every matching request fares so."""
        for name, value in SETTINGS.get(fault, {}).items():
            setattr(self.settings, name, value)
        if fault in ANSWERS:
            self.azure.fault(**ANSWERS[fault], path_pattern=pattern, times=100)

    def asked(self, pattern: str, *, after: int) -> int:
        """How many requests there were of this kind."""
        return sum(bool(re.search(pattern, asked["path"])) for asked in self.azure.requests(after=after))

    def meets(self, fault: str, call: str) -> Outcome:
        """Let it happen."""
        pattern, carry_out = CALLS[call]
        before = self.azure.requests()[-1]["number"]
        self.suffer(fault, pattern)
        end, code = carry_out(self)
        return Outcome(self.asked(pattern, after=before), end, code)


def list_all(world: World) -> tuple[str, str]:
    """A sync."""
    run = syncs.run_sync(run_id=syncs.active_sync(subscription=world.subscription).pk)
    assert run is not None
    return "row left for the next sync" if run.unread else run.state, run.error_code


def read_one_of_a_sync(world: World) -> tuple[str, str]:
    """A sync that has one row to read."""
    CrossConnection.objects.filter(pk=world.row.pk).update(read_at=None)
    return list_all(world)


def read_the_open_one(world: World) -> tuple[str, str]:
    """A reading because somebody has the page open."""
    refreshes.request_refresh(world.row)
    refreshes.refresh(row_id=world.row.pk)
    world.row.refresh_from_db()
    return "failed" if world.row.read_error_code else "succeeded", world.row.read_error_code


CALLS: dict[str, tuple[str, Callable[[World], tuple[str, str]]]] = {
    "list of a sync": (r"/expressRouteCrossConnections$", list_all),
    "one row of a sync": (_ONE, read_one_of_a_sync),
    "page that is open": (_ONE, read_the_open_one),
}


def read_table() -> dict[str, list[str]]:
    """The cells of ``docs/faults.md`` by fault: asked, an end for each kind of call, code, sentences."""
    table = [line for line in TABLE.read_text().splitlines() if line.startswith("| ")]
    lines = [[cell.strip() for cell in line[1:-1].split("|")] for line in table]
    return {fault: cells for fault, *cells in lines if fault in FAULTS}
