"""The way to Entra ID and back: state, PKCE, one use, ten minutes, one browser, one address."""

import base64
import time
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client

from portal.accounts.models import User
from tests.integration.portal.sign_in.browser import BASE, LIST, Browser, operator, query_of

CALLBACK = "/sign-in/callback/"


def change_flows(browser: Browser, **changes: str) -> None:
    """Into the flows that the session keeps."""
    session = browser.portal.session
    for kept in session["sign_in_flows"].values():
        kept["flow"] |= changes
    session.save()


def test_every_person_with_a_role_sees_the_list_and_every_person_without_gets_the_no_access_page(azure, db):
    for person in azure.manifest["people"]:
        browser = Browser()
        assert browser.sign_in(person["name"]).status_code == 302
        assert browser.status_of_list() == (200 if person["roles"] else 403), person


@pytest.mark.rule(7)
@pytest.mark.parametrize("changed", [{"state": ""}, {"state": "wrong"}, {}], ids=["empty", "wrong", "absent"])
def test_an_answer_whose_state_is_not_this_browsers_is_refused(browser, azure, changed: dict[str, str]):
    given = query_of(browser.choose(browser.start(), operator(azure)))
    del given["state"]
    assert browser.portal.get(CALLBACK, given | changed).status_code == 400
    assert not browser.is_signed_in


@pytest.mark.rule(7)
def test_an_answer_is_used_once(browser, azure):
    location = browser.choose(browser.start(), operator(azure))
    assert browser.come_back(location).status_code == 302
    assert browser.come_back(location).status_code == 400


@pytest.mark.rule(7)
def test_an_answer_that_was_refused_is_used_up_as_well(browser, azure):
    azure.behave(id_token="wrong_nonce")
    location = browser.choose(browser.start(), operator(azure))
    assert browser.come_back(location).status_code == 400
    assert "more than ten minutes ago" in browser.come_back(location).content.decode()


@pytest.mark.rule(7)
def test_an_answer_in_another_browser_is_refused(browser, azure):
    location = browser.choose(browser.start(), operator(azure))
    other = Browser()
    other.start()
    assert other.come_back(location).status_code == 400
    assert not other.is_signed_in


@pytest.mark.rule(7)
def test_an_answer_that_nobody_asked_for_is_refused(db):
    answer = Client(HTTP_HOST="localhost").get(CALLBACK, {"code": "x", "state": "y"})
    assert answer.status_code == 400
    assert "more than ten minutes ago" in answer.content.decode()


@pytest.mark.rule(7)
@pytest.mark.parametrize(("seconds", "status"), [(595, 302), (601, 400)])
def test_a_sign_in_may_take_ten_minutes(browser, azure, seconds: int, status: int):
    location = browser.choose(browser.start(), operator(azure))
    # The session's row ends by then as well; it is the flow's own age that is tried here.
    session = browser.portal.session
    session.set_expiry(3600)
    session.save()
    azure.behave(id_token_skew_seconds=seconds)
    with time_machine.travel(time.time() + seconds):
        assert browser.come_back(location).status_code == status


@pytest.mark.rule(7)
def test_two_tabs_can_sign_in_at_once(browser, azure):
    first, second = browser.start(f"{LIST}?q=1"), browser.start(f"{LIST}?q=2")
    assert browser.come_back(browser.choose(second, operator(azure))).headers["Location"].endswith("q=2")
    # The second tab's answer finds a person who is signed in; its flow ended with the first sign-in.
    assert browser.come_back(browser.choose(first, operator(azure))).status_code == 400
    assert browser.status_of_list() == 200


@pytest.mark.rule(7)
def test_the_tabs_of_one_browser_are_five_at_most_and_the_oldest_gives_way(browser, azure):
    oldest, *_, newest = [browser.start() for _ in range(6)]
    assert browser.come_back(browser.choose(oldest, operator(azure))).status_code == 400
    assert browser.come_back(browser.choose(newest, operator(azure))).status_code == 302


@pytest.mark.rule(7)
def test_neither_a_code_nor_an_error_is_no_answer(browser, azure):
    state = query_of(browser.start())["state"]
    assert browser.portal.get(CALLBACK, {"state": state}).status_code == 400


@pytest.mark.rule(8)
def test_the_request_to_entra_carries_pkce_state_and_nonce_and_the_portals_own_address(browser, azure):
    query = query_of(browser.start())
    assert query["code_challenge_method"] == "S256"
    assert query["redirect_uri"] == f"{BASE}{CALLBACK}"
    assert query["response_type"] == "code"
    assert len(base64.urlsafe_b64decode(query["code_challenge"] + "=")) == 32
    assert min(len(query[name]) for name in ("state", "nonce")) >= 16


