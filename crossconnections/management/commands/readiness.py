"""``readiness``: is the set-up at Azure right, and this installation alive; and how to mend what is not."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from crossconnections import queries
from crossconnections.management.check_tables import as_tables
from crossconnections.models import Subscription
from crossconnections.presenters.readiness.page import Page, show_page
from crossconnections.presenters.readiness.subjects import setup, subject_of
from crossconnections.services.readiness.checking import check_now
from crossconnections.services.readiness.installation import check_installation
from portal.activity.checking import check_the_chain


class Command(BaseCommand):
    """Check in this process: no worker is needed."""

    help = "Check the set-up at Azure of every enlisted subscription, and this installation; say how to mend it."

    def add_arguments(self, parser: CommandParser) -> None:
        """One subscription by its label, or all."""
        parser.add_argument("--subscription", metavar="LABEL", help="only this one")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's interface
        """Check one after the other, print a table for each, and fail if anything fails."""
        page = _checked(_chosen(options["subscription"]))
        self.stdout.write(as_tables(page.cards))
        score = page.score
        self.stdout.write(f"{score.passed} pass, {score.warned} warn, {score.failed} fail, {score.not_run} not run.")
        if score.failed:
            raise CommandError(score.verdict)


def _chosen(label: str | None) -> list[Subscription]:
    known = list(queries.looked_after())
    chosen = [one for one in known if label in {None, one.label}]
    if label is not None and not chosen:
        raise CommandError(f"No such subscription. Looked after: {', '.join(one.label for one in known) or 'none'}.")
    return chosen


def _checked(subscriptions: list[Subscription]) -> Page:
    check_the_chain()
    return show_page(
        [subject_of(one.subscription_id, one.label, check_now(one.subscription_id)) for one in subscriptions],
        check_installation(),
        setup=setup(),
        may_repair=False,
        version=settings.VERSION,
        now=timezone.now(),
    )
