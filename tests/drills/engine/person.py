"""Somebody at a browser: with the role Support, who reads tables, or Operator, who changes what Azure has."""

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from requests import Response, Session

_PATIENCE_SECONDS = 60
SUPPORT, OPERATORS = "Jonas Lindqvist", ("Lotte de Vries", "Mateo Álvarez")
OK, SEE_OTHER = 200, 303


@dataclass(frozen=True, slots=True)
class Review:
    """A change that waits for Apply: its address, and the fields that its form hides."""

    url: str
    hidden: dict[str, str] = field(repr=False)


class Person:
    """Signed in once; the session is the database's, and so outlives every process of the portal."""

    def __init__(self, origin: str, name: str) -> None:
        self._origin = origin
        self._name = name
        self._browser = Session()
        self._browser.trust_env = False
        self._token = ""

    def sign_in(self) -> None:
        """By way of the sandbox's page."""
        away = self._get(f"{self._origin}/sign-in/start/")
        home = self._post(away.headers["Location"], person=self._name)
        self._get(home.headers["Location"])

    def press(self, service_key: str) -> None:
        """Read tables now. Returns when that is acknowledged; OSError when nobody answers."""
        page = f"{self._origin}/cross-connections/{service_key}/troubleshooting/"
        self._token = self._token or _hidden(self._get(page))["csrfmiddlewaretoken"]
        answer = self._post(page, csrfmiddlewaretoken=self._token)
        assert answer.status_code == SEE_OTHER, (answer.status_code, answer.text)

    def review(self, service_key: str, form: str, **wished: str) -> Review:
        """One of its forms, filled with what is wished, and the review that it leads to."""
        page = f"{self._origin}/cross-connections/{service_key}/{form}/"
        answer = self._post(page, **_hidden(self._get(page)), **wished)
        assert answer.status_code == SEE_OTHER, (answer.status_code, answer.text)
        url = f"{self._origin}{answer.headers['Location']}"
        return Review(url, _hidden(self._get(url)))

    def apply(self, review: Review) -> Response:
        """Send it: 303 to the change, or why not. OSError when nobody answers."""
        return self._post(review.url, **review.hidden, apply="1")

    def document(self, path: str) -> dict[str, Any]:
        """What a path answers with, as JSON."""
        answer = self._get(f"{self._origin}{path}")
        assert answer.status_code == OK, (answer.status_code, answer.text)
        found: dict[str, Any] = answer.json()
        return found

    def page(self, path: str) -> str:
        """A page's text."""
        return self._get(f"{self._origin}{path}").text

    def say(self, path: str, word: str) -> None:
        """Press one of the buttons of a page: a form that posts to the word below it."""
        hidden = _hidden(self._get(f"{self._origin}{path}"))
        answer = self._post(f"{self._origin}{path}{word}/", **hidden)
        assert answer.status_code == SEE_OTHER, (answer.status_code, answer.text)

    def is_signed_out(self) -> bool:
        """Whether the portal sends them to sign in."""
        return "/sign-in/" in self._get(f"{self._origin}/changes/").headers.get("Location", "")

    def leave(self) -> None:
        """Close the browser."""
        self._browser.close()

    def _get(self, url: str) -> Response:
        return self._browser.get(url, allow_redirects=False, timeout=_PATIENCE_SECONDS)

    def _post(self, url: str, **fields: str) -> Response:
        return self._browser.post(url, data=fields, allow_redirects=False, timeout=_PATIENCE_SECONDS)


def _hidden(page: Response) -> dict[str, str]:
    """The hidden fields of the page's forms."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text)
    assert found, (page.status_code, page.text)
    return {name: unescape(value) for name, value in found}
