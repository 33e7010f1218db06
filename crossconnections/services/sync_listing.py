"""The first half of a sync: every page of Azure's list."""

from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from crossconnections import mirror
from crossconnections.arm import ArmClient, CrossConnectionResource, Page
from crossconnections.models import SyncRun
from crossconnections.services.attempts import Attempt
from crossconnections.services.leases import clock

FEW = 10
TOO_SHORT = "ListTooShort"


class ListTooShort(Exception):  # noqa: N818 - reads as what happened
    """More than half of what was there is missing at once, for the first time: it may be Azure's list that is wrong."""


class Listing:
    """Reads a subscription's list into the mirror; the run counts along."""

    def __init__(self, attempt: Attempt) -> None:
        self._attempt = attempt
        self._run = attempt.run
        self._subscription = attempt.run.subscription

    def read(self, client: ArmClient) -> None:
        """All pages, then what is missing from them: only a complete list can tell that.

        Raises:
            ArmError: a page did not come; what was read before it stays.
            LeaseLost: another worker has the run.
            ListTooShort: see there; nothing is marked as gone.
        """
        seen: set[str] = set()
        asked_at = clock()
        for page in self._pages(client):
            seen.update(mirror.key_of(entry) for entry in page.entries)
            self._note(page)
        self._note_missing(seen, asked_at)

    def _pages(self, client: ArmClient) -> Iterator[mirror.Page]:
        pages = client.list_cross_connections(subscription_id=str(self._subscription.subscription_id))
        while page := self._next(pages):
            yield page

    def _next(self, pages: Iterator[Page[CrossConnectionResource]]) -> mirror.Page | None:
        self._attempt.renew()
        asked_at = clock()
        page = next(pages, None)
        return mirror.Page(page.items, asked_at) if page else None

    def _note(self, page: mirror.Page) -> None:
        created, changed = mirror.note_listed(
            subscription=self._subscription, page=page, now=timezone.now(), fence=self._attempt.hold
        )
        self._run.pages += 1
        self._run.location = page.entries[-1].peering_location[:80] if page.entries else ""
        self._run.listed += len(page.entries)
        self._run.created += created
        self._run.changed += changed

    def _note_missing(self, seen: set[str], asked_at: datetime) -> None:
        missing = mirror.list_missing(subscription=self._subscription, seen=seen, asked_at=asked_at)
        if len(missing) > max(FEW, len(seen)) and not self._was_as_short_before():
            raise ListTooShort(_TOLD.format(missing=len(missing), present=len(missing) + len(seen)))
        mirror.note_gone(row_ids=missing, now=timezone.now(), fence=self._attempt.hold)
        self._run.gone = len(missing)

    def _was_as_short_before(self) -> bool:
        """Whether the sync before this one met the same: twice in a row, Azure means it."""
        before = SyncRun.objects.filter(subscription=self._subscription).exclude(pk=self._run.pk)
        codes = before.order_by("-asked_at", "-pk").values_list("error_code", flat=True)
        return codes.first() == TOO_SHORT


_TOLD = "Azure's list lacks {missing:,} of {present:,} cross connections that were there before."
