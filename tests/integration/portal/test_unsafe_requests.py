"""What changes something is a POST with our token, without a file; a GET changes nothing. Tried at every address."""

import re
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from portal.activity.models import Entry, Head
from portal.limits.models import Tally
from tests.integration.pages.rows import KEY, cross_connection, enlisted
from tests.urlconf import ADDRESSES

# A session notes when its person was seen, a rate limit counts, the trail tells of exports and refusals: none of these
# is anything that somebody asked for.
APART = {Session, Tally, Entry, Head}
# The one that takes a file: it says so, and checks our token itself.
TAKES_A_FILE = "/cross-connections/records/import/"


@pytest.fixture
def browser(signed_in) -> Client:
    """The highest role, from a browser that takes our tokens seriously."""
    cross_connection(enlisted(), KEY, read_at=None)
    found: Client = signed_in("Portal.Administrator")
    found.handler.enforce_csrf_checks = True
    return found


def rows() -> dict[str, list[dict[str, Any]]]:
    models = [model for model in apps.get_models() if model not in APART]
    return {model.__name__: list(model._default_manager.order_by("pk").values()) for model in models}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_whatever_changes_something_is_refused_without_our_token(browser: Client, address: str, method: str):
    before = rows()
    assert getattr(browser, method)(address, headers={"X-CSRFToken": "a" * 64}).status_code == 403
    assert rows() == before


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_fragment_without_our_token_gets_a_banner_and_does_nothing(browser: Client, address: str):
    before = rows()
    answer = browser.post(address, headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (286, "#banner")
    assert "This page was open too long" in answer.content.decode()
    assert rows() == before


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example:8000"])
def test_our_token_from_another_site_is_refused(browser: Client, address: str, origin: str):
    answer = browser.post(address, {"csrfmiddlewaretoken": token(browser)}, headers={"Origin": origin})
    assert answer.status_code == 403


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}], ids=["page", "fragment"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(browser: Client, address: str, headers: dict[str, str], method: str):
    before = rows()
    getattr(browser, method)(address, headers=headers).getvalue()
    assert rows() == before


def test_the_address_that_takes_a_file_takes_none_without_our_token(browser: Client):
    answer = browser.post(TAKES_A_FILE, {"file": SimpleUploadedFile("a.csv", b"service_key,customer")})
    assert answer.status_code == 403


@pytest.mark.parametrize("address", [address for address in ADDRESSES if address != TAKES_A_FILE])
def test_a_file_is_refused_at_every_other_address_and_nothing_is_done(browser: Client, address: str):
    before = rows()
    form = {"csrfmiddlewaretoken": token(browser), "now": "1", "file": SimpleUploadedFile("a.exe", b"MZ" * 100)}
    answer = browser.post(address, form)
    assert answer.status_code == 400
    assert rows() == before


def test_the_same_form_without_the_file_is_taken(browser: Client):
    assert browser.post("/cross-connections/sync/", {"csrfmiddlewaretoken": token(browser)}).status_code == 303


@pytest.mark.parametrize(
    "form", [{"note": "x" * 1_100_000}, {f"field-{n}": "x" for n in range(5_001)}], ids=["too long", "too many fields"]
)
def test_a_form_that_is_too_large_is_refused(browser: Client, form: dict[str, str]):
    form |= {"csrfmiddlewaretoken": token(browser)}
    assert browser.post("/cross-connections/sync/", form).status_code == 400


def token(browser: Client) -> str:
    page = browser.get("/cross-connections/").content.decode()
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    return found[1]
