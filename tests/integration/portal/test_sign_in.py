"""Signing in through the sandbox's Entra authority, as a browser would."""

import html
import re
import time
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import time_machine
from django.test import Client

from portal.accounts.models import User
from tests.sandbox_process import SandboxProcess

pytestmark = pytest.mark.django_db

BASE = "http://localhost:8000"


class Browser:
    """A browser at the portal (Django's client) and at Entra ID (requests)."""

    def __init__(self) -> None:
        self.portal = Client(HTTP_HOST="localhost:8000")

    def start(self, next_path: str = "/") -> str:
        return self.portal.get("/sign-in/start/", {"next": next_path}).headers["Location"]

    def choose(self, authorize_url: str, person: str) -> str:
        """Where Entra ID sends the browser back to."""
        with requests.Session() as entra:
            entra.trust_env = False
            page = entra.get(authorize_url, timeout=10)
            hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
            action = re.search(r'<form[^>]*action="([^"]*)"', page.text)
            target = requests.compat.urljoin(page.url, html.unescape(action[1])) if action else page.url
            fields = {name: html.unescape(value) for name, value in hidden.items()} | {"person": person}
            answer = entra.post(target, data=fields, allow_redirects=False, timeout=10)
        return answer.headers["Location"]

    def come_back(self, location: str):
        parts = urlsplit(location)
        return self.portal.get(parts.path, parse_qs(parts.query))

    def sign_in(self, person: str, next_path: str = "/"):
        return self.come_back(self.choose(self.start(next_path), person))

    def status_of_list(self) -> int:
        return self.portal.get("/cross-connections/").status_code


@pytest.fixture
def browser(azure: SandboxProcess) -> Browser:
    return Browser()


def people(azure: SandboxProcess, *roles: str) -> list[str]:
    return [person["name"] for person in azure.manifest["people"] if tuple(person["roles"]) == roles]


def operator(azure: SandboxProcess) -> str:
    return people(azure, "Portal.Operator")[0]


def test_every_person_with_a_role_sees_the_list_and_every_person_without_gets_the_no_access_page(azure):
    for person in azure.manifest["people"]:
        browser = Browser()
        assert browser.sign_in(person["name"]).status_code == 302
        assert browser.status_of_list() == (200 if person["roles"] else 403), person


def test_a_person_comes_back_to_the_page_they_wanted(azure, browser):
    assert (
        browser.sign_in(operator(azure), "/cross-connections/?q=ffff").headers["Location"]
        == "/cross-connections/?q=ffff"
    )


def test_a_page_sends_an_anonymous_person_to_the_sign_in_page_and_keeps_the_address(db):
    answer = Client(HTTP_HOST="localhost").get("/cross-connections/?q=a&location=b")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in/?next=/cross-connections/%3Fq%3Da%26location%3Db"


def test_the_request_to_entra_carries_pkce_state_and_nonce_and_the_portals_own_address(azure, browser):
    query = parse_qs(urlsplit(browser.start()).query)
    assert query["code_challenge_method"] == ["S256"]
    assert query["redirect_uri"] == [f"{BASE}/sign-in/callback/"]
    assert query["response_type"] == ["code"]
    assert {"code_challenge", "state", "nonce"} <= set(query)


def test_the_person_is_known_by_tenant_and_object_id(azure, browser):
    browser.sign_in(operator(azure))
    Browser().sign_in(operator(azure))
    user = User.objects.get()
    assert str(user.tenant_id) == azure.manifest["tenant_id"]
    assert (user.name, user.app_roles) == (operator(azure), ["Portal.Operator"])


def test_the_sessions_key_changes_and_the_old_one_is_anonymous(azure, browser):
    location = browser.choose(browser.start(), operator(azure))
    before = browser.portal.cookies["session"].value
    browser.come_back(location)
    assert browser.portal.cookies["session"].value != before
    stranger = Client(HTTP_HOST="localhost")
    stranger.cookies["session"] = before
    assert stranger.get("/cross-connections/").status_code == 302


def test_an_answer_of_entra_is_used_once(azure, browser):
    location = browser.choose(browser.start(), operator(azure))
    assert browser.come_back(location).status_code == 302
    assert browser.come_back(location).status_code == 400


def test_an_answer_in_another_browser_is_refused(azure, browser):
    location = browser.choose(browser.start(), operator(azure))
    other = Browser()
    other.start()
    assert other.come_back(location).status_code == 400
    assert other.status_of_list() == 302


def test_an_answer_that_nobody_asked_for_is_refused(db):
    answer = Client(HTTP_HOST="localhost").get("/sign-in/callback/", {"code": "x", "state": "y"})
    assert answer.status_code == 400
    assert "more than ten minutes ago" in answer.content.decode()


def test_a_sign_in_older_than_ten_minutes_is_refused(azure, browser):
    location = browser.choose(browser.start(), operator(azure))
    with time_machine.travel(time.time() + 601):
        assert browser.come_back(location).status_code == 400
    assert browser.status_of_list() == 302


