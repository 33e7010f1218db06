"""Sign-ins that are under way, kept in the browser's own session: each used once, none older than ten minutes."""

import posixpath
import time
from urllib.parse import unquote

from django.contrib.sessions.backends.base import SessionBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal.accounts.entra import Flow
from portal.accounts.sessions import is_signed_in

TEN_MINUTES = 600
MOST_TABS = 5
_KEY = "sign_in_flows"
_DOORS = ("sign-in", "sign-out", "signed-out")


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


def local_path(path: str) -> str:
    """``path`` if it is a page of this site that one can come back to, else the first page.

    It is judged as it stands and as whoever is on the way may decode it. A way in or out is no page to come back to.
    """
    decoded = unquote(path.partition("?")[0])
    return path if _is_of_this_site(path) and _is_of_this_site(decoded) and not _is_a_door(decoded) else "/"


def _is_of_this_site(path: str) -> bool:
    # Browsers drop tabs and line ends: what is left may begin with two slashes, which means another host.
    return path.startswith("/") and path.isprintable() and url_has_allowed_host_and_scheme(path, allowed_hosts=None)


def _is_a_door(path: str) -> bool:
    return f"{posixpath.normpath(path)}/".startswith(tuple(map(reverse, _DOORS)))
