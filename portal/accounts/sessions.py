"""How long somebody stays signed in: times kept in the session itself and judged on the server (ASVS 7.3.1, 7.3.2).

``PORTAL_SESSION_IDLE_SECONDS`` after the last thing that the person did, and ``PORTAL_SESSION_MAX_SECONDS`` after the
sign-in, it ends.
"""

import time
from datetime import UTC, datetime
from typing import Literal

from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from portal.accounts.models import User
from portal.banners import is_fragment

Limit = Literal["idle", "age"]

# Set by static/js/crossconnect.js on what a person set off, never on a poll.
BY_PERSON = "X-By-Person"
MOST_SECONDS_BETWEEN_NOTES = 60
_SIGNED_IN_AT, _SEEN_AT = "signed_in_at", "seen_at"


def begin(request: HttpRequest, user: User) -> None:
    """Sign the person in: a session with a new key, and nothing in it of anybody who was signed in before."""
    # Django keeps the key of somebody who signs in once more; ASVS 7.2.4 wants a new one then too.
    request.session.flush()
    auth.login(request, user)
    note_sign_in(request.session)


def note_sign_in(session: SessionBase) -> None:
    """The limits count from now."""
    now = time.time()
    session[_SIGNED_IN_AT] = session[_SEEN_AT] = now
    # A moment, not an age: an age would begin anew whenever the session is saved.
    session.set_expiry(datetime.fromtimestamp(now + settings.PORTAL_SESSION_MAX_SECONDS, UTC))


def is_signed_in(session: SessionBase) -> bool:
    """Whether it is a person's, rather than that of a sign-in under way."""
    return auth.SESSION_KEY in session


def limit_reached(session: SessionBase) -> Limit | None:
    """Which limit has ended a person's session; None while it goes on. Without its times it is over."""
    now = time.time()
    if now - session.get(_SIGNED_IN_AT, 0) > settings.PORTAL_SESSION_MAX_SECONDS:
        return "age"
    return "idle" if now - session.get(_SEEN_AT, 0) > settings.PORTAL_SESSION_IDLE_SECONDS else None


def is_by_person(request: HttpRequest) -> bool:
    """Whether a person asks: for a page always, for a part of one where its script says so; without a word, no."""
    return not is_fragment(request) or request.headers.get(BY_PERSON) == "1"


def note_seen(session: SessionBase) -> None:
    """The person is here. A session is a row: written down once a minute at most, and ten times in a short limit."""
    now = time.time()
    if now - session.get(_SEEN_AT, 0) >= min(MOST_SECONDS_BETWEEN_NOTES, settings.PORTAL_SESSION_IDLE_SECONDS / 10):
        session[_SEEN_AT] = now