@pytest.mark.rule(8)
def test_the_verifier_that_is_sent_is_the_one_of_the_challenge(browser, azure):
    authorize = browser.start()
    browser.come_back(browser.choose(authorize, operator(azure)))
    sent = query_of("?" + next(one["body"] for one in reversed(azure.requests()) if one["path"].endswith("/token")))
    challenge = base64.urlsafe_b64decode(query_of(authorize)["code_challenge"] + "=")
    # The sandbox keeps secrets as their SHA-256, which is what a challenge is.
    assert sent["code_verifier"] == challenge.hex()


@pytest.mark.rule(8)
def test_the_way_there_asks_for_a_code_and_for_who_somebody_is_and_for_nothing_else(browser, azure):
    asked = query_of(browser.start())
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert set(asked["scope"].split()) == {"openid", "profile"}
    assert len(asked["code_challenge"]) == 43
    assert min(len(asked["state"]), len(asked["nonce"])) >= 16


@pytest.mark.rule(8)
def test_a_code_is_worth_nothing_without_the_verifier(browser, azure):
    location = browser.choose(browser.start(), operator(azure))
    change_flows(browser, code_verifier="v" * 43)
    assert browser.come_back(location).status_code == 400
    assert not User.objects.exists()


@pytest.mark.rule(8)
def test_a_code_of_another_sign_in_is_refused(browser, azure):
    mine = query_of(browser.choose(browser.start(), operator(azure)))
    other = query_of(Browser().choose(Browser().start(), operator(azure)))
    assert browser.portal.get(CALLBACK, mine | {"code": other["code"]}).status_code == 400
    assert not browser.is_signed_in


@pytest.mark.rule(9)
@pytest.mark.parametrize("name", ["error", "error_description", "error_uri", "state"])
def test_entras_refusal_is_shown_in_our_words_only(browser, azure, name: str):
    told = {"state": query_of(browser.start())["state"], "error": "access_denied", "error_description": "no"}
    answer = browser.portal.get(CALLBACK, told | {name: "<script>alert(1)</script>"})
    assert answer.status_code == 400
    assert "alert(1)" not in answer.content.decode()
    assert not browser.is_signed_in


@pytest.mark.rule(9)
def test_who_turns_back_at_entra_can_start_again_for_the_same_page(browser, azure):
    state = query_of(browser.start(f"{LIST}?q=ams"))["state"]
    page = browser.portal.get(CALLBACK, {"state": state, "error": "access_denied"}).content.decode()
    assert "next=%2Fcross-connections%2F%3Fq%3Dams" in page


@pytest.mark.rule(22)
@pytest.mark.parametrize("path", ["/sign-in/start/", "/sign-in/", "/signed-out/", CALLBACK])
def test_a_forged_host_is_refused(azure, db, path: str):
    answer = Client(HTTP_HOST="evil.example").get(path)
    assert (answer.status_code, "Location" in answer.headers) == (400, False)
    assert "evil.example" not in answer.content.decode()


@pytest.mark.rule(22)
@pytest.mark.parametrize(
    "forged",
    [
        {"X-Forwarded-Host": "evil.example"},
        {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example", "X-Forwarded-Port": "444"},
        {"Forwarded": "host=evil.example;proto=https"},
        {"X-Original-Host": "evil.example", "X-Rewrite-URL": "https://evil.example/"},
    ],
    ids=" ".join,
)
def test_no_header_moves_the_way_back(azure, db, forged: dict[str, str]):
    started = Client(HTTP_HOST="localhost:1234").get("/sign-in/start/", headers=forged).headers["Location"]
    assert query_of(started)["redirect_uri"] == f"{BASE}{CALLBACK}"
    ended = Client(HTTP_HOST="localhost:1234").get("/signed-out/", headers=forged).content.decode()
    assert "post_logout_redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fsign-in%2F" in ended


def test_a_wrong_address_names_the_right_one(db):
    answer = Client(HTTP_HOST="127.0.0.1:8000").get("/sign-in/")
    assert answer.status_code == 400
    assert f'href="{BASE}/"' in answer.content.decode()


def test_the_code_leaves_with_no_referrer(browser, azure):
    answer = browser.come_back(browser.choose(browser.start(), operator(azure)))
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert urlsplit(answer.headers["Location"]).query == ""
