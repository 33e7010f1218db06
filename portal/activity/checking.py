"""The clock's own look at the chain, for the page to tell of."""

import structlog
from django.utils import timezone

from portal.activity.models import Check
from portal.activity.rows import Row, stream_rows
from portal.activity.seals import read_time
from portal.activity.verification import Verification
from portal.harmless import harmless

log = structlog.get_logger(__name__)

_ONE_ROW = 1
_MOST_TOLD = 20
_LONGEST_FINDING = 300


def check_the_chain() -> Check:
    """Verify all of it and write down what was found; findings are errors in the log as well."""
    verification = Verification()
    found = [finding.words for finding in verification.findings()]
    for words in found:
        log.error("activity_tampered_with", finding=words)
    check = Check(pk=_ONE_ROW, at=timezone.now(), entries=verification.entries, findings=found[:_MOST_TOLD])
    # Over the one before without reading it, for that may have been tampered with.
    fields = ["at", "entries", "findings"]
    Check.objects.bulk_create([check], update_conflicts=True, unique_fields=["id"], update_fields=fields)
    return check


def check_the_first_time() -> None:
    """For a new installation, whose page should not say for an hour that nobody has looked yet."""
    if not Check.objects.exists():
        check_the_chain()


def find_check() -> Check | None:
    """The latest; None before the first, and where somebody has made of it what cannot be read."""
    try:
        return next(map(_read, stream_rows(Check.objects.filter(pk=_ONE_ROW))), None)
    except Exception:  # the page tells as much without it, and the next one is written over it
        log.exception("check_not_read")
        return None


def _read(row: Row) -> Check:
    found = [harmless(str(words), longest=_LONGEST_FINDING) for words in list(row["findings"])]
    return Check(pk=row["id"], at=read_time(row["at"]), entries=int(row["entries"]), findings=found)
