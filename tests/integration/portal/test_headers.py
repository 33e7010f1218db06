"""What stands in the head of every answer, whoever asks and whatever comes of it."""

import time

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from portal.accounts.decorators import open_to_everyone
from portal.limits.counting import Limit
from portal.limits.models import Tally
from tests.integration.pages.rows import KEY, cross_connection, enlisted
from tests.integration.portal.headers import lacking
from tests.urlconf import ADDRESSES


@open_to_everyone
def broken(request: HttpRequest) -> HttpResponse:
    raise ArithmeticError


# The URLconf of the test with a page that breaks.
urlpatterns = [path("broken/", broken), path("", include("portal.urls"))]
handler500 = "portal.errors.server_error"


@pytest.fixture
def anybody(db: None) -> Client:
    return Client(HTTP_HOST="localhost", raise_request_exception=False)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("role", ["nobody", "none", "Viewer"])
def test_every_page_has_all_headers_for_everybody(signed_in, anybody: Client, role: str, address: str):
    cross_connection(enlisted(), KEY)
    roles = [] if role == "none" else [f"Portal.{role}"]
    browser = anybody if role == "nobody" else signed_in(*roles)
    assert lacking(browser.get(address).headers) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_part_of_a_page_has_them_as_well(signed_in, address: str):
    cross_connection(enlisted(), KEY)
    answer = signed_in("Portal.Viewer").get(address, headers={"HX-Request": "true"})
    assert lacking(answer.headers) == []


@pytest.mark.parametrize(
    ("address", "status"),
    [("/nothing/here", 404), ("/static/not-there.css", 404), ("/cross-connections/none/", 302), ("/healthz", 200)],
)
def test_what_is_no_page_has_them(anybody: Client, address: str, status: int):
    answer = anybody.get(address)
    assert (answer.status_code, lacking(answer.headers)) == (status, [])


def test_another_hosts_name_is_a_400_that_has_them(anybody: Client):
    answer = anybody.get("/", HTTP_HOST="evil.example")
    assert (answer.status_code, lacking(answer.headers)) == (400, [])


def test_a_fault_of_ours_is_a_500_that_has_them(anybody: Client, settings):
    settings.ROOT_URLCONF = __name__
    answer = anybody.get("/broken/")
    assert (answer.status_code, lacking(answer.headers)) == (500, [])
    assert "ArithmeticError" not in answer.content.decode()


def test_who_asks_too_often_gets_a_429_that_has_them(anybody: Client):
    with time_machine.travel(time.time(), tick=False):
        ends_at = Limit("sign-in-callback", 60, 60).window_end()
        Tally.objects.create(limit="sign-in-callback", key="127.0.0.1", ends_at=ends_at, count=60)
        answer = anybody.get("/sign-in/callback/")
    assert (answer.status_code, lacking(answer.headers)) == (429, [])


def test_a_form_without_our_token_is_a_403_that_has_them(signed_in):
    browser = signed_in("Portal.Viewer")
    browser.handler.enforce_csrf_checks = True
    answer = browser.post("/sign-out/")
    assert (answer.status_code, lacking(answer.headers)) == (403, [])


def test_a_static_file_may_be_kept_and_has_all_the_others(anybody: Client):
    answer = anybody.get("/static/icon.svg")
    assert "max-age" in answer.headers["Cache-Control"]
    assert lacking(answer.headers, may_be_kept=True) == []
    answer.close()


def test_the_sessions_cookie_is_http_only_and_lax(azure, db):
    answer = Client(HTTP_HOST="localhost").get("/sign-in/start/")
    cookie = answer.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]


@pytest.mark.parametrize("address", ["/cross-connections/", "/cross-connections.json", "/sign-in/"])
def test_a_head_request_is_answered_like_a_get(signed_in, address: str):
    assert signed_in("Portal.Viewer").head(address).status_code in {200, 302}
