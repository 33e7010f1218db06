"""Changes in the test's own process: asked for by somebody, and carried out by workers that never wait."""

import time
from typing import Any

from crossconnections.differences import is_placement
from crossconnections.models import Change, CrossConnection
from crossconnections.models.wish import PRESENCE
from crossconnections.proposals import values_now
from crossconnections.services.changes import asking, carrying_out, drafts
from portal.accounts.models import User
from portal.actors import WEB, Actor
from tests.integration.domain.readings import LONG_AGO
from tests.people import person
from tests.sandbox_process import SandboxProcess

State = Change.State
PROVISION = {"provider_provisioning_state": "Provisioned"}


def operator() -> Actor:
    """Somebody with the role Operator everywhere, at a browser."""
    user = User.objects.filter(name="Olga Operator").first() or person("Olga Operator", "Portal.Operator")
    return Actor(WEB, user.name, user)


def draft_of(row: CrossConnection, asked: dict[str, Any] | None = None, **values: Any) -> Any:
    """A draft of a change by an operator, of what the mirror holds now; with ``subject`` of that peering."""
    wished, subject = asked or PROVISION, values.get("subject", "")
    told = {"opened": values_now(row, wished, subject), "wants_proof": False, **values}
    return drafts.begin(row=row, kind=_kind_of(wished), asked=wished, by=operator(), **told)


def _kind_of(wished: dict[str, Any]) -> Change.Kind:
    if PRESENCE in wished:
        return Change.Kind.PEERING if wished[PRESENCE] else Change.Kind.REMOVAL
    if is_placement(wished):
        return Change.Kind.PLACEMENT
    return Change.Kind.TAGS if "tags" in wished else Change.Kind.PROVISIONING


def asked_for(row: CrossConnection, asked: dict[str, Any] | None = None, **values: Any) -> Change:
    """A change that somebody asked for; no worker has been at it."""
    return asking.apply(draft=draft_of(row, asked, **values), row=row, warnings=[], by=operator())


def step(change: Change) -> Change:
    """One step, whenever it is due; the change as it is then."""
    Change.objects.filter(pk=change.pk).update(due_at=LONG_AGO)
    carrying_out.carry_on(change_id=change.pk)
    return Change.objects.select_related("cross_connection__subscription").get(pk=change.pk)


def carried_out(change: Change, *, rounds: int = 60) -> Change:
    """The change after workers were at it, again and again, until it ended."""
    for _ in range(rounds):
        change = step(change)
        if not change.is_active:
            return change
        time.sleep(0.05)  # Azure takes a while as well
    raise AssertionError(str(change))


def writes(azure: SandboxProcess, after: int) -> list[dict[str, Any]]:
    """The PUTs, PATCHes and DELETEs of cross connections and their peerings that Azure was sent since."""
    return [one for one in azure.requests(after=after) if one["method"] in {"PUT", "PATCH", "DELETE"}]


def in_azure(azure: SandboxProcess, row: CrossConnection) -> dict[str, Any]:
    """The cross connection as a GET shows it."""
    document: dict[str, Any] = azure.get(row.resource_id).json()
    return document


def last_number(azure: SandboxProcess) -> int:
    """The number of the newest request."""
    number: int = azure.requests()[-1]["number"]
    return number


def others(azure: SandboxProcess, row: CrossConnection, *, waits: bool = True, **properties: Any) -> None:
    """Somebody writes by other means than the portal; ``waits`` until Azure is done with it."""
    document = in_azure(azure, row)
    document["properties"] |= properties
    headers = {"Authorization": f"Bearer {azure.token()}"}
    url = f"{azure.manifest['arm']}{row.resource_id}?api-version=2025-09-01"
    azure.session.put(url, json=document, headers=headers, timeout=10).raise_for_status()
    while waits and in_azure(azure, row)["properties"]["provisioningState"] == "Updating":
        time.sleep(0.05)
