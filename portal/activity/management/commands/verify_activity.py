"""``verify_activity``: was the trail of activity tampered with?"""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from portal.activity.models import Entry
from portal.activity.seals import moment
from portal.activity.verification import Anchor, Verification


class Command(BaseCommand):
    """Verify the whole chain."""

    help = (
        "Verify the trail of activity from its newest checkpoint to its head: find entries that were changed, removed "
        "or inserted, and a tail that was cut off. It prints the head; note it elsewhere and give it back with --head "
        "another time, and a trail that was taken back as a whole is found as well. The exit code is 1 on any finding."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """A head from outside of the database."""
        parser.add_argument(
            "--head",
            metavar="NUMBER:MAC",
            help="a head that was noted elsewhere: by an earlier run, or from a line 'activity' of the log",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's interface
        """Print that it is intact, or what is wrong."""
        anchor = _anchor(options["head"]) if options["head"] else None
        verification, count = self._verify(anchor)
        if count:
            raise CommandError(f"{count} {'finding' if count == 1 else 'findings'}: the trail is not intact.")
        self.stdout.write(_intact(verification))

    def _verify(self, anchor: Anchor | None) -> tuple[Verification, int]:
        columns = (SpinnerColumn(), TextColumn("Verifying"), BarColumn(), MofNCompleteColumn())
        count = 0
        # On the other stream: what is printed may be kept in a file.
        with Progress(*columns, transient=True, console=Console(file=sys.stderr)) as bar:
            task = bar.add_task("", total=Entry.objects.count())
            verification = Verification(anchor=anchor, progress=lambda done: bar.update(task, completed=done))
            for count, finding in enumerate(verification.findings(), start=1):  # noqa: B007 - read after the loop
                self.stdout.write(finding.words)
        return verification, count


def _anchor(text: str) -> Anchor:
    number, _, mac = text.strip().partition(":")
    if not (number.isascii() and number.isdecimal() and mac):
        raise CommandError(f"--head takes NUMBER:MAC, and '{text}' is none.")
    return Anchor(int(number), mac.lower())


def _intact(verification: Verification) -> str:
    head = verification.head
    end = f"head {head.number}:{head.mac}" if head and head.number else "no head yet"
    if not verification.entries:
        return f"0 entries intact, {end}"
    noun = "entry" if verification.entries == 1 else "entries"
    first, last = (moment(at)[:19] + "Z" for at in (verification.first_at, verification.last_at))
    return f"{verification.entries:,} {noun} intact, from {first} to {last}, {end}"
