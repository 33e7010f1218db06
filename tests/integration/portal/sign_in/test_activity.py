"""Who signed in, who did not and why, and who signed out, is on record; nobody comes in unrecorded."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.activity.models import Entry
from tests.integration.portal.sign_in.browser import Browser, operator
from tests.tampering import break_the_trail

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str, str, str]]:
    entries = Entry.objects.order_by("number")
    return [(one.actor_name, one.deed, one.result, one.reason) for one in entries]


def test_a_sign_in_and_a_sign_out_with_who_and_from_where(azure, browser: Browser):
    name = operator(azure)
    browser.sign_in(name)
    browser.portal.post("/sign-out/")
    assert told() == [(name, "sign-in.done", "done", ""), (name, "sign-in.out", "done", "")]
    user = User.objects.get()
    for entry in Entry.objects.all():
        assert (entry.actor_object_id, entry.via, entry.address) == (str(user.object_id), "web", "127.0.0.1")


def test_who_is_not_signed_in_signs_out_of_nothing(db):
    Client(HTTP_HOST="localhost").post("/sign-out/")
    assert told() == []


def test_a_token_that_is_refused_with_what_is_wrong_with_it(azure, browser: Browser):
    azure.behave(id_token="expired")
    browser.sign_in(operator(azure))
    assert told() == [("", "sign-in.refused", "refused", "Microsoft Entra ID did not confirm who you are.")]
    assert "expired" in Entry.objects.get().named_details["because"]


def test_an_answer_that_nobody_asked_for(db):
    Client(HTTP_HOST="localhost").get("/sign-in/callback/", {"code": "x", "state": "y"})
    assert [one[1:3] for one in told()] == [("sign-in.refused", "refused")]


def test_somebody_deactivated_with_their_name(azure, browser: Browser):
    browser.sign_in(operator(azure))
    User.objects.update(is_active=False)
    browser.sign_in(operator(azure))
    assert told()[-1] == (
        operator(azure),
        "sign-in.refused",
        "refused",
        "Your account is deactivated in the portal.",
    )


def test_what_somebody_wrote_into_the_address_that_leads_back_is_not_on_record(azure, browser: Browser):
    state = parse_qs(urlsplit(browser.start()).query)["state"][0]
    written = {"error": "access_denied; Priya did it", "error_description": "AADSTS65004 Priya Raman signed in."}
    browser.portal.get("/sign-in/callback/", {"state": state, **written})
    assert Entry.objects.get().named_details["because"] == "Entra ID answered AADSTS65004"


def test_nobody_comes_in_unrecorded(azure, browser: Browser):
    browser.sign_in(operator(azure))
    browser.portal.post("/sign-out/")
    break_the_trail()
    assert browser.sign_in(operator(azure)).status_code == 503
    assert browser.status_of_list() == 302


def test_whoever_wants_out_is_out_even_unrecorded(azure, browser: Browser):
    browser.sign_in(operator(azure))
    break_the_trail()
    assert browser.portal.post("/sign-out/").status_code == 303
    assert browser.status_of_list() == 302
