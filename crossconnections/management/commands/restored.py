"""``restored``: once after a backup was put back, before the workers start."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from crossconnections.services.restoring import note_restored
from portal.activity.chain import TrailBroken
from portal.actors import at_terminal


class Command(BaseCommand):
    """Make questions of what was asked before."""

    help = (
        "Run this once after a backup was put back, before workers and web server start. Every change that the backup "
        "holds as not sent yet waits for a person's word, however short ago it was asked for, and all people have to "
        "sign in again; a registration that was pressed has to be pressed again. What may have left for Azure is "
        "looked for there, and never sent again by itself."
    )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's interface
        """Hold them, and say how many."""
        try:
            done = note_restored(by=at_terminal())
        except TrailBroken as broken:
            raise CommandError(f"{broken} Nothing was done.") from None
        self.stdout.write(
            f"Changes that wait for a person's word: {done.held}.\n"
            f"Changes that are looked up in Azure first: {done.looked_up}.\n"
            f"Sessions ended: {done.sessions}.\n"
            f"Registrations of Microsoft.Network to press again: {done.registrations}.\n"
            "Start the portal, and answer under Changes what waits."
        )
