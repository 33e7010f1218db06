"""``enlist``: look after a provider subscription."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from crossconnections.models import Subscription
from crossconnections.services.subscriptions import NotEnlisted, enlist
from portal.actors import at_terminal


class Command(BaseCommand):
    """Enlist a subscription by its id."""

    help = "Look after a provider subscription from now on. Enlisting it again changes its label and kind."

    def add_arguments(self, parser: CommandParser) -> None:
        """Id, label and kind."""
        parser.add_argument("subscription_id", metavar="subscription-id", help="the subscription's GUID")
        parser.add_argument("--label", required=True, help="what your teams call it")
        parser.add_argument("--kind", choices=Subscription.Kind.values, default=Subscription.Kind.PRODUCTION)

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's interface
        """Enlist, or say why not."""
        try:
            subscription = enlist(
                subscription_id=options["subscription_id"],
                label=options["label"],
                kind=options["kind"],
                by=at_terminal(),
            )
        except NotEnlisted as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Enlisted {subscription.label} ({subscription.subscription_id}, {subscription.kind}).")
