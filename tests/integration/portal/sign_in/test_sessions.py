"""The session that a sign-in makes: whose it is, how it ends, and that nothing of another's is left in it."""

import time
from uuid import uuid4

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from portal.accounts.models import User
from tests.integration.portal.sign_in.browser import LIST, Browser, holding, operator, person_with, query_of


@pytest.mark.rule(11)
def test_the_sessions_key_changes_and_the_old_one_is_anonymous(browser, azure):
    location = browser.choose(browser.start(), operator(azure))
    before = browser.cookie
    browser.come_back(location)
    assert browser.cookie != before
    assert not holding(before).is_signed_in


@pytest.mark.rule(11)
def test_a_key_that_somebody_else_chose_is_not_taken(browser, azure):
    victim = holding("0123456789abcdef0123456789abcdef")
    victim.sign_in(operator(azure))
    assert victim.is_signed_in
    assert not holding("0123456789abcdef0123456789abcdef").is_signed_in


@pytest.mark.rule(11)
def test_signing_in_again_ends_the_session_before(lotte, azure):
    before = lotte.cookie
    lotte.sign_in(operator(azure))
    assert lotte.is_signed_in
    assert not holding(before).is_signed_in


@pytest.mark.rule(11)
def test_nothing_of_the_way_in_stays_in_the_session(lotte):
    assert "sign_in_flows" not in lotte.portal.session
    assert not {"id_token", "access_token", "token_cache"} & set(lotte.portal.session.keys())


@pytest.mark.rule(12)
def test_who_signs_in_over_somebody_finds_nothing_of_theirs(lotte, azure):
    session = lotte.portal.session
    session["of_lotte"] = "what she typed"
    session.save()
    before = lotte.cookie
    lotte.sign_in(person_with(azure, "Portal.Viewer"))
    assert "of_lotte" not in lotte.portal.session
    assert not Session.objects.filter(session_key=before).exists()
    page = lotte.portal.get(LIST).content.decode()
    assert person_with(azure, "Portal.Viewer") in page
    assert operator(azure) not in page


@pytest.mark.rule(12)
def test_a_sign_in_that_fails_leaves_who_was_signed_in(lotte, azure):
    azure.behave(id_token="wrong_nonce")
    assert lotte.sign_in(person_with(azure, "Portal.Viewer")).status_code == 400
    assert operator(azure) in lotte.portal.get(LIST).content.decode()


@pytest.mark.rule(15)
def test_a_deactivated_person_is_out_at_the_next_request(lotte, azure):
    User.objects.update(is_active=False)
    assert not lotte.is_signed_in


@pytest.mark.rule(15)
def test_a_deactivated_person_does_not_come_in_again(lotte, azure):
    User.objects.update(is_active=False)
    answer = lotte.sign_in(operator(azure))
    assert answer.status_code == 400
    assert "deactivated" in answer.content.decode()
    assert not lotte.is_signed_in


@pytest.mark.rule(15)
def test_a_deactivated_persons_fragments_get_a_banner_and_no_data(lotte):
    User.objects.update(is_active=False)
    answer = lotte.portal.get(f"{LIST}sync/state/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer.headers["HX-Retarget"]) == (286, "#banner")


@pytest.mark.rule(16)
def test_a_role_that_was_taken_away_lasts_no_longer_than_a_session(lotte, settings):
    # Entra ID tells of it at the next sign-in only; the absolute age makes that one come.
    now = time.time()
    for hour in range(1, 11):
        with time_machine.travel(now + hour * 3599):
            assert lotte.status_of_list() == 200
    with time_machine.travel(now + settings.PORTAL_SESSION_MAX_SECONDS + 5):
        assert not lotte.is_signed_in


@pytest.mark.rule(16)
def test_a_new_stamp_ends_all_sessions_of_a_person_and_nobody_elses(lotte, azure):
    second, other = Browser(), Browser()
    second.sign_in(operator(azure))
    other.sign_in(person_with(azure, "Portal.Viewer"))
    User.objects.filter(name=operator(azure)).update(session_stamp=uuid4())
    assert [one.is_signed_in for one in (lotte, second, other)] == [False, False, True]


@pytest.mark.rule(18)
def test_signing_out_ends_the_session_on_the_server(lotte):
    before = lotte.cookie
    answer = lotte.portal.post("/sign-out/")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/signed-out/")
    assert not Session.objects.filter(session_key=before).exists()
    assert not holding(before).is_signed_in


@pytest.mark.rule(18)
def test_signing_out_ends_this_session_and_not_that_of_another_browser(lotte, azure):
    other = Browser()
    other.sign_in(operator(azure))
    lotte.portal.post("/sign-out/")
    assert other.is_signed_in


@pytest.mark.rule(18)
def test_signing_out_needs_a_post_and_a_token_of_our_form(lotte):
    assert [lotte.portal.get("/sign-out/").status_code, lotte.portal.head("/sign-out/").status_code] == [405, 405]
    strict = Client(enforce_csrf_checks=True, HTTP_HOST="localhost")
    strict.cookies = lotte.portal.cookies
    assert strict.post("/sign-out/").status_code == 403
    assert lotte.is_signed_in


@pytest.mark.rule(18)
@pytest.mark.parametrize("asked", ["?next=https://evil.example/", "?post_logout_redirect_uri=https://evil.example/"])
def test_entras_own_sign_out_leads_back_to_one_place(lotte, asked: str):
    lotte.portal.post(f"/sign-out/{asked}")
    page = lotte.portal.get(f"/signed-out/{asked}").content.decode()
    link = next(part for part in page.split('"') if "/oauth2/v2.0/logout?" in part)
    assert query_of(link) == {"post_logout_redirect_uri": "http://localhost:8000/sign-in/"}
    assert "evil.example" not in page


def test_a_session_of_another_tenant_is_no_session_here(lotte, settings):
    settings.ENTRA_TENANT_ID = "66666666-6666-4666-8666-666666666666"
    assert not lotte.is_signed_in
