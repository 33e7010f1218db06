"""A browser on its way through the portal and Entra ID, as a person's would go."""

import html
import re
from typing import Any
from urllib.parse import parse_qs, urljoin, urlsplit

import requests
from django.test import Client

from tests.sandbox_process import SandboxProcess

BASE = "http://localhost:8000"
LIST = "/cross-connections/"


class Browser:
    """A browser at the portal (Django's client) and at Entra ID (requests)."""

    def __init__(self) -> None:
        # An exception in a view becomes the page of a 500, as for everybody.
        self.portal = Client(HTTP_HOST="localhost:8000", raise_request_exception=False)

    def start(self, next_path: str = "/") -> str:
        """Where the portal sends the browser to sign in."""
        return self.portal.get("/sign-in/start/", {"next": next_path}).headers["Location"]

    def choose(self, authorize_url: str, person: str) -> str:
        """Where Entra ID sends the browser back to."""
        with requests.Session() as entra:
            entra.trust_env = False
            page = entra.get(authorize_url, timeout=10)
            hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
            action = re.search(r'<form[^>]*action="([^"]*)"', page.text)
            target = urljoin(page.url, html.unescape(action[1])) if action else page.url
            fields = {name: html.unescape(value) for name, value in hidden.items()} | {"person": person}
            answer = entra.post(target, data=fields, allow_redirects=False, timeout=10)
        return answer.headers["Location"]

    def come_back(self, location: str) -> Any:
        """The portal's answer to what Entra ID sent."""
        return self.portal.get(urlsplit(location).path, query_of(location))

    def sign_in(self, person: str, next_path: str = "/") -> Any:
        """All of it."""
        return self.come_back(self.choose(self.start(next_path), person))

    def status_of_list(self) -> int:
        """200 for who has a role, 403 for who has none, 302 for nobody."""
        return self.portal.get(LIST).status_code

    @property
    def is_signed_in(self) -> bool:
        """Whether the portal knows who this is."""
        return self.status_of_list() != 302

    @property
    def cookie(self) -> str:
        """The session's key."""
        return self.portal.cookies["session"].value


def query_of(address: str) -> dict[str, str]:
    """The query of an address, one value each."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def holding(cookie: str) -> Browser:
    """Somebody else's browser, with a session's key that they got hold of."""
    browser = Browser()
    browser.portal.cookies["session"] = cookie
    return browser


def person_with(azure: SandboxProcess, *roles: str) -> str:
    """The first of the sandbox's people who holds exactly these roles."""
    return next(str(person["name"]) for person in azure.manifest["people"] if tuple(person["roles"]) == roles)


def operator(azure: SandboxProcess) -> str:
    """The Operator."""
    return person_with(azure, "Portal.Operator")
