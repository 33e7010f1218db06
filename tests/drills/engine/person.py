"""Somebody with the role Support, at a browser."""

import re
from html import unescape

from requests import Session

_PATIENCE_SECONDS = 60
SUPPORT = "Jonas Lindqvist"


class Person:
    """Signed in once; the session is the database's, and so outlives every process of the portal."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._browser = Session()
        self._browser.trust_env = False
        self._token = ""

    def sign_in(self) -> None:
        """By way of the sandbox's page."""
        away = self._browser.get(f"{self._origin}/sign-in/start/", allow_redirects=False, timeout=_PATIENCE_SECONDS)
        page = away.headers["Location"]
        home = self._browser.post(page, data={"person": SUPPORT}, allow_redirects=False, timeout=_PATIENCE_SECONDS)
        self._browser.get(home.headers["Location"], allow_redirects=False, timeout=_PATIENCE_SECONDS)

    def press(self, service_key: str) -> None:
        """Read tables now. Returns when that is acknowledged; OSError when nobody answers."""
        page = f"{self._origin}/cross-connections/{service_key}/troubleshooting/"
        self._token = self._token or self._token_of(page)
        told = {"csrfmiddlewaretoken": self._token}
        answer = self._browser.post(page, data=told, allow_redirects=False, timeout=_PATIENCE_SECONDS)
        assert answer.status_code == 303, (answer.status_code, answer.text)

    def leave(self) -> None:
        """Close the browser."""
        self._browser.close()

    def _token_of(self, page: str) -> str:
        html = self._browser.get(page, timeout=_PATIENCE_SECONDS).text
        found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', html)
        assert found, html
        return unescape(found[1])
