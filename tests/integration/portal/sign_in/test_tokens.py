"""The ID token: whatever is wrong with it, nobody is signed in. The sandbox makes each defect."""

import pytest

from portal.accounts.models import User
from tests.integration.portal.sign_in.browser import Browser, operator
from tests.sandbox_process import SandboxProcess

SIGNATURES = (
    *("unsigned", "wrong_key", "unknown_key", "key_in_header", "key_address_in_header", "public_key_as_secret"),
)
AUDIENCES = ("wrong_audience", "wrong_audience_list", "audience_list")
TENANTS = ("wrong_issuer", "wrong_tenant", "issuer_not_of_tenant", "tenant_not_of_issuer", "no_tenant")
TIMES = ("expired", "not_yet_valid", "no_expiry")
NONCES = ("wrong_nonce", "no_nonce")
OTHER_TOKENS = ("absent", "access_token")
NOBODY = ("no_object_id", "odd_object_id")
# What an honest authority may say of people as well; test_people.py has what comes of it.
OF_OTHER_PEOPLE = (
    *("good", "another_object_id", "markup_in_names", "hostile_claims", "no_roles", "odd_roles", "roles_as_text"),
    *("no_groups", "groups_by_name", "hasgroups"),
)


def is_refused(browser: Browser, azure: SandboxProcess) -> bool:
    answer = browser.sign_in(operator(azure))
    page = answer.content.decode()
    assert not User.objects.exists()
    return (answer.status_code, browser.is_signed_in) == (400, False) and "did not confirm who you are" in page


def key_sets_asked_for(azure: SandboxProcess, after: int) -> int:
    return sum(one["path"].endswith("/keys") for one in azure.requests(after=after))


def latest(azure: SandboxProcess) -> int:
    return max((one["number"] for one in azure.requests()), default=0)


@pytest.mark.rule(1)
@pytest.mark.parametrize("defect", SIGNATURES)
def test_a_token_that_the_authority_did_not_sign_is_refused(browser, azure, defect: str):
    azure.behave(id_token=defect)
    assert is_refused(browser, azure)


@pytest.mark.rule(1)
@pytest.mark.parametrize("defect", ["key_in_header", "key_address_in_header"])
def test_keys_are_looked_for_at_one_address_whatever_a_token_says(browser, azure, defect: str):
    azure.behave(id_token=defect)
    before = latest(azure)
    assert is_refused(browser, azure)
    asked = {one["path"] for one in azure.requests(after=before) if one["path"].endswith("/keys")}
    assert asked == {f"/{azure.manifest['tenant_id']}/discovery/v2.0/keys"}


@pytest.mark.rule(1)
def test_an_unknown_key_makes_the_portal_look_once_and_not_again_within_a_minute(browser, azure):
    azure.behave(id_token="unknown_key")
    before = latest(azure)
    for _ in range(5):
        assert is_refused(browser, azure)
    assert key_sets_asked_for(azure, before) == 1


@pytest.mark.rule(1)
def test_tokens_with_unknown_keys_keep_nobody_out_whose_key_is_known(browser, azure):
    azure.behave(id_token="unknown_key")
    assert is_refused(browser, azure)
    azure.behave(id_token="good")
    assert browser.sign_in(operator(azure)).status_code == 302
    assert browser.is_signed_in


@pytest.mark.rule(2)
@pytest.mark.parametrize("defect", AUDIENCES)
def test_a_token_for_somebody_else_too_is_refused(browser, azure, defect: str):
    azure.behave(id_token=defect)
    assert is_refused(browser, azure)


@pytest.mark.rule(3)
@pytest.mark.parametrize("defect", TENANTS)
def test_a_token_of_another_issuer_or_tenant_is_refused(browser, azure, defect: str):
    azure.behave(id_token=defect)
    assert is_refused(browser, azure)


@pytest.mark.rule(4)
@pytest.mark.parametrize("defect", TIMES)
def test_a_token_that_is_not_good_now_or_does_not_say_until_when_is_refused(browser, azure, defect: str):
    azure.behave(id_token=defect)
    assert is_refused(browser, azure)


@pytest.mark.rule(4)
@pytest.mark.parametrize("seconds", [100, -3600 - 100])
def test_clocks_that_differ_by_less_than_two_minutes_are_forgiven(browser, azure, seconds: int):
    azure.behave(id_token_skew_seconds=seconds)
    assert browser.sign_in(operator(azure)).status_code == 302
    assert browser.is_signed_in


@pytest.mark.rule(4)
@pytest.mark.parametrize("seconds", [150, -3600 - 150])
def test_clocks_that_differ_by_more_are_not(browser, azure, seconds: int):
    azure.behave(id_token_skew_seconds=seconds)
    assert is_refused(browser, azure)


@pytest.mark.rule(5)
@pytest.mark.parametrize("defect", NONCES)
def test_a_token_without_the_nonce_of_this_sign_in_is_refused(browser, azure, defect: str):
    azure.behave(id_token=defect)
    assert is_refused(browser, azure)


@pytest.mark.rule(6)
@pytest.mark.parametrize("defect", OTHER_TOKENS)
def test_no_token_and_an_access_token_are_no_id_token(browser, azure, defect: str):
    azure.behave(id_token=defect)
    assert is_refused(browser, azure)


@pytest.mark.rule(13)
@pytest.mark.parametrize("defect", NOBODY)
def test_a_token_that_names_nobody_by_object_id_is_refused(browser, azure, defect: str):
    azure.behave(id_token=defect)
    assert is_refused(browser, azure)


def test_every_defect_that_the_sandbox_can_make_is_tried_here(azure):
    tried = {*SIGNATURES, *AUDIENCES, *TENANTS, *TIMES, *NONCES, *OTHER_TOKENS, *NOBODY, *OF_OTHER_PEOPLE}
    assert tried == set(azure.values_of("id_token"))