def test_two_tabs_can_sign_in_at_once(azure, browser):
    first, second = browser.start("/cross-connections/?q=1"), browser.start("/cross-connections/?q=2")
    assert browser.come_back(browser.choose(second, operator(azure))).headers["Location"].endswith("q=2")
    # The second tab's answer finds a person who is signed in; its flow ended with the first sign-in.
    assert browser.come_back(browser.choose(first, operator(azure))).status_code == 400
    assert browser.status_of_list() == 200


def test_a_code_of_another_sign_in_is_refused(azure, browser):
    mine = urlsplit(browser.choose(browser.start(), operator(azure)))
    other = parse_qs(urlsplit(Browser().choose(Browser().start(), operator(azure))).query)
    forged = {"state": parse_qs(mine.query)["state"][0], "code": other["code"][0]}
    assert browser.portal.get("/sign-in/callback/", forged).status_code == 400
    assert browser.status_of_list() == 302


def test_entras_refusal_is_shown_in_our_words_only(azure, browser):
    state = parse_qs(urlsplit(browser.start()).query)["state"][0]
    hostile = {"state": state, "error": "access_denied", "error_description": "<script>alert(1)</script>"}
    answer = browser.portal.get("/sign-in/callback/", hostile)
    assert answer.status_code == 400
    assert "<script>alert" not in answer.content.decode()


@pytest.mark.parametrize(
    "hostile",
    [
        "https://evil.example/",
        "//evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:evil",
        "\t//evil.example",
    ],
)
def test_a_hostile_next_leads_to_the_first_page(azure, browser, hostile: str):
    assert browser.sign_in(operator(azure), hostile).headers["Location"] == "/"


def test_losing_the_last_role_is_felt_at_the_next_sign_in(azure, browser):
    browser.sign_in(operator(azure))
    User.objects.update(app_roles=["Portal.Administrator", "portal.viewer", "Portal.Owner"])
    browser.sign_in(people(azure)[0])
    assert browser.status_of_list() == 403


def test_role_names_are_case_exact_and_unknown_ones_mean_nothing(azure, browser):
    browser.sign_in(operator(azure))
    User.objects.update(app_roles=["portal.viewer", "Portal.Owner", "Viewer"])
    assert browser.status_of_list() == 403


def test_a_deactivated_person_is_out_at_the_next_request(azure, browser):
    browser.sign_in(operator(azure))
    User.objects.update(is_active=False)
    assert browser.status_of_list() == 302
    assert browser.sign_in(operator(azure)).status_code == 400


def test_a_new_session_stamp_ends_all_sessions_of_a_person(azure, browser):
    browser.sign_in(operator(azure))
    User.objects.update(session_stamp="55555555-5555-4555-8555-555555555555")
    assert browser.status_of_list() == 302


def test_signing_out_ends_the_session_on_the_server_and_offers_entras_own_sign_out(azure, browser):
    browser.sign_in(operator(azure))
    old = browser.portal.cookies["session"].value
    answer = browser.portal.post("/sign-out/")
    assert answer.status_code == 303
    page = browser.portal.get(answer.headers["Location"]).content.decode()
    assert "/oauth2/v2.0/logout" in page
    assert "post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fsign-in%2F" in page
    stranger = Client(HTTP_HOST="localhost")
    stranger.cookies["session"] = old
    assert stranger.get("/cross-connections/").status_code == 302


def test_signing_out_needs_a_post_and_a_token_of_our_form(azure, browser):
    browser.sign_in(operator(azure))
    assert browser.portal.get("/sign-out/").status_code == 405
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
    strict.cookies = browser.portal.cookies
    assert strict.post("/sign-out/").status_code == 403
    assert browser.status_of_list() == 200


def test_an_authority_that_does_not_answer_gives_a_page_and_lets_nobody_in(db, settings):
    settings.AZURE_AUTHORITY_HOST = "https://localhost:1"
    answer = Client(HTTP_HOST="localhost").get("/sign-in/start/")
    assert answer.status_code == 503
    assert "did not answer" in answer.content.decode()


def test_a_forged_host_header_is_refused(db):
    assert Client(HTTP_HOST="evil.example").get("/sign-in/start/").status_code == 400


def test_tokens_and_codes_are_not_logged(azure, browser, caplog):
    location = browser.choose(browser.start(), operator(azure))
    browser.come_back(location)
    code = parse_qs(urlsplit(location).query)["code"][0]
    assert code not in caplog.text
    assert "eyJ" not in caplog.text


def test_a_session_of_another_tenant_is_no_session_here(azure, browser, settings):
    browser.sign_in(operator(azure))
    settings.ENTRA_TENANT_ID = "66666666-6666-4666-8666-666666666666"
    assert browser.status_of_list() == 302


def test_the_page_wanted_is_kept_while_entra_id_does_not_answer(db, settings):
    settings.AZURE_AUTHORITY_HOST = "https://localhost:1"
    answer = Client(HTTP_HOST="localhost").get("/sign-in/start/", {"next": "/cross-connections/?q=ams"})
    assert "next=%2Fcross-connections%2F%3Fq%3Dams" in answer.content.decode()


def test_a_wrong_address_names_the_right_one(db):
    answer = Client(HTTP_HOST="127.0.0.1:8000").get("/sign-in/")
    assert answer.status_code == 400
    assert f'href="{BASE}/"' in answer.content.decode()
