"""``enlist``: look after a provider subscription, once it was checked."""

import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from crossconnections.management.check_tables import as_tables
from crossconnections.models import Subscription
from crossconnections.presenters.readiness.page import show_subscription
from crossconnections.presenters.readiness.subjects import setup, subject_of
from crossconnections.queries.subscriptions import find_subscription
from crossconnections.readiness.enlistment import reason_not_to_enlist
from crossconnections.services.readiness.checking import check_now, results_of
from crossconnections.services.subscriptions.enlisting import (
    NotEnlisted,
    check_label,
    enlist,
    find_enlisted,
    read_key,
)
from portal.actors import at_terminal


class Command(BaseCommand):
    """Enlist a subscription by its id."""

    help = (
        "Look after a provider subscription from now on. Azure is asked first whether the portal can work with it. "
        "Enlisting one again changes its label and kind."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """Id, label and kind."""
        parser.add_argument("subscription_id", metavar="subscription-id", help="the subscription's GUID")
        parser.add_argument("--label", required=True, help="what your teams call it")
        parser.add_argument("--unless-known", action="store_true", help="leave one alone that was ever enlisted")
        parser.add_argument("--kind", choices=Subscription.Kind.values, default=Subscription.Kind.PRODUCTION)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's interface
        """Enlist, or say why not."""
        try:
            key = read_key(options["subscription_id"])
            if options["unless_known"] and find_subscription(key):
                return
            check_label(options["label"].strip(), key)
            found = _check(key, options["label"])
            subscription = enlist(
                subscription_id=str(key), label=options["label"], kind=options["kind"], by=at_terminal()
            )
        except NotEnlisted as error:
            raise CommandError(str(error)) from None
        if found:
            self.stdout.write(found)
        self.stdout.write(f"Enlisted {subscription.label} ({subscription.subscription_id}, {subscription.kind}).")


def _check(key: uuid.UUID, label: str) -> str:
    """The table of what was found, "" where all is right, or it is enlisted and only called something else.

    NotEnlisted where the portal could not work with it.
    """
    if find_enlisted(key):
        return ""
    row = check_now(key)
    card = show_subscription(subject_of(key, label, row), setup=setup(), may_repair=False, now=timezone.now())
    found = "" if all(one.tone == "ok" for one in card.rows) else as_tables([card])
    if reason := reason_not_to_enlist(results_of(row)):
        raise NotEnlisted(f"{found}\nNothing was enlisted. {reason}")
    return found
