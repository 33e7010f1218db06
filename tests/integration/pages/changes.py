"""Changes in every state, for the tests of their pages."""

import html
from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from crossconnections.models import Change, CrossConnection
from portal.accounts.models import User

REQUEST_ID, CORRELATION_ID = "d9e2470b-5c18-4a3f-9f06-81b7ce530a62", "1f0a6c52-83be-4d7c-a9e4-6b20d95c7718"
PROVISIONED = {"provider_provisioning_state": "Provisioned"}
AT_AZURE = {"azure_status": "InProgress", "request_id": REQUEST_ID, "correlation_id": CORRELATION_ID}
DONE = {**AT_AZURE, "azure_status": "Succeeded", "known_by": "operation"}


def change(of: CrossConnection, state: str, *, by: User | None = None, seconds: float = 60, **values: Any) -> Change:
    """Asked for so many seconds ago, sent a second later, and if it is over, ended after another twelve.

    Without more said it sets Provisioning to Provisioned.
    """
    asked_at = timezone.now() - timedelta(seconds=seconds)
    is_over = state in {"succeeded", "failed", "canceled"}
    defaults = {
        "kind": "provisioning",
        "opened": {"provider_provisioning_state": "Provisioning"},
        "asked": PROVISIONED,
        "asked_at": asked_at,
        "due_at": asked_at,
        "hurried_at": asked_at,
        "not_after": asked_at + timedelta(minutes=15),
        "give_up_at": asked_at + timedelta(minutes=75),
        "sent_at": None if state in {"queued", "canceled"} else asked_at + timedelta(seconds=1),
        "finished_at": asked_at + timedelta(seconds=13) if is_over else None,
        **({"submitting": {}, "running": AT_AZURE, "succeeded": DONE}.get(state, {})),
    }
    return Change.objects.create(cross_connection=of, state=state, asked_by=by, **(defaults | values))


def held(of: CrossConnection, **values: Any) -> Change:
    """One that was asked for twenty minutes ago and waits for a person's word."""
    held_at = timezone.now() - timedelta(minutes=5)
    return change(of, "queued", seconds=1200, held_at=held_at, **values)


def page(client: Client, of: Change | None = None, query: str = "") -> str:
    """The page of a change, or of the list, as a browser reads it."""
    answered = client.get(f"/changes/{f'{of.pk}/' if of else ''}{query}")
    assert answered.status_code == 200
    return html.unescape(answered.content.decode())
