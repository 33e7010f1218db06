"""``sync``: read subscriptions into the mirror now, with a progress bar."""

import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from crossconnections import queries
from crossconnections.models import Subscription, SyncRun
from crossconnections.presenters.failed_syncs import show_failed_syncs
from crossconnections.services.syncs import active_sync, run_sync
from portal.actors import at_terminal


class Command(BaseCommand):
    """Sync in this process: no worker is needed."""

    help = "Read the cross connections of all enlisted subscriptions, or of one, from Azure."

    def add_arguments(self, parser: CommandParser) -> None:
        """One subscription by its label, or all."""
        parser.add_argument("--subscription", metavar="LABEL", help="only this one")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's interface
        """Sync one after the other; fail if any failed."""
        failed = [
            run for run in map(self._sync, _chosen(options["subscription"])) if run.state != SyncRun.State.SUCCEEDED
        ]
        if failed:
            raise CommandError(f"{len(failed)} failed.")

    def _sync(self, subscription: Subscription) -> SyncRun:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, transient=True) as bar:
            task = bar.add_task(subscription.label, total=None)

            def show(run: SyncRun) -> None:
                bar.update(task, total=run.to_read or None, completed=run.read + run.unread)

            active = active_sync(subscription=subscription, by=at_terminal())
            run = _follow(active, show)
        self.stdout.write(_sentence(subscription, run))
        return run


def _chosen(label: str | None) -> list[Subscription]:
    looked_after = list(queries.looked_after())
    chosen = [subscription for subscription in looked_after if label in {None, subscription.label}]
    if not chosen:
        known = ", ".join(subscription.label for subscription in looked_after) or "none"
        raise CommandError(f"No such subscription. Looked after, and not paused: {known}.")
    return chosen


def _follow(run: SyncRun, show: Callable[[SyncRun], None]) -> SyncRun:
    """Sync, or while a worker has it show how far it is; should that worker die, take it over."""
    while run.state in SyncRun.ACTIVE:
        if run_sync(run_id=run.pk, progress=show) is None:
            time.sleep(0.5)
        run.refresh_from_db()
        show(run)
    return run


def _sentence(subscription: Subscription, run: SyncRun) -> str:
    for failed in show_failed_syncs([run], now=timezone.now()):
        ids = "".join(f" Correlation id {correlation_id}." for _, correlation_id in failed.correlation_ids)
        told = f"{failed.code}: {failed.azures_words}{ids}"
        return f"{subscription.label}: failed. {failed.cause} {failed.next_step}\n  {told}"
    return (
        f"{subscription.label}: {run.listed} listed on {run.pages} pages, {run.created} new, "
        f"{run.changed} changed, {run.gone} gone, {run.read} read, {run.unread} could not be read."
    )
