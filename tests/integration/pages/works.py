"""Pieces of work for the tests of their pages."""

import html
import re
from datetime import datetime, timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from crossconnections.models import CrossConnection, Snapshot, Workflow, WorkflowStep
from portal.accounts.models import User
from tests.integration.pages.pictures import HEALTHY
from tests.integration.pages.readings import reading
from tests.integration.pages.rows import KEY, private_peering

ONBOARDING, BEGIN = "/onboarding/", "/onboarding/begin/"
DETAIL = f"/cross-connections/{KEY}/"
PAGE, LEAVING = f"{DETAIL}onboarding/", f"{DETAIL}disconnect/"
HTMX = {"HX-Request": "true"}
ORDER = {
    "customer": "Contoso Retail",
    "service": "layer2",
    "ordered_location": "Amsterdam",
    "ordered_bandwidth_mbps": "1000",
    "wants_private": "on",
    "private_vlan_id": "200",
    "primary_a_end": "AMS1 cage 14 port 3",
}
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"


def work(of: CrossConnection, *, hours: float = 1, ticked: tuple[str, ...] = (), **values: Any) -> Workflow:
    """One that was begun so many hours ago, with these steps ticked a minute after."""
    begun_at = values.pop("begun_at", timezone.now() - timedelta(hours=hours))
    made = Workflow.objects.create(cross_connection=of, **{"kind": "connect", "begun_at": begun_at} | values)
    for name in ticked:
        tick(made, name, at=begun_at + timedelta(minutes=1))
    return made


def tick(of: Workflow, name: str, *, at: datetime | None = None, by: User | None = None, **values: Any) -> WorkflowStep:
    return WorkflowStep.objects.create(workflow=of, name=name, done_at=at or timezone.now(), done_by=by, **values)


def shown(answer: Any) -> str:
    """The page of an answer as a browser reads it, without breaks."""
    return re.sub(r"\s+", " ", html.unescape(answer.content.decode()))


def words(part: str) -> str:
    """Without marks."""
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", part)).strip()


def board(browser: Client) -> str:
    answer = browser.get(ONBOARDING)
    assert answer.status_code == 200
    return shown(answer)


def looked_up(browser: Client, text: str, **fields: str) -> str:
    """The page after somebody pasted a text."""
    answer = browser.post(ONBOARDING, {"text": text, **fields})
    assert answer.status_code == 200, words(shown(answer))
    return shown(answer)


def lines(page: str, kind: str) -> list[str]:
    """The lines of a list, ``missing``, ``found`` or ``waiting``, in words."""
    return [words(part.split("</li>")[0]) for part in page.split(f'<li class="{kind}">')[1:]]


def groups(page: str) -> dict[str, list[str]]:
    """The board: the lines of each group in words."""
    parts = page.split('<tr class="grp">')[1:]
    return {
        words(part.split("</tr>")[0]): [words(line) for line in part.split("</tbody>")[0].split("<tr>")[1:]]
        for part in parts
    }


def page(browser: Client, address: str = PAGE) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return shown(answer)


def part(shown: str, name: str) -> str:
    """One step of the page."""
    return shown.split(f'<li id="{name}"')[1].split("</details>", maxsplit=1)[0]


def part_of_main(told: str) -> str:
    return told.split("<main")[1].split("</main>", maxsplit=1)[0]


def say(browser: Client, step: str, act: str = "done", note: str = "", *, address: str = PAGE) -> Any:
    return browser.post(f"{address}steps/{step}/", {"act": act, "note": note})


def keep(browser: Client, **values: Any) -> Any:
    """The order as the form sends it; a value None is left out."""
    opened = re.search(r'name="opened" value="([^"]*)"', page(browser))
    sent = {"opened": opened[1] if opened else "", **ORDER, **values}
    return browser.post(f"{PAGE}order/", {name: value for name, value in sent.items() if value is not None})


def in_service(row: CrossConnection) -> None:
    private_peering(row)
    CrossConnection.objects.update(provider_provisioning_state="Provisioned")
    row.refresh_from_db()


def read(row: CrossConnection, answers: Any = None, **values: Any) -> Snapshot:
    return reading(row, answers=answers or HEALTHY, **{"asked_at": timezone.now(), **values})


def ready(row: CrossConnection) -> Workflow:
    """All is done but the hand-over."""
    in_service(row)
    read(row)
    made = work(row, ticked=("order", "layer-2-primary", "layer-2-secondary"))
    for name in ("verification", "failover-primary", "failover-secondary"):
        tick(made, name)
    return made
