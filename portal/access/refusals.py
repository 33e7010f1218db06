"""What people were not let do is on record."""

import structlog
from django.http import HttpRequest

from portal.access.deeds import REFUSED
from portal.activity.trail import About, record_refusal
from portal.actors import at_browser
from portal.limits.counting import Limit, take

log = structlog.get_logger(__name__)

# Entries are kept for long, and anybody who is signed in can be refused as often as they like.
MOST_RECORDED = Limit("refusals", most=30, per_seconds=60)


def note_refusal(request: HttpRequest, *, verb: str, reason: str, about: About | None = None) -> None:
    """Write down that whoever sent the request was refused, and why; of more than thirty a minute the log alone tells.

    Where the trail cannot be written the refusal stands all the same.
    """
    details = {"verb": verb, "method": request.method, "path": request.path}
    by = at_browser(request)
    if by.user and take(MOST_RECORDED, str(by.user.pk)):
        log.warning("refused_too_often_to_record", user_id=by.user.pk, **details)
    else:
        record_refusal(REFUSED, by=by, reason=reason, about=about, details=details)
