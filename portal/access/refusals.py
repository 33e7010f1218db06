"""What people were not let do is on record."""

import structlog
from django.http import HttpRequest

from portal.access.deeds import REFUSED
from portal.activity.chain import TrailBroken
from portal.activity.trail import About, record_refusal
from portal.actors import at_browser

log = structlog.get_logger(__name__)


def note_refusal(request: HttpRequest, *, verb: str, reason: str, about: About | None = None) -> None:
    """Write down that whoever sent the request was refused, and why.

    Where the trail cannot be written the refusal stands all the same: nothing was done that would have to be on record.
    """
    details = {"verb": verb, "method": request.method, "path": request.path}
    try:
        record_refusal(REFUSED, by=at_browser(request), reason=reason, about=about, details=details)
    except TrailBroken:
        log.exception("refusal_not_recorded", verb=verb)
