"""Watches for the tests of their pages: rounds that were told at moments of the test's choice."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from crossconnections.models import CrossConnection, Watch, WatchRead
from portal.accounts.models import User
from tests.integration.pages.readings import PRIVATE

ROUND = timedelta(minutes=3)
NEIGHBORS = {"primary": "172.16.18.1", "secondary": "172.16.18.5"}


def watch(of: CrossConnection, *, by: User | None = None, minutes: float = 60, **values: Any) -> Watch:
    """A watch that was begun so many minutes ago and goes on."""
    begun_at = timezone.now() - timedelta(minutes=minutes)
    defaults = {"ends_at": begun_at + timedelta(hours=12), "next_at": timezone.now() + ROUND, "begun_by": by}
    return Watch.objects.create(cross_connection=of, begun_at=begun_at, **defaults | values)


def ended(of: Watch, *, end: str = "stopped", by: User | None = None) -> Watch:
    """It has ended just now."""
    Watch.objects.filter(pk=of.pk).update(ended_at=timezone.now(), ended_by=by, end=end)
    of.refresh_from_db()
    return of


def told(
    of: Watch, *words: tuple[str, str] | str, path: str = "primary", peering: str = PRIVATE, neighbor: str = ""
) -> list[WatchRead]:
    """A read each 3 minutes from the beginning: uptime and state of its one session, or the code of its failure."""
    row = of.cross_connection
    port = row.primary_azure_port if path == "primary" else row.secondary_azure_port
    return [
        _read(
            of,
            of.begun_at + number * ROUND,
            one,
            neighbor or NEIGHBORS[path],
            device_path=path,
            peering_type=peering,
            azure_port=port,
        )
        for number, one in enumerate(words)
    ]


def up(*seconds: int, prefixes: int | Sequence[int] = 38) -> list[tuple[str, str]]:
    """Sessions that are up for so many seconds, with so many prefixes."""
    counts = [prefixes] * len(seconds) if isinstance(prefixes, int) else prefixes
    return [
        (f"{one // 3600:02}:{one // 60 % 60:02}:{one % 60:02}", f"{count}")
        for one, count in zip(seconds, counts, strict=True)
    ]


def _read(of: Watch, at: datetime, words: tuple[str, str] | str, neighbor: str, **values: Any) -> WatchRead:
    ids = {"asked_at": at, "due_at": at, "hurried_at": at, "give_up_at": at, "sent_at": at}
    ended_at = {"finished_at": at + timedelta(seconds=10), "sent": 1}
    if isinstance(words, str):
        return WatchRead.objects.create(watch=of, state="failed", error_code=words, **ids, **ended_at, **values)
    row = {"neighbor": neighbor, "asn": 65020, "up_down": words[0], "state_or_prefixes_received": words[1]}
    return WatchRead.objects.create(watch=of, state="succeeded", sessions=[row], **ids, **ended_at, **values)
