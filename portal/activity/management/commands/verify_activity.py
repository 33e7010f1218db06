"""``verify_activity``: was the trail of activity tampered with?"""

import sys
from collections.abc import Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from portal.activity.mending import NothingToMend, mend
from portal.activity.models import Entry
from portal.activity.seals import moment
from portal.activity.verification import Anchor, Verification


class Command(BaseCommand):
    """Verify the whole chain."""

    help = (
        "Verify the trail of activity from its newest checkpoint to its head: find entries that were changed, removed "
        "or inserted, and a tail that was cut off. It prints the head; note it elsewhere and give it back with --head "
        "another time, and a trail that was taken back as a whole is found as well. The exit code is 1 on any finding. "
        "Where a broken head stops every deed, --mend seals it anew. Keep what was found first: afterwards nobody can "
        "tell any more whether a tail was cut off. What is wrong with the entries stays a finding, and so an exit code "
        "of 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """A head from outside of the database, and whether to mend the one in it."""
        parser.add_argument(
            "--head",
            metavar="NUMBER:MAC",
            help="a head that was noted elsewhere: by an earlier run, or from a line 'activity' of the log",
        )

        parser.add_argument(
            "--mend",
            action="store_true",
            help="seal a head that is missing, forged or sealed with a lost key anew at the last entry there is, "
            "remove the rows beside it, and record that with what was found; refused where nothing is wrong with the "
            "head. If a key was changed, put the former one back instead",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ANN401 - Django's interface
        """Print that it is intact, or what is wrong; after mending, what is still wrong."""
        anchor = _anchor(options["head"]) if options["head"] else None
        verification, found = self._verify(anchor)
        if options["mend"]:
            self._mend(found)
            verification, found = self._verify(anchor)
        if found:
            count = len(found)
            raise CommandError(f"{count} {'finding' if count == 1 else 'findings'}: the trail is not intact.")
        self.stdout.write(_intact(verification))

    def _mend(self, found: Sequence[str]) -> None:
        try:
            entry = mend(found)
        except NothingToMend as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Sealed the head of the trail anew; on record as entry {entry.number:,}. Found now:")

    def _verify(self, anchor: Anchor | None) -> tuple[Verification, list[str]]:
        columns = (SpinnerColumn(), TextColumn("Verifying"), BarColumn(), MofNCompleteColumn())
        found = []
        # On the other stream: what is printed may be kept in a file.
        with Progress(*columns, transient=True, console=Console(file=sys.stderr)) as bar:
            task = bar.add_task("", total=Entry.objects.count())
            verification = Verification(anchor=anchor, progress=lambda done: bar.update(task, completed=done))
            for finding in verification.findings():
                self.stdout.write(finding.words)
                found.append(finding.words)
        return verification, found


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
