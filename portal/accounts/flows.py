"""Sign-ins that are under way, kept in the browser's own session: each used once, none older than ten minutes."""

import time

from django.contrib.sessions.backends.base import SessionBase
from django.utils.http import url_has_allowed_host_and_scheme

from portal.accounts.entra import Flow
from portal.accounts.sessions import is_signed_in

TEN_MINUTES = 600
MOST_TABS = 5
_KEY = "sign_in_flows"


def keep(session: SessionBase, *, flow: Flow, next_path: str) -> None:
    """Remember a flow and the page to return to. Several tabs may sign in at once; the oldest give way."""
    flows = dict(list(session.get(_KEY, {}).items())[-(MOST_TABS - 1) :])
    flows[flow["state"]] = {"flow": flow, "next": local_path(next_path), "at": time.time()}
    session[_KEY] = flows
    if not is_signed_in(session):
        session.set_expiry(TEN_MINUTES)


def take(session: SessionBase, *, state: str) -> tuple[Flow, str] | None:
    """The flow and the page of a state, forgotten before anything is done with it; None when there is none."""
    flows = session.get(_KEY, {})
    kept = flows.pop(state, None)
    if kept is None:
        return None  # and nothing is written for who only knocks
    session[_KEY] = flows
    if not 0 <= time.time() - kept["at"] <= TEN_MINUTES:
        return None
    return kept["flow"], local_path(kept["next"])


def forget(session: SessionBase) -> None:
    """Drop all flows: what was begun before a sign-in is of no use after it."""
    session.pop(_KEY, None)


def local_path(path: str) -> str:
    """``path`` if it is a path of this site, else the first page."""
    return path if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None) else "/"
